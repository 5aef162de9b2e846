import type { SqlValue } from '../database';
import type { RecordStore } from './store';

/** Columns of one object that are kept at a time. */
const KEPT_COLUMNS = 6;
/** Row numbers read at once while there is nothing else to do. */
const SLICE = 2_000;
/** An object with fewer than one record in so many rows is found faster by the index. */
const FEW = 4;
/** With more changed records than this everything is read again. */
const MOST_CHANGED = 5_000;

/** One value of every record, in the order of the row numbers; texts that are alike are kept once. */
export interface TextColumn {
  /** The different texts. */
  readonly texts: readonly string[];
  /** By place, the number of its text; -1 for none. */
  readonly codes: readonly number[];
}

/** How a value is read: an expression over `records`, and what is bound in it. */
export interface ColumnSource {
  sql: string;
  values: readonly SqlValue[];
}

const HAY: ColumnSource = { sql: 'hay', values: [] };

/**
 * What lists search, filter and sort by, in memory, for all records of one object that are in the
 * trash or for all that are not: reading them from the encrypted file takes a hundred times longer.
 */
export class Columns {
  readonly #store: RecordStore;
  readonly #object: string;
  readonly #deleted: number;
  /** Row numbers, rising; those that went away stay, and are not `present`. */
  #rows: number[] = [];
  #present: boolean[] = [];
  readonly #hay = new Column(HAY);
  readonly #columns = new Map<string, Column>();
  readonly #changed = new Set<number>();
  /** The row number up to which everything is read; null when that is all. */
  #readTo: number | null = 0;

  constructor(store: RecordStore, object: string, deleted: boolean) {
    this.#store = store;
    this.#object = object;
    this.#deleted = deleted ? 1 : 0;
  }

  /** Row numbers by place. Call `places` first. */
  get rows(): readonly number[] {
    return this.#rows;
  }

  /** Takes note that the record in this row changed, came or went. */
  touch(row: number): void {
    if (this.#readTo !== 0) this.#changed.add(row);
  }

  /** Folded text of every record, its title first, so that it orders by title too. Call `places` first. */
  get hay(): TextColumn {
    return this.#hay;
  }

  /** Reads a little in advance, or again what changed; true while more remains. */
  work(): boolean {
    if (this.#readTo !== null) {
      const end = this.#readTo + SLICE;
      this.#read('n > ? AND n <= ?', [this.#readTo, end]);
      this.#readTo = end < this.#lastRow() ? end : null;
    } else if (this.#changed.size > 0) {
      this.#readAgain([...this.#changed].slice(0, SLICE));
    }
    return this.#readTo !== null || this.#changed.size > 0;
  }

  /** The places of the records as they are now, those only whose folded text holds all the words. */
  places(words: readonly string[]): number[] {
    this.#refresh();
    const { texts, codes } = this.#hay;
    const found: number[] = [];
    for (let place = 0; place < this.#rows.length; place += 1) {
      if (!this.#present[place]) continue;
      const text = texts[codes[place] ?? -1] ?? '';
      if (words.every((word) => text.includes(word))) found.push(place);
    }
    return found;
  }

  /** One value of every record, parallel to `rows`. Call `places` first. */
  column(source: ColumnSource): TextColumn {
    const key = JSON.stringify(source);
    const column = this.#columns.get(key) ?? this.#filled(source);
    this.#columns.delete(key);
    this.#columns.set(key, column);
    for (const oldest of this.#columns.keys()) {
      if (this.#columns.size <= KEPT_COLUMNS) break;
      this.#columns.delete(oldest);
    }
    return column;
  }

  #refresh(): void {
    // Texts that nothing has any more are not taken out one by one.
    const stale = this.#hay.texts.length - this.#rows.length;
    if (this.#changed.size > MOST_CHANGED || stale > MOST_CHANGED) this.#forget();
    if (this.#readTo === null) this.#readAgain([...this.#changed]);
    while (this.#readTo !== null) {
      this.#read('n > ?', [this.#readTo]);
      this.#readTo = null;
      this.#readAgain([...this.#changed]);
    }
  }

  #readAgain(changed: readonly number[]): void {
    if (changed.length === 0) return;
    for (const row of changed) {
      this.#changed.delete(row);
      const place = placeOf(this.#rows, row);
      if (this.#rows[place] === row) this.#present[place] = false;
      // One that came back out of the trash has no place to take.
      else if (place < this.#rows.length) {
        this.#forget();
        return;
      }
    }
    const columns = [this.#hay, ...this.#columns.values()];
    const values = columns.flatMap(({ source }) => source.values);
    const found = this.#tuples(columns, 'n IN (SELECT value FROM json_each(?))', [...values, JSON.stringify(changed)]);
    for (const [row, ...texts] of found) {
      const place = placeOf(this.#rows, row);
      this.#rows[place] = row;
      this.#present[place] = true;
      for (const [index, column] of columns.entries()) column.set(place, texts[index] ?? null);
    }
  }

  #forget(): void {
    this.#rows = [];
    this.#present = [];
    this.#hay.clear();
    this.#columns.clear();
    this.#changed.clear();
    this.#readTo = 0;
  }

  #read(where: string, values: SqlValue[]): void {
    for (const [row, hay] of this.#tuples([this.#hay], where, values)) {
      this.#hay.set(this.#rows.length, hay ?? null);
      this.#rows.push(row);
      this.#present.push(true);
    }
  }

  #filled(source: ColumnSource): Column {
    const column = new Column(source);
    let place = 0;
    for (const [row, text] of this.#tuples([column], 'TRUE', [...source.values])) {
      while ((this.#rows[place] ?? row) < row) column.set(place++, null);
      column.set(place++, text ?? null);
    }
    return column;
  }

  /** Where the object's records are most of all, in the order of the file, which reads every page of it once. */
  #tuples(columns: readonly Column[], where: string, values: SqlValue[]): [number, ...(string | null)[]][] {
    const many = this.#deleted === 0 && this.#store.total([this.#object]) * FEW > this.#lastRow();
    return this.#store.db.tuples(
      `SELECT n, ${columns.map(({ source }) => source.sql).join(', ')} FROM records ${many ? 'NOT INDEXED' : ''}
       WHERE ${where} AND object = ? AND deleted = ? ORDER BY n`,
      ...values,
      this.#object,
      this.#deleted,
    );
  }

  #lastRow(): number {
    return this.#store.db.one<{ n: number | null }>('SELECT max(n) AS n FROM records')?.n ?? 0;
  }
}

class Column implements TextColumn {
  readonly source: ColumnSource;
  readonly texts: string[] = [];
  readonly codes: number[] = [];
  readonly #known = new Map<string, number>();

  constructor(source: ColumnSource) {
    this.source = source;
  }

  set(place: number, text: string | null): void {
    this.codes[place] = text === null ? -1 : this.#code(text);
  }

  clear(): void {
    this.texts.length = 0;
    this.codes.length = 0;
    this.#known.clear();
  }

  #code(text: string): number {
    let code = this.#known.get(text);
    if (code === undefined) {
      code = this.texts.push(text) - 1;
      this.#known.set(text, code);
    }
    return code;
  }
}

/** The place of a row number in rising ones, or where it belongs. */
export function placeOf(rows: readonly number[], row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
