import { NEWEST } from '../../../../main/twenty/dialect';
import type {
  CallOptions,
  CheckStep,
  CountAsk,
  Filter,
  ListQuery,
  Page,
  SearchHit,
  TwentyClient,
} from '../../../../main/twenty/types';
import type { CrmRecord, ObjectMeta } from '../../../../shared/crm';
import { TwigError } from '../../../../shared/errors';

type Method = 'count' | 'list' | 'get' | 'create' | 'update' | 'softDelete' | 'restore' | 'learn';
interface Fault {
  method: Method;
  error: TwigError;
  /** `after`: the server did it, the answer was lost. */
  when: 'before' | 'after';
  object: string | null;
  times: number;
}

/** A server in memory that speaks TwentyClient: counts calls, loses answers and refuses when told to. */
export class FakeServer implements TwentyClient {
  readonly dialect = NEWEST;
  readonly calls: { method: Method; object: string; id: string | null; query: ListQuery | null }[] = [];
  objects: ObjectMeta[] = [];
  /** False for a server that is asked object by object. */
  counts = true;
  /** What its own timeline says, of whatever record. */
  timeline: CrmRecord[] = [];
  /** Rows the server gives per page. */
  pageSize = 1_000;
  /** The server's own time, away from the client's. */
  now = Date.parse('2031-03-01T00:00:00.000Z');
  /** Set to an error while nothing gets through. */
  down: TwigError | null = null;
  /** Runs before each call; may hold it back. */
  gate: (() => Promise<void>) | null = null;
  readonly #records = new Map<string, Map<string, CrmRecord>>();
  #faults: Fault[] = [];

  fail(method: Method, error: TwigError, when: 'before' | 'after' = 'before', times = 1, object: string | null = null) {
    this.#faults.push({ method, error, when, object, times });
  }

  /** Puts a record there as somebody else would; its time moves on. */
  put(object: string, record: CrmRecord): CrmRecord {
    this.now += 1_000;
    const at = new Date(this.now).toISOString();
    const known = this.table(object).get(record.id);
    const full = { createdAt: at, deletedAt: null, ...known, ...record, updatedAt: at };
    this.table(object).set(record.id, full);
    return full;
  }

  destroy(object: string, id: string): void {
    this.table(object).delete(id);
  }

  table(object: string): Map<string, CrmRecord> {
    const table = this.#records.get(object) ?? new Map<string, CrmRecord>();
    this.#records.set(object, table);
    return table;
  }

  live(object: string): CrmRecord[] {
    return [...this.table(object).values()].filter((record) => !record.deletedAt);
  }

  async learn(): Promise<{ dialect: typeof NEWEST; objects: ObjectMeta[] }> {
    return this.#call('learn', '', null, null, () => ({ dialect: this.dialect, objects: this.objects }));
  }

  know(): void {}

  async *check(): AsyncIterable<CheckStep> {
    yield { step: 'reachable', state: 'ok', message: '' };
  }

