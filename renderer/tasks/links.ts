import { useEffect } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { LabelledRef } from '../../shared/app/contacts';
import { invoke, listen } from '../bridge';

/** What tasks are linked to, by the task's id; only of the tasks that were in sight. */
export type LinksById = ReadonlyMap<string, readonly LabelledRef[]>;

export interface Links {
  store: StoreApi<LinksById>;
  /** Tells which tasks are in sight, so that their links are read. */
  sight(ids: readonly string[]): void;
  /** Reads what is in sight again when links change; returns the way to stop. */
  follow(): () => void;
}

/** As many ids as one condition may name, and rows as one answer may hold. */
const NAMED = 100;
const ROWS = 500;
const TARGET = /^target([A-Z][A-Za-z0-9]*)Id$/;

/** Reads the links of tasks from the local copy as they come into sight. */
export function createLinks(): Links {
  const store = createStore<LinksById>(() => new Map());
  let inSight: readonly string[] = [];
  let generation = 0;
  const asked = new Set<string>();

  const read = async (ids: readonly string[], mine: number): Promise<void> => {
    const answer = await invoke('records.list', {
      object: 'taskTarget',
      filter: { match: 'all', conditions: [{ field: 'taskId', op: 'anyOf', value: [...ids] }] },
      limit: ROWS,
    });
    if (mine !== generation) return;
    const next = new Map<string, LabelledRef[]>(ids.map((id) => [id, []]));
    for (const row of answer.rows) {
      const links = next.get(String(row.taskId));
      for (const [field, id] of Object.entries(row)) {
        const object = TARGET.exec(field)?.[1];
        const label = typeof id === 'string' ? answer.labels[id] : undefined;
        if (object === undefined || typeof id !== 'string' || label === undefined) continue;
        if (!links?.some((link) => link.id === id)) {
          links?.push({ object: object.charAt(0).toLowerCase() + object.slice(1), id, label, detail: '' });
        }
      }
    }
    store.setState(new Map([...store.getState(), ...next]), true);
  };

  const readMissing = (): void => {
    const missing = inSight.filter((id) => !asked.has(id)).slice(0, NAMED);
    for (const id of missing) asked.add(id);
    // A task whose links could not be read is shown without them; they are asked for again with the next change.
    if (missing.length > 0) void read(missing, generation).catch(() => undefined);
  };

  return {
    store,
    sight(ids) {
      inSight = ids;
      readMissing();
    },
    follow: () =>
      listen('records.changed', ({ changes }) => {
        if (!changes.some(({ object }) => object === 'taskTarget')) return;
        generation += 1;
        asked.clear();
        readMissing();
      }),
  };
}

/** The links read so far, followed while the calling component is shown. */
export function useLinks(links: Links): LinksById {
  useEffect(() => links.follow(), [links]);
  return useStore(links.store);
}
