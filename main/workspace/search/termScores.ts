import { growable32 } from './growable';
import { prefixRange, walkFuzzy } from './trie';
import type { Vocabulary } from './vocabulary';

/** How forgiving a look-up is. Each level holds all of the one before. */
export type Level = 0 | 1 | 2;

/** How well a typed word matches a known one, 1 to 100. */
const QUALITY = { exact: 100, prefix: 92, inside: 40, letters: 34 } as const;
const WHOLE = [QUALITY.exact, 72, 50, 30] as const;
const BEGINNING = [QUALITY.prefix, 66, 44, 26] as const;
const FIRST_LETTER_WRONG = 4;
/** How far a word may be longer than what was typed before it counts less, at most. */
const MAX_LONGER = 5;
const CACHED_WORDS = 128;

/** Known words that one typed word matches, best first. */
export interface TermMatches {
  terms: Uint32Array;
  /** Quality of each, 1 to 100. */
  quality: Uint8Array;
}

/** Finds the known words for typed ones, and remembers them for the next letter and the next query. */
export class TermMatcher {
  readonly #vocabulary: Vocabulary;
  readonly #cache = new Map<string, TermMatches>();
  #known = 0;
  #scratch = new Uint8Array(0);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** True when a text is a known word, or the beginning of one. */
  isWord(text: string, whole: boolean): boolean {
    if (whole) return this.#vocabulary.find(text) >= 0;
    const [low, high] = prefixRange(this.#vocabulary, text);
    return low < high;
  }

  match(forms: readonly string[], level: Level): TermMatches {
    if (this.#known !== this.#vocabulary.size) {
      this.#cache.clear();
      this.#known = this.#vocabulary.size;
    }
    const key = `${level}${forms.join(' ')}`;
    const cached = this.#cache.get(key);
    if (cached) {
      this.#cache.delete(key);
      this.#cache.set(key, cached);
      return cached;
    }
    const found = this.#find(forms, level);
    this.#cache.set(key, found);
    if (this.#cache.size > CACHED_WORDS) {
      for (const oldest of this.#cache.keys()) {
        this.#cache.delete(oldest);
        break;
      }
    }
    return found;
  }

  #find(forms: readonly string[], level: Level): TermMatches {
    const vocabulary = this.#vocabulary;
    const { order } = vocabulary;
    if (this.#scratch.length < order.length)
      this.#scratch = new Uint8Array(order.length + (order.length >>> 2) + 1_024);
    const quality = this.#scratch;
    const touched = growable32();
    const take = (term: number, value: number): void => {
      const known = quality[term] as number;
      if (known === 0) touched.push(term);
      if (value > known) quality[term] = value;
    };
    for (const form of forms) this.#findForm(form, level, take);
    return bestFirst(touched.view(), quality);
  }

  #findForm(form: string, level: Level, take: (term: number, quality: number) => void): void {
    const vocabulary = this.#vocabulary;
    const { order } = vocabulary;
    const starts = vocabulary.starts.data;
    const text = vocabulary.text.data;
    const longer = (term: number): number => {
      const extra = (starts[term + 1] as number) - (starts[term] as number) - form.length;
      return Math.min(Math.max(extra, 0), MAX_LONGER);
    };
    const [low, high] = prefixRange(vocabulary, form);
    for (let at = low; at < high; at += 1) {
      const term = order[at] as number;
      const extra = longer(term);
      take(term, extra === 0 ? QUALITY.exact : QUALITY.prefix - extra);
    }
    const errors = errorsAllowed(form, level);
    if (errors > 0) {
      const first = form.charCodeAt(0);
      walkFuzzy(vocabulary, form, errors, form.length >= 7 ? errors : 1, (from, to, count, whole) => {
        const base = ((whole ? WHOLE : BEGINNING)[count] ?? 20) as number;
        for (let at = from; at < to; at += 1) {
          const term = order[at] as number;
          const off = text[starts[term] as number] === first ? 0 : FIRST_LETTER_WRONG;
          take(term, base - off - (whole ? 0 : longer(term)));
        }
      });
    }
    if (level === 2 && form.length >= 3) this.#findLoosely(form, take);
  }

  /** Words that hold the typed letters inside, or (short ones) in this order after the same first letter. */
  #findLoosely(form: string, take: (term: number, quality: number) => void): void {
    const vocabulary = this.#vocabulary;
    const { order } = vocabulary;
    const starts = vocabulary.starts.data;
    const text = vocabulary.text.data;
    for (const term of vocabulary.holding(form)) take(term, QUALITY.inside);
    if (form.length > 5) return;
    const [low, high] = prefixRange(vocabulary, form.charAt(0));
    for (let place = low; place < high; place += 1) {
      const term = order[place] as number;
      const end = starts[term + 1] as number;
      let matched = 1;
      for (let at = (starts[term] as number) + 1; at < end && matched < form.length; at += 1) {
        if (text[at] === form.charCodeAt(matched)) matched += 1;
      }
      if (matched === form.length) take(term, QUALITY.letters);
    }
  }
}

/** Puts words in order of their quality (a counting sort) and clears the table. */
function bestFirst(terms: Uint32Array, quality: Uint8Array): TermMatches {
  const places = new Uint32Array(QUALITY.exact + 2);
  for (const term of terms) {
    const bucket = QUALITY.exact - (quality[term] as number) + 1;
    places[bucket] = (places[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < places.length; bucket += 1) {
    places[bucket] = (places[bucket] as number) + (places[bucket - 1] as number);
  }
  const result = { terms: new Uint32Array(terms.length), quality: new Uint8Array(terms.length) };
  for (const term of terms) {
    const value = quality[term] as number;
    const place = places[QUALITY.exact - value] as number;
    places[QUALITY.exact - value] = place + 1;
    result.terms[place] = term;
    result.quality[place] = value;
    quality[term] = 0;
  }
  return result;
}

/** Typing errors forgiven: one per word, two in long ones; one more when little else was found. */
function errorsAllowed(form: string, level: Level): number {
  if (level === 0 || form.length < 3 || /^\d+$/.test(form)) return 0;
  if (form.length >= 8) return 2;
  return level === 2 && form.length >= 5 ? 2 : 1;
}
