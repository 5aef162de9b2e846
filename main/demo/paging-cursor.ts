import { badRequest, codedError } from './errors';
import { compare } from './filter-match';
import type { Key } from './paging';
import type { Store } from './store';
import { type Row, valueAt } from './store-table';
import { shownTime } from './values-times';

type Cursor = Record<string, unknown>;

/** Base64 of JSON with the order keys and the id; old servers put whole composites in. */
export function cursorOf(store: Store, keys: readonly Key[], row: Row): string {
  const cursor: Cursor = {};
  for (const { path, related } of keys) {
    const [name = '', sub] = path;
    if (related) continue;
    if (sub === undefined) cursor[name] = shown(valueAt(row, [name]));
    else if (store.traits.family === 'current')
      cursor[name] = { ...((cursor[name] as Cursor | undefined) ?? {}), [sub]: shown(valueAt(row, path)) };
    else cursor[name] = row[name] ?? null;
  }
  return Buffer.from(JSON.stringify({ ...cursor, id: row.id })).toString('base64');
}

/** Times go out with three digits even where more are stored: old servers stumble over it. */
function shown(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? shownTime(value) : (value ?? null);
}

/** The JSON inside a cursor; refuses what is none. */
export function decodeCursor(cursor: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Cursor;
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest(`Invalid cursor: ${cursor}`, { subCode: 'INVALID_CURSOR' });
}

/**
 * Which rows lie behind (or before) a cursor, as the database is asked: a null never compares, so
 * rows at a null key are lost.
 */
export function cursorTest(
  store: Store,
  keys: readonly Key[],
  cursor: Cursor,
  backward: boolean,
): (row: Row) => boolean {
  const current = store.traits.family === 'current';
  const own = keys.filter((key) => !key.related);
  const expected = new Set(own.map((key) => key.path[0] ?? ''));
  const given = Object.keys(cursor);
  if (given.length !== expected.size || given.some((name) => !expected.has(name)))
    throw codedError('INVALID_CURSOR', 'Invalid cursor');
  const digits = store.traits.timeDigits;
  const steps = own.map((key) => stepOf(key, cursor, current, backward, own, digits));
  return (row) => {
    for (const step of steps) {
      const side = step(row);
      if (side !== 'same') return side === 'beyond';
    }
    return false;
  };
}

type Side = 'beyond' | 'same' | 'out';

function stepOf(
  key: Key,
  cursor: Cursor,
  current: boolean,
  backward: boolean,
  keys: readonly Key[],
  digits: 3 | 6,
): (row: Row) => Side {
  const [name = '', sub] = key.path;
  if (!current && key.select) return () => 'out';
  if (!current && sub !== undefined) return compositeStep(name, cursor, backward, keys);
  const mark = stored(valueAt({ id: '', ...cursor }, key.path) ?? null, digits);
  // Old servers forget the direction of the id: it is always asked for upwards.
  const ascending = key.ascending || (!current && name === 'id');
  const place = key.select && typeof mark === 'string' ? key.read({ id: '', ...cursor }) : mark;
  const nullMark = place === null || place === '';
  return (row) => {
    const value = key.read(row);
    if (value === null || (nullMark && place !== value)) return 'out';
    const order = compare(value, place);
    if (order === 0) return 'same';
    return order > 0 === (ascending !== backward) ? 'beyond' : 'out';
  };
}

/** A time in a cursor is compared at the stored precision, the missing digits as zeros. */
function stored(value: unknown, digits: 3 | 6): unknown {
  if (digits === 6 && typeof value === 'string' && /T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value))
    return `${value.slice(0, -1)}000Z`;
  return value;
}

/**
 * Old servers compare every part of a composite at once, and the parts that are not ordered by
 * downwards: most rows fall out.
 */
function compositeStep(name: string, cursor: Cursor, backward: boolean, keys: readonly Key[]): (row: Row) => Side {
  const marks = Object.entries((cursor[name] ?? {}) as Cursor);
  return (row) => {
    let same = true;
    let beyond = true;
    for (const [sub, mark] of marks) {
      const ordered = keys.find((key) => key.path[0] === name && key.path[1] === sub);
      const upwards = (ordered?.ascending ?? false) !== backward;
      const value = valueAt(row, [name, sub]) ?? null;
      if (value === null || mark === null) return 'out';
      const order = compare(value, mark);
      if (order !== 0) same = false;
      if (upwards ? order <= 0 : order >= 0) beyond = false;
    }
    if (beyond) return 'beyond';
    return same ? 'same' : 'out';
  };
}
