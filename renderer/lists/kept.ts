import { useEffect, useState } from 'react';
import type { ListLayout } from '../../shared/app/lists';
import type { ObjectMeta } from '../../shared/crm';
import { invoke } from '../bridge';
import { columnsOf } from './columns';
import { createList, type List } from './store';

/** Lists by workspace and object, so that going away and back finds the same columns, order and place. */
const kept = new Map<string, List>();

/** The list of one object of one workspace, the same one each time; null until it is known how it was laid out. */
export function useList(connectionId: string, meta: ObjectMeta): List | null {
  const key = `${connectionId} ${meta.name}`;
  const [list, setList] = useState(kept.get(key) ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fields that changed meanwhile make no new list.
  useEffect(() => {
    if (list !== null) return;
    let gone = false;
    void laidOut(meta).then((made) => {
      const first = kept.get(key) ?? made;
      kept.set(key, first);
      if (!gone) setList(first);
    });
    return () => {
      gone = true;
    };
  }, [key, list]);
  return list;
}

async function laidOut(meta: ObjectMeta): Promise<List> {
  const list = createList(meta.name);
  // A layout that cannot be read is no reason to show no list.
  const layout = await invoke('lists.layout', { object: meta.name }).catch(() => null);
  if (layout) list.store.setState(usable(layout, meta));
  list.store.subscribe(({ own, widths }, before) => {
    if (own === before.own && widths === before.widths) return;
    // Kept for next time alone: what is on screen is as the user wants it, so a refusal needs no words.
    void invoke('lists.keepLayout', { object: meta.name, ...own, widths }).catch(() => undefined);
  });
  return list;
}

/** What of a layout still fits: fields come and go in a workspace. */
function usable({ columns, sort, widths }: ListLayout, meta: ObjectMeta) {
  const known = new Map(columnsOf(meta).map((column) => [column.key, column]));
  const shown = columns?.filter((key) => known.has(key)) ?? [];
  const own = {
    columns: shown.length > 0 ? shown : null,
    sort: sort.filter(({ field }) => known.get(field.split('.')[0] ?? '')?.sortable),
  };
  return { ...own, own, widths };
}
