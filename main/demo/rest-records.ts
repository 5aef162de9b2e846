import { badRequest, recordNotFound, ServerError } from './errors';
import { listPage } from './paging';
import { mustWrite } from './rest-access';
import type { RestCall } from './rest-call';
import { shownOne, shownRecords } from './rest-render';
import type { ObjectDef } from './schema';
import type { Values } from './values';
import { isUuid, readValues } from './values-read';

export interface Answer {
  status: number;
  body: unknown;
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `data` of one record under `createPerson`, `updatePeople` ... */
export function answered(status: number, key: string, value: unknown): Answer {
  return { status, body: { data: { [key]: value } } };
}

/** GET of a collection. */
export function listRecords(call: RestCall, object: ObjectDef): Answer {
  const { store, query } = call;
  const depth = query.depth();
  const limit = query.limit();
  const page = listPage(store, object, {
    filter: query.filter(),
    orderBy: query.orderBy(object),
    first: limit,
    ...query.cursors(),
  });
  const records = shownRecords(store, object, page.rows, depth, limit);
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = page;
  if (store.traits.family === 'current')
    return {
      status: 200,
      body: {
        data: { [object.plural]: records },
        totalCount: page.totalCount,
        pageInfo: { startCursor, endCursor, hasNextPage, hasPreviousPage },
      },
    };
  return {
    status: 200,
    body: {
      data: { [object.plural]: records },
      pageInfo: { hasNextPage, startCursor, endCursor },
      ...(page.totalCount > 0 ? { totalCount: page.totalCount } : {}),
    },
  };
}

/** GET by id; a trashed record is not found. */
export function getRecord(call: RestCall, object: ObjectDef, id: string): Answer {
  const depth = call.query.depth();
  const row = call.store.live(object.name, knownId(call, id));
  if (!row) throw notFound(call);
  return answered(200, object.name, shownOne(call.store, object, row, depth));
}

/** POST of one record. */
export function createRecord(call: RestCall, object: ObjectDef): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  const depth = query.depth();
  const body = call.body ?? {};
  const upsert = store.traits.family === 'current' && query.flag('upsert');
  const row = store.create(object.name, body, authorOf(call), { upsert });
  return answered(201, `create${capital(object.name)}`, asWritten(call, shownOne(store, object, row, depth)));
}

/** PATCH and PUT by id; both change only what is given. */
export function updateRecord(call: RestCall, object: ObjectDef, id: string): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  const depth = query.depth();
  const body = call.body ?? {};
  const { family } = store.traits;
  // Old servers look at the values before they look for the record.
  if (family === 'old') readValues(store.dialect, object, body, { id });
  const before = store.find(object.name, knownId(call, id));
  if (!before) throw notFound(call);
  if (family === 'mid' && before.deletedAt)
    throw new ServerError(
      400,
      `Could not find any entity of type "${object.name}" matching: {\n    "where": {\n        "id": "${id}"\n    }\n}`,
      { word: 'EntityNotFoundError' },
    );
  const row = store.update(object.name, before.id, body, authorOf(call));
  // Old servers apply the change to a trashed record and then stumble over reading it back.
  if (family === 'old' && before.deletedAt) throw badRequest("Cannot read properties of undefined (reading 'id')");
  const record = shownOne(store, object, row, depth);
  return answered(200, `update${capital(object.name)}`, asWritten(call, record, body));
}

/** 0.51 answers an update's composites with the parts that were sent, and an author with a context. */
function asWritten(call: RestCall, record: Values, body: unknown = {}): Values {
  if (call.store.traits.family !== 'mid') return record;
  const output = { ...record };
  if (record.createdBy) output.createdBy = { ...record.createdBy, context: {} };
  for (const [name, value] of Object.entries(body ?? {}))
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) output[name] = value;
  return output;
}

/** DELETE by id: for good, to the trash, or as `soft_delete=true` says, by dialect. */
export function deleteRecord(call: RestCall, object: ObjectDef, id: string): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  const key = `delete${capital(object.name)}`;
  const row = store.find(object.name, knownId(call, id));
  if (!row) throw notFound(call);
  const { restDelete, family } = store.traits;
  if (restDelete === 'permanent' || (restDelete === 'switchable' && !query.flag('soft_delete'))) {
    store.destroy(object.name, row.id);
    return answered(200, key, { id: row.id });
  }
  const deleted = store.softDelete(object.name, row.id);
  const record = shownOne(store, object, deleted, 0);
  return answered(200, key, family === 'current' ? record : { id: row.id });
}

/** Who is written down as the author: 0.51 forgets the key over REST. */
export function authorOf(call: RestCall): Parameters<typeof call.store.create>[2] {
  return call.store.traits.family === 'mid' ? undefined : call.caller.actor;
}

function knownId(call: RestCall, id: string): string {
  if (isUuid(id)) return id;
  const { family } = call.store.traits;
  if (family === 'current') throw badRequest(`'${id}' is not a valid UUID`);
  if (family === 'mid') throw notFound(call);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw notFound(call);
  throw badRequest(`invalid input syntax for type uuid: "${id}"`);
}

function notFound(call: RestCall): ServerError {
  const { family, notFound: status } = call.store.traits;
  if (family === 'mid') return new ServerError(400, 'Rest Api Exception', { word: 'RestApiException' });
  return recordNotFound(status);
}
