import type { Database } from '../database';
import type { Overlay, OverlayChange } from './overlay';
import type { RecordRefChange } from './store';

/** The unsent changes that lie over the copy, by record and by the entry that makes them. */
export class Overlays {
  readonly #db: Database;
  /** Records with changes over them, as `object/id`: nearly always none. */
  readonly #records = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
    for (const row of db.all<RecordRefChange>('SELECT DISTINCT object, id FROM overlays')) {
      this.#records.add(`${row.object}/${row.id}`);
    }
  }

  /** The changes over one record, in the order they were approved. */
  of(object: string, id: string): OverlayChange[] {
    if (!this.#records.has(`${object}/${id}`)) return [];
    return this.#db
      .all<{ change: string }>(
        'SELECT change FROM overlays WHERE object = ? AND id = ? ORDER BY seq, rowid',
        object,
        id,
      )
      .map((row) => JSON.parse(row.change) as OverlayChange);
  }

  /** Replaces the changes of one entry; none means they are settled. Answers the records they were or are over. */
  replace(overlay: Overlay): RecordRefChange[] {
    const touched = this.#db.all<RecordRefChange>(
      'SELECT DISTINCT object, id FROM overlays WHERE entry = ?',
      overlay.entryId,
    );
    this.#db.run('DELETE FROM overlays WHERE entry = ?', overlay.entryId);
    for (const { object, id, change } of overlay.ops) {
      this.#records.add(`${object}/${id}`);
      this.#db.run(
        'INSERT INTO overlays (entry, seq, object, id, change) VALUES (?, ?, ?, ?, ?)',
        overlay.entryId,
        overlay.seq,
        object,
        id,
        JSON.stringify(change),
      );
      if (!touched.some((one) => one.object === object && one.id === id)) touched.push({ object, id });
    }
    return touched;
  }

  /** Entries with changes here that are not among `overlays`, as settled. */
  leftOver(overlays: readonly Overlay[]): Overlay[] {
    const kept = new Set(overlays.map((overlay) => overlay.entryId));
    return this.#db
      .all<{ entry: string }>('SELECT DISTINCT entry FROM overlays')
      .filter(({ entry }) => !kept.has(entry))
      .map(({ entry }) => ({ entryId: entry, seq: 0, ops: [] }));
  }
}
