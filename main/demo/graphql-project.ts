import type { SelectionSetNode } from 'graphql';
import { type Asked, argumentsOf, fieldsOf, type Operation, pick } from './graphql-selection';
import { compositeOf, type ObjectDef } from './schema';
import type { Store } from './store';
import type { Row } from './store-table';
import { shownBody } from './values-richtext';
import { shownTime } from './values-times';

/** Rows of a to-many relation that one record shows, however many there are. */
const EMBEDDED_MAX = 60;

/** A page of rows as a connection needs it. */
export interface Page {
  rows: readonly Row[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** The cursor of each row. */
  cursor(row: Row): string;
}

/** One record as it was asked for. Throws what an old server says of a note whose body is no JSON. */
export function showRecord(
  store: Store,
  operation: Operation,
  object: ObjectDef,
  row: Row,
  selection: SelectionSetNode,
): Record<string, unknown> {
  if (store.traits.body === 'body' && 'body' in row) shownBody(row.body);
  const asked = fieldsOf(operation, selection);
  const answer: Record<string, unknown> = {};
  const gone = new Set<string>();
  for (const [key, field] of asked) answer[key] = showField(store, operation, object, row, field, gone);
  // A relation that leads to the trash takes its column with it, when both are asked for.
  for (const [key, field] of asked) if (gone.has(field.name)) answer[key] = null;
  return answer;
}

function showField(
  store: Store,
  operation: Operation,
  object: ObjectDef,
  row: Row,
  asked: Asked,
  gone: Set<string>,
): unknown {
  if (asked.name === '__typename') return object.name.charAt(0).toUpperCase() + object.name.slice(1);
  const field = store.schema.field(object.name, asked.name);
  if (!field) return store.schema.join(object.name, asked.name) ? (row[asked.name] ?? null) : null;
  if (field.relation) {
    const other = store.schema.object(field.relation.object);
    if (!other || !asked.selection) return null;
    if (field.relation.kind === 'many-to-one') {
      const id = row[field.relation.joinColumn];
      const related = typeof id === 'string' ? store.live(other.name, id) : undefined;
      if (!related) gone.add(field.relation.joinColumn);
      return related ? showRecord(store, operation, other, related, asked.selection) : null;
    }
    const table = store.table(other.name);
    const wanted = argumentsOf(operation, asked.node).first;
    const limit = Math.min(typeof wanted === 'number' ? wanted : EMBEDDED_MAX, EMBEDDED_MAX);
    const rows = [...table.idsWhere(field.relation.joinColumn, row.id)]
      .sort()
      .flatMap((id) => table.get(id) ?? [])
      .filter((related) => !related.deletedAt);
    return showConnection(store, operation, other, embeddedPage(rows, limit), asked.selection);
  }
  const value = row[field.name];
  if (field.name === 'body' && store.traits.body === 'body') return shownBody(value);
  if (field.type === 'DATE_TIME') return typeof value === 'string' ? shownTime(value) : null;
  if (compositeOf(field)) return pick(operation, value, asked.selection);
  return value ?? null;
}

/** The server counts what it embeds, not what there is. */
function embeddedPage(rows: readonly Row[], limit: number): Page {
  const shown = rows.slice(0, limit);
  return {
    rows: shown,
    totalCount: Math.min(rows.length, EMBEDDED_MAX),
    hasNextPage: rows.length > shown.length && shown.length < EMBEDDED_MAX,
    hasPreviousPage: false,
    cursor: (row) => Buffer.from(JSON.stringify({ id: row.id })).toString('base64'),
  };
}

/** A page of records in the form of a GraphQL connection. */
export function showConnection(
  store: Store,
  operation: Operation,
  object: ObjectDef,
  page: Page,
  selection: SelectionSetNode,
): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  const ends = {
    startCursor: page.rows[0] ? page.cursor(page.rows[0]) : null,
    endCursor: page.rows.length > 0 ? page.cursor(page.rows[page.rows.length - 1] as Row) : null,
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
  };
  for (const [key, asked] of fieldsOf(operation, selection)) {
    if (asked.name === 'totalCount') answer[key] = page.totalCount;
    else if (asked.name === 'pageInfo') answer[key] = pick(operation, ends, asked.selection);
    else if (asked.name === 'edges' && asked.selection) {
      const edge = fieldsOf(operation, asked.selection);
      answer[key] = page.rows.map((row) => showEdge(store, operation, object, page, row, edge));
    } else answer[key] = null;
  }
  return answer;
}

function showEdge(
  store: Store,
  operation: Operation,
  object: ObjectDef,
  page: Page,
  row: Row,
  edge: ReadonlyMap<string, Asked>,
): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const [key, asked] of edge) {
    if (asked.name === 'cursor') answer[key] = page.cursor(row);
    else if (asked.name === 'node' && asked.selection)
      answer[key] = showRecord(store, operation, object, row, asked.selection);
    else answer[key] = null;
  }
  return answer;
}
