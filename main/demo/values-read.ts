import type { Dialect } from './dialects';
import { ServerError } from './errors';
import { compositeOf, type FieldDef, type ObjectDef } from './schema';
import type { Row } from './store-table';
import { emptyValue, type Values } from './values';
import { readEmails, readLinks, readPhones } from './values-contacts';
import { bodyFault, readRichText } from './values-richtext';
import { readTime } from './values-times';
import { type Words, wordsOf } from './values-words';

/** How a write came in: 0.51 converts note bodies only over GraphQL. */
export type Through = 'rest' | 'graphql';

/**
 * Checks what a client sent and answers the columns to store, merged with `before` where this server
 * merges. Throws ServerError in the dialect's words; old servers list every fault at once.
 */
export function readValues(
  dialect: Dialect,
  object: ObjectDef,
  input: unknown,
  before: Row | null,
  through: Through = 'rest',
): Values {
  const words = wordsOf(dialect);
  if (input === null || typeof input !== 'object') throw words.notAnObject(object, input);
  const faults: ServerError[] = [];
  const output: Values = {};
  const columns = new Set(
    object.fields.flatMap((field) => (field.relation?.kind === 'many-to-one' ? [field.relation.joinColumn] : [])),
  );
  const byName = new Map(object.fields.map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(input)) {
    try {
      if (columns.has(name)) {
        output[name] = readUuid(words, name, value);
        continue;
      }
      const field = byName.get(name);
      if (!field || (field.relation && !words.namesRelations)) {
        if (words.dropsUnknown(name)) continue;
        throw words.unknownField(object, name, before ? 'Update' : 'Create');
      }
      if (field.relation) throw words.toManyWrite(name);
      const read = readField(dialect, words, object, field, value, before, through);
      if (read !== undefined) output[name] = read;
    } catch (error) {
      if (!words.listsFaults || !(error instanceof ServerError)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) {
    const [first] = faults;
    if (faults.length === 1 && first) throw first;
    throw new ServerError(
      400,
      faults.flatMap((fault) => fault.messages),
    );
  }
  if (before === null) words.required(object, input as Values);
  return output;
}

function readField(
  dialect: Dialect,
  words: Words,
  object: ObjectDef,
  field: FieldDef,
  value: unknown,
  before: Row | null,
  through: Through,
): unknown {
  const composite = compositeOf(field);
  if (composite) return readComposite(dialect, words, field, composite, value, before, through);
  if (field.name === 'id') return readId(words, value);
  if (value === null) return readNull(dialect, words, object, field);
  switch (field.type) {
    case 'TEXT':
    case 'RICH_TEXT':
      if (typeof value !== 'string') throw words.notText(field, value);
      if (value.includes('\0')) throw words.nulCharacter();
      if (dialect.traits.family === 'mid' && field.name === 'body' && through === 'graphql') throw bodyFault();
      return value;
    case 'NUMBER':
    case 'POSITION':
      // `first` and `last` are for the server to work out; new records come first anyway.
      if (field.type === 'POSITION' && typeof value === 'string') return undefined;
      if (typeof value !== 'number' || !Number.isFinite(value)) throw words.notNumber(field, value);
      return value;
    case 'NUMERIC':
      if (!/^-?\d+(\.\d+)?$/.test(String(value))) throw words.notNumber(field, value);
      return Number(value);
    case 'BOOLEAN':
      if (typeof value !== 'boolean') throw words.notBoolean(field, value);
      return value;
    case 'UUID':
      return readUuid(words, field.name, value);
    case 'DATE_TIME': {
      const time = readTime(value, dialect.traits.timeDigits);
      if (time === null) throw words.notTime(field, value);
      return time;
    }
    case 'DATE': {
      const time = readTime(value, 3);
      if (time === null) throw words.notTime(field, value);
      return time.slice(0, 10);
    }
    case 'SELECT':
    case 'RATING':
      if (!field.options?.some((option) => option.value === value)) throw words.notAnOption(object, field, value);
      return value;
    case 'MULTI_SELECT': {
      const list = Array.isArray(value) ? value : [value];
      const stray = list.find((entry) => !field.options?.some((option) => option.value === entry));
      if (stray !== undefined) throw words.notAnOption(object, field, stray);
      return list;
    }
    case 'ARRAY':
      return Array.isArray(value) ? value.map(String) : [String(value)];
    case 'TS_VECTOR':
      throw words.searchVector(field);
    default:
      return value;
  }
}

function readNull(dialect: Dialect, words: Words, object: ObjectDef, field: FieldDef): unknown {
  if (field.type === 'TS_VECTOR') throw words.searchVector(field);
  if (field.type === 'TEXT' && dialect.traits.family === 'current') return '';
  if (!field.nullable) throw words.notNull(object, field.name);
  return field.type === 'MULTI_SELECT' || field.type === 'ARRAY' ? emptyValue(dialect, field) : null;
}

function readId(words: Words, value: unknown): string {
  if (typeof value !== 'string' || !isUuid(value)) throw words.badId(value);
  return value.toLowerCase();
}

function readUuid(words: Words, name: string, value: unknown): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !isUuid(value)) throw words.badUuid(name, value);
  return value.toLowerCase();
}

