import { isTwigError } from '../../../shared/errors';
import { Database, setAside, textOf } from '../database';
import { Entry } from './entry';
import { History } from './history';
import { HISTORY_MIGRATIONS, OUTBOX_MIGRATIONS } from './schema';
import { SpareCopy, sumOf } from './spare';
import { insertEntry, OutboxStore } from './store';

export interface OutboxPaths {
  /** What waits; in clear, so that a changed keyring never takes what a person typed. */
  outbox: string;
  spare: string;
  /** What was settled; null while its key is out of reach. */
  history: string | null;
}

/** The outbox of a workspace, and what had to be set aside to open it. */
export interface OpenedOutbox {
  store: OutboxStore;
  /** New names of damaged files, and how many waiting entries were saved from them. */
  damaged: { path: string; saved: number | null }[];
}

/**
 * Opens the outbox, durable at every commit. Damaged files are set aside, never deleted; every
 * entry that can still be read, there or in the spare copy, goes into a fresh file.
 * @param key of the history: 32 bytes as hex, or null for a file in clear
 */
export function openOutbox(paths: OutboxPaths, key: string | null, now: number): OpenedOutbox {
  const damaged: OpenedOutbox['damaged'] = [];
  const history = openHistory(paths.history, key, now, damaged);
  const spare = new SpareCopy(paths.spare);
  const open = () => new Database({ path: paths.outbox, key: null, durability: 'full', migrations: OUTBOX_MIGRATIONS });
  let db: Database | null = null;
  try {
    db = open();
    db.check();
    return { store: new OutboxStore(db, history, spare), damaged };
  } catch (error) {
    db?.close();
    if (!isTwigError(error) || error.kind === 'corrupt') {
      const path = setAside(paths.outbox, now);
      const fresh = open();
      for (const entry of rowsOf(path)) insertEntry(fresh, entry);
      const store = new OutboxStore(fresh, history, spare);
      damaged.push({ path, saved: store.open().length });
      return { store, damaged };
    }
    history.close();
    throw error;
  }
}

function openHistory(path: string | null, key: string | null, now: number, damaged: OpenedOutbox['damaged']): History {
  const open = () =>
    new Database({ path: path ?? ':memory:', key, durability: 'full', migrations: HISTORY_MIGRATIONS });
  try {
    const db = open();
    db.check();
    return new History(db);
  } catch (error) {
    if (path === null || !isTwigError(error) || error.kind !== 'corrupt') throw error;
    damaged.push({ path: setAside(path, now), saved: null });
    return new History(open());
  }
}

/** Reads row by row, so that a damaged page loses only its own. */
function* rowsOf(damaged: string): Generator<Entry> {
  let old: Database;
  try {
    old = new Database({ path: damaged, key: null, durability: 'normal', migrations: OUTBOX_MIGRATIONS });
  } catch {
    return;
  }
  let last = 1_000;
  try {
    last += old.one<{ seq: number | null }>('SELECT max(seq) AS seq FROM sqlite_sequence')?.seq ?? 0;
  } catch {
    // The counter's own page may be gone: then only so far.
  }
  for (let seq = 1; seq <= last; seq += 1) {
    try {
      const row = old.one<{ sum: Uint8Array; body: Uint8Array }>(
        'SELECT CAST(sum AS BLOB) AS sum, CAST(body AS BLOB) AS body FROM entries WHERE seq = ?',
        seq,
      );
      const body = row ? textOf(row.body) : '';
      const entry = row && sumOf(body) === textOf(row.sum) ? Entry.safeParse(JSON.parse(body)) : null;
      if (entry?.success) yield entry.data;
    } catch {
      // This row's page is damaged.
    }
  }
  old.close();
}
