import type { FieldType } from '../../shared/crm';
import { parsePhone } from '../../shared/crm/phones';
import { TwigError } from '../../shared/errors';
import { isObject, type Json } from './json';

/** Composite types whose values are written here; every other value goes out as it is. */
export type Composite = 'FULL_NAME' | 'EMAILS' | 'PHONES' | 'LINKS' | 'ADDRESS' | 'CURRENCY' | 'RICH_TEXT';

/** The sub-fields of each composite with the value that means empty. */
export const SUBFIELDS: Readonly<Record<Composite, Readonly<Json>>> = {
  FULL_NAME: { firstName: '', lastName: '' },
  EMAILS: { primaryEmail: '', additionalEmails: [] },
  PHONES: {
    primaryPhoneNumber: '',
    primaryPhoneCountryCode: '',
    primaryPhoneCallingCode: '',
    additionalPhones: [],
  },
  LINKS: { primaryLinkUrl: '', primaryLinkLabel: '', secondaryLinks: [] },
  ADDRESS: {
    addressStreet1: '',
    addressStreet2: '',
    addressCity: '',
    addressPostcode: '',
    addressState: '',
    addressCountry: '',
    addressLat: null,
    addressLng: null,
  },
  CURRENCY: { amountMicros: null, currencyCode: null },
  RICH_TEXT: { markdown: '', blocknote: null },
};

/** A partial PATCH of these wipes what is not sent, on some servers. */
const ALL_OR_NOTHING: ReadonlySet<Composite> = new Set(['EMAILS', 'PHONES', 'LINKS']);

const MARK: Readonly<Record<Composite, readonly string[]>> = {
  FULL_NAME: ['firstName', 'lastName'],
  EMAILS: ['primaryEmail', 'additionalEmails'],
  PHONES: ['primaryPhoneNumber', 'additionalPhones'],
  LINKS: ['primaryLinkUrl', 'primaryLinkLabel', 'secondaryLinks'],
  ADDRESS: Object.keys(SUBFIELDS.ADDRESS),
  CURRENCY: ['amountMicros', 'currencyCode'],
  RICH_TEXT: ['markdown', 'blocknote'],
};

/** The composite type of a field: from metadata, else from the shape of the value. Null when it is a plain value. */
export function compositeOf(type: FieldType | undefined, value: unknown): Composite | null {
  if (type && type !== 'UNKNOWN') return type in SUBFIELDS ? (type as Composite) : null;
  if (!isObject(value)) return null;
  return (Object.keys(MARK) as Composite[]).find((one) => MARK[one].some((key) => key in value)) ?? null;
}

export function isEmptyValue(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** True when nothing in a composite says anything. */
export function isEmptyComposite(value: unknown): boolean {
  return !isObject(value) || Object.values(value).every(isEmptyValue);
}

/** True when a changed composite lacks sub-fields that a server would wipe. */
export function lacksParts(composite: Composite, value: unknown): boolean {
  return (
    isObject(value) && ALL_OR_NOTHING.has(composite) && Object.keys(SUBFIELDS[composite]).some((key) => !(key in value))
  );
}

/**
 * A composite as it is written: known sub-fields only, complete for e-mails, phones and links.
 * `null` (clear it) becomes empty sub-fields, since a bare null changes nothing on many servers.
 */
export function writeComposite(composite: Composite, value: unknown): Json {
  const blank = SUBFIELDS[composite];
  if (value === null) return { ...blank };
  if (!isObject(value)) throw new TwigError('invalid', 'The value does not fit its field.');
  const known: Json = {};
  for (const key of Object.keys(blank)) {
    if (value[key] !== undefined) known[key] = value[key] ?? blank[key];
    else if (ALL_OR_NOTHING.has(composite)) known[key] = blank[key];
  }
  if (composite === 'CURRENCY' && 'amountMicros' in known) known.amountMicros = exactMicros(known.amountMicros);
  if (composite === 'EMAILS') lowerCased(known);
  if (composite === 'PHONES') splitNumber(known);
  if (composite === 'PHONES' && known.primaryPhoneNumber !== '') {
    // A blank country beside a number is refused; left out, the server reads it from the number.
    if (known.primaryPhoneCountryCode === '') delete known.primaryPhoneCountryCode;
    if (known.primaryPhoneCallingCode === '') delete known.primaryPhoneCallingCode;
  }
  return known;
}

/** Newer servers store e-mail addresses in lower case, older ones as typed, and then hold `A@x` and `a@x` for two. */
function lowerCased(emails: Json): void {
  const lower = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : value);
  if ('primaryEmail' in emails) emails.primaryEmail = lower(emails.primaryEmail);
  if (Array.isArray(emails.additionalEmails)) emails.additionalEmails = emails.additionalEmails.map(lower);
}

/** An international number without its country is split here: older servers keep it as one text. */
function splitNumber(phones: Json): void {
  const { primaryPhoneNumber: number, primaryPhoneCountryCode: country } = phones;
  if (typeof number !== 'string' || !number.trim().startsWith('+') || country) return;
  const parts = parsePhone(number, '');
  if (!parts || parts.countryCode === '') return;
  phones.primaryPhoneNumber = parts.number;
  phones.primaryPhoneCountryCode = parts.countryCode;
  phones.primaryPhoneCallingCode = parts.callingCode;
}

/** Integer micros for JSON: a number while that is exact, else its digits as text, which servers take too. */
export function exactMicros(value: unknown): number | string | null {
  if (value === null || value === undefined || value === '') return null;
  const digits = typeof value === 'bigint' ? value.toString() : String(value);
  const whole = /^(-?\d+)(?:\.0+)?$/.exec(digits)?.[1];
  if (whole === undefined)
    throw new TwigError('invalid', 'An amount must be a whole number of micros.', { field: 'amount' });
  const exact = BigInt(whole);
  return exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(exact)
    : exact.toString();
}

/** Micros as read: a fraction, which older servers keep, is dropped as newer ones do. */
export function readMicros(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Math.trunc(value) : value;
}
