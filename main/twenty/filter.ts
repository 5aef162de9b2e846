import { TwigError } from '../../shared/errors';
import { decidable, matches } from './matching';
import { toWireName } from './names';
import type { Dialect, Filter } from './types';

/** A filter as REST text, and what must be checked here because REST could only ask loosely. */
export interface RestFilter {
  /** The decoded value of `filter=`; empty when everything is wanted. */
  text: string;
  /** Null when the server's answer is already exact; otherwise keep the records for which this is true. */
  check: ((record: Record<string, unknown>) => boolean) | null;
}

type Leaf = Extract<Filter, { field: string }>;
interface Context {
  object: string;
  dialect: Dialect;
}
interface Piece {
  text: string;
  /** Filters to decide here on top of the server's answer. */
  checks: Filter[];
}

const FIELD = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*){0,2}$/;
/** True of no record: every one has an id. An empty `in` would find blank values. */
const NOTHING = 'id[is]:NULL';

const cannotExpress = (field: string, why: string) =>
  new TwigError('refused', `This server cannot be asked for this value of ${field}: ${why}. Use a simpler text.`, {
    field,
  });

/**
 * Writes a filter in Twenty's REST grammar so that every value means itself and cannot change the
 * structure. Conditions with quotes go last, where the server's parser cannot lose the next one;
 * what still cannot be quoted is asked for with `_` and checked here. Throws TwigError `refused`
 * for a value that cannot be asked for either way.
 */
export function restFilter(filter: Filter | undefined, object: string, dialect: Dialect): RestFilter {
  if (!filter) return { text: '', check: null };
  const root: Filter = 'and' in filter ? filter : { and: [filter] };
  if (root.and.length === 0) return { text: '', check: null };
  const piece = write(root, { object, dialect }, true);
  const checks = piece.checks;
  return {
    text: piece.text,
    check: checks.length === 0 ? null : (record) => checks.every((one) => matches(record, one)),
  };
}

function write(filter: Filter, context: Context, last: boolean): Piece {
  if ('and' in filter) return group('and', filter.and, context, last);
  if ('or' in filter) {
    const piece = group('or', filter.or, context, last);
    if (piece.checks.length === 0) return piece;
    if (!decidable(filter)) throw cannotExpress('a field', 'it is one of several alternatives');
    return { text: piece.text, checks: [filter] };
  }
  if ('not' in filter) {
    const inner = write(filter.not, context, last);
    if (inner.checks.length > 0) throw cannotExpress('a field', 'it is negated');
    return { text: `not(${inner.text})`, checks: [] };
  }
  return leaf(filter, context, last);
}

function group(word: 'and' | 'or', parts: readonly Filter[], context: Context, last: boolean): Piece {
  if (parts.length === 0)
    return word === 'and' ? { text: 'id[is]:NOT_NULL', checks: [] } : { text: NOTHING, checks: [] };
  const ordered = [...parts].sort((a, b) => Number(hasQuote(a)) - Number(hasQuote(b)));
  const pieces = ordered.map((part, index) => write(part, context, last && index === ordered.length - 1));
  return {
    text: `${word}(${pieces.map((piece) => piece.text).join(',')})`,
    checks: pieces.flatMap((piece) => piece.checks),
  };
}

