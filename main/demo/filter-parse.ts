import type { Traits } from './dialects';
import { ServerError } from './errors';
import type { FilterTree } from './filter';

const OLD_COMPARATORS = [
  'eq',
  'neq',
  'in',
  'containsAny',
  'is',
  'gt',
  'gte',
  'lt',
  'lte',
  'startsWith',
  'like',
  'ilike',
];
const COMPARATORS = [...OLD_COMPARATORS.slice(0, 10), 'endsWith', 'like', 'ilike'];

/** The comparators that REST knows on this server, in the order its messages list them. */
export function comparatorsOf(traits: Traits): readonly string[] {
  return traits.family === 'current' ? COMPARATORS : OLD_COMPARATORS;
}

/** A refusal by the REST layer: old servers word these as a single `message`. */
export function restFault(message: string): ServerError {
  return new ServerError(400, message, { single: true });
}

/**
 * Reads `filter=` text exactly as the servers do, faults included: an apostrophe hides the commas
 * after it, two groups at top level are glued at their seam, values of `in` split at every comma,
 * and on old servers a field whose name begins with `and`, `or` or `not` cannot be read at all.
 * Values stay texts; `in` and `containsAny` give lists.
 */
export function parseFilter(text: string, traits: Traits): FilterTree {
  const opened = text.split('(').length;
  const closed = text.split(')').length;
  if (opened !== closed) {
    const count = Math.abs(opened - closed);
    const kind = opened > closed ? 'close' : 'open';
    throw restFault(`'filter' invalid. ${count} ${kind} bracket${count > 1 ? 's are' : ' is'} missing in the query`);
  }
  const grouped = traits.family === 'current' ? /^(and|or|not)\(/.test(text) : text.includes('(');
  return parseNode(grouped ? text : `and(${text})`, traits);
}

function parseNode(text: string, traits: Traits): FilterTree {
  const pattern = traits.family === 'current' ? /^(or|and|not)\(.+/s : /^(or|and|not).+/s;
  const conjunction = pattern.exec(text)?.[1];
  if (conjunction === undefined) return parseCondition(text, traits);
  const parts = splitGroup(text).map((part) => parseNode(part, traits));
  if (conjunction === 'and') return { and: parts };
  if (conjunction === 'or') return { or: parts };
  const [only] = parts;
  if (parts.length > 1 || !only)
    throw restFault("'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)");
  return { not: only };
}

/** The conditions inside the outermost brackets; what stands between two groups is lost, as on the servers. */
function splitGroup(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let brackets = 0;
  let doubles = 0;
  let singles = 0;
  for (const char of text) {
    if (char === '(') {
      depth += 1;
      if (depth === 1) continue;
    }
    if (char === ')') {
      depth -= 1;
      if (depth === 0) continue;
    }
    if (char === '[' || char === ']') brackets += 1;
    if (char === '"') doubles += 1;
    if (char === "'") singles += 1;
    const splits = depth === 1 && brackets % 2 === 0 && doubles % 2 === 0 && singles % 2 === 0;
    if (char === ',' && splits) {
      parts.push(part);
      part = '';
    } else if (depth >= 1) part += char;
  }
  parts.push(part);
  return parts;
}

function parseCondition(text: string, traits: Traits): FilterTree {
  const match = /^(.+)\[(.+)\]:(.+)$/s.test(text) ? /^([^[]*)\[([^\]]*)\][^:]*:(.*)$/s.exec(text) : null;
  if (!match) throw restFault(`'filter' invalid for '${text}'. eg: price[gte]:10`);
  const [, field = '', op = '', value = ''] = match;
  const comparators = comparatorsOf(traits);
  if (!comparators.includes(op))
    throw restFault(`'filter' invalid for '${text}', comparator ${op} not in ${comparators.join(', ')}`);
  return { path: field.split('.'), op, value: readValue(value, op) };
}

function readValue(text: string, op: string): string | string[] {
  if (op !== 'in' && op !== 'containsAny') return op === 'is' ? text : unquote(text);
  if (!text.startsWith('[') || !text.endsWith(']'))
    throw restFault(
      `'filter' invalid for 'in' operator. Received '${text}' but array value expected eg: 'field[in]:[value_1,value_2]'`,
    );
  return text.slice(1, -1).split(',').map(unquote);
}

function unquote(text: string): string {
  const quoted = /^["']/.test(text) && /["']$/.test(text);
  return quoted ? text.slice(1, -1) : text;
}
