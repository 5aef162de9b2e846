import type { Postings } from './postings';
import type { QueryWord } from './query';
import { BestFew } from './ranking';
import { FIELD, FIELD_BITS, FIELD_MASK, type Records } from './records';
import type { Level, TermMatcher, TermMatches } from './termScores';
import type { Vocabulary } from './vocabulary';

/** What a match loses by where it stands, by field number. */
const FIELD_LOSS = Uint8Array.of(0, 1, 10, 12, 12, 18, 18, 18, 0);
/** The same when an e-mail address was typed. */
const EMAIL_FIELD_LOSS = Uint8Array.of(15, 15, 0, 20, 10, 25, 25, 25, 25);
/** Points for a phone number, for a title that the words cover whole, and lost by a word that is nowhere. */
const PHONE = 90;
const COVERED = 8;
const MISSING = 70;
const NOT_INITIALS = 100;
/** Records looked at before the less alike words are left out, when the list is full already. */
const PLENTY = 20_000;

export interface Retrieved {
  best: { slot: number; score: number }[];
  total: number;
}

export interface RetrieveOptions {
  level: Level;
  limit: number;
  /** Slots that may be found, by object; null for all. */
  accepts: ((slot: number) => boolean) | null;
  /** Extra points of single slots: what the user opens. */
  extra: ReadonlyMap<number, number>;
  /** One word may be nowhere in the record. */
  mayMiss: boolean;
}

interface Matcher {
  matches: TermMatches;
  quality: Uint8Array;
  /** Slots with a phone number that holds the digits; null when the word is none. */
  phones: Set<number> | null;
  fieldLoss: Uint8Array;
  cost: number;
}

/** Finds the slots that hold every word, through the rarest word, and ranks them. */
export class Retrieval {
  readonly #records: Records;
  readonly #vocabulary: Vocabulary;
  readonly #postings: Postings;
  readonly #matcher: TermMatcher;
  readonly #pool: Uint8Array[] = [];
  #seen = new Uint8Array(0);
  #lookup = 0;

  constructor(records: Records, vocabulary: Vocabulary, postings: Postings, matcher: TermMatcher) {
    this.#records = records;
    this.#vocabulary = vocabulary;
    this.#postings = postings;
    this.#matcher = matcher;
  }

