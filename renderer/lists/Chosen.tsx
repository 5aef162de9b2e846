import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type ObjectMeta, recordLabel } from '../../shared/crm';
import { countText } from '../app/sync-text';
import { invoke } from '../bridge';
import { DeleteDialog } from '../forms/DeleteDialog';
import { MergeDialog } from '../forms/MergeDialog';
import { Button } from '../ui/button';
import type { List } from './store';

const MERGED: ReadonlySet<string> = new Set(['person', 'company']);

/** What can be done with the chosen rows. */
export function Chosen({ list, meta, writable }: { list: List; meta: ObjectMeta; writable: boolean }) {
  const selected = useStore(list.store, (state) => state.selected);
  const deleting = useStore(list.store, (state) => state.deleting);
  const [named, setNamed] = useState<readonly { id: string; title: string }[]>([]);
  const [merging, setMerging] = useState(false);
  useEffect(() => {
    if (!deleting && !merging) return;
    let current = true;
    void namesOf(list, meta, [...selected]).then((names) => current && setNamed(names));
    return () => {
      current = false;
    };
  }, [list, meta, selected, deleting, merging]);
  if (!writable || (selected.size === 0 && !deleting)) return null;
  const close = (): void => {
    list.store.setState({ deleting: false });
    setMerging(false);
    setNamed([]);
  };
  const [first, second] = named;
  return (
    <section className="list-chosen" aria-label="Chosen rows">
      <span role="status">
        {countText(selected.size, meta.label.toLowerCase(), meta.labelPlural.toLowerCase())} chosen
      </span>
      <Button
        tone="danger"
        icon={<Trash2 size={14} aria-hidden />}
        onClick={() => list.store.setState({ deleting: true })}
      >
        Delete…
      </Button>
      {selected.size === 2 && MERGED.has(meta.name) && <Button onClick={() => setMerging(true)}>Merge…</Button>}
      <Button tone="quiet" onClick={() => list.clearSelection()}>
        Choose none
      </Button>
      <DeleteDialog
        object={meta}
        records={deleting ? named : []}
        onClose={close}
        onDeleted={() => list.clearSelection()}
      />
      {merging && first && second && (
        <MergeDialog
          object={meta}
          pair={[first, second]}
          onClose={close}
          onMerged={(id) => {
            list.clearSelection();
            list.show({ object: meta.name, id });
          }}
        />
      )}
    </section>
  );
}

/** Names of records, from the rows on hand where possible. */
async function namesOf(list: List, meta: ObjectMeta, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  const known = new Map([...list.store.getState().pages.values()].flat().map((row) => [row.id, row]));
  return Promise.all(
    ids.map(async (id) => {
      const record = known.get(id) ?? (await invoke('records.get', { object: meta.name, id }).catch(() => null));
      return { id, title: record ? recordLabel(meta.name, record, meta.labelField) : 'a record not read yet' };
    }),
  );
}
