import { badRequest } from './errors';
import { mustWrite } from './rest-access';
import type { RestCall } from './rest-call';
import { type Answer, answered } from './rest-records';
import { shownOne } from './rest-render';
import { compositeOf, type ObjectDef } from './schema';
import type { Row } from './store-table';
import type { Values } from './values';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const KEPT = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'position', 'createdBy', 'updatedBy']);

/**
 * PATCH of the merge path: the chosen record takes what it lacks from the others, their links lead to
 * it, and they are removed. A dry run only shows the outcome.
 */
export function mergeRecords(call: RestCall, object: ObjectDef): Answer {
  const { store, caller, query } = call;
  mustWrite(store, caller);
  const body = (call.body ?? {}) as Values;
  const ids = Array.isArray(body.ids) ? body.ids.map(String) : [];
  if (ids.length < 2) throw badRequest('At least 2 record IDs are required for merge');
  const rows = ids.map((id) => store.live(object.name, id));
  const found = rows.flatMap((row) => row ?? []);
  if (found.length < ids.length) throw badRequest('One or more records not found');
  const priority = found[typeof body.conflictPriorityIndex === 'number' ? body.conflictPriorityIndex : 0];
  if (!priority) throw badRequest('Invalid conflict priority index');
  const others = found.filter((row) => row.id !== priority.id);
  const values = filledFrom(object, priority, others);
  const key = `merge${capital(object.name)}`;
  if (body.dryRun === true)
    return answered(200, key, shownOne(store, object, { ...priority, ...values }, query.depth()));
  for (const other of others) {
    for (const { object: pointing, relation } of store.schema.pointingAt(object.name))
      for (const id of [...store.table(pointing.name).idsWhere(relation.joinColumn, other.id)])
        store.update(pointing.name, id, { [relation.joinColumn]: priority.id }, caller.actor);
    // The unique values of the record that goes must be free before the other one takes them.
    store.destroy(object.name, other.id);
  }
  const merged = store.update(object.name, priority.id, writable(values), caller.actor);
  return answered(200, key, shownOne(store, object, merged, query.depth()));
}

function filledFrom(object: ObjectDef, priority: Row, others: readonly Row[]): Values {
  const values: Values = {};
  for (const field of object.fields) {
    const name = field.relation?.kind === 'many-to-one' ? field.relation.joinColumn : field.name;
    if (KEPT.has(name) || field.relation?.kind === 'one-to-many' || field.type === 'TS_VECTOR') continue;
    const composite = compositeOf(field) !== null;
    const filled = (row: Row): boolean =>
      !isEmpty(field.type === 'PHONES' ? numberOf(row[name]) : row[name], composite);
    const donor = [priority, ...others].find(filled);
    if (donor && donor !== priority) values[name] = donor[name];
    // Merging forgets the default country of a number that is not there.
    else if (!donor && field.type === 'PHONES') values[name] = BLANK_PHONES;
  }
  return values;
}

const BLANK_PHONES = {
  primaryPhoneNumber: '',
  primaryPhoneCountryCode: '',
  primaryPhoneCallingCode: '',
  additionalPhones: [],
};

const numberOf = (phones: unknown): unknown =>
  phones !== null && typeof phones === 'object' ? (phones as Values).primaryPhoneNumber : null;

function isEmpty(value: unknown, composite: boolean): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return composite && typeof value === 'object' && Object.values(value).every((part) => isEmpty(part, false));
}

function writable(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
