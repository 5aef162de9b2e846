import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** A phone number as Twenty keeps it: national digits, country and calling code apart. */
export interface PhoneParts {
  number: string;
  /** ISO 3166 alpha-2, empty when unknown. */
  countryCode: string;
  /** With its plus, `+44`; empty when unknown. */
  callingCode: string;
}

export interface PhoneView {
  /** International, in groups: `+1 555 123 4567`; as it was given when it is no valid number. */
  display: string;
  /** As dialled inside its country: `(555) 123-4567`. */
  national: string;
  /** For `tel:` links: `+15551234567`. */
  tel: string;
  countryCode: string;
  valid: boolean;
}

/**
 * Reads a number as it was typed.
 * @param country ISO 3166 alpha-2 for numbers typed without a country
 * @returns null when it cannot be a phone number
 */
export function parsePhone(text: string, country: string): PhoneParts | null {
  const phone = parsed(text, country);
  if (!phone?.isPossible()) return null;
  return {
    number: phone.nationalNumber,
    countryCode: phone.country ?? (isSupportedCountry(country) ? country : ''),
    callingCode: `+${phone.countryCallingCode}`,
  };
}

/** How a number is shown and dialled. Never fails: what is no number is shown as it is. */
export function viewPhone(parts: PhoneParts): PhoneView {
  const phone = parsed(parts.callingCode + parts.number, parts.countryCode) ?? parsed(parts.number, parts.countryCode);
  if (phone) {
    return {
      display: phone.formatInternational(),
      national: phone.formatNational(),
      tel: phone.number,
      countryCode: phone.country ?? parts.countryCode,
      valid: phone.isPossible(),
    };
  }
  const given = [parts.callingCode, parts.number].filter((part) => part !== '').join(' ');
  const tel = given.replace(/[^\d+*#]/g, '');
  return { display: given, national: parts.number, tel, countryCode: parts.countryCode, valid: false };
}

/** All numbers of a phones field, the primary one first. Takes any value a server may have sent. */
export function phonesOf(field: unknown): PhoneParts[] {
  if (typeof field !== 'object' || field === null) return [];
  const value = field as Record<string, unknown>;
  const primary: PhoneParts = {
    number: string(value.primaryPhoneNumber),
    countryCode: string(value.primaryPhoneCountryCode),
    callingCode: callingCode(value.primaryPhoneCallingCode),
  };
  const additional = Array.isArray(value.additionalPhones) ? value.additionalPhones : [];
  const rest = additional.map((phone: unknown): PhoneParts => {
    const fields = (typeof phone === 'object' && phone !== null ? phone : { number: phone }) as Record<string, unknown>;
    return {
      number: string(fields.number),
      countryCode: string(fields.countryCode),
      callingCode: callingCode(fields.callingCode),
    };
  });
  return [primary, ...rest].filter((phone) => /\d/.test(phone.number));
}

/** A phones field as Twenty takes it, always complete; null for no number at all. */
export function toPhonesField(phones: readonly PhoneParts[]): Record<string, unknown> | null {
  const [primary, ...rest] = phones;
  if (!primary) return null;
  return {
    primaryPhoneNumber: primary.number,
    primaryPhoneCountryCode: primary.countryCode,
    primaryPhoneCallingCode: primary.callingCode,
    additionalPhones: rest,
  };
}

/** Digits only, as people search for them. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** True when two numbers ring the same phone, however each is written. */
export function samePhone(a: PhoneParts, b: PhoneParts): boolean {
  const [left, right] = [digitsOf(viewPhone(a).tel), digitsOf(viewPhone(b).tel)];
  if (digitsOf(a.number) === '' || digitsOf(b.number) === '') return false;
  if (left === right) return true;
  // One of them without its country: the national part must be long enough to mean one phone.
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const national = short.replace(/^0+/, '');
  return (a.callingCode === '' || b.callingCode === '') && national.length >= 7 && long.endsWith(national);
}

function parsed(text: string, country: string): PhoneNumber | undefined {
  const code = country.toUpperCase();
  const fallback: CountryCode | undefined = isSupportedCountry(code) ? code : undefined;
  return parsePhoneNumberFromString(text, { defaultCountry: fallback, extract: false });
}

function string(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function callingCode(value: unknown): string {
  const digits = digitsOf(string(value));
  return digits === '' ? '' : `+${digits}`;
}
