import { FIELD_BITS, type Records } from './records';

/** Work between two looks at the clock. */
const CHUNK = 20_000;

/**
 * From word to the slots that hold it, for the slots below `covered`; the few added since are
 * looked at one by one. Built again in small steps when those become many.
 */
export class Postings {
  starts: Uint32Array;
  slots: Uint32Array;
  covered: number;
  #work: Generator<void, void> | null = null;

  constructor(saved?: { starts: Uint32Array; slots: Uint32Array; covered: number }) {
    this.starts = saved?.starts ?? new Uint32Array(1);
    this.slots = saved?.slots ?? new Uint32Array(0);
    this.covered = saved?.covered ?? 0;
  }

  /** How many slots hold a word. */
  count(term: number): number {
    return term + 1 < this.starts.length ? (this.starts[term + 1] as number) - (this.starts[term] as number) : 0;
  }

  /** True when enough was added to build again. */
  isBehind(records: Records): boolean {
    const fresh = records.slots - this.covered;
    return this.#work !== null || fresh > Math.max(4_096, records.slots >>> 5);
  }

  /** Forgets everything: the slots are other ones now. */
  reset(): void {
    this.#work = null;
    this.starts = new Uint32Array(1);
    this.slots = new Uint32Array(0);
    this.covered = 0;
  }

  /** Works until `isOver`; true while more remains. */
  step(records: Records, terms: () => number, isOver: () => boolean): boolean {
    this.#work ??= this.#build(records, terms());
    do {
      if (this.#work.next().done) {
        this.#work = null;
        return false;
      }
    } while (!isOver());
    return true;
  }

  *#build(records: Records, terms: number): Generator<void, void> {
    const covered = records.slots;
    const total = records.entryStarts.data[covered] ?? 0;
    const starts = new Uint32Array(terms + 1);
    for (let from = 0; from < total; from += CHUNK * 8) {
      const entries = records.entries.data;
      const to = Math.min(total, from + CHUNK * 8);
      for (let at = from; at < to; at += 1) {
        const term = (entries[at] as number) >>> FIELD_BITS;
        starts[term + 1] = (starts[term + 1] as number) + 1;
      }
      yield;
    }
    for (let term = 0; term < terms; term += 1) {
      starts[term + 1] = (starts[term + 1] as number) + (starts[term] as number);
    }
    yield;
    const next = starts.slice();
    const slots = new Uint32Array(total);
    for (let from = 0; from < covered; from += CHUNK) {
      const entries = records.entries.data;
      const entryStarts = records.entryStarts.data;
      const to = Math.min(covered, from + CHUNK);
      for (let slot = from; slot < to; slot += 1) {
        const end = entryStarts[slot + 1] as number;
        for (let at = entryStarts[slot] as number; at < end; at += 1) {
          const term = (entries[at] as number) >>> FIELD_BITS;
          const place = next[term] as number;
          slots[place] = slot;
          next[term] = place + 1;
        }
      }
      yield;
    }
    this.starts = starts;
    this.slots = slots;
    this.covered = covered;
  }
}
