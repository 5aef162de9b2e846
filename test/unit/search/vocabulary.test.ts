import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prefixRange, walkFuzzy } from '../../../main/workspace/search/trie';
import { Vocabulary } from '../../../main/workspace/search/vocabulary';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 8 });
const words = fc.uniqueArray(word, { maxLength: 60 });

/** Errors between two words: letters too many, too few, wrong, or two neighbours swapped. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const at = (di: number, dj: number): number => (di === 0 ? row : rows[i - di])?.[j - dj] ?? 99;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(2, 2) + 1 : 99;
      row.push(Math.min(at(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1), at(1, 0) + 1, at(0, 1) + 1, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 99;
}

function filled(all: readonly string[]): Vocabulary {
  const vocabulary = new Vocabulary();
  for (const one of all) vocabulary.add(one);
  return vocabulary;
}

it('gives each word one number, in order of the letters', () => {
  fc.assert(
    fc.property(words, (all) => {
      const vocabulary = filled([...all, ...all]);
      expect(vocabulary.size).toBe(all.length);
      for (const one of all) expect(vocabulary.word(vocabulary.find(one))).toBe(one);
      expect(vocabulary.find('zz')).toBe(-1);
      expect([...vocabulary.order].map((term) => vocabulary.word(term))).toEqual([...all].sort());
    }),
  );
});

it('keeps its order over many additions', () => {
  const all = Array.from({ length: 20_000 }, (_, n) => ((n * 7_919) % 20_011).toString(36));
  const vocabulary = filled(all);
  const ordered = [...vocabulary.order].map((term) => vocabulary.word(term));
  expect(ordered).toEqual([...new Set(all)].sort());
});

it('finds the words that begin with a text, and those that hold it', () => {
  fc.assert(
    fc.property(words, word, (all, typed) => {
      const vocabulary = filled(all);
      const [low, high] = prefixRange(vocabulary, typed);
      const begin = [...vocabulary.order.subarray(low, high)].map((term) => vocabulary.word(term));
      expect(begin).toEqual(all.filter((one) => one.startsWith(typed)).sort());
      const inside = vocabulary.holding(typed).map((term) => vocabulary.word(term));
      expect(inside.sort()).toEqual(all.filter((one) => one.includes(typed)).sort());
    }),
  );
});

it('finds exactly the words within so many errors, whole or by their beginning', () => {
  fc.assert(
    fc.property(words, word, fc.integer({ min: 1, max: 2 }), (all, typed, errors) => {
      const vocabulary = filled(all);
      const whole = new Map<string, number>();
      const beginning = new Map<string, number>();
      walkFuzzy(vocabulary, typed, errors, errors, (low, high, count, isWhole) => {
        for (const term of vocabulary.order.subarray(low, high)) {
          const found = isWhole ? whole : beginning;
          const text = vocabulary.word(term);
          found.set(text, Math.min(found.get(text) ?? 99, count));
        }
      });
      for (const one of all) {
        const least = Math.min(...Array.from(one, (_, at) => distance(typed, one.slice(0, at + 1))));
        expect(beginning.get(one) ?? 99).toBe(least <= errors ? least : 99);
        const full = distance(typed, one);
        // A whole match that is no better than a beginning of the same word may go unsaid.
        if (full <= errors && full <= least) expect(whole.get(one)).toBe(full);
        if (whole.has(one)) expect(whole.get(one)).toBe(full);
      }
    }),
    { numRuns: 400 },
  );
});
