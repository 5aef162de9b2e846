import type { z } from 'zod';
import type { AuditEntry } from '../../../shared/app/lists';
import { AuditEntry as AuditEntrySchema, ListLayout, SavedView } from '../../../shared/app/lists';
import { type Database, textOf } from '../database';
import { auditOf, Entry } from './entry';

const KEPT_FOR = 30 * 24 * 3_600_000;
const KEPT_ENTRIES = 500;
const AUDITS_OF_RECORDS = 200;
/** Read as bytes, see `textOf`. */
const BODY = 'CAST(body AS BLOB) AS body';
interface Kept {
  body: Uint8Array;
}

/** Settled entries, the audit list, saved views and the layouts of lists; encrypted like the copy, unlike what still waits. */
export class History {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get lastSeq(): number {
    return this.#db.one<{ seq: number | null }>('SELECT max(seq) AS seq FROM entries')?.seq ?? 0;
  }

  /** Keeps a settled entry, and what it wrote in the audit list. Repeating it changes nothing. */
  keep(entry: Entry): void {
    this.#db.transaction(() => {
      this.#db.run(
        'INSERT OR REPLACE INTO entries (seq, id, created_at, body) VALUES (?, ?, ?, ?)',
        entry.seq,
        entry.id,
        entry.createdAt,
        JSON.stringify(entry),
      );
      this.addAudit(auditOf(entry));
    });
  }

  get(id: string): Entry | null {
    const row = this.#db.one<Kept>(`SELECT ${BODY} FROM entries WHERE id = ?`, id);
    return readable(Entry, row ? [row] : [])[0] ?? null;
  }

  /** Newest first, at most 500. */
  list(): Entry[] {
    return readable(Entry, this.#db.all<Kept>(`SELECT ${BODY} FROM entries ORDER BY seq DESC LIMIT ?`, KEPT_ENTRIES));
  }

  /** Forgets entries older than thirty days or beyond 500; the audit list keeps what they wrote. */
  prune(now: number): void {
    this.#db.run(
      'DELETE FROM entries WHERE created_at < ? OR seq <= (SELECT ifnull(max(seq), 0) - ? FROM entries)',
      now - KEPT_FOR,
      KEPT_ENTRIES,
    );
  }

  /** Notes something that was written; a second note of the same id takes its place. */
  addAudit(entry: AuditEntry): void {
    this.#db.run(
      'INSERT INTO audit (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
      entry.id,
      JSON.stringify(entry),
    );
  }

  /** Newest first. */
  audit(offset: number, limit: number): { total: number; entries: AuditEntry[] } {
    const rows = this.#db.all<Kept>(`SELECT ${BODY} FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?`, limit, offset);
    return {
      total: this.#db.one<{ many: number }>('SELECT count(*) AS many FROM audit')?.many ?? 0,
      entries: readable(AuditEntrySchema, rows),
    };
  }

  /** What was written to these records, newest first, at most 200. */
  auditOf(recordIds: readonly string[]): AuditEntry[] {
    const rows = this.#db.all<Kept>(
      `SELECT CAST(a.body AS BLOB) AS body FROM json_each(?) AS wanted
       CROSS JOIN audit a ON json_extract(a.body, '$.recordId') = wanted.value
       ORDER BY a.seq DESC LIMIT ?`,
      JSON.stringify(recordIds),
      AUDITS_OF_RECORDS,
    );
    return readable(AuditEntrySchema, rows);
  }

  views(): SavedView[] {
    return readable(SavedView, this.#db.all<Kept>(`SELECT ${BODY} FROM views ORDER BY rowid`));
  }

  saveView(view: SavedView): void {
    this.#db.run(
      'INSERT INTO views (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
      view.id,
      JSON.stringify(view),
    );
  }

  removeView(id: string): void {
    this.#db.run('DELETE FROM views WHERE id = ?', id);
  }

  layout(object: string): ListLayout | null {
    const row = this.#db.one<Kept>(`SELECT ${BODY} FROM layouts WHERE object = ?`, object);
    return readable(ListLayout, row ? [row] : [])[0] ?? null;
  }

  keepLayout(object: string, layout: ListLayout): void {
    this.#db.run(
      'INSERT INTO layouts (object, body) VALUES (?, ?) ON CONFLICT (object) DO UPDATE SET body = excluded.body',
      object,
      JSON.stringify(layout),
    );
  }

  close(): void {
    this.#db.close();
  }
}

/** What these rows hold; one that is damaged is left out. */
function readable<T>(schema: z.ZodType<T>, rows: readonly Kept[]): T[] {
  return rows.flatMap(({ body }) => {
    try {
      return [schema.parse(JSON.parse(textOf(body)))];
    } catch {
      return [];
    }
  });
}
