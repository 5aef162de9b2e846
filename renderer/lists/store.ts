import { createStore, type StoreApi } from 'zustand';
import type { RecordRef } from '../../shared/app/contacts';
import type { ListFilter, ListLayout, ListRequest } from '../../shared/app/lists';
import type { CrmRecord } from '../../shared/crm';
import { invoke, messageOf } from '../bridge';

export type Sort = ListRequest['sort'];

/** Rows fetched at once. */
export const PAGE = 100;
/** As many records as one act may touch. */
export const MOST_SELECTED = 1_000;

/** What a list shows: the question, the rows known so far, and where the user is in them. */
export interface ListState {
  object: string;
  text: string;
  filter: ListFilter | null;
  sort: Sort;
  /** Keys of the columns; null until someone chose. */
  columns: readonly string[] | null;
  /** Widths someone chose, in rem by column. */
  widths: Readonly<Record<string, number>>;
  /** The columns and the order where no saved view is in use. */
  own: Readonly<Pick<ListLayout, 'columns' | 'sort'>>;
  /** The saved view in use. */
  viewId: string | null;
  /** Null before the first answer. */
  total: number | null;
  /** Pages by number; a missing one is fetched when it comes into sight. */
  pages: ReadonlyMap<number, readonly CrmRecord[]>;
  /** Names of records the rows point at. */
  labels: Readonly<Record<string, string>>;
  pending: ReadonlySet<string>;
  error: string | null;
  /** Records chosen for an act, in the order they were chosen. */
  selected: ReadonlySet<string>;
  /** The row the keys start from; -1 for none. */
  active: number;
  activeId: string | null;
  /** Where a range of rows started. */
  anchor: number;
  /** The record in the pane at the side. */
  open: RecordRef | null;
  /** True while the chosen rows are asked about before they are deleted. */
  deleting: boolean;
}

/** One list's state and the ways to change it. */
export interface List {
  store: StoreApi<ListState>;
  /** Asks a changed question; the rows on screen stay until the answer is there. */
  ask(change: Partial<Pick<ListState, 'text' | 'filter' | 'sort' | 'columns' | 'viewId'>>): void;
  resize(widths: ListState['widths']): void;
  /** Tells which rows are in sight, so that their pages are fetched. */
  sight(first: number, last: number): void;
  refresh(): void;
  row(index: number): CrmRecord | null;
  moveTo(index: number, extend: boolean): Promise<void>;
  toggle(index: number): void;
  clearSelection(): void;
  show(ref: RecordRef | null): void;
}

/** A list of one object of the active workspace. `deleted` lists what is in the trash. */
export function createList(object: string, deleted = false): List {
  const store = createStore<ListState>(() => ({
    object,
    text: '',
    filter: null,
    sort: [],
    columns: null,
    widths: {},
    own: { columns: null, sort: [] },
    viewId: null,
    total: null,
    pages: new Map(),
    labels: {},
    pending: new Set(),
    error: null,
    selected: new Set(),
    active: -1,
    activeId: null,
    anchor: -1,
    open: null,
    deleting: false,
  }));
  const { getState: get, setState: set } = store;
  let generation = 0;
  let running = false;
  let again = false;
  let inSight: [number, number] = [0, 0];
  const fetching = new Set<number>();

  const fetchPage = (page: number) => {
    const { text, filter, sort } = get();
    return invoke('records.list', { object, text, filter, sort: [...sort], offset: page * PAGE, limit: PAGE, deleted });
  };

  /** Fetches the pages in sight anew and puts them in place of everything known, all at once. */
  const refresh = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      generation += 1;
      try {
        const [first, last] = inSight;
        const wanted = range(Math.floor(first / PAGE), Math.floor(last / PAGE));
        const answers = await Promise.all(wanted.map(fetchPage));
        if (again) continue;
        const total = answers[0]?.total ?? 0;
        const pages = new Map(answers.map((answer, index) => [wanted[index] ?? 0, answer.rows]));
        set({
          total,
          pages,
          labels: Object.assign({}, ...answers.map((answer) => answer.labels)) as Record<string, string>,
          pending: new Set(answers.flatMap((answer) => answer.pending)),
          error: null,
          ...place(pages, total),
        });
      } catch (error) {
        if (!again) set({ error: messageOf(error) });
      }
    } while (again);
    running = false;
  };

  /** The active row follows its record; one that is gone leaves the row where it was. */
  const place = (pages: ListState['pages'], total: number): Pick<ListState, 'active'> => {
    const { active, activeId } = get();
    for (const [page, rows] of pages) {
      const at = rows.findIndex((row) => row.id === activeId);
      if (at >= 0) return { active: page * PAGE + at };
    }
    return { active: Math.min(active, total - 1) };
  };

  const fetchMissing = async (page: number): Promise<void> => {
    const mine = generation;
    const key = mine * 1_000_000 + page;
    if (fetching.has(key)) return;
    fetching.add(key);
    try {
      const answer = await fetchPage(page);
      if (mine !== generation) return;
      set((state) => ({
        total: answer.total,
        pages: new Map(state.pages).set(page, answer.rows),
        labels: { ...state.labels, ...answer.labels },
        pending: new Set([...state.pending, ...answer.pending]),
      }));
    } catch (error) {
      if (mine === generation) set({ error: messageOf(error) });
    } finally {
      fetching.delete(key);
    }
  };

  const row = (index: number): CrmRecord | null => get().pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;

  const list: List = {
    store,
    row,
    ask(change) {
      const asksAnew = 'text' in change || 'filter' in change || 'sort' in change;
      set({ ...change, ...(asksAnew ? { active: -1, activeId: null, anchor: -1, selected: new Set<string>() } : {}) });
      const { columns, sort, viewId } = get();
      // A saved view has columns and an order of its own, which say nothing about the list without it.
      if (viewId === null && ('sort' in change || 'columns' in change)) {
        set({ own: { columns: columns === null ? null : [...columns], sort } });
      }
      if (!asksAnew) return;
      inSight = [0, 0];
      void refresh();
    },
    resize: (widths) => set({ widths }),
    sight(first, last) {
      inSight = [Math.max(0, first), Math.max(0, last)];
      if (get().total === null) return;
      for (const page of range(Math.floor(inSight[0] / PAGE), Math.floor(inSight[1] / PAGE))) {
        if (!get().pages.has(page)) void fetchMissing(page);
      }
    },
    refresh: () => void refresh(),
    async moveTo(index, extend) {
      const { total, anchor, active } = get();
      if (total === null || total === 0) return;
      const to = Math.max(0, Math.min(total - 1, index));
      const from = extend ? (anchor >= 0 ? anchor : Math.max(0, active)) : to;
      set({ active: to, activeId: row(to)?.id ?? null, anchor: from });
      if (!extend) return;
      const low = Math.min(from, to);
      const rows = range(low, Math.min(Math.max(from, to), low + MOST_SELECTED - 1));
      const pages = new Set(rows.map((at) => Math.floor(at / PAGE)));
      await Promise.all([...pages].filter((page) => !get().pages.has(page)).map(fetchMissing));
      // Another key may have moved on while the pages came.
      if (get().active === to) set({ selected: new Set(rows.flatMap((at) => row(at)?.id ?? [])) });
    },
    toggle(index) {
      const record = row(index);
      if (record === null) return;
      const selected = new Set(get().selected);
      if (!selected.delete(record.id) && selected.size < MOST_SELECTED) selected.add(record.id);
      set({ selected, active: index, activeId: record.id, anchor: index });
    },
    clearSelection: () => set({ selected: new Set(), anchor: get().active }),
    show: (open) => set({ open }),
  };
  return list;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
