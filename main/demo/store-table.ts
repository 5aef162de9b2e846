/** One stored record: plain JSON, ids in lower case, times as UTC text of fixed width. */
export type Row = { id: string; [field: string]: unknown };

/** A value inside a row by path (`['name', 'firstName']`); undefined when there is none. */
export function valueAt(row: Row, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

interface Index {
  path: readonly string[];
  ids: Map<string, Set<string>>;
}

/** The rows of one object, in id order, with look-ups by the columns that were named. */
export class Table {
  private readonly rows = new Map<string, Row>();
  private readonly indexes = new Map<string, Index>();
  private ordered: string[] = [];
  private pending: string[] = [];
  private live = 0;
  private lowest: number | null = null;
  /** Grows with every change; answers made for one version may be kept until the next. */
  version = 0;

  /** @param paths columns (or sub-fields) that are looked up by value, such as `companyId` */
  constructor(paths: readonly (readonly string[])[]) {
    for (const path of paths) this.indexes.set(path.join('.'), { path, ids: new Map() });
  }

  get size(): number {
    return this.rows.size;
  }

  /** Rows that are not in the trash. */
  get liveCount(): number {
    return this.live;
  }

  /** The lowest `position`, null in an empty table. */
  get lowestPosition(): number | null {
    return this.lowest;
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** Every row, trash included, by ascending id. */
  *inOrder(): IterableIterator<Row> {
    for (const id of this.ids()) {
      const row = this.rows.get(id);
      if (row) yield row;
    }
  }

  /** Ids in ascending order; not to be changed. */
  ids(): readonly string[] {
    if (this.pending.length > 32) this.ordered = [...this.ordered, ...this.pending].sort();
    else for (const id of this.pending) this.ordered.splice(lowerBound(this.ordered, id), 0, id);
    if (this.pending.length > 0) this.pending = [];
    return this.ordered;
  }

  /** True when `path` (`companyId`, `emails.primaryEmail`) has a look-up. */
  hasIndex(path: string): boolean {
    return this.indexes.has(path);
  }

  /** Ids of the rows whose indexed column holds `value`. */
  idsWhere(path: string, value: string): ReadonlySet<string> {
    return this.indexes.get(path)?.ids.get(value) ?? EMPTY;
  }

  put(row: Row): void {
    const before = this.rows.get(row.id);
    if (before) this.unindex(before);
    else this.pending.push(row.id);
    this.rows.set(row.id, row);
    for (const index of this.indexes.values()) {
      const value = valueAt(row, index.path);
      if (typeof value !== 'string' || value === '') continue;
      const ids = index.ids.get(value);
      if (ids) ids.add(row.id);
      else index.ids.set(value, new Set([row.id]));
    }
    if (!row.deletedAt) this.live += 1;
    if (typeof row.position === 'number' && (this.lowest === null || row.position < this.lowest))
      this.lowest = row.position;
    this.version += 1;
  }

  remove(id: string): void {
    const row = this.rows.get(id);
    if (!row) return;
    this.unindex(row);
    this.rows.delete(id);
    const ids = this.ids();
    this.ordered.splice(lowerBound(ids, id), 1);
    this.version += 1;
  }

  private unindex(row: Row): void {
    for (const index of this.indexes.values()) {
      const value = valueAt(row, index.path);
      if (typeof value !== 'string') continue;
      const ids = index.ids.get(value);
      ids?.delete(row.id);
      if (ids?.size === 0) index.ids.delete(value);
    }
    if (!row.deletedAt) this.live -= 1;
  }
}

const EMPTY: ReadonlySet<string> = new Set();

/** Where `id` stands, or would stand, in an ascending list. */
export function lowerBound(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
