import { setImmediate as turn } from 'node:timers/promises';
import type { CrmRecord } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { type RestFilter, restFilter } from './filter';
import { listDocument, selection } from './graphql';
import { isObject, type Json } from './json';
import { recordId, restOrder } from './query';
import { rememberMissing, type Session, tryGraphql } from './session';
import type { CallOptions, Filter, ListQuery, Page } from './types';
import { fromWire } from './wire';

/** Live and trashed: any mention of the time of deletion makes the trash visible. */
export const EVERYTHING: Filter = {
  or: [
    { field: 'deletedAt', op: 'is', value: 'NULL' },
    { field: 'deletedAt', op: 'is', value: 'NOT_NULL' },
  ],
};

/**
 * Notes and tasks of an older server whose text it can read. It stores any text in `body` and then
 * refuses every list with a record whose text is no list of blocks.
 */
const READABLE: Filter = {
  or: [
    { field: 'bodyV2', op: 'is', value: 'NULL' },
    { field: 'bodyV2', op: 'eq', value: '' },
    { field: 'bodyV2', op: 'eq', value: '[]' },
    { field: 'bodyV2', op: 'like', value: '_{%' },
  ],
};

/** Rows asked for when the caller does not say. */
const DEFAULT_LIMIT = 60;
/** Smaller pages than this are not tried. */
const SMALLEST_PAGE = 5;
/** Rows read before anything else in this thread gets its turn: a few milliseconds. */
const AT_ONCE = 200;

/**
 * One page of records in canonical form. GraphQL serves what REST cannot express and pages larger
 * than REST gives; REST is the way that must work. `totalCount` is null when it cannot be exact.
 */
export async function listRecords(
  session: Session,
  object: string,
  query: ListQuery,
  options: CallOptions,
): Promise<Page> {
  try {
    return await onePage(session, object, query, options);
  } catch (thrown) {
    if (!(thrown instanceof TwigError)) throw thrown;
    if (thrown.reason === 'damagedRecord' && session.dialect.body === 'body' && !session.damaged.has(object)) {
      session.damaged.add(object);
      return listRecords(session, object, query, options);
    }
    if (thrown.reason !== 'tooLarge' || thrown.kind === 'refused') throw thrown;
    const asked = Math.min(query.limit ?? DEFAULT_LIMIT, session.smallPages.get(object) ?? session.dialect.graphqlPage);
    const smaller = Math.floor(asked / 4);
    if (smaller < SMALLEST_PAGE) throw thrown;
    session.smallPages.set(object, smaller);
    // When time ran out over it, whoever waits is told first; the next try asks for less.
    if (thrown.kind === 'offline') throw thrown;
    return listRecords(session, object, query, options);
  }
}

async function onePage(session: Session, object: string, query: ListQuery, options: CallOptions): Promise<Page> {
  const conditions = [
    ...(query.includeDeleted ? [EVERYTHING] : []),
    ...(session.damaged.has(object) ? [READABLE] : []),
    ...(query.filter ? [query.filter] : []),
  ];
  const asked: ListQuery =
    conditions.length === 0
      ? query
      : { ...query, filter: conditions.length === 1 ? conditions[0] : { and: conditions } };
  const most = session.smallPages.get(object) ?? Number.POSITIVE_INFINITY;
  const limit = Math.max(0, Math.min(most, Math.floor(query.limit ?? DEFAULT_LIMIT)));
  const rest = expressed(session, object, asked);
  const plain = query.before === undefined && (query.depth ?? 0) === 0;
  if (plain && limit > 0 && prefersGraphql(session, query, limit, rest)) {
    try {
      const page = await graphqlPage(session, object, asked, limit, options);
      if (page) return page;
    } catch (thrown) {
      if (rest instanceof TwigError || !mayBePageSize(thrown)) throw thrown;
      // Perhaps a server that gives smaller pages than this: ask for less next time, and REST now.
      const { dialect } = session;
      session.setDialect({ ...dialect, graphqlPage: Math.max(1, Math.floor(dialect.graphqlPage / 2)) });
    }
  }
  if (rest instanceof TwigError) throw rest;
  return restPage(session, object, asked, limit, rest, options);
}

