import type { RecordStore } from './store';

/** Forgets which ids an earlier, unfinished sweep of this object met. */
export function startSweep(store: RecordStore, object: string): void {
  store.db.run('DELETE FROM seen WHERE object = ?', object);
}

/** Marks ids as met; answers those that are missing in the copy or whose `updatedAt` differs. */
export function compareSweep(store: RecordStore, object: string, rows: { id: string; updatedAt: string }[]): string[] {
  const different: string[] = [];
  for (const { id, updatedAt } of rows) {
    store.db.run('INSERT OR IGNORE INTO seen (object, id) VALUES (?, ?)', object, id);
    const known = store.db.one<{ updated_at: string; pending: number }>(
      'SELECT updated_at, pending FROM records WHERE id = ? AND object = ?',
      id,
      object,
    );
    if (known === undefined || (known.updated_at !== updatedAt && updatedAt !== '')) different.push(id);
  }
  return different;
}

/** Ids in the copy that the sweep did not meet. Records that exist only as unsent creates do not count. */
export function unseenIds(store: RecordStore, object: string): string[] {
  return store.db
    .all<{ id: string }>(
      `SELECT id FROM records r WHERE object = ? AND (pending = 0 OR server IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM seen s WHERE s.object = r.object AND s.id = r.id)`,
      object,
    )
    .map((row) => row.id);
}
