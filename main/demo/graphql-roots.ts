import { badRequest, recordNotFound, ServerError } from './errors';
import { matchingRows, pageOf } from './graphql-pages';
import { type Page, showConnection, showRecord } from './graphql-project';
import { pascal } from './graphql-schema';
import { labelOf, searchAll, searchObject } from './graphql-search';
import { type Asked, argumentsOf, type Operation, pick } from './graphql-selection';
import { type Caller, mustWrite } from './rest-access';
import { lookalikes } from './rest-bulk';
import { mergeRecords } from './rest-merge';
import { RestQuery } from './rest-query';
import type { ObjectDef } from './schema';
import type { Store } from './store';
import type { Row } from './store-table';

export interface RootCall {
  store: Store;
  operation: Operation;
  caller: Caller;
}

/** One root field of the workspace's schema. */
export interface Root {
  write: boolean;
  run(call: RootCall, asked: Asked): unknown;
}

type Arguments = Readonly<Record<string, unknown>>;

/** Every root field that reads or writes records, by name. */
export function recordRoots(store: Store): Map<string, Root> {
  const roots = new Map<string, Root>();
  for (const object of store.schema.objects) {
    const type = pascal(object.name);
    const many = pascal(object.plural);
    const read = (name: string, run: (call: RootCall, args: Arguments, asked: Asked) => unknown) =>
      roots.set(name, {
        write: false,
        run: (call, asked) => run(call, argumentsOf(call.operation, asked.node), asked),
      });
    const write = (name: string, apply: (call: RootCall, args: Arguments) => Row | Row[]) =>
      roots.set(name, {
        write: true,
        run: (call, asked) => {
          mustWrite(store, call.caller);
          const changed = apply(call, argumentsOf(call.operation, asked.node));
          const show = (row: Row) =>
            asked.selection ? showRecord(store, call.operation, object, row, asked.selection) : null;
          return Array.isArray(changed) ? changed.map(show) : show(changed);
        },
      });

    read(object.plural, (call, args, asked) =>
      asked.selection
        ? showConnection(store, call.operation, object, pageOf(store, object, args), asked.selection)
        : null,
    );
    read(object.name, (call, args, asked) => {
      const [row] = pageOf(store, object, { filter: args.filter, first: 1 }).rows;
      if (!row) throw recordNotFound(store.traits.notFound);
      return asked.selection ? showRecord(store, call.operation, object, row, asked.selection) : null;
    });
    read(`${object.name}Duplicates`, (call, args, asked) => showDuplicates(call, object, args, asked));
    if (store.traits.family === 'old')
      read(`search${many}`, (call, args, asked) => showHits(call, object, args, asked));

    write(`create${type}`, ({ caller }, args) =>
      store.create(object.name, args.data, caller.actor, { upsert: args.upsert === true, through: 'graphql' }),
    );
    write(`create${many}`, ({ caller }, args) => {
      const list = Array.isArray(args.data) ? args.data : [args.data];
      const most = store.traits.batchMax;
      if (most !== null && list.length > most)
        throw badRequest(`Maximum number of records to upsert is ${most}.`, { subCode: 'INVALID_ARGS_DATA' });
      return store.createMany(object.name, list, caller.actor, { upsert: args.upsert === true, through: 'graphql' });
    });
    write(`update${type}`, ({ caller }, args) => {
      const id = idOf(args.id);
      const trashed = store.live(object.name, id) === undefined;
      const row = store.update(object.name, id, args.data, caller.actor, 'graphql');
      // Applied, yet old servers stumble over the answer.
      if (trashed && store.traits.family === 'old') throw stumble();
      return row;
    });
    write(`update${many}`, ({ caller }, args) =>
      matchingRows(store, object, args.filter).map((row) =>
        store.update(object.name, row.id, args.data, caller.actor, 'graphql'),
      ),
    );
    if (store.traits.family === 'current')
      read(`merge${many}`, ({ operation, caller }, args, asked) => {
        const query = new RestQuery(store, new URLSearchParams('depth=0'));
        const { body } = mergeRecords({ store, caller, query, body: args }, object);
        return pick(operation, (body as { data: Record<string, unknown> }).data[`merge${type}`], asked.selection);
      });
    const verbs = { delete: 'softDelete', restore: 'restore', destroy: 'destroy' } as const;
    for (const [verb, method] of Object.entries(verbs) as [keyof typeof verbs, (typeof verbs)[keyof typeof verbs]][]) {
      write(`${verb}${type}`, (_call, args) => store[method](object.name, idOf(args.id)));
      write(`${verb}${many}`, (_call, args) => {
        const filter = verb === 'restore' ? { and: [args.filter, { deletedAt: { is: 'NOT_NULL' } }] } : args.filter;
        return matchingRows(store, object, filter).map((row) => store[method](object.name, row.id));
      });
    }
  }
  if (store.traits.family !== 'old') roots.set('search', { write: false, run: runSearch });
  return roots;
}

