import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { valueKey } from '../fields/draft';
import { groupOf, isShown } from '../fields/rights';

/** A column a list can show. `key` is the record's key, which sorting, filters and export go by. */
export interface Column {
  key: string;
  label: string;
  field: FieldMeta;
  /** In rem. */
  width: number;
  sortable: boolean;
  numeric: boolean;
}

const WIDTHS: Readonly<Partial<Record<FieldMeta['type'], number>>> = {
  FULL_NAME: 15,
  EMAILS: 15,
  PHONES: 10.5,
  LINKS: 12,
  ADDRESS: 15,
  CURRENCY: 8,
  NUMBER: 7,
  NUMERIC: 7,
  BOOLEAN: 5.5,
  DATE: 8,
  DATE_TIME: 9,
  RATING: 7,
  RICH_TEXT: 18,
  RAW_JSON: 12,
};
/** The column that names the record, in rem. */
const NAMING = 15;
const NUMERIC: ReadonlySet<FieldMeta['type']> = new Set(['NUMBER', 'NUMERIC', 'CURRENCY']);
const UNSORTED: ReadonlySet<FieldMeta['type']> = new Set(['RAW_JSON', 'RICH_TEXT', 'ARRAY', 'MULTI_SELECT', 'ACTOR']);
const FIRST: Readonly<Record<string, readonly string[]>> = {
  person: ['name', 'companyId', 'jobTitle', 'emails', 'phones', 'city'],
  company: ['name', 'domainName', 'employees', 'companyIndustry', 'accountOwnerId', 'address'],
  note: ['title', 'bodyV2', 'createdBy', 'createdAt'],
  opportunity: ['name', 'stage', 'amount', 'companyId', 'pointOfContactId', 'closeDate'],
};
const SHOWN_AT_FIRST = 6;

/** Every column the object's fields allow; the one that names the record first. */
export function columnsOf(object: ObjectMeta): Column[] {
  const columns = object.fields.filter(isShown).map((field) => ({
    key: valueKey(field),
    label: field.label,
    field,
    width: WIDTHS[field.type] ?? 10,
    sortable: !UNSORTED.has(field.type),
    numeric: NUMERIC.has(field.type),
  }));
  return columns
    .map((column) => ({ ...column, width: isNaming(object, column.field) ? NAMING : column.width }))
    .sort((a, b) => rank(object, a.field) - rank(object, b.field));
}

function isNaming(object: ObjectMeta, field: FieldMeta): boolean {
  return field.name === object.labelField;
}

function rank(object: ObjectMeta, field: FieldMeta): number {
  if (isNaming(object, field)) return 0;
  return { standard: 1, custom: 2, system: 3 }[groupOf(field)];
}

/** Keys of the columns shown before anyone chose: the customary ones, filled up with the workspace's own. */
export function firstColumns(object: ObjectMeta): string[] {
  const all = columnsOf(object);
  const known = new Set(all.map((column) => column.key));
  const customary = (FIRST[object.name] ?? []).filter((key) => known.has(key));
  const more = all.filter((column) => groupOf(column.field) !== 'system').map((column) => column.key);
  return [...new Set([...all.slice(0, 1).map((column) => column.key), ...customary, ...more])].slice(0, SHOWN_AT_FIRST);
}

/** The columns by their keys, in that order; keys the workspace does not have (any more) are left out. */
export function chosenColumns(object: ObjectMeta, keys: readonly string[]): Column[] {
  const all = new Map(columnsOf(object).map((column) => [column.key, column]));
  return keys.flatMap((key) => all.get(key) ?? []);
}
