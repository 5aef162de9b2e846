import type { LabelledRef, RecordRef, TimelineItem } from '../../../shared/app/contacts';
import type { CrmRecord } from '../../../shared/crm';
import { part, text } from './labels';
import type { RecordStore } from './store';

/** Letters of a body that a timeline shows; a page of thirty must stay light. */
const LONGEST_BODY = 50_000;

/** A record and what it is called, wherever it is found in the copy; null when it is not. */
export function labelled(store: RecordStore, id: string, detail = ''): LabelledRef | null {
  const row = store.db.one<{ object: string; title: string }>(
    'SELECT object, title FROM records WHERE id = ? AND deleted = 0',
    id,
  );
  return row ? { object: row.object, id, label: row.title, detail } : null;
}

const LINKED = `
  SELECT DISTINCT item.n, item.created_at AS at FROM refs f
  JOIN records link ON link.n = f.n AND link.object = ? AND link.deleted = 0
  JOIN refs g ON g.n = link.n AND g.field = ?
  JOIN records item ON item.id = g.target AND item.object = ? AND item.deleted = 0
  WHERE f.target = ? AND f.field GLOB 'target*'`;

const DEALS = `
  SELECT DISTINCT item.n, item.created_at AS at FROM refs f
  JOIN records item ON item.n = f.n AND item.object = 'opportunity' AND item.deleted = 0
  WHERE f.target = ? AND f.field IN ('companyId', 'pointOfContactId')`;

/**
 * Notes, tasks, deals and the given changes of a record, newest first. `before` is the `at` of the last item seen;
 * items of the same instant are never split, so a page may be a little longer than `limit`.
 */
export function timelineOf(
  store: RecordStore,
  ref: RecordRef,
  before: string | null,
  limit: number,
  changes: readonly TimelineItem[],
): { items: TimelineItem[]; hasMore: boolean } {
  const all: Dated[] = [
    ...changes.map((change) => ({ n: 0, at: change.at, change })),
    ...store.db.all<Dated>(LINKED, 'noteTarget', 'noteId', 'note', ref.id),
    ...store.db.all<Dated>(LINKED, 'taskTarget', 'taskId', 'task', ref.id),
    ...store.db.all<Dated>(DEALS, ref.id),
  ]
    .filter((item) => before === null || item.at < before)
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.n - a.n));
  let end = Math.min(limit, all.length);
  while (end > 0 && end < all.length && all[end]?.at === all[end - 1]?.at) end += 1;
  return {
    items: all.slice(0, end).flatMap(({ n, change }) => change ?? itemOf(store, n)),
    hasMore: end < all.length,
  };
}

interface Dated {
  n: number;
  at: string;
  change?: TimelineItem;
}

function itemOf(store: RecordStore, n: number): TimelineItem[] {
  const row = store.db.one<{ object: string; title: string; pending: number; data: string }>(
    'SELECT object, title, pending, json(data) AS data FROM records WHERE n = ?',
    n,
  );
  if (!row) return [];
  const record = JSON.parse(row.data) as CrmRecord;
  const kind = row.object === 'note' || row.object === 'task' ? row.object : 'opportunity';
  return [
    {
      kind,
      object: row.object,
      id: record.id,
      title: row.title,
      body: bodyOf(record),
      at: text(record.createdAt),
      dueAt: text(record.dueAt) || text(record.closeDate) || null,
      status: text(record.status) || text(record.stage) || null,
      pending: row.pending === 1,
      links: kind === 'opportunity' ? [] : linksOf(store, row.object, record.id),
    },
  ];
}

/** A body as far as a timeline can show it. */
function bodyOf(record: CrmRecord): string {
  const markdown = text(part(record.bodyV2).markdown);
  if (markdown.length <= LONGEST_BODY) return markdown;
  const end = markdown.lastIndexOf('\n', LONGEST_BODY);
  return `${markdown.slice(0, end > 0 ? end : LONGEST_BODY)}\n\n*The rest is in Twenty.*`;
}

/** What a note or task is linked to. */
export function linksOf(store: RecordStore, object: string, id: string): LabelledRef[] {
  const rows = store.db.all<{ target: string }>(
    `SELECT DISTINCT f.target FROM refs g
     JOIN records link ON link.n = g.n AND link.object = ? AND link.deleted = 0
     JOIN refs f ON f.n = link.n AND f.field GLOB 'target*'
     WHERE g.target = ? AND g.field = ?`,
    `${object}Target`,
    id,
    `${object}Id`,
  );
  return rows.flatMap((row) => labelled(store, row.target) ?? []);
}

/** The live join rows that link a note or task to a record. */
export function targetRows(store: RecordStore, from: RecordRef, to: RecordRef): string[] {
  return store.db
    .all<{ id: string }>(
      `SELECT DISTINCT link.id FROM refs g
       JOIN records link ON link.n = g.n AND link.object = ? AND link.deleted = 0
       JOIN refs f ON f.n = link.n AND f.target = ? AND f.field GLOB 'target*'
       WHERE g.target = ? AND g.field = ?`,
      `${from.object}Target`,
      to.id,
      from.id,
      `${from.object}Id`,
    )
    .map((row) => row.id);
}
