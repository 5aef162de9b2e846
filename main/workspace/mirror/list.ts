import type { ListAnswer, ListFilter, ListRequest } from '../../../shared/app/lists';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { type ColumnSource, Columns, placeOf, type TextColumn } from './columns';
import { meets } from './conditions';
import { comparable, compareKeys, type ListField, listField, type SortKey, sortKey } from './fields';
import { fold, referencesOf } from './labels';
import type { RecordChange, RecordStore } from './store';

const INDEXED: Record<string, string> = { updatedAt: 'updated_at', createdAt: 'created_at' };
const KEPT_ORDERS = 4;
/** From so many records on, asking an index for their order is faster than comparing them. */
const MANY = 3_000;

/** Lists of one object from the local copy: sorted by any field, filtered by the workspace's own fields. */
export class Lists {
  readonly #store: RecordStore;
  /** Row numbers in order, so that scrolling through 100,000 rows sorts them once. */
  readonly #orders = new Map<string, { rev: number; rows: number[] }>();
  readonly #ranks = new WeakMap<TextColumn, Int32Array>();
  readonly #titles = new WeakMap<Columns, { rev: number; ranks: Int32Array }>();
  /** Of the objects that were listed, what is not in the trash. */
  readonly #columns = new Map<string, Columns>();

  constructor(store: RecordStore) {
    this.#store = store;
  }

  list(request: ListRequest, meta: ObjectMeta | null): ListAnswer {
    const { total, rows } = this.#indexed(request) ?? this.#computed(request, meta);
    return {
      total,
      rows: rows.map((row) => row.record),
      labels: this.#labels(rows.map((row) => row.record)),
      pending: rows.filter((row) => row.pending).map((row) => row.record.id),
    };
  }

  /** Takes note of a record that changed. */
  changed({ object, n }: RecordChange): void {
    this.#columns.get(object)?.touch(n);
  }

