import type { SearchAnswer } from '../../../shared/app/contacts';
import { CORE_OBJECTS, type CrmRecord } from '../../../shared/crm';
import { SearchIndex, toSearchDoc } from '../search';
import { SnapshotKeeper } from './snapshots';
import type { RecordChange, RecordStore } from './store';

const PEOPLE_COMPANIES_DEALS = ['person', 'company', 'opportunity'];
const KEPT_OPENINGS = 12;
const MOST_OPENED = 500;
/** Records brought up to date between two looks at the clock. */
const BATCH = 50;

/** Keeps the search index in step with the records and on disk, and answers what is typed. */
export class Finder {
  readonly #store: RecordStore;
  readonly #snapshots: SnapshotKeeper;
  readonly #index: SearchIndex;
  /** Records whose text depends on another one that was renamed. */
  readonly #stale = new Map<string, { object: string; id: string }>();
  /** Records not looked at since the kept index was written, in order of `rev`. */
  #behindFrom: number | null;
  /** What came after is looked at as it comes. */
  readonly #behindTo: number;
  /** The index is to be kept once everything is in it. */
  #keepWanted = false;

  constructor(store: RecordStore) {
    this.#store = store;
    this.#snapshots = new SnapshotKeeper(store);
    const kept = this.#snapshots.load();
    this.#index = kept?.index ?? new SearchIndex();
    this.#behindFrom = kept?.rev ?? -1;
    this.#behindTo = store.rev;
    const gone = store.db.all<{ object: string; id: string }>(
      'SELECT object, id FROM gone WHERE rev > ?',
      this.#behindFrom,
    );
    for (const { object, id } of gone) this.#index.remove(object, id);
    const opened = store.db.all<{ object: string; id: string; times: string }>(
      'SELECT object, id, times FROM opened ORDER BY at DESC LIMIT ?',
      MOST_OPENED,
    );
    for (const { object, id, times } of opened) this.#index.setOpened(object, id, JSON.parse(times) as number[]);
  }

  /** Takes note of a record that changed; it can be found at once. */
  changed({ object, id, live, renamed }: RecordChange): void {
    if (!this.#isFound(object)) return;
    if (live === null) this.#index.remove(object, id);
    else this.#put(object, live);
    if (renamed && (object === 'company' || object === 'person')) this.#stale.set(id, { object, id });
  }

  /**
   * Does a little of what is left to do: at most about `budget` milliseconds.
   * @returns true while more remains
   */
  work(budget: number): boolean {
    const end = Date.now() + budget;
    while (Date.now() < end) {
      if (!this.#catchUp() && !this.#refreshOne()) {
        if (this.#keepWanted) this.#snapshots.want();
        this.#keepWanted = false;
        return this.#index.settle(Math.max(1, end - Date.now())) || this.#snapshots.work(this.#index);
      }
    }
    return true;
  }

  /** Wants the index kept on disk soon, when enough has changed since the last time. */
  keep(): void {
    this.#keepWanted = true;
  }

  /** Counts an opening of a record. `now` is epoch milliseconds. */
  opened(object: string, id: string, now: number): void {
    const sql = 'SELECT times FROM opened WHERE object = ? AND id = ?';
    const before = this.#store.db.one<{ times: string }>(sql, object, id);
    const times = [now, ...(before ? (JSON.parse(before.times) as number[]) : [])].slice(0, KEPT_OPENINGS);
    this.#store.db.run(
      'INSERT OR REPLACE INTO opened (object, id, at, times) VALUES (?, ?, ?, ?)',
      object,
      id,
      now,
      JSON.stringify(times),
    );
    this.#index.setOpened(object, id, times);
  }

  /** Best first. Nothing typed gives what was opened lately, then everything by name. `objects` null: people, companies, deals. */
  search(query: string, objects: readonly string[] | null, limit: number, now: number): SearchAnswer {
    const wanted = objects ?? PEOPLE_COMPANIES_DEALS;
    if (query.trim() === '') return { ...this.#unprompted(wanted, limit), query };
    const { results, total } = this.#index.search(query, { limit, objects: wanted, now });
    return { query, total, results: results.map(({ score: _, ...result }) => result) };
  }

  #isFound(object: string): boolean {
    return PEOPLE_COMPANIES_DEALS.includes(object) || this.#store.isCustom(object);
  }

  #put(object: string, record: CrmRecord): void {
    this.#index.upsert([this.#doc(object, record)]);
  }

