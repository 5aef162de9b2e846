import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { badRequest, codedError } from './errors';
import type { Values } from './values';

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@]+\.[^\s@.]{2,}$/;

/** Lower-cases and checks the addresses of an `emails` value that were given. */
export function readEmails(field: string, given: Values): Values {
  const output: Values = {};
  if ('primaryEmail' in given) output.primaryEmail = readEmail(`${field}.primaryEmail`, given.primaryEmail);
  if ('additionalEmails' in given) {
    const list = given.additionalEmails ?? [];
    output.additionalEmails = Array.isArray(list)
      ? list.map((email) => readEmail(`${field}.additionalEmails`, email))
      : [];
  }
  return output;
}

function readEmail(path: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value !== 'string' || !EMAIL.test(value))
    throw badRequest(`Invalid string value '${String(value)}' for email field "${path}"`);
  return value.toLowerCase();
}

/** The host in lower case, no trailing slash, the scheme as given; refuses what is no address. */
export function readLink(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value).trim();
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]+)([^\s]*)$/i.exec(text);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!match || !/^[^\s]+\.[^\s.]{2,}(:\d+)?$/.test(host))
    throw codedError('INVALID_URL', 'The URL of the link is not valid');
  const path = rest.replace(/\/$/, '');
  return `${scheme.toLowerCase()}${host.toLowerCase()}${path}`;
}

/** A `links` value as it is stored: what was not given is gone, a label without an address too. */
export function readLinks(given: Values): Values {
  const url = readLink(given.primaryLinkUrl);
  const secondary = Array.isArray(given.secondaryLinks) ? given.secondaryLinks : [];
  return {
    primaryLinkLabel: url === '' ? '' : String(given.primaryLinkLabel ?? ''),
    primaryLinkUrl: url,
    secondaryLinks: secondary.map((link: unknown) => {
      const entry = link !== null && typeof link === 'object' ? (link as Values) : {};
      return { ...entry, url: readLink(entry.url) };
    }),
  };
}

/** Splits, checks and completes the numbers of a `phones` value that were given. */
export function readPhones(given: Values): Values {
  const output: Values = { ...given };
  if ('primaryPhoneNumber' in given) {
    const { number, country, calling } = readPhone(
      given.primaryPhoneNumber,
      given.primaryPhoneCountryCode,
      given.primaryPhoneCallingCode,
    );
    output.primaryPhoneNumber = number;
    output.primaryPhoneCountryCode = country;
    output.primaryPhoneCallingCode = calling;
  }
  if ('additionalPhones' in given) {
    const list = Array.isArray(given.additionalPhones) ? given.additionalPhones : [];
    output.additionalPhones = list.map((entry: unknown) => {
      const phone = entry !== null && typeof entry === 'object' ? (entry as Values) : {};
      const { number, country, calling } = readPhone(phone.number, phone.countryCode, phone.callingCode);
      return { number, countryCode: country, callingCode: calling };
    });
  }
  return output;
}

function readPhone(
  number: unknown,
  country: unknown,
  calling: unknown,
): { number: string; country: string; calling: string } {
  const given = { number: words(number), country: words(country), calling: words(calling) };
  if (given.number === '') return given;
  const invalid = codedError('INVALID_PHONE_NUMBER', `Provided phone number is invalid ${given.number}`);
  const international = given.number.startsWith('+');
  if (!international && given.country === '' && given.calling === '') throw invalid;
  const text = international ? given.number : given.calling ? `${given.calling}${given.number}` : given.number;
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: asCountry(given.country) });
  if (!parsed) throw invalid;
  const found = `+${parsed.countryCallingCode}`;
  if (given.calling !== '' && given.calling !== found)
    throw codedError(
      'CONFLICTING_PHONE_CALLING_CODE',
      `Provided calling code and phone number are conflicting ${given.calling} ${given.number}`,
    );
  if (given.country !== '' && !sameCallingCode(given.country, parsed.countryCallingCode))
    throw codedError(
      'CONFLICTING_PHONE_COUNTRY_CODE',
      `Provided country code and calling code are conflicting ${given.country} ${found}`,
    );
  return {
    number: parsed.nationalNumber,
    country: given.country || (parsed.country ?? ''),
    calling: found,
  };
}

function asCountry(code: string): CountryCode | undefined {
  return isSupportedCountry(code) ? code : undefined;
}

function sameCallingCode(country: string, calling: string): boolean {
  return isSupportedCountry(country) && getCountryCallingCode(country) === calling;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