/** For larger pages, chosen fields, what REST cannot ask exactly, and sorting, which older REST gets wrong. */
function prefersGraphql(session: Session, query: ListQuery, limit: number, rest: RestFilter | TwigError): boolean {
  const { dialect } = session;
  // A selection made without the workspace's metadata would leave its own fields out.
  if (!session.objectsKnown && query.fields === undefined) return false;
  if (Math.min(limit, dialect.graphqlPage) > dialect.restPage || query.fields !== undefined) return true;
  if (rest instanceof TwigError || rest.check !== null) return true;
  return (query.orderBy?.length ?? 0) > 0 && dialect.targets === 'plain';
}

function mayBePageSize(thrown: unknown): boolean {
  if (!(thrown instanceof TwigError) || !['rejected', 'server'].includes(thrown.kind)) return false;
  return thrown.reason === null || !['badCursor', 'tooLarge', 'damagedRecord'].includes(thrown.reason);
}

function expressed(session: Session, object: string, query: ListQuery): RestFilter | TwigError {
  try {
    return restFilter(query.filter, object, session.dialect);
  } catch (thrown) {
    if (thrown instanceof TwigError && thrown.kind === 'refused') return thrown;
    throw thrown;
  }
}

async function restPage(
  session: Session,
  object: string,
  query: ListQuery,
  limit: number,
  filter: RestFilter,
  options: CallOptions,
): Promise<Page> {
  const { dialect } = session;
  const asked = Math.min(limit, dialect.restPage);
  const path = session.urls(object).list({
    filter: filter.text,
    orderBy: restOrder(query.orderBy, object, dialect),
    limit: asked,
    after: query.after,
    before: query.before,
    depth: query.depth ?? 0,
  });
  const body = await session.api.rest({ ...options, method: 'GET', path });
  const raw = rowsOf(body, session.plural(object));
  const info = isObject(body) && isObject(body.pageInfo) ? body.pageInfo : {};
  const records = await recordsOf(object, raw);
  const more = pageEnd(info, query, raw.length, asked);
  if (more.hasNextPage && raw.length > 0 && raw.length < asked) {
    session.setDialect({ ...session.dialect, restPage: raw.length });
  }
  const total = isObject(body) && typeof body.totalCount === 'number' ? body.totalCount : raw.length === 0 ? 0 : null;
  if (!filter.check) return { records, totalCount: total, ...more };
  return { records: records.filter(filter.check), totalCount: null, ...more };
}

/** Records in canonical form, some at a time: whatever else waits in this thread gets its turn in between. */
async function recordsOf(object: string, rows: readonly unknown[]): Promise<CrmRecord[]> {
  const records: CrmRecord[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    if (at > 0) await turn();
    for (const row of rows.slice(at, at + AT_ONCE)) {
      const record = fromWire(object, row);
      if (record !== null) records.push(record);
    }
  }
  return records;
}

/** The rows of a list answer. Throws TwigError `server` when there is no list in it. */
function rowsOf(body: unknown, plural: string): unknown[] {
  const data = isObject(body) ? body.data : null;
  const rows = isObject(data) ? data[plural] : null;
  if (!Array.isArray(rows))
    throw new TwigError('server', 'The server’s list has a form that Twig does not know.', { reason: 'notTwenty' });
  return rows;
}

/**
 * Whether and where the walk goes on. Backwards the server swaps the ends of a page and tells
 * `hasPreviousPage`; older servers tell nothing, so a full page means there may be more. A cursor
 * that repeats ends the walk.
 */
