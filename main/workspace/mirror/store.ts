import type { CrmRecord } from '../../../shared/crm';
import { CrmRecord as CrmRecordSchema, type ObjectMeta } from '../../../shared/crm';
import { recordLabel } from '../../../shared/crm/names';
import type { Database } from '../database';
import { fold, haystack, referencesOf, text } from './labels';
import { effective, type Overlay } from './overlay';
import { Overlays } from './overlays';

/** Fields that are heavy and never shown. */
const DROPPED = new Set(['searchVector', 'position', '__typename']);

export interface RecordChange {
  object: string;
  id: string;
  /** The number of its row. */
  n: number;
  /** Null when it is gone or in the trash. */
  live: CrmRecord | null;
  /** True when records that name it are to be named anew: it has another title, or came after them. */
  renamed: boolean;
}

interface StoredRow {
  n: number;
  title: string;
  deleted: number;
  pending: number;
  data: string;
  server: string | null;
}

/** Records of every object in one table, each as the user sees it. All methods are synchronous. */
export class RecordStore {
  readonly db: Database;
  #rev: number;
  readonly #live = new Map<string, number>();
  readonly #objectRevs = new Map<string, number>();
  readonly #labelFields = new Map<string, string>();
  readonly #customs = new Set<string>();
  readonly #overlays: Overlays;
  /** When a record was last set by a write's own answer, so that a page asked for earlier does not take it back. */
  readonly #answered = new Map<string, number>();
  readonly #listener: (change: RecordChange) => void;

  constructor(db: Database, listener: (change: RecordChange) => void) {
    this.db = db;
    this.#listener = listener;
    this.#rev =
      db.one<{ rev: number }>(
        'SELECT max(ifnull((SELECT max(rev) FROM records), 0), ifnull((SELECT max(rev) FROM gone), 0)) AS rev',
      )?.rev ?? 0;
    this.#overlays = new Overlays(db);
    this.recount();
  }

  /** Counts the live records anew: at start, and after what was written has been undone. */
  recount(): void {
    const counts = 'SELECT object, count(*) AS many FROM records WHERE deleted = 0 GROUP BY object';
    this.#live.clear();
    for (const row of this.db.all<{ object: string; many: number }>(counts)) this.#live.set(row.object, row.many);
  }

  get rev(): number {
    return this.#rev;
  }

  /** Grows with every change of one object's records; tells whether a list is still what it was. */
  revOf(object: string): number {
    return this.#objectRevs.get(object) ?? 0;
  }

