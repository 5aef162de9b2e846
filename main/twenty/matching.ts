import { TwigError } from '../../shared/errors';
import { isObject } from './json';
import type { Filter } from './types';

type Leaf = Extract<Filter, { field: string }>;

const TEXT_OPS = new Set(['eq', 'neq', 'in', 'is', 'like', 'ilike', 'contain', 'notContain', 'startsWith', 'endsWith']);

/** True when `matches` can decide the whole tree on this machine. */
export function decidable(filter: Filter): boolean {
  if ('and' in filter) return filter.and.every(decidable);
  if ('or' in filter) return filter.or.every(decidable);
  if ('not' in filter) return decidable(filter.not);
  return TEXT_OPS.has(filter.op);
}

/**
 * Whether a canonical record meets a filter, for values that a REST filter can only ask for loosely.
 * Throws TwigError `refused` when the record does not carry the field that decides.
 */
export function matches(record: Record<string, unknown>, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((one) => matches(record, one));
  if ('or' in filter) return filter.or.some((one) => matches(record, one));
  if ('not' in filter) return !matches(record, filter.not);
  return leafMatches(valueAt(record, filter.field), filter);
}

function valueAt(record: Record<string, unknown>, field: string): unknown {
  const [first = '', ...rest] = field.split('.');
  if (!(first in record)) {
    throw new TwigError('refused', `This server cannot filter by this value of ${first}. Use a simpler text.`, {
      field,
    });
  }
  return rest.reduce<unknown>((value, key) => (isObject(value) ? value[key] : null), record[first]);
}

function leafMatches(value: unknown, leaf: Leaf): boolean {
  if (leaf.op === 'is') return (value === null || value === undefined || value === '') === (leaf.value === 'NULL');
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  if (leaf.op === 'in' || leaf.op === 'containsAny') return leaf.value.includes(text);
  const wanted = String(leaf.value);
  switch (leaf.op) {
    case 'eq':
      return text === wanted;
    case 'neq':
      return text !== wanted;
    case 'startsWith':
      return text.startsWith(wanted);
    case 'endsWith':
      return text.endsWith(wanted);
    case 'contain':
      return text.toLowerCase().includes(wanted.toLowerCase());
    case 'notContain':
      return !text.toLowerCase().includes(wanted.toLowerCase());
    case 'like':
      return patternOf(wanted, 'su').test(text);
    case 'ilike':
      return patternOf(wanted, 'siu').test(text);
    default:
      throw new TwigError('refused', 'This comparison can only be made by the server.', { field: leaf.field });
  }
}

/** SQL's like as a regular expression: `%`, `_`, and the backslash that makes the next character itself. */
function patternOf(pattern: string, flags: string): RegExp {
  let source = '';
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '\\' && index + 1 < characters.length) {
      index += 1;
      source += literal(characters[index] ?? '');
    } else if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else source += literal(character);
  }
  return new RegExp(`^${source}$`, flags);
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
