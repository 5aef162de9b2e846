import { performance } from 'node:perf_hooks';
import { Compaction } from './compaction';
import type { SearchDoc } from './documents';
import { Frecency } from './frecency';
import { mark } from './marks';
import { Postings } from './postings';
import { parseQuery, parseQueryPlainly, type QueryWord, respaced } from './query';
import { Records } from './records';
import { Retrieval } from './retrieval';
import { readSnapshot, writeSnapshot } from './snapshot';
import { type Level, TermMatcher } from './termScores';
import { Vocabulary } from './vocabulary';

export interface SearchOptions {
  limit: number;
  /** Singular object names; null or left out for all. */
  objects?: readonly string[] | null;
  /** Epoch milliseconds, for what was opened lately. */
  now: number;
}

export interface SearchHitView {
  object: string;
  id: string;
  title: string;
  /** Half-open UTF-16 ranges of the letters that matched. */
  titleRanges: [number, number][];
  subtitle: string;
  subtitleRanges: [number, number][];
  score: number;
}

export interface SearchHits {
  results: SearchHitView[];
  total: number;
}

/** Points for what the user opens most; less than the difference between a right word and a misspelt one. */
const OPENED = 14;
/** How long the points of what was opened stay as they are. */
const FRESH_MS = 300_000;
/** With fewer exact hits typing errors are looked for; with no hit as good as SURE, anything like it. */
const ENOUGH = 20;
const SURE = 75;
/** People before companies before deals, all else equal. */
const OBJECT_POINTS: Readonly<Record<string, number>> = { person: 0.6, company: 0.4, opportunity: 0.2 };

/**
 * The contacts in memory, found as they are typed: any word order, beginnings of words, initials,
 * accents, phone fragments, typing errors. Knows no database and no clock; runs in any thread.
 */
export class SearchIndex {
  readonly #vocabulary: Vocabulary;
  readonly #records: Records;
  readonly #postings: Postings;
  readonly #retrieval: Retrieval;
  readonly #matcher: TermMatcher;
  readonly #frecency = new Frecency();
  readonly #compaction = new Compaction();
  #opened: ReadonlyMap<number, number> = new Map();
  #openedState = '';

  constructor(parts?: { vocabulary: Vocabulary; records: Records; postings: Postings }) {
    this.#vocabulary = parts?.vocabulary ?? new Vocabulary();
    this.#records = parts?.records ?? new Records();
    this.#postings = parts?.postings ?? new Postings();
    this.#matcher = new TermMatcher(this.#vocabulary);
    this.#retrieval = new Retrieval(this.#records, this.#vocabulary, this.#postings, this.#matcher);
  }

  /** Records that can be found. */
  get size(): number {
    return this.#records.size;
  }

  /** Puts records in, or anew; about 10 µs each, so give a few hundred at a time where a thread must stay free. */
  upsert(docs: Iterable<SearchDoc>): void {
    for (const doc of docs) this.#records.put(doc, this.#vocabulary);
  }

  remove(object: string, id: string): void {
    const slot = this.#records.find(object, id);
    if (slot >= 0) this.#records.remove(slot);
  }

  /** Replaces when the user opened a record: epoch milliseconds, the last dozen is enough. */
  setOpened(object: string, id: string, times: readonly number[]): void {
    this.#frecency.set(object, id, times);
  }