  /** Live records per object. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#live);
  }

  /** Live records of these objects together. */
  total(objects: readonly string[]): number {
    return objects.reduce((sum, object) => sum + (this.#live.get(object) ?? 0), 0);
  }

  labelField(object: string): string | null {
    return this.#labelFields.get(object) ?? null;
  }

  isCustom(object: string): boolean {
    return this.#customs.has(object);
  }

  /** What a record is called. */
  labelOf(object: string, record: CrmRecord): string {
    return recordLabel(object, record, this.#labelFields.get(object));
  }

  describe(objects: readonly ObjectMeta[]): void {
    for (const meta of objects) {
      this.#labelFields.set(meta.name, meta.labelField);
      if (meta.custom) this.#customs.add(meta.name);
    }
  }

  /**
   * Keeps what the server said. Answers the ids whose visible value changed and how many records
   * made no sense. `tick` is the moment the question was asked, in the caller's own count;
   * `answer` marks the result of a write, which no page asked for earlier may overwrite.
   */
  put(object: string, records: readonly unknown[], tick: number, answer: boolean): { changed: string[]; odd: number } {
    const valid = records.flatMap((candidate) => {
      const parsed = CrmRecordSchema.safeParse(candidate);
      return parsed.success ? [parsed.data] : [];
    });
    const rows = this.#rows(object, valid);
    const written = new Set<string>();
    const changed: string[] = [];
    for (const record of valid) {
      const { id } = record;
      const key = `${object}/${id}`;
      const answeredAt = this.#answered.get(key);
      if (answeredAt !== undefined && tick < answeredAt) continue;
      if (answer) this.#answered.set(key, tick);
      // A page may repeat a record; what was read in advance is then no longer true.
      const row = written.has(id) ? this.#row(object, id) : rows.get(id);
      written.add(id);
      if (this.#putOne(object, id, clean(record), row)) changed.push(id);
    }
    return { changed, odd: records.length - valid.length };
  }

  /** Forgets records that no longer exist on the server. An unsent create over one stays visible. */
  remove(object: string, ids: readonly string[]): string[] {
    const gone: string[] = [];
    for (const id of ids) {
      const row = this.#row(object, id);
      if (row && this.#write(object, id, row, null)) gone.push(id);
    }
    return gone;
  }

  /** Replaces the unsent changes of one entry; no ops means they are settled. Answers what changed visibly. */
  setOverlay(overlay: Overlay): RecordRefChange[] {
    return this.#overlays.replace(overlay).filter(({ object, id }) => this.#refresh(object, id));
  }

  /** Replaces the unsent changes of all entries, as at start. */
  resetOverlays(overlays: readonly Overlay[]): RecordRefChange[] {
    return [...this.#overlays.leftOver(overlays), ...overlays].flatMap((overlay) => this.setOverlay(overlay));
  }

  /** A record as the user sees it, in the trash or not; null when unknown. */
  get(object: string, id: string): CrmRecord | null {
    const row = this.#row(object, id);
    return row ? (JSON.parse(row.data) as CrmRecord) : null;
  }

  title(object: string, id: string): string | null {
    const sql = 'SELECT title FROM records WHERE object = ? AND id = ?';
    return this.db.one<{ title: string }>(sql, object, id)?.title ?? null;
  }

  /** What a live record of any object is called; null when it is not here. */
  titleOfAny(id: string): string | null {
    return this.db.one<{ title: string }>('SELECT title FROM records WHERE id = ? AND deleted = 0', id)?.title ?? null;
  }

  /** Records of `object` whose `field` names `target`, live ones only. */
  pointingAt(object: string, field: string, target: string, limit: number): CrmRecord[] {
    return this.db
      .all<{ data: string }>(
        `SELECT json(r.data) AS data FROM refs f JOIN records r ON r.n = f.n
         WHERE f.target = ? AND f.field = ? AND r.object = ? AND r.deleted = 0
         ORDER BY r.created_at DESC LIMIT ?`,
        target,
        field,
        object,
        limit,
      )
      .map((row) => JSON.parse(row.data) as CrmRecord);
  }

  state(key: string): unknown {
    const row = this.db.one<{ value: string }>('SELECT value FROM state WHERE key = ?', key);
    return row === undefined ? null : JSON.parse(row.value);
  }

  setState(key: string, value: unknown): void {
    this.db.run(
      'INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    );
  }

  #row(object: string, id: string): StoredRow | undefined {
    return this.db.one<StoredRow>(
      `SELECT n, title, deleted, pending, json(data) AS data, json(server) AS server
       FROM records WHERE object = ? AND id = ?`,
      object,
      id,
    );
  }

  /** The rows of several records by id, in one read. */
  #rows(object: string, records: readonly CrmRecord[]): Map<string, StoredRow> {
    const rows = this.db.all<StoredRow & { id: string }>(
      `SELECT r.id, r.n, r.title, r.deleted, r.pending, json(r.data) AS data, json(r.server) AS server
       FROM json_each(?) AS wanted CROSS JOIN records r ON r.id = wanted.value AND r.object = ?`,
      JSON.stringify(records.map((record) => record.id)),
      object,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  #putOne(object: string, id: string, incoming: CrmRecord, row: StoredRow | undefined): boolean {
    if (!row) return this.#write(object, id, undefined, incoming);
    // While an unsent create is all there is, `server` is null: nothing to merge with.
    const known = row.pending === 1 ? row.server : row.data;
    if (known === null) return this.#write(object, id, row, incoming);
    const merged = { ...(JSON.parse(known) as CrmRecord), ...incoming };
    if (JSON.stringify(merged) === known) return false;
    return this.#write(object, id, row, merged);
  }

  #refresh(object: string, id: string): boolean {
    const row = this.#row(object, id);
    const known = row === undefined ? null : row.pending === 1 ? row.server : row.data;
    return this.#write(object, id, row, known === null ? null : (JSON.parse(known) as CrmRecord));
  }

  /** Stores `server` with the unsent changes over it; true when something visible changed. */
  #write(object: string, id: string, row: StoredRow | undefined, server: CrmRecord | null): boolean {
    const changes = this.#overlays.of(object, id);
    const record = effective(id, server, changes);
    if (record === null) {
      if (row) this.#erase(object, id, row);
      return row !== undefined;
    }
    const data = JSON.stringify(record);
    const pending = changes.length > 0 ? 1 : 0;
    const title = this.labelOf(object, record);
    const deleted = record.deletedAt ? 1 : 0;
    const rev = this.#next(object);
    const columns = [
      title,
      fold(title),
      haystack(object, record, title),
      text(record.createdAt),
      text(record.updatedAt),
      deleted,
      pending,
      rev,
      data,
      pending === 1 && server !== null ? JSON.stringify(server) : null,
    ];
    let n = row?.n;
    if (n === undefined) {
      n = this.db.run(
        `INSERT INTO records (object, id, title, title_key, hay, created_at, updated_at, deleted, pending, rev, data, server)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, jsonb(?), jsonb(?))`,
        object,
        id,
        ...columns,
      ).row;
    } else {
      this.db.run(
        `UPDATE records SET title = ?, title_key = ?, hay = ?, created_at = ?, updated_at = ?, deleted = ?,
         pending = ?, rev = ?, data = jsonb(?), server = jsonb(?) WHERE n = ?`,
        ...columns,
        n,
      );
      this.db.run('DELETE FROM refs WHERE n = ?', n);
    }
    for (const [field, target] of referencesOf(record)) {
      this.db.run('INSERT INTO refs (n, field, target) VALUES (?, ?, ?)', n, field, target);
    }
    this.#count(object, (row === undefined ? 0 : row.deleted - 1) + (1 - deleted));
    const renamed = row === undefined ? this.#isNamed(id) : row.title !== title;
    this.#listener({ object, id, n, live: deleted === 1 ? null : record, renamed });
    return row === undefined || row.data !== data || row.pending !== pending;
  }

  /** Does any record point at it? */
  #isNamed(id: string): boolean {
    return this.db.one('SELECT 1 AS one FROM refs WHERE target = ? LIMIT 1', id) !== undefined;
  }

  #erase(object: string, id: string, row: StoredRow): void {
    const rev = this.#next(object);
    this.db.run('DELETE FROM refs WHERE n = ?', row.n);
    this.db.run('DELETE FROM records WHERE n = ?', row.n);
    this.db.run('INSERT INTO gone (rev, object, id) VALUES (?, ?, ?)', rev, object, id);
    this.#count(object, row.deleted - 1);
    this.#listener({ object, id, n: row.n, live: null, renamed: false });
  }

  #next(object: string): number {
    this.#rev += 1;
    this.#objectRevs.set(object, this.#rev);
    return this.#rev;
  }

  #count(object: string, by: number): void {
    if (by !== 0) this.#live.set(object, (this.#live.get(object) ?? 0) + by);
  }
}

export interface RecordRefChange {
  object: string;
  id: string;
}

function clean(record: CrmRecord): CrmRecord {
  const kept: CrmRecord = { id: record.id };
  for (const [field, value] of Object.entries(record)) {
    if (!DROPPED.has(field) && value !== undefined) kept[field] = value;
  }
  return kept;
}
