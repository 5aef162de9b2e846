import type { Traits } from './dialects';
import { badRequest, type ServerError } from './errors';
import { type Condition, type FilterTree, isCondition } from './filter';
import { restFault } from './filter-parse';
import { compositeOf, type FieldDef, type ObjectDef } from './schema';
import type { Store } from './store';
import { didYouMean } from './values-suggest';
import { readTime } from './values-times';

/** What a path leads to: its column, the type there, and whether the server keeps nothing as null. */
export interface Target {
  /** Path inside the row; null when it goes through a relation. */
  column: readonly string[] | null;
  relation: { column: string; object: string; path: readonly string[] } | null;
  field: FieldDef | null;
  /** Type word of the value itself. */
  type: string;
  /** An empty text stands for null there. */
  blankIsNull: boolean;
}

/** Finds what a filter or order path means; throws in the server's words when it means nothing. */
export function targetOf(store: Store, object: ObjectDef, path: readonly string[], op = ''): Target {
  const [name = '', sub] = path;
  const { family } = store.traits;
  const current = family === 'current';
  if (store.schema.join(object.name, name))
    return { column: [name], relation: null, field: null, type: 'UUID', blankIsNull: false };
  const field = store.schema.field(object.name, name);
  if (!field || field.relation?.kind === 'one-to-many') {
    if (current) throw badRequest(`Object ${object.name} doesn't have any "${name}" field.`, INVALID_ARGS);
    throw restFault(`field '${name}' does not exist in '${object.name}' object`);
  }
  if (field.relation) {
    if (!current) throw undefinedField(name, typeName(object.name), columnNames(object));
    const other = store.schema.object(field.relation.object);
    if (!other || sub === undefined)
      throw badRequest(`Object ${object.name} doesn't have any "${name}" field.`, INVALID_ARGS);
    const rest = path.slice(1);
    const { type, blankIsNull, field: end } = targetOf(store, other, rest);
    const relation = { column: field.relation.joinColumn, object: other.name, path: rest };
    return { column: null, relation, field: end, type, blankIsNull };
  }
  const composite = compositeOf(field);
  if (!composite) {
    const blankIsNull = current && field.type === 'TEXT' && field.nullable;
    return { column: [name], relation: null, field, type: field.type, blankIsNull };
  }
  const type = sub === undefined ? undefined : composite[sub];
  if (sub === undefined || type === undefined) throw noSubField(store.traits, field, sub ?? op);
  return { column: [name, sub], relation: null, field, type, blankIsNull: current && type === 'TEXT' };
}

const INVALID_ARGS = { subCode: 'INVALID_ARGS_FILTER' };

function noSubField(traits: Traits, field: FieldDef, sub: string): ServerError {
  if (traits.family === 'current')
    return badRequest(`Sub field "${sub}" not found for composite type: ${field.type}`, INVALID_ARGS);
  const names = Object.keys(compositeOf(field) ?? {});
  const type = field.type
    .toLowerCase()
    .split('_')
    .map((word) => typeName(word))
    .join('');
  return undefinedField(sub, type, names);
}

function undefinedField(name: string, type: string, names: readonly string[]): ServerError {
  return badRequest(`Field "${name}" is not defined by type "${type}FilterInput".${didYouMean(name, names)}`);
}

const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Names that a GraphQL input of this object has: columns, no relations. */
export function columnNames(object: ObjectDef): string[] {
  return object.fields.flatMap((field) =>
    field.relation ? (field.relation.kind === 'many-to-one' ? [field.relation.joinColumn] : []) : [field.name],
  );
}

const TEXT_OPS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is', 'like', 'ilike', 'startsWith', 'endsWith'];
const NUMBER_OPS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'];
const OPS: Readonly<Record<string, readonly string[]>> = {
  TEXT: TEXT_OPS,
  RICH_TEXT: TEXT_OPS,
  NUMBER: NUMBER_OPS,
  NUMERIC: NUMBER_OPS,
  POSITION: NUMBER_OPS,
  UUID: NUMBER_OPS,
  DATE_TIME: NUMBER_OPS,
  DATE: NUMBER_OPS,
  BOOLEAN: ['eq', 'is'],
  SELECT: ['eq', 'neq', 'in', 'is'],
  RATING: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'],
  MULTI_SELECT: ['containsAny', 'is', 'isEmptyArray'],
  ARRAY: ['containsAny', 'containsIlike', 'is', 'isEmptyArray'],
  RAW_JSON: ['is', 'like'],
};