/** A UUID of any version but the nil one, as the servers accept it. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value);
}

function readComposite(
  dialect: Dialect,
  words: Words,
  field: FieldDef,
  composite: Readonly<Record<string, string>>,
  value: unknown,
  before: Row | null,
  through: Through,
): unknown {
  const current = dialect.traits.family === 'current';
  const base = (before?.[field.name] ?? emptyValue(dialect, field)) as Values;
  if (value === null) {
    if (field.name === 'bodyV2') return words.nullBody();
    const clears = current && ['EMAILS', 'PHONES', 'LINKS'].includes(field.type);
    return clears ? emptyValue(dialect, field) : undefined;
  }
  if (typeof value !== 'object' || Array.isArray(value)) return words.notComposite(field, value);
  const given = value as Values;
  const unknown = Object.keys(given)
    .filter((sub) => !(sub in composite) || (words.actorSourceOnly && field.type === 'ACTOR' && sub !== 'source'))
    .map((sub) => words.unknownSubField(field, sub, before ? 'Update' : 'Create'));
  const [first] = unknown;
  if (first && words.listsFaults)
    throw new ServerError(
      400,
      unknown.map((fault) => fault.message),
    );
  if (first) throw first;
  if (field.type === 'ACTOR') return { source: 'MANUAL', workspaceMemberId: null, name: '', context: null, ...given };
  if (field.name === 'bodyV2') return readRichText(dialect, given, base, through);
  const merged = { ...base, ...readSubFields(dialect, field, composite, given) };
  if (!dialect.traits.validatesContacts) return merged;
  if (field.type === 'LINKS') return readLinks(given);
  if (field.type === 'EMAILS') {
    const emails = readEmails(field.name, given);
    return { ...base, primaryEmail: '', ...emails };
  }
  if (field.type === 'PHONES') return { ...merged, ...readPhones(given) };
  return merged;
}

function readSubFields(
  dialect: Dialect,
  field: FieldDef,
  composite: Readonly<Record<string, string>>,
  given: Values,
): Values {
  const current = dialect.traits.family === 'current';
  const output: Values = {};
  for (const [sub, value] of Object.entries(given)) {
    if (composite[sub] === 'NUMERIC') output[sub] = readNumeric(current, field.type === 'CURRENCY', value);
    else if (composite[sub] === 'TEXT' && value === null && sub !== 'currencyCode') output[sub] = '';
    else if (composite[sub] === 'RAW_JSON' && value === null && current) output[sub] = [];
    else output[sub] = value;
  }
  return output;
}

/** Current servers cut micros to whole numbers; old ones keep the fraction. */
function readNumeric(current: boolean, micros: boolean, value: unknown): number | null {
  if (value === null || value === '') return null;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new ServerError(400, `Invalid number value '${String(value)}'`);
  return current && micros ? Math.trunc(number) : number;
}
