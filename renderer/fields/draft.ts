import { type FieldMeta, formatDecimal, fullName, isDayOnly, phonesOf, readMicros } from '../../shared/crm';

/** What stands in the controls of one field while it is edited: texts as typed, not yet values. */
export type FieldDraft =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; value: string }
  | { kind: 'choices'; values: readonly string[] }
  | { kind: 'lines'; lines: readonly string[] }
  | { kind: 'phones'; phones: readonly { text: string; country: string }[] }
  | { kind: 'links'; links: readonly { url: string; label: string }[] }
  | { kind: 'parts'; parts: Readonly<Record<string, string>> }
  | { kind: 'money'; amount: string; code: string }
  | { kind: 'record'; id: string | null; label: string }
  | { kind: 'rich'; text: string; flattens: boolean };

/** Sub-fields of the composites that are edited part by part, with their labels, in reading order. */
export const PARTS: Readonly<Record<'FULL_NAME' | 'ADDRESS', readonly { key: string; label: string }[]>> = {
  FULL_NAME: [
    { key: 'firstName', label: 'First name' },
    { key: 'lastName', label: 'Last name' },
  ],
  ADDRESS: [
    { key: 'addressStreet1', label: 'Street' },
    { key: 'addressStreet2', label: 'Street, second line' },
    { key: 'addressPostcode', label: 'Postcode' },
    { key: 'addressCity', label: 'City' },
    { key: 'addressState', label: 'State' },
    { key: 'addressCountry', label: 'Country' },
  ],
};

/** The key under which a record holds the field's value: the column for a relation. */
export function valueKey(field: FieldMeta): string {
  return field.relation?.joinColumn ?? field.name;
}

/**
 * The field's value as it is put into its controls. Takes any value a server may have sent.
 * @param label name of the record a relation points at, where it is known
 */
export function draftOf(field: FieldMeta, value: unknown, label = ''): FieldDraft {
  const part = objectOf(value);
  switch (field.type) {
    case 'BOOLEAN':
      return { kind: 'choice', value: typeof value === 'boolean' ? String(value) : '' };
    case 'SELECT':
    case 'RATING':
      return { kind: 'choice', value: text(value) };
    case 'MULTI_SELECT':
      return { kind: 'choices', values: texts(value) };
    case 'ARRAY':
      return { kind: 'lines', lines: texts(value) };
    case 'EMAILS':
      return { kind: 'lines', lines: [text(part.primaryEmail), ...texts(part.additionalEmails)].filter(Boolean) };
    case 'PHONES':
      return {
        kind: 'phones',
        phones: phonesOf(value).map((phone) => ({
          text: phone.countryCode === '' ? `${phone.callingCode}${phone.number}` : phone.number,
          country: phone.countryCode,
        })),
      };
    case 'LINKS':
      return { kind: 'links', links: linksOf(value) };
    case 'FULL_NAME':
      return typeof value === 'string'
        ? { kind: 'parts', parts: { firstName: fullName(value), lastName: '' } }
        : partsDraft('FULL_NAME', part);
    case 'ADDRESS':
      return partsDraft('ADDRESS', part);
    case 'CURRENCY': {
      const micros = readMicros(part.amountMicros);
      return { kind: 'money', amount: micros === null ? '' : formatDecimal(micros), code: text(part.currencyCode) };
    }
    case 'RICH_TEXT':
      return { kind: 'rich', text: text(part.markdown), flattens: part.richOnly === true };
    case 'RELATION':
    case 'MORPH_RELATION':
      return { kind: 'record', id: text(value) || null, label };
    case 'DATE_TIME':
      return { kind: 'text', text: momentText(text(value)) };
    default:
      return { kind: 'text', text: typeof value === 'number' ? String(value) : text(value) };
  }
}

/** All links of a links field, the primary one first. Takes any value a server may have sent. */
export function linksOf(value: unknown): { url: string; label: string }[] {
  const part = objectOf(value);
  const rest = Array.isArray(part.secondaryLinks) ? part.secondaryLinks.map(objectOf) : [];
  return [
    { url: text(part.primaryLinkUrl), label: text(part.primaryLinkLabel) },
    ...rest.map((link) => ({ url: text(link.url), label: text(link.label) })),
  ].filter((link) => link.url !== '');
}

function partsDraft(type: keyof typeof PARTS, value: Record<string, unknown>): FieldDraft {
  return { kind: 'parts', parts: Object.fromEntries(PARTS[type].map(({ key }) => [key, text(value[key])])) };
}

/** `2026-11-23 15:00` in local time, or the day alone where only a day is meant. */
function momentText(iso: string): string {
  const at = new Date(iso);
  if (iso === '' || Number.isNaN(at.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return isDayOnly(at) ? day : `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A nested object of a value, or an empty one. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}
