import type { Dialect } from './dialects';
import { compositeOf, type ObjectDef } from './schema';
import { emptyValue, type Values } from './values';
import { blocknoteFromMarkdown } from './values-richtext';
import { readTime } from './values-times';

/** A canonical record (shared/crm) as this dialect stores it: its names, its precision, its fields only. */
export function seedValues(dialect: Dialect, object: ObjectDef, record: Values): Values {
  const names = new Map(object.fields.map((field) => [field.name, field]));
  const columns = new Set(
    object.fields.flatMap((field) => (field.relation?.kind === 'many-to-one' ? [field.relation.joinColumn] : [])),
  );
  const output: Values = {};
  for (const [given, value] of Object.entries(record)) {
    if (value === undefined) continue;
    const name = nameHere(given, names, columns);
    const field = name === null ? undefined : names.get(name);
    if (name !== null && columns.has(name)) output[name] = typeof value === 'string' ? value.toLowerCase() : value;
    else if (field?.name === 'body') output.body = oldBody(value);
    else if (field?.type === 'DATE_TIME') output[field.name] = seedTime(dialect, field.name, value);
    else if (field && compositeOf(field) && value !== null && typeof value === 'object')
      output[field.name] = { ...(emptyValue(dialect, field) as Values), ...withBlocknote(field.name, value as Values) };
    else if (field && !field.relation && field.type !== 'TS_VECTOR') output[field.name] = value;
  }
  if (typeof output.id === 'string') output.id = output.id.toLowerCase();
  return output;
}

/** Old servers keep microseconds of their own times, which no answer shows. */
function seedTime(dialect: Dialect, name: string, value: unknown): string | null {
  const time = readTime(value, dialect.traits.timeDigits);
  const own = name === 'createdAt' || name === 'updatedAt';
  return own ? (time?.replace(/000Z$/, dialect.traits.timeDigits === 6 ? '437Z' : '000Z') ?? null) : time;
}

function nameHere(given: string, names: ReadonlyMap<string, unknown>, columns: ReadonlySet<string>): string | null {
  if (names.has(given) || columns.has(given)) return given;
  if (given === 'bodyV2' && names.has('body')) return 'body';
  if (given === 'annualRevenue' && names.has('annualRecurringRevenue')) return 'annualRecurringRevenue';
  const target = /^target([A-Z])(\w*Id)$/.exec(given);
  const plain = target ? `${(target[1] ?? '').toLowerCase()}${target[2]}` : '';
  return columns.has(plain) ? plain : null;
}

function oldBody(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('markdown' in value)) return value;
  return typeof value.markdown === 'string' && value.markdown !== '' ? blocknoteFromMarkdown(value.markdown) : null;
}

function withBlocknote(name: string, value: Values): Values {
  if (name !== 'bodyV2' || typeof value.markdown !== 'string' || typeof value.blocknote === 'string') return value;
  return { ...value, blocknote: value.markdown === '' ? null : blocknoteFromMarkdown(value.markdown) };
}