  #doc(object: string, record: CrmRecord) {
    const labelOf = (other: string, id: string) => this.#store.title(other, id);
    return toSearchDoc(object, record, labelOf, this.#store.labelField(object) ?? undefined);
  }

  /** Looks at the next records the kept index has not seen; false when there are none. */
  #catchUp(): boolean {
    if (this.#behindFrom === null) return false;
    const rows = this.#store.db.all<{ rev: number; object: string; deleted: number; id: string; data: string }>(
      'SELECT rev, object, deleted, id, json(data) AS data FROM records WHERE rev > ? AND rev <= ? ORDER BY rev LIMIT ?',
      this.#behindFrom,
      this.#behindTo,
      BATCH,
    );
    for (const { object, id, deleted, data } of rows) {
      if (!this.#isFound(object)) continue;
      if (deleted === 1) this.#index.remove(object, id);
      else this.#put(object, JSON.parse(data) as CrmRecord);
    }
    this.#behindFrom = rows.at(-1)?.rev ?? null;
    // Built anew, or much of it: the next start need not do that again, also without a server.
    if (this.#behindFrom === null) this.#keepWanted = true;
    return rows.length > 0;
  }

  /** Brings the records that name one renamed record up to date; false when there is none. */
  #refreshOne(): boolean {
    const [key, renamed] = this.#stale.entries().next().value ?? [];
    if (key === undefined || renamed === undefined) return false;
    this.#stale.delete(key);
    const naming: [string, string][] =
      renamed.object === 'company'
        ? [
            ['person', 'companyId'],
            ['opportunity', 'companyId'],
          ]
        : [['opportunity', 'pointOfContactId']];
    for (const [object, field] of naming) {
      for (const record of this.#store.pointingAt(object, field, renamed.id, 10_000)) this.#put(object, record);
    }
    return true;
  }

  #unprompted(objects: readonly string[], limit: number): SearchAnswer {
    const holders = objects.map(() => '?').join(', ');
    const opened = this.#store.db.all<{ object: string; id: string; data: string }>(
      `SELECT r.object, r.id, json(r.data) AS data FROM opened o CROSS JOIN records r ON r.id = o.id AND r.object = o.object
       WHERE r.object IN (${holders}) AND r.deleted = 0 ORDER BY o.at DESC LIMIT ?`,
      ...objects,
      limit,
    );
    const known = new Set(opened.map((row) => row.id));
    const named = objects
      .flatMap((object) =>
        this.#store.db.all<{ object: string; id: string; key: string; data: string }>(
          `SELECT object, id, title_key AS key, json(data) AS data FROM records
           WHERE object = ? AND deleted = 0 ORDER BY title_key, id LIMIT ?`,
          object,
          limit + known.size,
        ),
      )
      .filter((row) => !known.has(row.id))
      .sort((a, b) => orderOf(a.object) - orderOf(b.object) || (a.key < b.key ? -1 : 1));
    return {
      query: '',
      total: this.#store.total(objects),
      results: [...opened, ...named].slice(0, limit).map((row) => {
        const { title, subtitle } = this.#doc(row.object, JSON.parse(row.data) as CrmRecord);
        return { object: row.object, id: row.id, title, titleRanges: [], subtitle, subtitleRanges: [] };
      }),
    };
  }
}

/** People before companies before deals before the rest. */
function orderOf(object: string): number {
  const at = (CORE_OBJECTS as readonly string[]).indexOf(object);
  return at < 0 ? CORE_OBJECTS.length : at;
}
