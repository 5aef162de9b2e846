import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../../shared/app/lists';
import { TwigError } from '../../../shared/errors';
import { type Database, textOf } from '../database';
import { auditOf, Entry, isOpen, type NewEntry } from './entry';
import type { History } from './history';
import { type SpareCopy, sumOf } from './spare';

/**
 * Everything approved, on disk before it is acknowledged. What waits is in a file of its own and
 * in memory, in order; what is settled moves to the history.
 */
export class OutboxStore {
  readonly history: History;
  readonly #db: Database;
  readonly #spare: SpareCopy;
  readonly #open = new Map<string, Entry>();
  #lastSeq: number;

  /** Throws `corrupt` when a row is not what was written. */
  constructor(db: Database, history: History, spare: SpareCopy) {
    this.#db = db;
    this.history = history;
    this.#spare = spare;
    const counted = db.one<{ seq: number | null }>(
      "SELECT max(seq) AS seq FROM sqlite_sequence WHERE name = 'entries'",
    );
    this.#lastSeq = Math.max(counted?.seq ?? 0, history.lastSeq);
    this.#load();
    this.#recover();
    this.#spare.rewrite(this.open());
  }

  /** Stores new entries in one durable step, together with what `also` does. Throws when nothing was kept. */
  add(approved: readonly NewEntry[], now: number, also?: () => void): Entry[] {
    try {
      const added = this.#db.transaction(() => {
        also?.();
        return approved.map((entry) => this.#insert(entry, now));
      });
      for (const entry of added) this.#open.set(entry.id, entry);
      this.#spare.add(added);
      return added;
    } catch (error) {
      // What `also` changed in memory was not kept either.
      this.#load();
      throw error;
    }
  }

  /** Changes an entry durably; answers it as it is now. */
  save(id: string, change: Partial<Entry>): Entry {
    const known = this.get(id);
    if (!known) throw new TwigError('notFound', 'This entry is no longer in the outbox.');
    const entry = { ...known, ...change };
    if (isOpen(entry)) {
      const body = JSON.stringify(entry);
      this.#db.run('UPDATE entries SET sum = ?, body = ? WHERE id = ?', sumOf(body), body, id);
      this.#open.set(id, entry);
    } else {
      // In this order, a crash in between leaves it in both, never in neither.
      this.history.keep(entry);
      this.#db.run('DELETE FROM entries WHERE id = ?', id);
      if (this.#open.delete(id)) this.#forget(id);
    }
    return entry;
  }

  /** What is settled leaves no readable trace outside the history once nothing waits any more. */
  #forget(id: string): void {
    if (this.#open.size > 0) this.#spare.settle(id);
    else {
      this.#spare.rewrite([]);
      this.#db.tidy();
    }
  }

  /**
   * What became of an entry could not be stored: as after a restart, it may have arrived. Only in
   * memory, since on the disk it still counts as being sent.
   */
  interrupted(id: string): void {
    const entry = this.#open.get(id);
    if (entry?.state === 'sending') this.#open.set(id, { ...entry, state: 'waiting', unclear: true });
  }

  /** Lets everything be tried at once; answers what had to wait. Only in memory, as a restart forgets waits anyway. */
  forgetWaits(): Entry[] {
    const waited = this.open().filter((entry) => entry.state === 'waiting' && entry.nextAttemptAt !== null);
    return waited.map((entry) => {
      const now = { ...entry, nextAttemptAt: null };
      this.#open.set(entry.id, now);
      return now;
    });
  }

  /** Entries with something left to do, oldest first. */
  open(): Entry[] {
    return [...this.#open.values()].sort((a, b) => a.seq - b.seq);
  }

  get(id: string): Entry | null {
    return this.#open.get(id) ?? this.history.get(id);
  }

  /** Newest first. */
  list(): Entry[] {
    const settled = this.history.list().filter((entry) => !this.#open.has(entry.id));
    return [...this.open(), ...settled].sort((a, b) => b.seq - a.seq);
  }

  /** What waits, then everything written before, newest first. */
  audit(offset: number, limit: number): { total: number; entries: AuditEntry[] } {
    const open = this.open().reverse();
    const waiting = open.slice(offset, offset + limit).map(auditOf);
    const rest = this.history.audit(Math.max(0, offset - open.length), limit - waiting.length);
    return { total: open.length + rest.total, entries: [...waiting, ...rest.entries] };
  }

  close(): void {
    this.#db.close();
    this.history.close();
  }

  #load(): void {
    this.#open.clear();
    const rows = this.#db.all<{ seq: number; sum: Uint8Array; bytes: Uint8Array }>(
      'SELECT seq, CAST(sum AS BLOB) AS sum, CAST(body AS BLOB) AS bytes FROM entries ORDER BY seq',
    );
    for (const { seq, sum, bytes } of rows) {
      const body = textOf(bytes);
      if (sumOf(body) !== textOf(sum)) throw new TwigError('corrupt', `A row of ${this.#db.path} is damaged.`);
      const entry = { ...Entry.parse(JSON.parse(body)), seq, nextAttemptAt: null };
      this.#lastSeq = Math.max(this.#lastSeq, seq);
      if (this.history.get(entry.id) !== null) {
        // Settled, but stopped before it left this file.
        this.#db.run('DELETE FROM entries WHERE id = ?', entry.id);
        continue;
      }
      // An entry that was being sent when Twig stopped may have arrived.
      this.#open.set(entry.id, entry.state === 'sending' ? { ...entry, state: 'waiting', unclear: true } : entry);
    }
  }

  /**
   * Takes what only the spare copy still knows: a journal whose end was damaged loses commits without
   * a word. It may have been sent, so it is read on the server before it is repeated.
   */
  #recover(): void {
    for (const entry of this.#spare.read()) {
      if (this.#open.has(entry.id) || this.history.get(entry.id) !== null) continue;
      const waiting: Entry = { ...entry, state: 'waiting', unclear: true };
      insertEntry(this.#db, waiting);
      this.#lastSeq = Math.max(this.#lastSeq, entry.seq);
      this.#open.set(entry.id, waiting);
    }
  }

  #insert(approved: NewEntry, now: number): Entry {
    this.#lastSeq += 1;
    const entry: Entry = {
      ...approved,
      id: randomUUID(),
      seq: this.#lastSeq,
      done: 0,
      state: 'waiting',
      unclear: false,
      attempts: 0,
      createdAt: now,
      sentAt: null,
      nextAttemptAt: null,
      error: null,
      conflicts: [],
      undone: false,
    };
    insertEntry(this.#db, entry);
    return entry;
  }
}

/** Writes one entry into an outbox file; one that is already there stays as it is. */
export function insertEntry(db: Database, entry: Entry): void {
  const body = JSON.stringify(entry);
  db.run(
    'INSERT OR IGNORE INTO entries (seq, id, sum, body) VALUES (?, ?, ?, ?)',
    entry.seq,
    entry.id,
    sumOf(body),
    body,
  );
}
