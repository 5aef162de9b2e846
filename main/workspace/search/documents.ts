import { type CrmRecord, digitsOf, domainOf, phonesOf, recordLabel } from '../../../shared/crm';

/** What the search knows of a record. Texts as they are shown; folding happens inside. */
export interface SearchDoc {
  /** Twenty's singular object name. */
  object: string;
  /** UUID. */
  id: string;
  title: string;
  subtitle: string;
  emails: readonly string[];
  /** Digits with the country's calling code; other forms may follow. */
  phones: readonly string[];
  company: string;
  jobTitle: string;
  city: string;
  domain: string;
}

/** Names of the records a record points at, from the local copy. */
export type LabelOf = (object: string, id: string) => string | null;

/**
 * The searchable part of a record in canonical form.
 * @param labelField field that names records of a custom object
 */
export function toSearchDoc(object: string, record: CrmRecord, labelOf: LabelOf, labelField?: string): SearchDoc {
  const title = recordLabel(object, record, labelField);
  const company = text(record.companyId) === '' ? '' : (labelOf('company', text(record.companyId)) ?? '');
  const contact = text(record.pointOfContactId) === '' ? '' : (labelOf('person', text(record.pointOfContactId)) ?? '');
  const jobTitle = text(record.jobTitle);
  const city = text(record.city) || text(part(record.address, 'addressCity'));
  const link = text(part(record.domainName, 'primaryLinkUrl')) || text(part(record.domainName, 'primaryLinkLabel'));
  const domain = domainOf(link);
  const emails = [part(record.emails, 'primaryEmail'), ...list(part(record.emails, 'additionalEmails'))]
    .map(text)
    .filter((email) => email !== '');
  const about =
    object === 'opportunity' ? [company, contact] : object === 'company' ? [domain, city] : [jobTitle, company];
  return {
    object,
    id: record.id,
    title,
    subtitle: about.filter((word) => word !== '').join(' · ') || (emails[0] ?? city),
    emails,
    phones: phonesOf(record.phones).flatMap(({ number, callingCode }) => phoneForms(number, callingCode)),
    company: [company, contact].filter((word) => word !== '').join(' '),
    jobTitle,
    city,
    domain,
  };
}

/** Digit forms of one number: with its calling code and without the trunk zero, and as it was written. */
export function phoneForms(number: string, callingCode: string): string[] {
  const digits = digitsOf(number);
  const code = digitsOf(callingCode);
  const whole = number.trim().startsWith('+') ? digits : `${code}${digits.replace(/^0+/, '')}`;
  return whole.includes(digits) ? [whole] : [whole, digits];
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
