import { ServerError } from './errors';
import type { FieldDef, ObjectDef } from './schema';
import type { Store } from './store';
import { type Row, valueAt } from './store-table';
import type { Values } from './values';
import { shownBody } from './values-richtext';
import { shownTime } from './values-times';

/** Rows of one to-many relation that one record shows. */
const EMBEDDED = 60;

/**
 * A record as it is answered without relations: every column, times with three digits. Throws what
 * an old server throws when the record's `body` is no BlockNote text.
 */
export function shownRecord(store: Store, object: ObjectDef, row: Row): Values {
  const record: Values = {};
  for (const field of object.fields) {
    const { relation } = field;
    if (!relation) record[field.name] = shownValue(store, object, field, row);
    else if (relation.kind === 'many-to-one') record[relation.joinColumn] = row[relation.joinColumn] ?? null;
  }
  return record;
}

function shownValue(store: Store, object: ObjectDef, field: FieldDef, row: Row): unknown {
  const value = row[field.name] ?? null;
  if (field.type === 'TS_VECTOR') return searchVector(object, row);
  if (field.type === 'DATE_TIME') return typeof value === 'string' ? shownTime(value) : value;
  if (field.name === 'body' && field.type === 'RICH_TEXT' && store.traits.family === 'old') return shownBody(value);
  if (field.type === 'ACTOR' && store.traits.family !== 'current' && value !== null && typeof value === 'object') {
    const { source, workspaceMemberId, name } = value as Values;
    return { source, workspaceMemberId, name };
  }
  return value;
}

const SEARCHED = ['emails.primaryEmail', 'jobTitle', 'domainName.primaryLinkUrl', 'bodyV2.markdown'].map((path) =>
  path.split('.'),
);

/** The words a record is found by, as PostgreSQL prints them: sorted, with their places. */
function searchVector(object: ObjectDef, row: Row): string {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const path of [[object.labelField], ...SEARCHED])
    for (const text of texts(valueAt(row, path)))
      for (const word of text.toLowerCase().match(WORD) ?? []) {
        place += 1;
        const known = places.get(word);
        if (known) known.push(place);
        else places.set(word, [place]);
      }
  return [...places.keys()]
    .sort()
    .map((word) => `'${word}':${places.get(word)?.join(',')}`)
    .join(' ');
}

const WORD = /[\p{L}\p{N}.@-]+/gu;

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}

/**
 * Records of one page with their relations down to `depth`. To-one relations that lead into the
 * trash read as null, their column too. To-many lists hold at most 60 rows; on old servers a page
 * shares `limit` x records among its rows.
 */
export function shownRecords(
  store: Store,
  object: ObjectDef,
  rows: readonly Row[],
  depth: number,
  limit = EMBEDDED,
): Values[] {
  const records = rows.map((row) => shownRecord(store, object, row));
  if (depth === 0) return records;
  const shared = store.traits.family === 'current' ? null : limit * rows.length;
  for (const { name, relation } of object.fields) {
    if (!relation) continue;
    const other = store.schema.object(relation.object);
    if (relation.kind === 'many-to-one') {
      rows.forEach((row, at) => {
        const record = records[at];
        if (!record) return;
        const id = row[relation.joinColumn];
        const related = other && typeof id === 'string' ? store.live(other.name, id) : undefined;
        record[name] = other && related ? (shownRecords(store, other, [related], depth - 1)[0] ?? null) : null;
        if (!related) record[relation.joinColumn] = null;
      });
      continue;
    }
    const lists = rows.map((row) => (other ? pointing(store, other, relation.joinColumn, row.id) : []));
    const shares = shared === null ? lists.map((list) => list.slice(0, EMBEDDED)) : shareOut(lists, shared);
    shares.forEach((list, at) => {
      const record = records[at];
      if (record) record[name] = other ? shownRecords(store, other, list, depth - 1) : [];
    });
  }
  return records;
}

/** Live rows of `other` that hold `id` in `column`, the oldest first. */
function pointing(store: Store, other: ObjectDef, column: string, id: string): Row[] {
  const table = store.table(other.name);
  const rows: Row[] = [];
  for (const otherId of table.idsWhere(column, id)) {
    const row = table.get(otherId);
    if (row && !row.deletedAt) rows.push(row);
  }
  return rows.sort((a, b) => (`${a.createdAt}${a.id}` < `${b.createdAt}${b.id}` ? -1 : 1));
}

/** The oldest rows over all lists, as many as the page may show. */
function shareOut(lists: readonly Row[][], total: number): Row[][] {
  const all = lists.flatMap((list, at) => list.map((row) => ({ at, row })));
  if (all.length <= total) return [...lists];
  const chosen = all
    .sort((a, b) => (`${a.row.createdAt}${a.row.id}` < `${b.row.createdAt}${b.row.id}` ? -1 : 1))
    .slice(0, total);
  return lists.map((_, at) => chosen.filter((entry) => entry.at === at).map((entry) => entry.row));
}

/** One record with relations; for answers of reads and writes by id. */
export function shownOne(store: Store, object: ObjectDef, row: Row, depth: number): Values {
  const [record] = shownRecords(store, object, [row], depth);
  if (!record) throw new ServerError(500, 'Internal server error');
  return record;
}
