import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { compositeOf, SUBFIELDS } from './composites';
import { escapeLike } from './filter';
import type { Json } from './json';
import { capitalise, toWireName } from './names';
import { direction, orderField, type RecordId, recordId } from './query';
import type { Dialect, Filter, ListQuery } from './types';

/** A GraphQL request: every value travels as a variable, except ids, which are validated UUIDs. */
export interface Document {
  query: string;
  variables: Json;
}

const NAME = /^[a-z][A-Za-z0-9]{0,62}$/;

function name(text: string): string {
  if (!NAME.test(text)) throw new TwigError('invalid', 'This is not the name of an object or field.');
  return text;
}

/**
 * The selection of a record: the wanted canonical fields, or all that metadata knows, as the server
 * calls them. Names in `missing` (wire names the server refused) are left out.
 */
export function selection(
  meta: ObjectMeta,
  wanted: readonly string[] | undefined,
  dialect: Dialect,
  missing: ReadonlySet<string>,
): string {
  const parts = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt']);
  for (const field of meta.fields) {
    const column = field.relation?.joinColumn ?? null;
    if (wanted && !wanted.includes(field.name) && !(column && wanted.includes(column))) continue;
    for (const part of fieldSelection(meta.name, field, dialect)) {
      if (!missing.has(/^\w+/.exec(part)?.[0] ?? '')) parts.add(part);
    }
  }
  return [...parts].join(' ');
}

function fieldSelection(object: string, field: FieldMeta, dialect: Dialect): string[] {
  const wire = toWireName(object, name(field.name), dialect);
  if (field.relation) {
    const column = field.relation.joinColumn;
    return column ? [toWireName(object, name(column), dialect)] : [];
  }
  switch (field.type) {
    case 'TS_VECTOR':
    case 'POSITION':
    case 'FILES':
    case 'UNKNOWN':
      return [];
    case 'ACTOR':
      return [`${wire}{source name workspaceMemberId}`];
    default:
      break;
  }
  const composite = compositeOf(field.type, null);
  if (!composite || wire === 'body') return [wire];
  const subfields = `${wire}{${Object.keys(SUBFIELDS[composite]).join(' ')}}`;
  return dialect.body === 'both' && wire === 'bodyV2' ? [subfields, 'body'] : [subfields];
}

/** One page of records, by id or in the given order. */
export function listDocument(
  meta: ObjectMeta,
  fields: string,
  query: ListQuery,
  first: number,
  dialect: Dialect,
): Document {
  const type = capitalise(name(meta.name));
  const root = name(meta.plural);
  const order = (query.orderBy ?? []).map((key) =>
    nested(orderField(key.field, meta.name, dialect), direction(key.direction)),
  );
  return {
    query: `query P($n:Int,$after:String,$f:${type}FilterInput,$o:[${type}OrderByInput]){${root}(first:$n,after:$after,filter:$f,orderBy:$o){totalCount pageInfo{hasNextPage endCursor} edges{node{${fields}}}}}`,
    variables: {
      n: first,
      ...(query.after === undefined ? {} : { after: query.after }),
      ...(query.filter ? { f: graphqlFilter(query.filter, meta.name, dialect) } : {}),
      ...(order.length > 0 ? { o: order } : {}),
    },
  };
}

/** How many records of each object meet its filter, in one request; without a filter, the live ones. */
export function countDocument(
  asks: readonly { meta: Pick<ObjectMeta, 'name' | 'plural'>; filter?: Filter }[],
  dialect: Dialect,
): Document {
  const types: string[] = [];
  const variables: Json = {};
  const roots = asks.map(({ meta, filter }, index) => {
    if (!filter) return `${name(meta.plural)}(first:1){totalCount}`;
    types.push(`$f${index}:${capitalise(name(meta.name))}FilterInput`);
    variables[`f${index}`] = graphqlFilter(filter, meta.name, dialect);
    return `${name(meta.plural)}(first:1,filter:$f${index}){totalCount}`;
  });
  return { query: `query${types.length > 0 ? ` C(${types.join(',')})` : ''}{${roots.join(' ')}}`, variables };
}

/** Soft delete or restore of one record. Never destroys: the word is not in this program. */
export function idMutation(verb: 'delete' | 'restore', object: string, id: RecordId): Document {
  return { query: `mutation{${verb}${capitalise(name(object))}(id:"${recordId(id)}"){id}}`, variables: {} };
}

/** Create one record. */
export function createDocument(object: string, data: Json, fields: string): Document {
  const type = capitalise(name(object));
  return {
    query: `mutation($d:${type}CreateInput!){create${type}(data:$d){${fields}}}`,
    variables: { d: data },
  };
}

/** Change one record. */
export function updateDocument(object: string, id: RecordId, data: Json, fields: string): Document {
  const type = capitalise(name(object));
  return {
    query: `mutation($d:${type}UpdateInput!){update${type}(id:"${recordId(id)}",data:$d){${fields}}}`,
    variables: { d: data },
  };
}

const NOTHING: Json = { id: { is: 'NULL' } };

/** A filter as GraphQL input: values are JSON, so nothing needs quoting. */
export function graphqlFilter(filter: Filter, object: string, dialect: Dialect): Json {
  if ('and' in filter) return { and: filter.and.map((one) => graphqlFilter(one, object, dialect)) };
  if ('or' in filter) {
    if (filter.or.length === 0) return NOTHING;
    return { or: filter.or.map((one) => graphqlFilter(one, object, dialect)) };
  }
  if ('not' in filter) return { not: graphqlFilter(filter.not, object, dialect) };
  const condition = (op: string, value: unknown) => nested(filterPath(filter.field, object, dialect), { [op]: value });
  switch (filter.op) {
    case 'in':
      return filter.value.length === 0 ? NOTHING : condition('in', filter.value);
    case 'contain':
      return condition('ilike', `%${escapeLike(filter.value)}%`);
    case 'notContain':
      return { not: condition('ilike', `%${escapeLike(filter.value)}%`) };
    case 'startsWith':
      return condition('like', `${escapeLike(filter.value)}%`);
    case 'endsWith':
      return condition('like', `%${escapeLike(filter.value)}`);
    default:
      return condition(filter.op, filter.value);
  }
}

function filterPath(path: string, object: string, dialect: Dialect): string {
  const parts = path.split('.');
  if (parts.length > 3 || !parts.every((part) => NAME.test(part))) {
    throw new TwigError('invalid', 'This is not the name of a field.', { field: path.slice(0, 130) });
  }
  const [first = '', ...rest] = parts;
  const wire = toWireName(object, first, dialect);
  return wire === 'body' && first === 'bodyV2' ? wire : [wire, ...rest].join('.');
}

/** `a.b` and a value as `{a: {b: value}}`. */
function nested(path: string, value: unknown): Json {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : nested(rest.join('.'), value) };
}
