import { badRequest } from './errors';
import type { FilterTree } from './filter';
import type { Page } from './graphql-project';
import { filteredRows, type Key, listPage, type OrderKey } from './paging';
import { cursorOf } from './paging-cursor';
import { compositeOf, type ObjectDef } from './schema';
import type { Store } from './store';
import type { Row } from './store-table';

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** One page of records: `filter`, `orderBy`, `first`, `after`, `last` and `before` as GraphQL gives them. */
export function pageOf(store: Store, object: ObjectDef, wish: Readonly<Record<string, unknown>>): Page {
  const orderBy = readOrder(wish.orderBy);
  const count = [wish.first, wish.last, wish.limit].find((value) => typeof value === 'number');
  const page = listPage(store, object, {
    filter: readFilter(store, object, wish.filter),
    orderBy,
    first: typeof count === 'number' ? count : store.traits.graphqlPage,
    after: typeof wish.after === 'string' ? wish.after : undefined,
    before: typeof wish.before === 'string' ? wish.before : undefined,
  });
  const keys = orderBy.map(({ path }): Key => cursorKey(store, object, path));
  return { ...page, cursor: (row) => cursorOf(store, keys, row) };
}

/** Every record that a filter of a mutation names; the trash only when the filter speaks of it. */
export function matchingRows(store: Store, object: ObjectDef, filter: unknown): Row[] {
  return filteredRows(store, object, readFilter(store, object, filter));
}

function cursorKey(store: Store, object: ObjectDef, path: readonly string[]): Key {
  const related = store.schema.field(object.name, path[0] ?? '')?.relation != null;
  return { path, related, ascending: true, nullsFirst: true, select: false, read: () => null };
}

/** A filter argument as the tree that REST filters are read into; undefined when there is none. */
export function readFilter(store: Store, object: ObjectDef, filter: unknown): FilterTree | undefined {
  if (filter === null || filter === undefined) return undefined;
  const parts = readParts(store, object, filter, []);
  return parts.length === 1 ? parts[0] : { and: parts };
}

function readParts(store: Store, object: ObjectDef, filter: unknown, path: readonly string[]): FilterTree[] {
  if (!isObject(filter)) throw badRequest('Invalid filter', { subCode: 'INVALID_ARGS_FILTER' });
  return Object.entries(filter).flatMap(([name, value]): FilterTree[] => {
    if (value === null || value === undefined) return [];
    if (name === 'and' || name === 'or') {
      const list = Array.isArray(value) ? value : [value];
      const trees = list.map((part): FilterTree => ({ and: readParts(store, object, part, path) }));
      // An empty list asks for nothing.
      if (trees.length === 0) return [];
      return [name === 'and' ? { and: trees } : { or: trees }];
    }
    if (name === 'not') return [{ not: { and: readParts(store, object, value, path) } }];
    const field = store.schema.field(object.name, name);
    const here = [...path, name];
    const other = field?.relation && store.schema.object(field.relation.object);
    if (other) return readParts(store, other, value, here);
    if (!isObject(value)) throw badRequest(`Invalid filter for "${name}"`, { subCode: 'INVALID_ARGS_FILTER' });
    if (!field || !compositeOf(field)) return conditions(here, value);
    return Object.entries(value).flatMap(([sub, operators]) =>
      isObject(operators) ? conditions([...here, sub], operators) : [],
    );
  });
}

function conditions(path: readonly string[], operators: Record<string, unknown>): FilterTree[] {
  return Object.entries(operators)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([op, value]) => ({ path, op, value }));
}

function readOrder(orderBy: unknown): OrderKey[] {
  const keys: OrderKey[] = [];
  const read = (value: unknown, path: readonly string[]): void => {
    if (isObject(value)) for (const [name, inner] of Object.entries(value)) read(inner, [...path, name]);
    else if (
      value === 'AscNullsFirst' ||
      value === 'AscNullsLast' ||
      value === 'DescNullsFirst' ||
      value === 'DescNullsLast'
    )
      keys.push({ path, direction: value });
    else throw badRequest(`Invalid order by direction: ${String(value)}`, { subCode: 'INVALID_ARGS_DATA' });
  };
  const list = orderBy === null || orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy];
  for (const entry of list) read(entry, []);
  return keys;
}
