import { useEffect, useSyncExternalStore } from 'react';
import { create } from 'zustand';
import type { CrmRecord, ObjectMeta } from '../../shared/crm';
import { recordLabel } from '../../shared/crm';
import { useConnection } from '../app/state';
import { invoke, listen, messageOf } from '../bridge';

interface Metadata {
  connectionId: string | null;
  /** Null until the active workspace has told them. */
  objects: readonly ObjectMeta[] | null;
  error: string | null;
}

/** What the active workspace's objects and fields are. */
const useMetadata = create<Metadata>(() => ({ connectionId: null, objects: null, error: null }));

let asked = 0;
/** The workspace and its sync that the objects were asked for last, so that many users of them ask once. */
let askedFor = '';

/** Asks for the objects again, for example after a failure. */
export async function loadObjects(connectionId: string): Promise<void> {
  asked += 1;
  const mine = asked;
  if (useMetadata.getState().connectionId !== connectionId) {
    useMetadata.setState({ connectionId, objects: null, error: null });
  }
  try {
    const objects = await invoke('metadata.objects');
    if (mine !== asked) return;
    const known = useMetadata.getState().objects;
    // The same list keeps its identity, so that nothing is drawn again for it.
    const same = known !== null && JSON.stringify(known) === JSON.stringify(objects);
    useMetadata.setState({ objects: same ? known : objects, error: null });
  } catch (error) {
    if (mine !== asked) return;
    askedFor = '';
    useMetadata.setState({ error: messageOf(error) });
  }
}

/** The objects of the active workspace, asked for again after each sync; null while they are unknown. */
export function useObjects(): { objects: readonly ObjectMeta[] | null; error: string | null } {
  const connection = useConnection();
  const id = connection?.id ?? null;
  const syncedAt = connection?.sync.lastSyncAt ?? null;
  const current = useMetadata((store) => store.connectionId);
  const objects = useMetadata((store) => store.objects);
  const error = useMetadata((store) => store.error);
  useEffect(() => {
    const wanted = `${id} ${syncedAt}`;
    if (id === null || askedFor === wanted) return;
    askedFor = wanted;
    void loadObjects(id);
  }, [id, syncedAt]);
  return current === id ? { objects, error } : { objects: null, error: null };
}

/** One object of the active workspace; null while it is unknown. */
export function useObject(name: string | null): ObjectMeta | null {
  return useObjects().objects?.find((object) => object.name === name) ?? null;
}

/** Names of records by id, kept while a window is open and dropped when the records change. */
const names = new Map<string, string>();
const waiting = new Set<string>();
const watchers = new Set<() => void>();
let following: (() => void) | null = null;

function watch(listener: () => void): () => void {
  watchers.add(listener);
  following ??= listen('records.changed', ({ changes }) => {
    for (const { ids } of changes) {
      if (ids === null) names.clear();
      else for (const id of ids) names.delete(id);
    }
    for (const one of watchers) one();
  });
  return () => {
    watchers.delete(listener);
    if (watchers.size > 0) return;
    following?.();
    following = null;
    names.clear();
  };
}

/** The name of a record of `object`; null while it is being read, or when there is no such record here. */
export function useRecordLabel(object: string | null, id: string | null, labelField?: string): string | null {
  const label = useSyncExternalStore(watch, () => (id === null ? null : (names.get(id) ?? null)));
  useEffect(() => {
    if (object === null || id === null || label !== null || waiting.has(id)) return;
    waiting.add(id);
    void readLabel(object, id, labelField);
  }, [object, id, label, labelField]);
  return label;
}

async function readLabel(object: string, id: string, labelField: string | undefined): Promise<void> {
  let record: CrmRecord | null = null;
  try {
    record = await invoke('records.get', { object, id });
  } catch {
    // A name that cannot be read is shown as unknown; the record's own pane tells why.
  }
  waiting.delete(id);
  names.set(id, record === null ? 'not on this machine' : recordLabel(object, record, labelField));
  for (const one of watchers) one();
}
