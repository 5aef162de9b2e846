import type { CrmRecord } from '../../../shared/crm';
import { domainOf } from '../../../shared/crm/names';

/** A nested object of a record, or an empty one. */
export function part(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A text of a record, trimmed; empty when it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

const isPlain = /^[ -~]*$/;

/** Case, accents and the letters that do not decompose folded away, for comparing and sorting. */
export function fold(value: string): string {
  if (isPlain.test(value)) return value.toLowerCase();
  return value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/đ|ð/g, 'd')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .replace(/þ/g, 'th');
}

/** Every e-mail address of a record's `emails`. */
export function emailsOf(record: CrmRecord): string[] {
  const emails = part(record.emails);
  const more = Array.isArray(emails.additionalEmails) ? emails.additionalEmails : [];
  return [emails.primaryEmail, ...more].map(text).filter(Boolean);
}

/** Every phone of a record, with its calling code where one is kept apart: `+1 5551234567`. */
export function phonesOf(record: CrmRecord): string[] {
  const phones = part(record.phones);
  const more = Array.isArray(phones.additionalPhones) ? phones.additionalPhones.map(part) : [];
  return [{ number: phones.primaryPhoneNumber, callingCode: phones.primaryPhoneCallingCode }, ...more]
    .map((phone) => [text(phone.number) && text(phone.callingCode), text(phone.number)].filter(Boolean).join(' '))
    .filter(Boolean);
}

/** The host of a company's website, without `www.`. */
export function websiteOf(record: CrmRecord): string {
  return domainOf(
    typeof record.domainName === 'string' ? record.domainName : text(part(record.domainName).primaryLinkUrl),
  );
}

/** The city of a person (older servers) or of an address. */
export function cityOf(record: CrmRecord): string {
  return text(record.city) || text(part(record.address).addressCity);
}

/** The second line: job and company of a person, domain and city of a company, company of a deal. */
export function subtitleOf(object: string, record: CrmRecord, company: string, stage: string): string {
  const parts =
    object === 'person'
      ? [text(record.jobTitle), company, company || text(record.jobTitle) ? '' : (emailsOf(record)[0] ?? '')]
      : object === 'company'
        ? [websiteOf(record), cityOf(record)]
        : object === 'opportunity'
          ? [stage, company]
          : object === 'task'
            ? [text(record.status)]
            : [];
  return parts.filter(Boolean).join(' · ');
}

/** Folded text a list's text box looks in. */
export function haystack(object: string, record: CrmRecord, title: string): string {
  const words =
    object === 'note' || object === 'task'
      ? [title, text(part(record.bodyV2).markdown).slice(0, 2_000)]
      : [
          title,
          ...emailsOf(record),
          ...phonesOf(record).map((phone) => phone.replace(/[^\d+]/g, '')),
          text(record.jobTitle),
          websiteOf(record),
          cityOf(record),
        ];
  return fold(words.filter(Boolean).join(' '));
}

/** Fields of a record that hold the id of another one: `companyId`, `targetPersonId`, custom ones too. */
export function referencesOf(record: CrmRecord): [field: string, target: string][] {
  const found: [string, string][] = [];
  for (const [field, value] of Object.entries(record)) {
    if (field.length > 2 && field.endsWith('Id') && typeof value === 'string' && value.length === 36) {
      found.push([field, value]);
    }
  }
  return found;
}
