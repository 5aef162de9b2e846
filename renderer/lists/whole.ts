import { useEffect } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { ListFilter, ListRequest } from '../../shared/app/lists';
import type { CrmRecord } from '../../shared/crm';
import { invoke, listen, messageOf } from '../bridge';

/** As many records as one answer holds. */
const PAGE = 500;
/** More changed records than one condition can name are read again all together. */
const NAMED = 200;

/** What is held; with `most`, only the first so many of that order. */
export interface WholeRequest {
  object: string;
  filter: ListFilter | null;
  sort?: ListRequest['sort'];
  most?: number;
}

export interface WholeState {
  /** By id, in the order asked for; null before the first answer. */
  records: ReadonlyMap<string, CrmRecord> | null;
  /** How many there are at all; more than are held where only the first so many are. */
  total: number;
  /** Names of records they point at. */
  labels: Readonly<Record<string, string>>;
  /** Ids with changes that still wait to be sent. */
  pending: ReadonlySet<string>;
  error: string | null;
}

/** All records of one object that meet a filter, held in the window: for views that need every one of them. */
export interface Whole {
  store: StoreApi<WholeState>;
  refresh(): void;
  /** Holds so many of the order from now on. */
  holdMost(most: number): void;
  /**
   * Shows a record as it will be, over what the local copy tells, until the function it answers with is called:
   * then the copy knows, and the next answer to a question asked from then on counts again.
   */
  put(record: CrmRecord): () => void;
  /** Reads and follows the changes of the local copy; returns the way to stop. */
  follow(): () => void;
}

/** Holds the records of the active workspace that the request names. */
export function createWhole(request: WholeRequest): Whole {
  const store = createStore<WholeState>(() => ({
    records: null,
    total: 0,
    labels: {},
    pending: new Set(),
    error: null,
  }));
  let { most } = request;
  /** Ids to read again; null means all. */
  let wanted: Set<string> | null = new Set();
  let running = false;
  /** Records as they will be, by id; a `settled` one is only kept until an answer that knows of it. */
  const held = new Map<string, { record: CrmRecord; settled: boolean }>();

  /** Takes answers in the order of their questions; what is held stays over them. */
  const take = (records: Map<string, CrmRecord>, known: ReadonlySet<unknown>, rest: Omit<WholeState, 'records'>) => {
    for (const [id, entry] of held) {
      if (known.has(entry)) held.delete(id);
      else records.set(id, entry.record);
    }
    store.setState({ records, ...rest });
  };
  const settled = (): ReadonlySet<unknown> => new Set([...held.values()].filter((entry) => entry.settled));

  const page = (offset: number, limit: number) =>
    invoke('records.list', { object: request.object, filter: request.filter, sort: request.sort ?? [], offset, limit });

  const readAll = async (): Promise<void> => {
    const known = settled();
    const end = most ?? Number.MAX_SAFE_INTEGER;
    const first = await page(0, Math.min(PAGE, end));
    const answers = [first];
    // One after the other, so that main has time for something else between two.
    for (let offset = PAGE; offset < Math.min(first.total, end); offset += PAGE)
      answers.push(await page(offset, Math.min(PAGE, end - offset)));
    take(new Map(answers.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const))), known, {
      labels: Object.assign({}, ...answers.map(({ labels }) => labels)) as Record<string, string>,
      pending: new Set(answers.flatMap(({ pending }) => pending)),
      total: first.total,
      error: null,
    });
  };

  const readSome = async (ids: readonly string[]): Promise<void> => {
    const known = settled();
    const conditions = [{ field: 'id', op: 'anyOf' as const, value: [...ids] }, ...(request.filter?.conditions ?? [])];
    const answer = await invoke('records.list', {
      object: request.object,
      filter: { match: 'all', conditions },
      limit: PAGE,
    });
    const { records, labels, pending } = store.getState();
    const next = new Map(records);
    const waiting = new Set(pending);
    const found = new Set(answer.rows.map((row) => row.id));
    for (const id of ids) {
      if (!found.has(id)) next.delete(id);
      waiting.delete(id);
    }
    for (const row of answer.rows) next.set(row.id, row);
    for (const id of answer.pending) waiting.add(id);
    take(next, known, { labels: { ...labels, ...answer.labels }, pending: waiting, total: next.size, error: null });
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (wanted === null || wanted.size > 0) {
      const now: ReadonlySet<string> | null = wanted;
      wanted = new Set();
      try {
        if (now === null || now.size > NAMED || mustReadAll()) await readAll();
        else await readSome([...now]);
      } catch (error) {
        store.setState({ error: messageOf(error) });
      }
    }
    running = false;
  };
  /** A filter of alternatives cannot be narrowed to some ids, and the first so many of an order may be others now. */
  const mustReadAll = (): boolean =>
    store.getState().records === null || most !== undefined || request.filter?.match === 'any';

  const ask = (ids: readonly string[] | null): void => {
    if (ids === null) wanted = null;
    else for (const id of ids) wanted?.add(id);
    void run();
  };

  return {
    store,
    refresh: () => ask(null),
    holdMost(next) {
      most = next;
      ask(null);
    },
    put(record) {
      const { records } = store.getState();
      if (records) store.setState({ records: new Map(records).set(record.id, record) });
      const entry = { record, settled: false };
      held.set(record.id, entry);
      return () => {
        entry.settled = true;
        ask([record.id]);
      };
    },
    follow() {
      ask(null);
      return listen('records.changed', ({ changes }) => {
        for (const { object, ids } of changes) if (object === request.object) ask(ids);
      });
    },
  };
}

/** Follows what is held while the calling component is shown. */
export function useWhole(whole: Whole): WholeState {
  useEffect(() => whole.follow(), [whole]);
  return useStore(whole.store);
}