  async list(object: string, query: ListQuery, options: CallOptions): Promise<Page> {
    return this.#call(
      'list',
      object,
      null,
      query,
      () => {
        const found = [...this.table(object).values()]
          .filter((record) => (query.includeDeleted || !record.deletedAt) && matches(record, query.filter))
          .sort((a, b) => (a.id < b.id ? -1 : 1));
        if (query.orderBy) found.sort((a, b) => String(b.updatedAt).localeCompare(String(a.updatedAt)));
        const rest = query.after === undefined ? found : found.filter((record) => record.id > (query.after ?? ''));
        const records = rest.slice(0, Math.min(query.limit ?? 60, this.pageSize));
        return {
          records: structuredClone(records),
          totalCount: found.length,
          hasNextPage: rest.length > records.length,
          endCursor: records.at(-1)?.id ?? null,
        };
      },
      options,
    );
  }

  async count(asks: readonly CountAsk[]): Promise<Map<string, number> | null> {
    if (!this.counts) return null;
    const counted = asks.map(({ object, filter }) => {
      const found = [...this.table(object).values()].filter((record) => matches(record, filter));
      return [object, found.length] as const;
    });
    return this.#call('count', '', null, null, () => new Map(counted));
  }

  async get(object: string, id: string, options: CallOptions): Promise<CrmRecord | null> {
    return this.#call(
      'get',
      object,
      id,
      null,
      () => {
        const record = this.table(object).get(id);
        return record && !record.deletedAt ? structuredClone(record) : null;
      },
      options,
    );
  }

  async create(object: string, record: CrmRecord, options: CallOptions): Promise<CrmRecord> {
    return this.#call(
      'create',
      object,
      record.id,
      null,
      () => structuredClone(this.table(object).get(record.id) ?? this.put(object, record)),
      options,
    );
  }

  async createMany(object: string, records: readonly CrmRecord[], options: CallOptions): Promise<CrmRecord[]> {
    return Promise.all(records.map((record) => this.create(object, record, options)));
  }

  async upsert(object: string, record: CrmRecord, options: CallOptions): Promise<CrmRecord> {
    return this.create(object, record, options);
  }

  async update(object: string, id: string, changes: Record<string, unknown>, options: CallOptions): Promise<CrmRecord> {
    return this.#call('update', object, id, null, () => structuredClone(this.put(object, { ...changes, id })), options);
  }

  async softDelete(object: string, id: string, options: CallOptions): Promise<void> {
    return this.#call('softDelete', object, id, null, () => this.#trash(object, id, true), options);
  }

  async restore(object: string, id: string, options: CallOptions): Promise<void> {
    return this.#call('restore', object, id, null, () => this.#trash(object, id, false), options);
  }

  async activities(): Promise<CrmRecord[]> {
    return structuredClone(this.timeline);
  }

  async search(): Promise<SearchHit[]> {
    return [];
  }

  async duplicates(): Promise<CrmRecord[]> {
    return [];
  }

  async merge(object: string, ids: readonly string[], priority: number): Promise<CrmRecord> {
    const kept = this.table(object).get(ids[priority] ?? '');
    if (!kept) throw new TwigError('notFound', 'Record not found');
    return structuredClone(kept);
  }

  async whoAmI(): Promise<{ memberId: string | null; workspaceName: string | null }> {
    return { memberId: null, workspaceName: null };
  }

  budget(): { perMinute: number; available: number; pausedUntil: number | null } {
    return { perMinute: 100, available: 100, pausedUntil: null };
  }

  dispose(): void {}

  #trash(object: string, id: string, trashed: boolean): void {
    const record = this.table(object).get(id);
    if (!record) throw new TwigError('notFound', 'Record not found');
    this.put(object, { ...record, deletedAt: trashed ? new Date(this.now).toISOString() : null });
  }

  async #call<T>(
    method: Method,
    object: string,
    id: string | null,
    query: ListQuery | null,
    work: () => T,
    options?: CallOptions,
  ): Promise<T> {
    if (this.gate) await this.gate();
    options?.signal?.throwIfAborted();
    this.calls.push({ method, object, id, query });
    if (this.down) throw this.down;
    const fault = this.#faults.find((one) => one.method === method && (one.object === null || one.object === object));
    if (fault) {
      fault.times -= 1;
      if (fault.times === 0) this.#faults = this.#faults.filter((one) => one !== fault);
      if (fault.when === 'after') work();
      throw fault.error;
    }
    return work();
  }
}

function matches(record: CrmRecord, filter: Filter | undefined): boolean {
  if (filter === undefined) return true;
  if (!('field' in filter)) return true;
  const value = String(record[filter.field] ?? '');
  if (filter.op === 'in') return filter.value.includes(value);
  if (filter.op === 'gte') return value >= String(filter.value);
  return value === String(filter.value);
}

export const offline = (unclear = false) => new TwigError('offline', 'The server does not answer.', { unclear });
export const rejected = (message: string) => new TwigError('rejected', message);
