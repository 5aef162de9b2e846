import { z } from 'zod';
import { SearchIndex } from '../search';
import type { RecordStore } from './store';

const KEY = 'snapshot';
const Kept = z.object({ generation: z.number(), rev: z.number(), parts: z.number() });
/** Fewer changes than this are quicker to catch up with than to keep. */
const WORTH_KEEPING = 500;

/** Keeps the search index inside the (encrypted) copy, a piece at a time, so that opening needs no building. */
export class SnapshotKeeper {
  readonly #store: RecordStore;
  #kept: z.infer<typeof Kept> | null;
  #wanted = false;
  #writing: { generation: number; rev: number; pieces: readonly Uint8Array[]; next: number } | null = null;

  constructor(store: RecordStore) {
    this.#store = store;
    const kept = Kept.safeParse(store.state(KEY));
    this.#kept = kept.success ? kept.data : null;
  }

  /** The kept index and the `rev` it knows; null when there is none that can be read. */
  load(): { index: SearchIndex; rev: number } | null {
    if (this.#kept === null) return null;
    const { generation, parts, rev } = this.#kept;
    const rows = this.#store.db.all<{ bytes: ArrayBuffer }>(
      'SELECT bytes FROM snapshot WHERE generation = ? ORDER BY part',
      generation,
    );
    if (rows.length !== parts) return null;
    try {
      return { index: SearchIndex.load(rows.map((row) => new Uint8Array(row.bytes))), rev };
    } catch {
      // Another version's or a damaged one: the records are there to build it anew.
      return null;
    }
  }

  want(): void {
    this.#wanted = this.#store.rev - (this.#kept?.rev ?? 0) >= WORTH_KEEPING;
  }

  /** Writes one piece; true while more remain. */
  work(index: SearchIndex): boolean {
    if (this.#writing === null) {
      if (!this.#wanted) return false;
      this.#wanted = false;
      const generation = (this.#kept?.generation ?? 0) + 1;
      this.#store.db.run('DELETE FROM snapshot WHERE generation <> ?', this.#kept?.generation ?? 0);
      this.#writing = { generation, rev: this.#store.rev, pieces: index.snapshot(), next: 0 };
      return true;
    }
    const { generation, rev, pieces, next } = this.#writing;
    const piece = pieces[next];
    if (piece !== undefined) {
      this.#store.db.run('INSERT INTO snapshot (generation, part, bytes) VALUES (?, ?, ?)', generation, next, piece);
      this.#writing.next = next + 1;
      return true;
    }
    this.#kept = { generation, rev, parts: pieces.length };
    this.#writing = null;
    this.#store.db.transaction(() => {
      this.#store.setState(KEY, this.#kept);
      this.#store.db.run('DELETE FROM snapshot WHERE generation <> ?', generation);
    });
    return false;
  }
}