  /** Reads a little of what a search in a list on screen will need; true while more remains. */
  work(): boolean {
    for (const columns of this.#columns.values()) if (columns.work()) return true;
    return false;
  }

  /** Where one index gives the order of all there is. */
  #indexed(request: ListRequest): { total: number; rows: ListRow[] } | null {
    if (!request.deleted) this.#columnsOf(request.object);
    if (wordsOf(request.text).length > 0 || (request.filter?.conditions.length ?? 0) > 0) return null;
    const [sort] = request.sort;
    const label = this.#store.labelField(request.object) ?? 'name';
    const column = sort === undefined || sort.field === label ? 'title_key' : INDEXED[sort.field];
    if (column === undefined || request.sort.length > 1) return null;
    const direction = sort?.descending ? 'DESC' : 'ASC';
    const deleted = request.deleted ? 1 : 0;
    const count = 'SELECT count(*) AS many FROM records WHERE object = ? AND deleted = ?';
    const total = this.#store.db.one<{ many: number }>(count, request.object, deleted);
    const rows = this.#store.db.all<{ data: string; pending: number }>(
      `SELECT json(data) AS data, pending FROM records WHERE object = ? AND deleted = ?
       ORDER BY ${column} ${direction}, id ${direction} LIMIT ? OFFSET ?`,
      request.object,
      deleted,
      request.limit,
      request.offset,
    );
    return { total: total?.many ?? 0, rows: rows.map(toRow) };
  }

  #computed(request: ListRequest, meta: ObjectMeta | null): { total: number; rows: ListRow[] } {
    const { offset, limit, ...question } = request;
    const key = JSON.stringify(question);
    const rev = this.#store.revOf(request.object);
    let order = this.#orders.get(key);
    if (order?.rev !== rev) {
      order = { rev, rows: this.#order(request, meta) };
    }
    this.#orders.delete(key);
    this.#orders.set(key, order);
    for (const oldest of this.#orders.keys()) {
      if (this.#orders.size <= KEPT_ORDERS) break;
      this.#orders.delete(oldest);
    }
    const rows = order.rows
      .slice(offset, offset + limit)
      .flatMap((n) =>
        this.#store.db.all<{ data: string; pending: number }>(
          'SELECT json(data) AS data, pending FROM records WHERE n = ?',
          n,
        ),
      );
    return { total: order.rows.length, rows: rows.map(toRow) };
  }

  /** Row numbers of what meets the request, in its order. */
  #order(request: ListRequest, meta: ObjectMeta | null): number[] {
    const columns = request.deleted ? new Columns(this.#store, request.object, true) : this.#columnsOf(request.object);
    const found = columns.places(wordsOf(request.text));
    const kept = this.#filtered(columns, found, request.filter, meta);
    const order = this.#sorted(columns, kept, request, meta);
    return order.map((place) => columns.rows[place] ?? 0);
  }

  #filtered(columns: Columns, places: number[], filter: ListFilter | null, meta: ObjectMeta | null): number[] {
    if (filter === null || filter.conditions.length === 0) return places;
    const tests = filter.conditions.map((condition) => {
      const field = listField(meta, condition.field);
      const { texts, codes } = columns.column(sourceOf(field));
      // Each different value is looked at once, and only when a record has it.
      const known: (boolean | undefined)[] = [];
      const none = meets(condition, field, null);
      return (place: number): boolean => {
        const code = codes[place] ?? -1;
        if (code < 0) return none;
        known[code] ??= meets(condition, field, comparable(field.type, texts[code] ?? null));
        return known[code] === true;
      };
    });
    const any = filter.match === 'any';
    return places.filter((place) => (any ? tests.some((test) => test(place)) : tests.every((test) => test(place))));
  }

  #sorted(columns: Columns, places: number[], request: ListRequest, meta: ObjectMeta | null): number[] {
    const label = this.#store.labelField(request.object) ?? 'name';
    const sort = request.sort.length > 0 ? request.sort : [{ field: label, descending: false }];
    const orders = sort.map(({ field: name, descending }) => {
      if (name === label) return { ranks: this.#titleRanks(columns, places, request), descending };
      const field = listField(meta, name);
      const column = columns.column(sourceOf(field));
      const titles = field.relation === null ? null : this.#titlesOf(field.relation);
      const keyOf = (raw: string): SortKey => {
        const value = comparable(field.type, raw);
        if (titles === null || titles.size === 0 || typeof value !== 'string') return sortKey(field, value);
        const title = titles.get(value);
        return title === undefined ? null : sortKey(field, title);
      };
      // What a title or a choice is worth may change while the values stay.
      const lasting = field.relation === null && field.order.size === 0;
      return {
        ranks: placed(column, lasting ? this.#lastingRanks(column, keyOf) : ranksOf(column, places, keyOf)),
        descending,
      };
    });
    return places.sort((a, b) => {
      for (const { ranks, descending } of orders) {
        const [first, second] = [ranks(a), ranks(b)];
        if (first === second) continue;
        if (first < 0 || second < 0) return second - first;
        return descending ? second - first : first - second;
      }
      return a - b;
    });
  }

  /** Where the records stand by title: few are compared, for many the index is asked once. */
  #titleRanks(columns: Columns, places: readonly number[], request: ListRequest): (place: number) => number {
    if (places.length < MANY) {
      const byText = ranksOf(columns.hay, places, (text) => text);
      return placed(columns.hay, byText);
    }
    const rev = this.#store.revOf(request.object);
    let known = this.#titles.get(columns);
    if (known?.rev !== rev) {
      const rows = this.#store.db.tuples<[number]>(
        'SELECT n FROM records WHERE object = ? AND deleted = ? ORDER BY title_key, id',
        request.object,
        request.deleted ? 1 : 0,
      );
      const ranks = new Int32Array(columns.rows.length);
      for (const [rank, [row]] of rows.entries()) ranks[placeOf(columns.rows, row)] = rank;
      known = { rev, ranks };
      this.#titles.set(columns, known);
    }
    const { ranks } = known;
    return (place) => ranks[place] ?? -1;
  }

  /** Ranks of all of a column's texts, so that the same order the other way round costs no comparing. */
  #lastingRanks(column: TextColumn, keyOf: (text: string) => SortKey): Int32Array {
    const known = this.#ranks.get(column);
    if (known?.length === column.texts.length) return known;
    const ranks = ranksOf(column, null, keyOf);
    this.#ranks.set(column, ranks);
    return ranks;
  }

  #columnsOf(object: string): Columns {
    const columns = this.#columns.get(object) ?? new Columns(this.#store, object, false);
    this.#columns.set(object, columns);
    return columns;
  }

  #titlesOf(object: string): Map<string, string> {
    const rows = this.#store.db.tuples<[string, string]>('SELECT id, title FROM records WHERE object = ?', object);
    return new Map(rows);
  }

  /** Labels of everything the rows point at, by id. */
  #labels(records: readonly CrmRecord[]): Record<string, string> {
    const labels: Record<string, string> = {};
    for (const record of records) {
      for (const [, target] of referencesOf(record)) {
        if (labels[target] !== undefined) continue;
        const row = this.#store.db.one<{ title: string }>('SELECT title FROM records WHERE id = ?', target);
        if (row) labels[target] = row.title;
      }
    }
    return labels;
  }
}

interface ListRow {
  record: CrmRecord;
  pending: boolean;
}

function wordsOf(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

/** Where a field's values are read; of e-mails only the one they are compared by. */
function sourceOf(field: ListField): ColumnSource {
  const path = field.type === 'EMAILS' ? `${field.path}.primaryEmail` : field.path;
  return { sql: 'CAST(json_extract(data, ?) AS TEXT)', values: [path] };
}

/** By text, where it stands among those of these places, or among all of the column; -1 for no value. */
function ranksOf(
  { texts, codes }: TextColumn,
  places: readonly number[] | null,
  keyOf: (text: string) => SortKey,
): Int32Array {
  const ranks = new Int32Array(texts.length).fill(-1);
  const asked = new Set(places === null ? texts.keys() : places.map((place) => codes[place] ?? -1));
  const keyed: { code: number; key: string | number | bigint }[] = [];
  for (const code of asked) {
    const key = code < 0 ? null : keyOf(texts[code] ?? '');
    if (key !== null) keyed.push({ code, key });
  }
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  let rank = 0;
  for (const [at, { code, key }] of keyed.entries()) {
    if (at > 0 && keyed[at - 1]?.key !== key) rank += 1;
    ranks[code] = rank;
  }
  return ranks;
}

/** The ranks by place. */
function placed({ codes }: TextColumn, ranks: Int32Array): (place: number) => number {
  return (place) => ranks[codes[place] ?? -1] ?? -1;
}

function toRow(row: { data: string; pending: number }): ListRow {
  return { record: JSON.parse(row.data) as CrmRecord, pending: row.pending === 1 };
}
