import type { DateLocale } from '../../shared/capture/dates';
import { readDay } from '../../shared/capture/dates';
import {
  atLocal,
  dayOnly,
  type FieldMeta,
  formatDecimal,
  isoWithOffset,
  type PhoneParts,
  parseAmount,
  parsePhone,
  samePhone,
  toPhonesField,
  writeMicros,
} from '../../shared/crm';
import type { FieldDraft } from './draft';

/** What reading a draft needs to know of the user. */
export interface ReadContext {
  now: Date;
  dateLocale: DateLocale;
  /** ISO 3166 alpha-2, for phone numbers typed without a country. */
  phoneCountry: string;
}

/** A value ready to be sent, or the sentence that belongs at the field. */
export type Reading = { ok: true; value: unknown } | { ok: false; message: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@<>(),;:\\"[\]]+@[^\s@.<>(),;:\\"]+(?:\.[^\s@.<>(),;:\\"]+)+$/u;
const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2}))?$/;

const good = (value: unknown): Reading => ({ ok: true, value });
const bad = (message: string): Reading => ({ ok: false, message });

/** Their parts have defaults of their own on every server, so that none can be missing. */
const NEVER_REQUIRED: ReadonlySet<FieldMeta['type']> = new Set([
  'FULL_NAME',
  'EMAILS',
  'PHONES',
  'LINKS',
  'ADDRESS',
  'CURRENCY',
  'RICH_TEXT',
]);

/** True when the server would refuse the record without this field. */
export function isRequired(field: FieldMeta): boolean {
  if (NEVER_REQUIRED.has(field.type)) return false;
  return !field.nullable && !field.readOnly && (field.defaultValue === null || field.defaultValue === undefined);
}

/**
 * Reads what was typed into a field as the server would, so that a refusal is said here first.
 * An empty field reads as null (texts as ''), which clears it.
 */
export function readDraft(field: FieldMeta, draft: FieldDraft, context: ReadContext): Reading {
  const reading = readValue(field, draft, context);
  if (!reading.ok || !isRequired(field)) return reading;
  return reading.value === null || reading.value === '' ? bad(`${field.label} is required.`) : reading;
}

function readValue(field: FieldMeta, draft: FieldDraft, context: ReadContext): Reading {
  switch (draft.kind) {
    case 'text':
      return readText(field, draft.text, context);
    case 'choice':
      return readChoice(field, draft.value);
    case 'choices':
      return readChoices(field, draft.values);
    case 'lines':
      return field.type === 'EMAILS' ? readEmails(draft.lines) : readLines(draft.lines);
    case 'phones':
      return readPhones(draft.phones, context.phoneCountry);
    case 'links':
      return readLinks(draft.links);
    case 'parts': {
      const parts = Object.fromEntries(Object.entries(draft.parts).map(([key, part]) => [key, part.trim()]));
      return good(Object.values(parts).some((part) => part !== '') ? parts : null);
    }
    case 'money':
      return readMoney(draft.amount, draft.code);
    case 'record':
      return draft.id === null || UUID.test(draft.id) ? good(draft.id) : bad('Choose a record from the list.');
    case 'rich':
      return good(draft.text.trim() === '' ? null : { markdown: draft.text, blocknote: null });
  }
}

function readText(field: FieldMeta, typed: string, context: ReadContext): Reading {
  const text = typed.trim();
  switch (field.type) {
    case 'NUMBER':
    case 'NUMERIC':
      return text === '' ? good(null) : readNumber(text);
    case 'DATE':
      return text === '' ? good(null) : readMoment(text, context, false);
    case 'DATE_TIME':
      return text === '' ? good(null) : readMoment(text, context, true);
    case 'UUID':
      if (text === '') return good(null);
      return UUID.test(text) ? good(text.toLowerCase()) : bad('This is not an id (UUID).');
    default:
      return good(text);
  }
}

function readNumber(text: string): Reading {
  const micros = parseAmount(text);
  const plain = /^-?\d+(?:\.\d+)?$/.exec(text.replace(/[\s\u00A0\u202F]/gu, ''))?.[0];
  // Money's reader knows groups and decimal commas; beyond its range only plain digits are sure.
  const number = Number(micros === null ? (plain ?? Number.NaN) : formatDecimal(micros));
  if (!Number.isFinite(number)) return bad('This is not a number.');
  return Number.isInteger(number) && !Number.isSafeInteger(number)
    ? bad('This number is too large to be kept exactly.')
    : good(number);
}

