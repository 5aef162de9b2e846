import { type Condition, type FilterTree, isCondition } from './filter';
import { type Target, targetOf } from './filter-check';
import type { ObjectDef } from './schema';
import type { Store } from './store';
import { type Row, valueAt } from './store-table';

/** SQL's three truths: null is "unknown", and `not` of it stays unknown. */
type Truth = boolean | null;
export type Matcher = (row: Row) => Truth;

/** A checked tree as a test of one row. */
export function matcherOf(store: Store, object: ObjectDef, tree: FilterTree): Matcher {
  if (isCondition(tree)) return conditionMatcher(store, object, tree);
  if ('not' in tree) {
    const inner = matcherOf(store, object, tree.not);
    return (row) => {
      const truth = inner(row);
      return truth === null ? null : !truth;
    };
  }
  const all = 'and' in tree;
  const parts = ('and' in tree ? tree.and : tree.or).map((part) => matcherOf(store, object, part));
  return (row) => {
    let unknown = false;
    for (const part of parts) {
      const truth = part(row);
      if (truth === null) unknown = true;
      else if (truth !== all) return truth;
    }
    return unknown ? null : all;
  };
}

function conditionMatcher(store: Store, object: ObjectDef, condition: Condition): Matcher {
  const target = targetOf(store, object, condition.path);
  if (target.relation) {
    const { column, object: otherName, path } = target.relation;
    const other = store.schema.mustObject(otherName);
    const inner = conditionMatcher(store, other, { ...condition, path });
    return (row) => {
      const id = row[column];
      const related = typeof id === 'string' ? store.live(otherName, id) : undefined;
      return related ? inner(related) : null;
    };
  }
  const column = target.column ?? [];
  const test = comparison(store, target, condition);
  return (row) => test(valueAt(row, column) ?? null);
}

function comparison(store: Store, target: Target, { op, value }: Condition): (stored: unknown) => Truth {
  const blank = (stored: unknown): boolean => stored === null || (target.blankIsNull && stored === '');
  const old = store.traits.family !== 'current';
  if (op === 'is') {
    if (value === 'NULL') return (stored) => blank(stored) || (!old && stored === '');
    // A column that keeps empty texts as such answers to both NULL and NOT_NULL.
    return (stored) => !blank(stored);
  }
  const orNull =
    (test: (stored: unknown) => boolean): ((stored: unknown) => Truth) =>
    (stored) =>
      blank(stored) ? null : test(stored);
  switch (op) {
    case 'eq':
      return !old && value === '' ? (stored) => blank(stored) || stored === '' : orNull((stored) => stored === value);
    case 'neq':
      return orNull((stored) => stored !== value);
    case 'in': {
      const wanted = new Set(value as readonly unknown[]);
      return orNull((stored) => wanted.has(stored));
    }
    case 'containsAny': {
      const wanted = new Set(Array.isArray(value) ? value : [value]);
      return orNull((stored) => Array.isArray(stored) && stored.some((entry) => wanted.has(entry)));
    }
    case 'gt':
      return orNull((stored) => compare(stored, value) > 0);
    case 'gte':
      return orNull((stored) => compare(stored, value) >= 0);
    case 'lt':
      return orNull((stored) => compare(stored, value) < 0);
    case 'lte':
      return orNull((stored) => compare(stored, value) <= 0);
    case 'startsWith':
      // Old servers hand the text to LIKE as it is: without a `%` it must be the whole value.
      return like(old ? String(value) : `${escaped(value)}%`, false);
    case 'endsWith':
      return like(`%${escaped(value)}`, false);
    case 'like':
      return like(String(value), false);
    default:
      return like(op === 'containsIlike' ? `%${escaped(value)}%` : String(value), true);
  }

  function like(pattern: string, ignoreCase: boolean): (stored: unknown) => Truth {
    const expression = likeExpression(pattern, ignoreCase);
    return orNull((stored) => expression.test(typeof stored === 'string' ? stored : JSON.stringify(stored)));
  }
}

const escaped = (value: unknown): string => String(value).replace(/[\\%_]/g, '\\$&');

/** LIKE as a regular expression: `%` any text, `_` one character, a backslash takes the next as it is. */
function likeExpression(pattern: string, ignoreCase: boolean): RegExp {
  let source = '';
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    if (char === '\\' && at + 1 < chars.length) {
      at += 1;
      source += literal(chars[at] ?? '');
    } else if (char === '%') source += '.*';
    else if (char === '_') source += '.';
    else source += literal(char);
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'isu' : 'su');
}

const literal = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Order of two stored values of one column; numbers by size, anything else as text. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(b) ? Number.NaN : a - b;
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Ids that alone can match, when a condition that must hold has a look-up (id, foreign key, unique
 * value); null when every row has to be looked at.
 */
export function candidateIds(store: Store, object: ObjectDef, tree: FilterTree): Iterable<string> | null {
  if (!isCondition(tree)) {
    if (!('and' in tree)) return null;
    for (const part of tree.and) {
      const ids = candidateIds(store, object, part);
      if (ids) return ids;
    }
    return null;
  }
  if (tree.op !== 'eq' && tree.op !== 'in') return null;
  const values = (Array.isArray(tree.value) ? tree.value : [tree.value]).filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  const wanted = Array.isArray(tree.value) ? tree.value.length : 1;
  if (values.length < wanted) return null;
  const path = tree.path.join('.');
  if (path === 'id') return new Set(values);
  const table = store.table(object.name);
  if (!table.hasIndex(path)) return null;
  return values.flatMap((value) => [...table.idsWhere(path, value)]);
}