  /**
   * Brings the index up to its full speed after many changes, a little at a time.
   * @param budget milliseconds to work
   * @returns true while more remains; searching is right at any moment
   */
  settle(budget = 10): boolean {
    const end = performance.now() + budget;
    const isOver = () => performance.now() >= end;
    if (this.#compaction.isDue(this.#records)) {
      this.#compaction.step(this.#records, this.#postings, isOver);
      return true;
    }
    if (!this.#postings.isBehind(this.#records)) return false;
    return this.#postings.step(this.#records, () => this.#vocabulary.size, isOver);
  }

  /** Best first. An empty query gives what the user opens most. */
  search(query: string, options: SearchOptions): SearchHits {
    const accepts = this.#filter(options.objects);
    const words = parseQuery(query);
    if (words.length === 0) return this.#recent(accepts, options);
    const extra = this.#openedPoints(options.now);
    const found = new Map<number, number>();
    let total = 0;
    let best = 0;
    /** Makes one look-up and keeps what is better than before; answers the number of hits. */
    const look = (tried: readonly QueryWord[], more: { level: Level; mayMiss?: boolean }): void => {
      const answer = this.#retrieval.retrieve(tried, { limit: options.limit, accepts, extra, mayMiss: false, ...more });
      // Points are a sum over words; a query read as more words must not gain by that.
      const share = words.length / tried.length;
      for (const { slot, score } of answer.best) {
        if (score * share > (found.get(slot) ?? -1)) found.set(slot, score * share);
        best = Math.max(best, (score * share) / words.length);
      }
      total = Math.max(total, answer.total, found.size);
    };
    look(words, { level: 0 });
    if (total < ENOUGH) look(words, { level: 1 });
    if (best < SURE) {
      for (const tried of this.#otherReadings(query, words)) look(tried, { level: 0 });
      look(words, { level: 2 });
      if (total === 0 && words.length > 1) look(words, { level: 1, mayMiss: true });
    }
    return { results: this.#show(words, found, options.limit), total };
  }

  /** The query with other spaces, and with numbers that are no phone numbers. */
  #otherReadings(query: string, words: readonly QueryWord[]): QueryWord[][] {
    const readings = respaced(words, (text, whole) => this.#matcher.isWord(text, whole));
    const plain = words.some((word) => word.digits !== null) ? parseQueryPlainly(query) : words;
    return plain.length === words.length ? readings : [[...plain], ...readings];
  }

  /** The whole index as bytes to keep, in pieces; `SearchIndex.load` takes them back. */
  snapshot(): Uint8Array[] {
    return writeSnapshot({ vocabulary: this.#vocabulary, records: this.#records, postings: this.#postings });
  }

  /** Opens a kept index. Throws a TwigError of kind `corrupt` when it is damaged or of another version. */
  static load(pieces: readonly Uint8Array[]): SearchIndex {
    return new SearchIndex(readSnapshot(pieces));
  }

  #filter(objects: readonly string[] | null | undefined): ((slot: number) => boolean) | null {
    if (!objects) return null;
    const wanted = this.#records.objects.map((object) => objects.includes(object));
    const codes = this.#records.object;
    return (slot) => wanted[codes.data[slot] ?? 0] === true;
  }

  /** Extra points by slot; made again when records or openings changed, and every few minutes. */
  #openedPoints(now: number): ReadonlyMap<number, number> {
    const state = [this.#frecency.changes, this.#records.slots, this.#records.size, Math.floor(now / FRESH_MS)].join();
    if (state === this.#openedState) return this.#opened;
    const points = new Map<number, number>();
    for (const { object, id, score } of this.#frecency.best(now)) {
      const slot = this.#records.find(object, id);
      if (slot >= 0) points.set(slot, OPENED * score);
    }
    this.#openedState = state;
    this.#opened = points;
    return points;
  }

  #recent(accepts: ((slot: number) => boolean) | null, options: SearchOptions): SearchHits {
    const found = new Map<number, number>();
    for (const [slot, score] of this.#openedPoints(options.now)) {
      if (!accepts || accepts(slot)) found.set(slot, score);
    }
    return { results: this.#show([], found, options.limit), total: found.size };
  }

  #show(words: readonly QueryWord[], found: ReadonlyMap<number, number>, limit: number): SearchHitView[] {
    const ranked = [...found].map(([slot, score]) => ({ slot, score: score + this.#objectPoints(slot) }));
    ranked.sort((a, b) => b.score - a.score || a.slot - b.slot);
    return ranked.slice(0, limit).map(({ slot, score }) => {
      const { title, subtitle } = this.#records.texts(slot);
      return {
        object: this.#records.objectOf(slot),
        id: this.#records.ids.id(slot),
        title,
        titleRanges: mark(title, words),
        subtitle,
        subtitleRanges: mark(subtitle, words),
        score,
      };
    });
  }

  #objectPoints(slot: number): number {
    return OBJECT_POINTS[this.#records.objectOf(slot)] ?? 0;
  }
}