/** An ISO day or moment, or words such as "next friday 3pm"; a day without a time keeps its meaning as a day. */
function readMoment(text: string, { now, dateLocale }: ReadContext, withTime: boolean): Reading {
  const iso = DAY.exec(text);
  const at = iso ? isoMoment(iso) : (readDay(text, now, dateLocale)?.at ?? null);
  if (at === null) return bad('This is not a date. Write 2026-11-23, or words such as “next Friday”.');
  if (withTime) return good(at);
  return good(at.slice(0, 10));
}

function isoMoment(match: RegExpExecArray): string | null {
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const at =
    match[4] === undefined
      ? dayOnly(year, month, day)
      : atLocal(year, month, day, Number(match[4]), Number(match[5] ?? 0));
  const real = at.getMonth() === month - 1 && at.getDate() === day && Number(match[4] ?? 0) < 24;
  return real && Number(match[5] ?? 0) < 60 ? isoWithOffset(at) : null;
}

function readChoice(field: FieldMeta, value: string): Reading {
  if (field.type === 'BOOLEAN') return good(value === '' ? null : value === 'true');
  if (value === '') return field.nullable ? good(null) : bad(`${field.label} is required.`);
  const known = field.options.length === 0 || field.options.some((option) => option.value === value);
  return known ? good(value) : bad(`“${value}” is not a choice of this workspace any more. Choose another one.`);
}

function readChoices(field: FieldMeta, values: readonly string[]): Reading {
  const known = new Set(field.options.map((option) => option.value));
  const gone = values.find((value) => known.size > 0 && !known.has(value));
  if (gone !== undefined) return bad(`“${gone}” is not a choice of this workspace any more. Take it out.`);
  return good(values.length === 0 ? null : [...values]);
}

function readLines(lines: readonly string[]): Reading {
  const kept = lines.map((line) => line.trim()).filter(Boolean);
  return good(kept.length === 0 ? null : kept);
}

function readEmails(lines: readonly string[]): Reading {
  const emails: string[] = [];
  for (const line of lines) {
    const email = line.trim().replace(/^mailto:/i, '');
    if (email === '') continue;
    if (!EMAIL.test(email)) return bad(`“${email}” is not an e-mail address.`);
    if (!emails.some((known) => known.toLowerCase() === email.toLowerCase())) emails.push(email);
  }
  const [primaryEmail, ...additionalEmails] = emails;
  return good(primaryEmail === undefined ? null : { primaryEmail, additionalEmails });
}

function readPhones(phones: readonly { text: string; country: string }[], phoneCountry: string): Reading {
  const read: PhoneParts[] = [];
  for (const { text, country } of phones) {
    if (text.trim() === '') continue;
    const phone = parsePhone(text, country === '' ? phoneCountry : country);
    if (phone === null) return bad(`“${text.trim()}” is not a phone number. Check the digits and the country.`);
    if (!read.some((known) => samePhone(known, phone))) read.push(phone);
  }
  return good(toPhonesField(read));
}

function readLinks(links: readonly { url: string; label: string }[]): Reading {
  const read: { url: string; label: string }[] = [];
  for (const link of links) {
    if (link.url.trim() === '') continue;
    const url = webAddress(link.url);
    if (url === null) return bad(`“${link.url.trim()}” is not a web address.`);
    read.push({ url, label: link.label.trim() });
  }
  const [primary, ...secondaryLinks] = read;
  if (primary === undefined) return good(null);
  return good({ primaryLinkUrl: primary.url, primaryLinkLabel: primary.label, secondaryLinks });
}

/** A web address as it is kept, with its scheme; null when it is none. */
export function webAddress(typed: string): string | null {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = /\s/.test(text) ? null : parsed(full);
  if (url === null) return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.hostname.includes('.') || url.hostname === 'localhost' ? full : null;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function readMoney(amount: string, code: string): Reading {
  const currencyCode = code.trim().toUpperCase();
  if (amount.trim() === '') return good(null);
  const micros = parseAmount(amount);
  if (micros === null) return bad('This is not an amount of at most 12 digits and 6 decimals.');
  if (!/^[A-Z]{3}$/.test(currencyCode)) return bad('Choose a currency for the amount.');
  return good({ amountMicros: writeMicros(micros), currencyCode });
}