function idOf(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value))
    return value;
  throw badRequest(`Invalid UUID value '${String(value)}'`, { subCode: 'INVALID_ARGS_DATA' });
}

function stumble(): ServerError {
  return new ServerError(400, "Cannot read properties of undefined (reading 'id')", {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

/** One connection per record asked about; older servers were seen to find nothing. */
function showDuplicates({ store, operation }: RootCall, object: ObjectDef, args: Arguments, asked: Asked): unknown {
  const ids: unknown[] = Array.isArray(args.ids) ? args.ids : [];
  const data: unknown[] = Array.isArray(args.data) ? args.data : [];
  const probes = [
    ...ids.flatMap((id) => store.live(object.name, String(id)) ?? []),
    ...data.map((values): Row => ({ id: '', ...(values as Record<string, unknown>) })),
  ];
  return probes.map((probe) => {
    const rows = store.traits.family === 'current' ? lookalikes(store, object, probe) : [];
    return asked.selection && showConnection(store, operation, object, wholePage(rows, rows.length), asked.selection);
  });
}

/** All of `rows` on one page, with cursors by id. */
function wholePage(rows: readonly Row[], totalCount: number): Page {
  return {
    rows,
    totalCount,
    hasNextPage: false,
    hasPreviousPage: false,
    cursor: (row) => Buffer.from(JSON.stringify({ id: row.id })).toString('base64'),
  };
}

/** Search over one object on old servers; its `totalCount` is the whole table, its page has no next one. */
function showHits({ store, operation }: RootCall, object: ObjectDef, args: Arguments, asked: Asked): unknown {
  const text = typeof args.searchInput === 'string' ? args.searchInput : null;
  const limit = typeof args.limit === 'number' ? args.limit : store.traits.graphqlPage;
  const rows = searchObject(store, object, text, limit);
  if (!asked.selection) return null;
  const page = wholePage(rows, text === null ? 0 : store.table(object.name).liveCount);
  return showConnection(store, operation, object, page, asked.selection);
}

/** Search over all objects: edges with cursors on current servers, a plain list on 0.51. */
function runSearch({ store, operation }: RootCall, asked: Asked): unknown {
  const args = argumentsOf(operation, asked.node);
  const names = (value: unknown) =>
    Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : null;
  // Trashed records are never found, whatever is asked.
  const none = JSON.stringify(args.filter ?? null).includes('"is":"NotNull"');
  const { hits, cursors, more } = searchAll(store, {
    text: typeof args.searchInput === 'string' ? args.searchInput : '',
    limit: none ? 0 : typeof args.limit === 'number' ? args.limit : 0,
    included: names(args.includedObjectNameSingulars),
    excluded: names(args.excludedObjectNameSingulars) ?? [],
    after: typeof args.after === 'string' ? args.after : null,
  });
  const nodes = hits.map((hit) => ({
    recordId: hit.row.id,
    objectNameSingular: hit.object.name,
    objectLabelSingular: hit.object.label,
    label: labelOf(hit.object, hit.row),
    imageUrl: '',
    tsRank: hit.tsRank,
    tsRankCD: hit.tsRankCD,
  }));
  if (store.traits.family === 'mid') return pick(operation, nodes, asked.selection);
  const edges = nodes.map((node, index) => ({ node, cursor: cursors[index] }));
  const pageInfo = { hasNextPage: more, endCursor: cursors[cursors.length - 1] ?? null };
  return pick(operation, { edges, pageInfo }, asked.selection);
}
