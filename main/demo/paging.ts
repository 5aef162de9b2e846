import type { Direction } from '../twenty/types';
import { badRequest } from './errors';
import { conditionsOf, type FilterTree, mentionsTrash } from './filter';
import { checkedFilter, targetOf } from './filter-check';
import { candidateIds, compare, matcherOf } from './filter-match';
import { cursorOf, cursorTest, decodeCursor } from './paging-cursor';
import type { ObjectDef } from './schema';
import type { Store } from './store';
import { lowerBound, type Row, valueAt } from './store-table';

export interface OrderKey {
  path: readonly string[];
  direction: Direction;
}

export interface PageRequest {
  filter?: FilterTree;
  /** In order of weight; `id` ascending is always the last. */
  orderBy?: readonly OrderKey[];
  /** Rows wanted; no cap is applied here. */
  first: number;
  after?: string;
  before?: string;
}

export interface PageAnswer {
  rows: Row[];
  /** All matches of the filter, on every page. */
  totalCount: number;
  startCursor: string | null;
  endCursor: string | null;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** An order key with its value reader. */
export interface Key {
  path: readonly string[];
  ascending: boolean;
  nullsFirst: boolean;
  /** True for a key of another record: it sorts, but the cursor does not hold it. */
  related: boolean;
  select: boolean;
  read(row: Row): unknown;
}

/** One page of an object's records, faults of the dialect's paging included. */
export function listPage(store: Store, object: ObjectDef, request: PageRequest): PageAnswer {
  if (request.after !== undefined && request.before !== undefined)
    throw badRequest('Cannot provide both before and after');
  const keys = readKeys(store, object, request.orderBy ?? []);
  const cursor = request.after ?? request.before;
  if (!request.filter && keys.length === 1 && keys[0]?.ascending && request.before === undefined)
    return plainPage(store, object, keys, request);
  const matched = matches(store, object, request.filter, keys);
  const backward = request.before !== undefined;
  let rows = matched;
  if (cursor !== undefined) {
    const test = cursorTest(store, keys, decodeCursor(cursor), backward);
    rows = matched.filter(test);
  }
  const count = Math.ceil(request.first);
  const more = rows.length > count;
  if (backward) {
    rows = count === 0 ? [] : rows.slice(-count);
    if (store.traits.family !== 'current') rows.reverse();
  } else rows = rows.slice(0, count);
  const cursors = backward && store.traits.family === 'current' ? [...rows].reverse() : rows;
  const first = cursors[0];
  const last = cursors[cursors.length - 1];
  return {
    rows,
    totalCount: matched.length,
    startCursor: first ? cursorOf(store, keys, first) : null,
    endCursor: last ? cursorOf(store, keys, last) : null,
    hasNextPage: !backward && more,
    hasPreviousPage: backward && more,
  };
}

/** The common case, everything by id: found by bisection instead of looking at every row. */
function plainPage(store: Store, object: ObjectDef, keys: readonly Key[], request: PageRequest): PageAnswer {
  const table = store.table(object.name);
  const ids = table.ids();
  const count = Math.ceil(request.first);
  let at = 0;
  if (request.after !== undefined) {
    const cursor = decodeCursor(request.after);
    cursorTest(store, keys, cursor, false);
    const id = String(cursor.id);
    at = lowerBound(ids, id);
    if (ids[at] === id) at += 1;
  }
  const rows: Row[] = [];
  let more = false;
  for (; at < ids.length && !more; at++) {
    const row = table.get(ids[at] ?? '');
    if (!row || row.deletedAt) continue;
    if (rows.length < count) rows.push(row);
    else more = true;
  }
  const first = rows[0];
  const last = rows[rows.length - 1];
  return {
    rows,
    totalCount: table.liveCount,
    startCursor: first ? cursorOf(store, keys, first) : null,
    endCursor: last ? cursorOf(store, keys, last) : null,
    hasNextPage: more,
    hasPreviousPage: false,
  };
}

/** Rows that a filter matches, by ascending id. Trash is left out unless the filter speaks of it. */
export function filteredRows(store: Store, object: ObjectDef, filter: FilterTree | undefined): Row[] {
  const table = store.table(object.name);
  const checked = filter ? checkedFilter(store, object, filter) : undefined;
  const test = checked ? matcherOf(store, object, checked) : null;
  const withTrash = mentionsTrash(checked);
  const wanted = (row: Row): boolean => (withTrash || !row.deletedAt) && (!test || test(row) === true);
  const ids = checked ? candidateIds(store, object, checked) : null;
  const rows: Row[] = [];
  if (ids) {
    for (const id of [...ids].sort()) {
      const row = table.get(id);
      if (row && wanted(row)) rows.push(row);
    }
  } else for (const row of table.inOrder()) if (wanted(row)) rows.push(row);
  return rows;
}

interface Kept {
  key: string;
  version: number;
  rows: Row[];
}
const kept = new WeakMap<Store, Map<string, Kept>>();

/** The matches in order; the last answer of each object is kept, so that paging does not sort anew. */
function matches(store: Store, object: ObjectDef, filter: FilterTree | undefined, keys: readonly Key[]): Row[] {
  const key = JSON.stringify([filter ?? null, keys]);
  const { version } = store.table(object.name);
  const byObject = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, byObject);
  const before = byObject.get(object.name);
  // Keys and filters that look into other objects may change without this one changing.
  const own =
    !keys.some((one) => one.related) &&
    !(filter && conditionsOf(filter).some(({ path }) => store.schema.field(object.name, path[0] ?? '')?.relation));
  if (before && own && before.key === key && before.version === version) return before.rows;
  const rows = filteredRows(store, object, filter);
  if (keys.length > 1 || keys[0]?.ascending === false) sortRows(rows, keys);
  byObject.set(object.name, { key, version, rows });
  return rows;
}

function sortRows(rows: Row[], keys: readonly Key[]): void {
  rows.sort((a, b) => {
    for (const key of keys) {
      const left = key.read(a);
      const right = key.read(b);
      if (left === right) continue;
      if (left === null) return key.nullsFirst ? -1 : 1;
      if (right === null) return key.nullsFirst ? 1 : -1;
      const order = compare(left, right);
      if (order !== 0) return key.ascending ? order : -order;
    }
    return 0;
  });
}

function readKeys(store: Store, object: ObjectDef, orderBy: readonly OrderKey[]): Key[] {
  const keys = orderBy.map(({ path, direction }): Key => {
    const target = targetOf(store, object, path);
    const options = target.type === 'SELECT' ? (target.field?.options ?? []) : null;
    const places = options ? new Map(options.map((option, place) => [option.value, place])) : null;
    const plain = (row: Row, at: readonly string[]): unknown => {
      const value = valueAt(row, at) ?? null;
      if (value === '' && target.blankIsNull) return null;
      // The database orders an enum by the place of its options, not by their names.
      return places && typeof value === 'string' ? (places.get(value) ?? null) : value;
    };
    return {
      path,
      ascending: direction.startsWith('Asc'),
      nullsFirst: direction.endsWith('First'),
      related: target.relation !== null,
      select: places !== null,
      read: (row) => {
        if (!target.relation) return plain(row, target.column ?? []);
        const id = row[target.relation.column];
        const related = typeof id === 'string' ? store.live(target.relation.object, id) : undefined;
        return related ? plain(related, target.relation.path) : null;
      },
    };
  });
  if (keys.some((key) => key.path.join('.') === 'id')) return keys;
  return [
    ...keys,
    { path: ['id'], ascending: true, nullsFirst: true, related: false, select: false, read: (row) => row.id },
  ];
}