function hasQuote(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(hasQuote);
  if ('or' in filter) return filter.or.some(hasQuote);
  if ('not' in filter) return hasQuote(filter.not);
  return /['"[\]]/.test(String(filter.value));
}

function leaf(filter: Leaf, context: Context, last: boolean): Piece {
  const field = wirePath(filter.field, context);
  const done = (text: string): Piece => ({ text, checks: [] });
  switch (filter.op) {
    case 'is':
      return done(`${field}[is]:${filter.value}`);
    case 'in':
      return oneOf(filter, field, context, last);
    case 'containsAny':
      return done(`${field}[containsAny]:[${filter.value.map((value) => plainItem(value, filter.field)).join(',')}]`);
    case 'contain':
      return pattern(filter, field, 'ilike', `%${escapeLike(filter.value)}%`, last);
    case 'notContain': {
      const inner = pattern(filter, field, 'ilike', `%${escapeLike(filter.value)}%`, last);
      if (inner.checks.length > 0) throw cannotExpress(filter.field, 'it is negated');
      return done(`not(${inner.text})`);
    }
    case 'startsWith':
      return pattern(filter, field, 'like', `${escapeLike(filter.value)}%`, last);
    case 'endsWith':
      return pattern(filter, field, 'like', `%${escapeLike(filter.value)}`, last);
    case 'like':
    case 'ilike':
      return pattern(filter, field, filter.op, String(filter.value), last);
    default:
      break;
  }
  if (typeof filter.value !== 'string') return done(`${field}[${filter.op}]:${plainNumber(filter.value)}`);
  if (!awkward(filter.value, last)) return done(`${field}[${filter.op}]:"${filter.value}"`);
  if (filter.op !== 'eq') throw cannotExpress(filter.field, 'its brackets or quotes cannot be written here');
  return pattern(filter, field, 'like', escapeLike(filter.value), last);
}

/** A like condition; characters that cannot be quoted become `_`, and the original is checked here. */
function pattern(filter: Leaf, field: string, op: 'like' | 'ilike', value: string, last: boolean): Piece {
  if (!awkward(value, last)) return { text: `${field}[${op}]:"${value}"`, checks: [] };
  return { text: `${field}[${op}]:"${loosen(value)}"`, checks: [filter] };
}

/** A list of ids or plain words is one `in`; anything else is an `or` of equalities, since `in` splits at commas. */
function oneOf(
  filter: Extract<Leaf, { op: 'in' | 'containsAny' }>,
  field: string,
  context: Context,
  last: boolean,
): Piece {
  if (filter.value.length === 0) return { text: NOTHING, checks: [] };
  if (filter.value.every((value) => PLAIN_ITEM.test(value))) {
    return { text: `${field}[in]:[${filter.value.map((value) => `"${value}"`).join(',')}]`, checks: [] };
  }
  const alternatives = filter.value.map((value): Filter => ({ field: filter.field, op: 'eq', value }));
  const piece = group('or', alternatives, context, last);
  return { text: piece.text, checks: piece.checks.length > 0 ? [filter] : [] };
}

const PLAIN_ITEM = /^[\p{L}\p{N}_@.+-]+(?: [\p{L}\p{N}_@.+-]+)*$/u;

function plainItem(value: string, field: string): string {
  if (!PLAIN_ITEM.test(value)) throw cannotExpress(field, 'only plain options can be listed');
  return `"${value}"`;
}

function plainNumber(value: number | boolean): string {
  if (typeof value === 'boolean') return String(value);
  if (!Number.isFinite(value)) throw new TwigError('invalid', 'A filter needs a finite number.');
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** Makes `%`, `_` and the backslash mean themselves in a like pattern. */
export function escapeLike(value: string | number | boolean): string {
  return String(value).replace(/[\\%_]/g, '\\$&');
}

const LINE_BREAK = /[\n\r\u2028\u2029]/;

/**
 * True when the server's parser would not read a double-quoted value as it stands: it counts
 * brackets inside quotes, every quote switches its quoting, and its pattern stops at line breaks.
 */
function awkward(value: string, last: boolean): boolean {
  if (value.includes('\0') || /\p{Surrogate}/u.test(value)) {
    throw new TwigError('refused', 'The text holds a character that no server can store.');
  }
  if (LINE_BREAK.test(value) || !balanced(value)) return true;
  if (
    value.includes('"') &&
    (!last || value.includes(',') || value.includes("'") || value.split('"').length % 2 === 0)
  ) {
    return true;
  }
  // Square brackets switch its splitting like quotes do.
  return !last && (value.includes("'") || /[[\]]/.test(value));
}

function balanced(value: string): boolean {
  let depth = 0;
  for (const character of value) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Puts `_` (any one character) in place of all brackets, quotes and line breaks of a like pattern. */
function loosen(value: string): string {
  // A backslash belongs to the character after it, so both are looked at together.
  return value.replace(/\\[\s\S]|[()[\]'"\n\r\u2028\u2029]/g, (part) =>
    /[()[\]'"\n\r\u2028\u2029]$/.test(part) ? '_' : part,
  );
}

function wirePath(path: string, { object, dialect }: Context): string {
  if (!FIELD.test(path))
    throw new TwigError('invalid', 'This is not the name of a field.', { field: path.slice(0, 130) });
  const [first = '', ...rest] = path.split('.');
  const name = toWireName(object, first, dialect);
  // Older servers read a field name that begins with and, or, not as a conjunction.
  if (dialect.targets === 'plain' && /^(and|or|not)/.test(name)) {
    throw cannotExpress(path, 'an older Twenty cannot filter by this field');
  }
  return name === 'body' && first === 'bodyV2' ? name : [name, ...rest].join('.');
}
