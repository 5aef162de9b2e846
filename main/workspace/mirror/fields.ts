import type { FieldMeta, FieldType, ObjectMeta } from '../../../shared/crm';
import { domainOf, fullName } from '../../../shared/crm/names';
import { fold, part, text } from './labels';

/** How one field of a list is read, compared and sorted. */
export interface ListField {
  /** SQLite JSON path, e.g. `$.name.firstName`. */
  path: string;
  type: FieldType;
  /** SELECT options in the workspace's own order, for sorting. */
  order: ReadonlyMap<string, number>;
  /** The object whose label stands for the value when sorting by a relation. */
  relation: string | null;
}

const SYSTEM_TYPES: Record<string, FieldType> = {
  id: 'UUID',
  createdAt: 'DATE_TIME',
  updatedAt: 'DATE_TIME',
  deletedAt: 'DATE_TIME',
};
const COMPOSITE_TYPES: Record<string, FieldType> = {
  emails: 'EMAILS',
  phones: 'PHONES',
  domainName: 'LINKS',
  linkedinLink: 'LINKS',
  xLink: 'LINKS',
  address: 'ADDRESS',
  amount: 'CURRENCY',
  annualRevenue: 'CURRENCY',
  annualRecurringRevenue: 'CURRENCY',
  bodyV2: 'RICH_TEXT',
  createdBy: 'ACTOR',
  dueAt: 'DATE_TIME',
  closeDate: 'DATE_TIME',
};
const NUMERIC_PARTS = new Set(['amountMicros', 'addressLat', 'addressLng']);

/** Reads `field` or `field.subField` against metadata, with stock types where metadata is missing. */
export function listField(meta: ObjectMeta | null, name: string): ListField {
  const [field = name, sub] = name.split('.');
  const relation = meta?.fields.find((one) => one.relation?.joinColumn === field || one.relation?.joinColumn === name);
  const known: FieldMeta | undefined = relation ?? meta?.fields.find((one) => one.name === field);
  const plain: ListField = { path: `$.${field}`, type: 'UNKNOWN', order: new Map(), relation: null };
  if (sub !== undefined) {
    return { ...plain, path: `$.${field}.${sub}`, type: NUMERIC_PARTS.has(sub) ? 'NUMERIC' : 'TEXT' };
  }
  if (known?.relation?.joinColumn) {
    return { ...plain, path: `$.${known.relation.joinColumn}`, type: 'UUID', relation: known.relation.object };
  }
  return {
    ...plain,
    type: known?.type ?? SYSTEM_TYPES[field] ?? COMPOSITE_TYPES[field] ?? 'UNKNOWN',
    order: new Map((known?.options ?? []).map((option) => [option.value, option.position])),
  };
}

/** A value in a form that can be compared: text, exact number, list, or null when there is none. */
export type Comparable = string | bigint | number | string[] | null;

const NUMERIC_TYPES = new Set<FieldType>(['NUMBER', 'NUMERIC', 'POSITION']);

/** A number exactly where it is an integer, so money never passes through a float. */
export function exactNumber(raw: string): bigint | number | null {
  if (/^-?\d+$/.test(raw)) return BigInt(raw);
  const value = Number(raw);
  return raw.trim() === '' || Number.isNaN(value) ? null : value;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** Turns what SQLite extracted (as text) into something comparable, by the field's type. */
export function comparable(type: FieldType, raw: string | null): Comparable {
  if (raw === null || raw === '') return null;
  if (NUMERIC_TYPES.has(type)) return exactNumber(raw);
  if (type === 'BOOLEAN') return raw === '1' || raw === 'true' ? 'true' : 'false';
  if (!raw.startsWith('{') && !raw.startsWith('[')) return raw;
  const value = parsed(raw);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String);
  const object = part(value);
  const some = (found: string): string | null => (found === '' ? null : found);
  switch (type) {
    case 'EMAILS':
      return some(text(object.primaryEmail));
    case 'PHONES':
      return some([text(object.primaryPhoneCallingCode), text(object.primaryPhoneNumber)].join('').replace(/^\+$/, ''));
    case 'LINKS':
      return some(domainOf(text(object.primaryLinkUrl)));
    case 'ADDRESS':
      return some(
        ['addressStreet1', 'addressPostcode', 'addressCity', 'addressState', 'addressCountry']
          .map((key) => text(object[key]))
          .filter(Boolean)
          .join(' '),
      );
    case 'CURRENCY':
      return object.amountMicros === null || object.amountMicros === undefined
        ? null
        : exactNumber(String(object.amountMicros));
    case 'RICH_TEXT':
      return some(text(object.markdown));
    default:
      return some(fullName(object) || text(object.name) || text(object.markdown));
  }
}

/** What values of one field are ordered by: numbers and choices before texts; null comes last either way. */
export type SortKey = string | number | bigint | null;

/** The key of a value. Texts are folded, and numbers inside of them count as numbers. */
export function sortKey(field: ListField, value: Comparable): SortKey {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return foldedText(value);
  // ISO times sort as they are.
  if (field.type === 'DATE_TIME' || field.type === 'DATE') return value;
  return field.order.get(value) ?? fold(value).replace(/\d+/g, (digits) => digits.padStart(16, '0'));
}

/** Orders two keys that are not null, the smaller first. */
export function compareKeys(a: string | number | bigint, b: string | number | bigint): number {
  if ((typeof a === 'string') !== (typeof b === 'string')) return typeof a === 'string' ? 1 : -1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Folded text of a value, for "contains" and "is". */
export function foldedText(value: Comparable): string {
  return value === null ? '' : fold(String(value));
}
