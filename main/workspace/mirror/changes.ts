import type { RecordRef, TimelineItem } from '../../../shared/app/contacts';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { type FieldChange, fieldChanges } from './changeWords';
import { part, text } from './labels';
import type { RecordStore } from './store';

/** A change that was made from this machine, sent or not. */
export interface LocalChange {
  /** Id of its line in the audit list. */
  id: string;
  /** Epoch milliseconds. */
  at: number;
  action: 'update' | 'delete' | 'restore';
  object: string;
  recordId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  pending: boolean;
}

export type MetaOf = (object: string) => ObjectMeta | null;

const MOST_DEALS = 200;
const MOST_ACTIVITIES = 200;

/** The record itself and the deals whose changes belong to its timeline. */
export function relatedRefs(store: RecordStore, ref: RecordRef): RecordRef[] {
  const field = { company: 'companyId', person: 'pointOfContactId' }[ref.object];
  if (field === undefined) return [ref];
  const deals = store.db.all<{ id: string }>(
    `SELECT r.id FROM refs f JOIN records r ON r.n = f.n
     WHERE f.target = ? AND f.field = ? AND r.object = 'opportunity' AND r.deleted = 0
     ORDER BY r.created_at DESC LIMIT ?`,
    ref.id,
    field,
    MOST_DEALS,
  );
  return [ref, ...deals.map(({ id }) => ({ object: 'opportunity', id }))];
}

/**
 * Changes of a record and its deals: what the server's timeline told, and what was changed from
 * here. One that both know is told once.
 */
export function changeItems(
  store: RecordStore,
  metaOf: MetaOf,
  ref: RecordRef,
  local: readonly LocalChange[],
): TimelineItem[] {
  const told = new Map<string, number>();
  const related = new Map(relatedRefs(store, ref).map((about) => [about.id, about]));
  const items = activitiesOf(store, [...related.keys()]).flatMap(({ target, activity }): TimelineItem[] => {
    const about = related.get(target) ?? ref;
    const lines = activityLines(store, metaOf(about.object), activity);
    if (lines.length === 0) return [];
    const key = `${about.id} ${words(lines)}`;
    told.set(key, (told.get(key) ?? 0) + 1);
    const by = store.titleOfAny(text(activity.workspaceMemberId));
    const at = text(activity.happensAt) || text(activity.createdAt);
    return [item(store, ref, about, { id: activity.id, at, lines, by, pending: false })];
  });
  for (const change of local) {
    const about = { object: change.object, id: change.recordId };
    const lines = localLines(store, metaOf(change.object), change);
    const key = `${about.id} ${words(lines)}`;
    const known = told.get(key) ?? 0;
    if (known > 0) told.set(key, known - 1);
    else if (lines.length > 0) {
      const at = new Date(change.at).toISOString();
      items.push(item(store, ref, about, { id: change.id, at, lines, by: null, pending: change.pending }));
    }
  }
  return items;
}

function words(lines: readonly FieldChange[]): string {
  return lines.map(({ line }) => line).join(' ');
}

function activitiesOf(store: RecordStore, ids: readonly string[]): { target: string; activity: CrmRecord }[] {
  return store.db
    .all<{ target: string; data: string }>(
      `SELECT f.target, json(r.data) AS data FROM json_each(?) AS wanted
       CROSS JOIN refs f ON f.target = wanted.value AND f.field GLOB 'target*'
       CROSS JOIN records r ON r.n = f.n AND r.object = 'timelineActivity' AND r.deleted = 0
       ORDER BY r.created_at DESC LIMIT ?`,
      JSON.stringify(ids),
      MOST_ACTIVITIES,
    )
    .map((row) => ({ target: row.target, activity: JSON.parse(row.data) as CrmRecord }));
}

/** What an entry such as `opportunity.updated` says; nothing for what the timeline shows as an item of its own. */
function activityLines(store: RecordStore, meta: ObjectMeta | null, activity: CrmRecord): FieldChange[] {
  const [subject = '', verb = ''] = text(activity.name).split('.');
  const linked = text(activity.linkedRecordCachedName);
  const one = (line: string): FieldChange[] => [{ label: line, line }];
  if (/^linked-/.test(subject)) return [];
  if (verb === 'linked') {
    const kind = { message: 'E-mail', calendarEvent: 'Meeting' }[subject];
    return kind === undefined ? [] : one(linked === '' ? kind : `${kind}: ${linked}`);
  }
  if (verb === 'created') return one('Created');
  if (verb === 'deleted') return one('Moved to Deleted');
  if (verb === 'restored') return one('Restored');
  if (verb !== 'updated') return [];
  const diff = Object.entries(part(activity.diff)).map(([field, change]) => [field, part(change)] as const);
  const before = Object.fromEntries(diff.map(([field, change]) => [field, change.before ?? null]));
  const after = Object.fromEntries(diff.map(([field, change]) => [field, change.after ?? null]));
  return fieldChanges(store, meta, before, after);
}

function localLines(store: RecordStore, meta: ObjectMeta | null, change: LocalChange): FieldChange[] {
  if (change.action === 'update') return fieldChanges(store, meta, change.before, change.after ?? {});
  const line = change.action === 'delete' ? 'Moved to Deleted' : 'Restored';
  return [{ label: line, line }];
}

interface Told {
  id: string;
  at: string;
  lines: readonly FieldChange[];
  by: string | null;
  pending: boolean;
}

function item(store: RecordStore, ref: RecordRef, about: RecordRef, told: Told): TimelineItem {
  const [first] = told.lines;
  const many = told.lines.length > 1;
  const title = many ? `${told.lines.map(({ label }) => label).join(', ')} changed` : (first?.line ?? '');
  const label = store.title(about.object, about.id);
  return {
    kind: 'change',
    object: about.object,
    id: told.id,
    title: told.by === null ? title : `${title}, by ${told.by}`,
    body: many ? told.lines.map(({ line }) => `- ${escaped(line)}`).join('\n') : '',
    at: told.at,
    dueAt: null,
    status: null,
    pending: told.pending,
    links: about.id === ref.id || label === null ? [] : [{ ...about, label, detail: '' }],
  };
}

/** A value may look like markdown; here it means itself. */
function escaped(line: string): string {
  return line.replace(/[\\`*_[\]<>#|~!&]/g, '\\$&');
}