  retrieve(words: readonly QueryWord[], options: RetrieveOptions): Retrieved {
    const matchers = words.map((word, at) => this.#prepare(word, at, options.level));
    const best = new BestFew(options.limit);
    const isSeen = this.#seenMarks();
    let seen = 0;
    let total = 0;
    const consider = (slot: number): void => {
      if (!isSeen(slot)) return;
      seen += 1;
      if (this.#records.alive.data[slot] !== 1 || (options.accepts && !options.accepts(slot))) return;
      const score = this.#score(slot, matchers, options.mayMiss);
      if (score <= 0) return;
      total += 1;
      best.offer(slot, options.extra.size > 0 ? score + (options.extra.get(slot) ?? 0) : score);
    };
    for (const slot of options.extra.keys()) consider(slot);
    for (let slot = this.#postings.covered; slot < this.#records.slots; slot += 1) consider(slot);
    this.#visit(matchers, options.mayMiss, consider, () => seen > PLENTY && best.bar >= 0);
    for (const matcher of matchers) {
      for (const term of matcher.matches.terms) matcher.quality[term] = 0;
    }
    return { best: best.sorted(), total };
  }

  /** Marks slots as seen; false for one that was. A mark is the number of the look-up, so nothing needs clearing. */
  #seenMarks(): (slot: number) => boolean {
    if (this.#seen.length < this.#records.slots) {
      this.#seen = new Uint8Array(this.#records.slots + (this.#records.slots >>> 3) + 1_024);
      this.#lookup = 0;
    }
    this.#lookup += 1;
    if (this.#lookup > 255) {
      this.#seen.fill(0);
      this.#lookup = 1;
    }
    const marks = this.#seen;
    const mark = this.#lookup;
    return (slot) => {
      if (marks[slot] === mark) return false;
      marks[slot] = mark;
      return true;
    };
  }

  /** Slots of the rarest word (of two, when one may be missing), best matching words first, until it is plenty. */
  #visit(
    matchers: readonly Matcher[],
    mayMiss: boolean,
    consider: (slot: number) => void,
    isPlenty: () => boolean,
  ): void {
    const { starts, slots } = this.#postings;
    const rarest = [...matchers].sort((a, b) => a.cost - b.cost).slice(0, mayMiss ? 2 : 1);
    for (const matcher of rarest) {
      if (matcher.phones) for (const slot of matcher.phones) consider(slot);
      for (const term of matcher.matches.terms) {
        if (term + 1 >= starts.length) continue;
        const end = starts[term + 1] as number;
        for (let at = starts[term] as number; at < end; at += 1) consider(slots[at] as number);
        if (isPlenty()) return;
      }
    }
  }

  #prepare(word: QueryWord, at: number, level: Level): Matcher {
    const matches = this.#matcher.match(word.forms, level);
    let quality = this.#pool[at];
    if (!quality || quality.length < this.#vocabulary.size) {
      quality = new Uint8Array(this.#vocabulary.size + (this.#vocabulary.size >>> 3) + 1_024);
      this.#pool[at] = quality;
    }
    let cost = 0;
    for (let index = 0; index < matches.terms.length; index += 1) {
      const term = matches.terms[index] as number;
      quality[term] = matches.quality[index] as number;
      cost += this.#postings.count(term);
    }
    const phones = word.digits === null ? null : this.#phoneSlots(word.digits);
    return {
      matches,
      quality,
      phones,
      fieldLoss: word.inEmail ? EMAIL_FIELD_LOSS : FIELD_LOSS,
      cost: cost + (phones?.size ?? 0),
    };
  }

  /** Points of a slot; 0 when a word that is needed is missing. */
  #score(slot: number, matchers: readonly Matcher[], mayMiss: boolean): number {
    const entries = this.#records.entries.data;
    const start = this.#records.entryStarts.data[slot] as number;
    const end = this.#records.entryStarts.data[slot + 1] as number;
    let score = 0;
    let missing = 0;
    let covered = 0;
    let titleWords = 0;
    for (let index = 0; index < matchers.length; index += 1) {
      const { quality, phones, fieldLoss } = matchers[index] as Matcher;
      let points = phones?.has(slot) ? PHONE : 0;
      let inTitle = 0;
      for (let at = start; at < end; at += 1) {
        const entry = entries[at] as number;
        const field = entry & FIELD_MASK;
        if (index === 0 && field <= FIELD.title) titleWords += 1;
        const value = quality[entry >>> FIELD_BITS] as number;
        if (value === 0 || (field === FIELD.initials && value < NOT_INITIALS)) continue;
        const worth = value - (fieldLoss[field] as number);
        if (worth > points) {
          points = worth;
          inTitle = field <= FIELD.title ? 1 : 0;
        }
      }
      if (points <= 0) {
        missing += 1;
        if (!mayMiss || missing > 1 || matchers.length < 2) return 0;
        score -= MISSING;
      }
      score += points;
      covered += inTitle;
    }
    if (titleWords > 0) score += (COVERED * Math.min(covered, titleWords)) / titleWords;
    return Math.max(score, 1);
  }

  #phoneSlots(digits: string): Set<number> {
    const { digits: all, digitStarts } = this.#records;
    const bytes = Buffer.from(all.data.buffer, all.data.byteOffset, all.length);
    const starts = digitStarts.data;
    const found = new Set<number>();
    for (let at = bytes.indexOf(digits, 0, 'latin1'); at >= 0; at = bytes.indexOf(digits, at + 1, 'latin1')) {
      let low = 0;
      let high = digitStarts.length - 1;
      while (low + 1 < high) {
        const middle = (low + high) >>> 1;
        if ((starts[middle] as number) <= at) low = middle;
        else high = middle;
      }
      found.add(low);
    }
    return found;
  }
}