function pageEnd(
  info: Json,
  query: ListQuery,
  rows: number,
  asked: number,
): { hasNextPage: boolean; endCursor: string | null } {
  const endCursor = typeof info.endCursor === 'string' && info.endCursor !== '' ? info.endCursor : null;
  const told = query.before === undefined ? info.hasNextPage : (info.hasPreviousPage ?? rows === asked);
  const repeats = endCursor !== null && endCursor === (query.after ?? query.before);
  return { hasNextPage: told === true && rows > 0 && endCursor !== null && !repeats, endCursor };
}

/** A page through GraphQL; null when this server has none or does not understand the selection. */
async function graphqlPage(
  session: Session,
  object: string,
  query: ListQuery,
  limit: number,
  options: CallOptions,
): Promise<Page | null> {
  const plural = session.plural(object);
  const connection = await tryGraphql(session, () =>
    selecting(
      session,
      object,
      async (fields) => {
        const meta = session.meta(object);
        if (!meta) return null;
        const document = listDocument(
          meta,
          fields,
          query,
          Math.min(limit, session.dialect.graphqlPage),
          session.dialect,
        );
        return (await session.api.graphql(document, { ...options, write: false }))[plural];
      },
      query.fields,
    ),
  );
  if (!isObject(connection) || !Array.isArray(connection.edges)) return null;
  const nodes = connection.edges.map((edge) => (isObject(edge) ? edge.node : null));
  const records = await recordsOf(object, nodes);
  const info = isObject(connection.pageInfo) ? connection.pageInfo : {};
  return {
    records,
    totalCount: typeof connection.totalCount === 'number' ? connection.totalCount : null,
    ...pageEnd(info, query, connection.edges.length, limit),
  };
}

/** Fields that a selection may lose before Twig gives up on GraphQL for this object. */
const MOST_MISSING = 12;

/**
 * Runs a call with the selection of an object, leaving out fields that the server names as unknown.
 * Null when it does not come to terms with the server.
 */
export async function selecting<T>(
  session: Session,
  object: string,
  call: (fields: string) => Promise<T>,
  wanted?: readonly string[],
): Promise<T | null> {
  const meta = session.meta(object);
  if (!meta) return null;
  for (let tried = 0; tried < MOST_MISSING; tried += 1) {
    const missing = session.missing.get(object) ?? new Set<string>();
    try {
      return await call(selection(meta, wanted, session.dialect, missing));
    } catch (thrown) {
      if (!(thrown instanceof TwigError) || thrown.reason !== 'unknownField' || thrown.kind !== 'server') throw thrown;
      if (!thrown.field || !rememberMissing(session, object, thrown.field)) return null;
    }
  }
  return null;
}

/** One live record by id; null when it is unknown or in the trash. */
export async function getRecord(
  session: Session,
  object: string,
  id: string,
  options: CallOptions,
): Promise<CrmRecord | null> {
  const path = session.urls(object).one(recordId(id));
  try {
    const body = await session.api.rest({ ...options, method: 'GET', path, byId: true });
    const data = isObject(body) ? body.data : null;
    const record = isObject(data) ? fromWire(object, data[object]) : null;
    if (!record)
      throw new TwigError('server', 'The server’s record has a form that Twig does not know.', { reason: 'notTwenty' });
    return record;
  } catch (thrown) {
    if (thrown instanceof TwigError && thrown.kind === 'notFound' && thrown.reason !== 'unknownRoute') return null;
    throw thrown;
  }
}

/** One record by id, in the trash or not; null when the server has never heard of it. */
export async function findRecord(
  session: Session,
  object: string,
  id: string,
  options: CallOptions,
): Promise<CrmRecord | null> {
  const query: ListQuery = { filter: { field: 'id', op: 'eq', value: recordId(id) }, includeDeleted: true, limit: 1 };
  const page = await listRecords(session, object, query, options);
  return page.records.find((record) => record.id.toLowerCase() === id.toLowerCase()) ?? null;
}