/** Names of the filter inputs of old servers, as their messages use them. */
const OLD_FILTERS: Readonly<Record<string, string>> = {
  NUMBER: 'FloatFilter',
  NUMERIC: 'BigFloatFilter',
  POSITION: 'FloatFilter',
  UUID: 'IDFilter',
  DATE_TIME: 'DateFilter',
  BOOLEAN: 'BooleanFilter',
  RAW_JSON: 'RawJsonFilter',
};

/** Checks a tree against the schema and turns its values into stored ones; throws as the server refuses. */
export function checkedFilter(store: Store, object: ObjectDef, tree: FilterTree): FilterTree {
  if (isCondition(tree)) return checkedCondition(store, object, tree);
  if ('not' in tree) return { not: checkedFilter(store, object, tree.not) };
  if ('and' in tree) return { and: tree.and.map((part) => checkedFilter(store, object, part)) };
  return { or: tree.or.map((part) => checkedFilter(store, object, part)) };
}

function checkedCondition(store: Store, object: ObjectDef, condition: Condition): Condition {
  const target = targetOf(store, object, condition.path, condition.op);
  const { family } = store.traits;
  const { op, value } = condition;
  const allowed = OPS[target.type];
  if (allowed && !allowed.includes(op) && !(family !== 'current' && target.type === 'TEXT')) {
    if (family === 'current')
      throw badRequest(
        `Operator "${op}" is not valid for field "${condition.path.join('.')}" of type ${target.type} - Allowed operators: ${allowed.join(', ')}`,
        INVALID_ARGS,
      );
    const input = OLD_FILTERS[target.type] ?? `${typeName(object.name)}${typeName(condition.path[0] ?? '')}EnumFilter`;
    throw badRequest(`Field "${op}" is not defined by type "${input}".${didYouMean(op, allowed)}`);
  }
  if (op === 'is') return { ...condition, value: checkedIs(store.traits, condition) };
  const read = (one: unknown): unknown => storedValue(store, object, target, condition.path, one);
  return { ...condition, value: Array.isArray(value) ? value.map(read) : read(value) };
}

function checkedIs(traits: Traits, { path, value }: Condition): unknown {
  if (value === 'NULL' || value === 'NOT_NULL') return value;
  if (traits.family === 'current')
    throw badRequest('Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"', INVALID_ARGS);
  const hint = didYouMean(String(value), ['NULL', 'NOT_NULL'], 'the enum value ');
  throw badRequest(
    `Variable "$filter" got invalid value "${String(value)}" at "filter.and[0].${path.join('.')}.is"; Value "${String(value)}" does not exist in "FilterIs" enum.${hint}`,
  );
}

function storedValue(
  store: Store,
  object: ObjectDef,
  target: Target,
  path: readonly string[],
  value: unknown,
): unknown {
  const { family, timeDigits } = store.traits;
  const name = path.join('.');
  switch (target.type) {
    case 'UUID': {
      const text = String(value);
      if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
      if (family === 'current') throw badRequest(`Invalid UUID value '${text}' for field "${name}"`, INVALID_ARGS);
      throw badRequest(`invalid input syntax for type uuid: "${text}"`);
    }
    case 'DATE_TIME': {
      const time = readTime(value, timeDigits);
      if (time !== null) return time;
      if (family === 'current')
        throw badRequest(
          `Invalid value '${String(value)}' for date-time field "${name}". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
          INVALID_ARGS,
        );
      throw badRequest(
        'invalid input syntax for type timestamp with time zone: "0NaN-NaN-NaNTNaN:NaN:NaN.NaN+NaN:NaN"',
      );
    }
    case 'NUMBER':
    case 'NUMERIC':
    case 'POSITION': {
      const number = typeof value === 'number' ? value : Number.parseFloat(String(value));
      if (Number.isNaN(number) && family === 'current')
        throw badRequest(`Invalid number value NaN for field "${name}"`, INVALID_ARGS);
      return number;
    }
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : String(value).toLowerCase() === 'true';
    case 'MULTI_SELECT':
      // Current servers keep these as texts and find nothing for an option that is not there.
      return family === 'current' ? value : knownOption(store, object, target.field, String(value));
    case 'SELECT':
      return knownOption(store, object, target.field, String(value));
    default:
      return value;
  }
}

function knownOption(store: Store, object: ObjectDef, field: FieldDef | null, value: string): string {
  const options = field?.options ?? [];
  if (!field?.options || options.some((option) => option.value === value)) return value;
  if (store.traits.family !== 'current')
    throw restFault(
      `'filter' enum value '${value}' not available in '${field.name}' enum. Available enum values are [${options
        .map((option) => `'${option.value}'`)
        .join(', ')}]`,
    );
  const type = `${snake(object.name)}_${snake(field.name)}_enum`;
  throw badRequest(`invalid input value for enum workspace_demo.${type}: "${value}"`);
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
