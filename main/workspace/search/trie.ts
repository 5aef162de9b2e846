import type { Vocabulary } from './vocabulary';

/**
 * Takes words `order[low..high)` that the typed word matches with this many errors.
 * `whole`: the typed word is all of the term; otherwise only its beginning.
 */
export type TakeTerms = (low: number, high: number, errors: number, whole: boolean) => void;

/** Range of the words that begin with `prefix`, in the vocabulary's order. */
export function prefixRange(vocabulary: Vocabulary, prefix: string): [low: number, high: number] {
  let low = 0;
  let high = vocabulary.order.length;
  for (let depth = 0; depth < prefix.length && low < high; depth += 1) {
    const unit = prefix.charCodeAt(depth);
    low = boundary(vocabulary, low, high, depth, unit - 1);
    high = boundary(vocabulary, low, high, depth, unit);
  }
  return [low, high];
}

/** First place in [low, high) whose unit at `depth` is above `unit`; a word that ends there counts as -1. */
function boundary(vocabulary: Vocabulary, low: number, high: number, depth: number, unit: number): number {
  const { order } = vocabulary;
  const starts = vocabulary.starts.data;
  const text = vocabulary.text.data;
  // Gallop first: most ranges are short next to what is left.
  let step = 1;
  let from = low;
  let to = low;
  while (to < high) {
    const term = order[to] as number;
    const at = (starts[term] as number) + depth;
    const found = at < (starts[term + 1] as number) ? (text[at] as number) : -1;
    if (found > unit) break;
    from = to + 1;
    to += step;
    step *= 2;
  }
  if (to > high) to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const term = order[middle] as number;
    const at = (starts[term] as number) + depth;
    const found = at < (starts[term + 1] as number) ? (text[at] as number) : -1;
    if (found > unit) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * Words within `maxErrors` typing errors (a letter too many, too few, wrong, or two swapped) of the
 * typed word, or whose beginning is. Walks the trie with one row of the edit-distance table per
 * letter and leaves a branch as soon as nothing in it can be close enough.
 * @param maxBeginningErrors errors allowed where only the beginning of a word matches, at most `maxErrors`
 */
export function walkFuzzy(
  vocabulary: Vocabulary,
  typed: string,
  maxErrors: number,
  maxBeginningErrors: number,
  take: TakeTerms,
): void {
  const { order } = vocabulary;
  const starts = vocabulary.starts.data;
  const text = vocabulary.text.data;
  const width = typed.length + 1;
  const units = Uint16Array.from(typed, (letter) => letter.charCodeAt(0));
  const rows = new Uint8Array(width * (typed.length + maxErrors + 3));
  for (let at = 0; at < width; at += 1) rows[at] = at;

  const visit = (low: number, high: number, depth: number, before: number, best: number): void => {
    const row = depth * width;
    const next = row + width;
    let from = low;
    const first = order[from] as number;
    if ((starts[first + 1] as number) - (starts[first] as number) === depth) {
      const errors = rows[row + typed.length] as number;
      if (errors <= maxErrors) take(from, from + 1, errors, true);
      from += 1;
    }
    while (from < high) {
      const unit = text[(starts[order[from] as number] as number) + depth] as number;
      const to = boundary(vocabulary, from, high, depth, unit);
      rows[next] = depth + 1;
      let least = depth + 1;
      for (let at = 1; at < width; at += 1) {
        const same = units[at - 1] === unit;
        let cost = (rows[row + at - 1] as number) + (same ? 0 : 1);
        const inserted = (rows[next + at - 1] as number) + 1;
        const dropped = (rows[row + at] as number) + 1;
        if (inserted < cost) cost = inserted;
        if (dropped < cost) cost = dropped;
        if (at > 1 && depth > 0 && units[at - 2] === unit && units[at - 1] === before) {
          const swapped = (rows[row - width + at - 2] as number) + 1;
          if (swapped < cost) cost = swapped;
        }
        rows[next + at] = cost;
        if (cost < least) least = cost;
      }
      const errors = rows[next + typed.length] as number;
      const improved = errors <= maxBeginningErrors && errors < best;
      if (improved) take(from, to, errors, false);
      // Once a beginning matched, only as few errors again (in a whole word) or fewer are of interest.
      const limit = improved ? errors : best;
      if (least <= maxErrors && least <= limit) visit(from, to, depth + 1, unit, limit);
      from = to;
    }
  };
  if (order.length > 0) visit(0, order.length, 0, -1, maxErrors + 1);
}
