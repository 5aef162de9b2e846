import type { Dialect } from './dialects';
import { compositeOf, type FieldDef, type ObjectDef } from './schema';

/** Column values of a record, or of part of one. */
export type Values = Record<string, unknown>;

/** A default as metadata quotes it (`"'NEW'"`) as a plain value. */
export function unquoted(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const match = /^'(.*)'$/s.exec(value);
  return match ? match[1] : value;
}

/** What a column holds when nothing was ever written to it. */
export function emptyValue(dialect: Dialect, field: FieldDef): unknown {
  const current = dialect.traits.family === 'current';
  const composite = compositeOf(field);
  const defaults = field.defaultValue;
  if (composite) {
    const given = defaults !== null && typeof defaults === 'object' ? (defaults as Values) : {};
    return Object.fromEntries(
      Object.entries(composite).map(([sub, type]) => [
        sub,
        emptySubValue(current, field.type, sub, type, unquoted(given[sub])),
      ]),
    );
  }
  const plain = unquoted(defaults);
  switch (field.type) {
    case 'TEXT':
      return typeof plain === 'string' ? plain : '';
    case 'ARRAY':
    case 'MULTI_SELECT':
      return current ? [] : null;
    case 'UUID':
    case 'DATE_TIME':
    case 'DATE':
      return null;
    default:
      return plain ?? null;
  }
}

function emptySubValue(current: boolean, type: string, sub: string, subType: string, given: unknown): unknown {
  if (given !== undefined && given !== null && given !== '[]') return given;
  if (sub === 'blocknote') return current ? null : '';
  if (sub === 'currencyCode') return current ? null : '';
  if (subType === 'TEXT') return '';
  if (subType === 'RAW_JSON' && type !== 'ACTOR') return current || sub === 'secondaryLinks' ? [] : null;
  return null;
}

/** A record with every column of its object at rest; the id is still to come. */
export function emptyRow(dialect: Dialect, object: ObjectDef): Values {
  const row: Values = {};
  for (const field of object.fields) {
    if (field.type === 'TS_VECTOR') continue;
    if (field.relation) {
      if (field.relation.kind === 'many-to-one') row[field.relation.joinColumn] = null;
    } else row[field.name] = emptyValue(dialect, field);
  }
  return row;
}
