import type { Postings } from './postings';
import { Records } from './records';

/** Slots copied between two looks at the clock. */
const CHUNK = 2_000;
const MIN_DEAD = 4_096;

/** Takes dead slots out, a little at a time, while records keep changing. */
export class Compaction {
  #work: { copy: Records; from: Uint32Array; next: number } | null = null;

  /** True when a quarter of the slots or more are dead. */
  isDue(records: Records): boolean {
    const dead = records.slots - records.size;
    return this.#work !== null || (dead > MIN_DEAD && dead > records.slots >>> 2);
  }

  /** Works until `isOver`; true while more remains. */
  step(records: Records, postings: Postings, isOver: () => boolean): boolean {
    this.#work ??= { copy: new Records(), from: new Uint32Array(records.slots), next: 0 };
    const work = this.#work;
    while (work.next < records.slots) {
      const end = Math.min(records.slots, work.next + CHUNK);
      for (; work.next < end; work.next += 1) this.#copy(records, work.next);
      if (work.next < records.slots && isOver()) return true;
    }
    // What died since it was copied dies in the copy as well.
    for (let slot = 0; slot < work.copy.slots; slot += 1) {
      if (records.alive.data[work.from[slot] as number] !== 1) work.copy.remove(slot);
    }
    records.adopt(work.copy);
    postings.reset();
    this.#work = null;
    return false;
  }

  #copy(records: Records, slot: number): void {
    const work = this.#work;
    if (work === null || records.alive.data[slot] !== 1) return;
    if (work.copy.slots >= work.from.length) {
      const longer = new Uint32Array(work.from.length * 2 + CHUNK);
      longer.set(work.from);
      work.from = longer;
    }
    work.from[work.copy.slots] = slot;
    work.copy.copy(records, slot);
  }
}
