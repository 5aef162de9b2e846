import { badRequest, ServerError } from './errors';
import { filteredRows } from './paging';
import { mustWrite } from './rest-access';
import type { RestCall } from './rest-call';
import { type Answer, answered, authorOf } from './rest-records';
import { shownRecord, shownRecords } from './rest-render';
import type { ObjectDef } from './schema';
import type { Store } from './store';
import { type Row, valueAt } from './store-table';
import type { Values } from './values';
import { readValues } from './values-read';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** POST of a list: all or nothing. */
export function createBatch(call: RestCall, object: ObjectDef): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  const { batchMax, batchAnswered, family } = store.traits;
  const depth = query.depth();
  let inputs = call.body ?? [];
  if (!Array.isArray(inputs)) {
    if (family === 'current') throw new ServerError(400, 'args.data.forEach is not a function', { word: 'TypeError' });
    inputs = [inputs];
  }
  const list = inputs as readonly unknown[];
  if (batchMax !== null && list.length > batchMax)
    throw badRequest(`Maximum number of records to upsert is ${batchMax}.`);
  const upsert = family === 'current' && query.flag('upsert');
  const rows = store.createMany(object.name, list, authorOf(call), { upsert });
  const shown = rows.slice(0, batchAnswered ?? rows.length);
  const records = shownRecords(store, object, shown, depth);
  const data = { [`create${capital(object.plural)}`]: records };
  if (family === 'current') return { status: 201, body: { data } };
  return {
    status: 201,
    body: { data: { data: { [`create${capital(object.plural)}`]: records.map((one) => asConnections(object, one)) } } },
  };
}

/** Old servers forget to unwrap the lists inside a batch answer. */
function asConnections(object: ObjectDef, record: Values): Values {
  const output = { ...record };
  for (const { name, relation } of object.fields)
    if (relation?.kind === 'one-to-many' && Array.isArray(record[name]))
      output[name] = { edges: record[name].map((node: unknown) => ({ node })) };
  return output;
}

/** PATCH without an id: one body for every record that matches, and without a filter for all. */
export function updateMany(call: RestCall, object: ObjectDef): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  if (store.traits.family !== 'current') throw idMissing(store, object, 'update');
  const body = call.body ?? {};
  readValues(store.dialect, object, body, { id: '' });
  const rows = filteredRows(store, object, query.filter()).map((row) =>
    store.update(object.name, row.id, body, caller.actor),
  );
  return answered(200, `update${capital(object.plural)}`, shownRecords(store, object, rows, query.depth()));
}

/** DELETE without an id needs a filter. */
export function deleteMany(call: RestCall, object: ObjectDef): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  if (store.traits.family !== 'current') throw idMissing(store, object, 'delete');
  const filter = query.filter();
  if (!filter)
    throw badRequest(
      'Filters are mandatory for bulk delete operations. Please provide at least one filter to prevent accidental deletion of all records.',
    );
  const rows = filteredRows(store, object, filter);
  const soft = query.flag('soft_delete');
  const records = rows.map((row) => {
    if (soft) return shownRecord(store, object, store.softDelete(object.name, row.id));
    store.destroy(object.name, row.id);
    return { id: row.id };
  });
  return answered(200, `delete${capital(object.plural)}`, records);
}

function idMissing(store: Store, object: ObjectDef, verb: string): ServerError {
  if (store.traits.family === 'mid') return badRequest('Record ID not found');
  return new ServerError(
    400,
    `${verb} ${object.name} query invalid. Id missing. eg: /rest/${object.plural}/0d4389ef-ea9c-4ae8-ada1-1cddc440fb56`,
    { single: true },
  );
}

/** PATCH of the restore path: every trashed record that matches comes back. */
export function restoreMany(call: RestCall, object: ObjectDef): Answer {
  const { store, query, caller } = call;
  mustWrite(store, caller);
  const filter = query.filter();
  if (!filter) throw badRequest('Filters are mandatory for bulk restore operations.');
  const trashed = filteredRows(store, object, {
    and: [filter, { path: ['deletedAt'], op: 'is', value: 'NOT_NULL' }],
  });
  const records = trashed.map((row) => shownRecord(store, object, store.restore(object.name, row.id)));
  return answered(200, `restore${capital(object.plural)}`, records);
}

/** POST of ids or of data: for each, the live records that look the same. */
export function findDuplicates(call: RestCall, object: ObjectDef): Answer {
  const { store } = call;
  const body = (call.body ?? {}) as Values;
  const current = store.traits.family === 'current';
  const ids = Array.isArray(body.ids) ? body.ids.map(String) : null;
  const data = Array.isArray(body.data) ? (body.data as Values[]) : null;
  if (!ids && !data) throw badRequest('You have to provide either "data" or "ids" argument');
  const probes = ids
    ? ids.flatMap((id) => store.live(object.name, id) ?? [])
    : (data ?? []).map((values): Row => ({ id: '', ...readValues(store.dialect, object, values, { id: '' }) }));
  // Old servers answer to data with an empty list and to ids with lists that are empty.
  const asked = !current && !ids ? [] : probes;
  return {
    status: 200,
    body: {
      data: asked.map((probe) => {
        const rows = current ? lookalikes(store, object, probe) : [];
        const [startCursor, endCursor] = [rows[0], rows[rows.length - 1]].map((row) => (row ? idCursor(row) : null));
        const cursor = { startCursor, endCursor };
        return {
          [`${object.name}Duplicates`]: shownRecords(store, object, rows, call.query.depth()),
          totalCount: rows.length,
          pageInfo: current
            ? { hasNextPage: false, hasPreviousPage: false, ...cursor }
            : { hasNextPage: false, ...cursor },
        };
      }),
    },
  };
}

const idCursor = (row: Row): string => Buffer.from(JSON.stringify({ id: row.id })).toString('base64');

/** Live records that share every value of one of the object's duplicate criteria. */
export function lookalikes(store: Store, object: ObjectDef, probe: Row): Row[] {
  const criteria = object.duplicateCriteria
    .map((paths) => paths.map((path) => ({ path: path.split('.'), value: valueAt(probe, path.split('.')) })))
    .filter((parts) => parts.every(({ value }) => typeof value === 'string' && value !== ''));
  if (criteria.length === 0) return [];
  const same = (row: Row): boolean =>
    criteria.some((parts) => parts.every(({ path, value }) => valueAt(row, path) === value));
  return filteredRows(store, object, undefined).filter((row) => row.id !== probe.id && same(row));
}
