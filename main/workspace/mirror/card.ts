import type { Card, LabelledRef, RecordRef, TimelineItem } from '../../../shared/app/contacts';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { formatMoney } from '../../../shared/crm/money';
import { part, subtitleOf, text } from './labels';
import type { RecordStore } from './store';
import { labelled, linksOf, timelineOf } from './timeline';

const FIRST_ITEMS = 30;
const MOST_LINKED = 200;

/** Label and colour of a deal's stage in the workspace's own words. */
export function stageOf(meta: ObjectMeta | null, stage: string): { label: string; color: string } {
  const options = meta?.fields.find((field) => field.name === 'stage')?.options ?? [];
  const option = options.find((one) => one.value === stage);
  return { label: option?.label ?? stage, color: option?.color ?? 'gray' };
}

/** Everything the detail pane shows, or null when the record is not in the copy (or in the trash). */
export function cardOf(
  store: RecordStore,
  ref: RecordRef,
  deals: ObjectMeta | null,
  changes: readonly TimelineItem[],
): Card | null {
  const record = store.get(ref.object, ref.id);
  if (record === null || record.deletedAt) return null;
  const company = text(record.companyId) ? labelled(store, text(record.companyId)) : null;
  const stage = text(record.stage) ? stageOf(deals, text(record.stage)).label : '';
  const { items, hasMore } = timelineOf(store, ref, null, FIRST_ITEMS, changes);
  const pending = store.db.one<{ pending: number }>(
    'SELECT pending FROM records WHERE id = ? AND object = ?',
    ref.id,
    ref.object,
  );
  return {
    object: ref.object,
    record,
    title: store.labelOf(ref.object, record),
    subtitle: subtitleOf(ref.object, record, company?.label ?? '', stage),
    company,
    people: peopleOf(store, ref, record),
    deals: dealsOf(store, ref).map((deal) => {
      const { label, color } = stageOf(deals, text(deal.stage));
      return {
        object: 'opportunity',
        id: deal.id,
        label: store.labelOf('opportunity', deal),
        detail: label,
        stage: text(deal.stage),
        stageLabel: label,
        stageColor: color,
        amount: formatMoney(part(deal.amount).amountMicros, text(part(deal.amount).currencyCode)),
      };
    }),
    timeline: items,
    hasMoreTimeline: hasMore,
    pending: pending?.pending === 1,
  };
}

function peopleOf(store: RecordStore, ref: RecordRef, record: CrmRecord): LabelledRef[] {
  if (ref.object === 'opportunity') {
    const contact = text(record.pointOfContactId) ? labelled(store, text(record.pointOfContactId)) : null;
    return contact ? [contact] : [];
  }
  if (ref.object === 'note' || ref.object === 'task') return linksOf(store, ref.object, ref.id);
  if (ref.object !== 'company') return [];
  return store.pointingAt('person', 'companyId', ref.id, MOST_LINKED).map((person) => ({
    object: 'person',
    id: person.id,
    label: store.labelOf('person', person),
    detail: text(person.jobTitle),
  }));
}

function dealsOf(store: RecordStore, ref: RecordRef): CrmRecord[] {
  if (ref.object === 'company') return store.pointingAt('opportunity', 'companyId', ref.id, MOST_LINKED);
  if (ref.object === 'person') return store.pointingAt('opportunity', 'pointOfContactId', ref.id, MOST_LINKED);
  return [];
}
