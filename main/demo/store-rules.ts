import { badRequest, ServerError } from './errors';
import { type ObjectDef, stableId, uniqueSubField } from './schema';
import type { Store } from './store';
import type { Values } from './values';

/** Turns `company: {connect: {where: {...}}}` into `companyId`; anything else comes back as it is. */
export function connectRelations(store: Store, object: ObjectDef, input: unknown): unknown {
  if (store.traits.family !== 'current' || input === null || typeof input !== 'object' || Array.isArray(input))
    return input;
  const output: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const relation = store.schema.field(object.name, name)?.relation;
    if (relation?.kind !== 'many-to-one') {
      output[name] = value;
      continue;
    }
    const where = whereOf(value);
    if (where === 'disconnect') output[relation.joinColumn] = null;
    else if (where === null) throw badRequest(`Relation "${name}" requires connect or disconnect operation`);
    else output[relation.joinColumn] = connectedId(store, relation.object, name, where);
  }
  return output;
}

function whereOf(value: unknown): Record<string, unknown> | 'disconnect' | null {
  if (value === null || typeof value !== 'object') return null;
  if ('disconnect' in value && value.disconnect === true) return 'disconnect';
  const connect = 'connect' in value ? value.connect : null;
  if (connect === null || typeof connect !== 'object' || !('where' in connect)) return null;
  const where = connect.where;
  return where !== null && typeof where === 'object' ? (where as Record<string, unknown>) : null;
}

function connectedId(store: Store, object: string, name: string, where: Record<string, unknown>): string {
  const table = store.table(object);
  for (const [field, value] of Object.entries(where)) {
    if (field === 'id' && typeof value === 'string' && table.get(value.toLowerCase())) return value.toLowerCase();
    const def = store.schema.field(object, field);
    const sub = def ? uniqueSubField(def) : null;
    const wanted = sub && value !== null && typeof value === 'object' ? (value as Values)[sub] : value;
    if (!def?.unique || typeof wanted !== 'string') continue;
    const [id] = table.idsWhere(sub ? `${field}.${sub}` : field, wanted);
    if (id) return id;
  }
  throw new ServerError(400, `Expected 1 record to connect to ${name}, but found 0.`, { word: 'Error' });
}

/** Refuses a foreign key that leads nowhere, in the database's words. */
export function foreignKeysExist(store: Store, object: ObjectDef, values: Values): void {
  for (const [column, value] of Object.entries(values)) {
    const relation = store.schema.join(object.name, column)?.relation;
    if (!relation || typeof value !== 'string' || !store.schema.object(relation.object)) continue;
    if (store.table(relation.object).get(value)) continue;
    const constraint = `FK_${stableId('constraint', object.name, column).replaceAll('-', '').slice(0, 27)}`;
    throw badRequest(`insert or update on table "${object.name}" violates foreign key constraint "${constraint}"`);
  }
}

/** Refuses a unique value that another record holds (a trashed one too, where this server does so). */
export function checkUnique(store: Store, object: ObjectDef, values: Values, ownId: string | null): void {
  const table = store.table(object.name);
  const before = ownId === null ? undefined : table.get(ownId);
  // A record that comes back from a trash that frees its values must find them still free.
  const revived = !store.traits.trashHoldsUnique && before?.deletedAt && values.deletedAt === null;
  const given: Values = revived ? { ...before, ...values } : values;
  for (const field of object.fields) {
    if (!field.unique || !(field.name in given)) continue;
    const sub = uniqueSubField(field);
    const value = sub ? (given[field.name] as Values | null)?.[sub] : given[field.name];
    if (typeof value !== 'string' || value === '') continue;
    for (const id of table.idsWhere(sub ? `${field.name}.${sub}` : field.name, value)) {
      if (id === ownId) continue;
      if (!store.traits.trashHoldsUnique && table.get(id)?.deletedAt) continue;
      throw duplicate(store, object, field.label, id);
    }
  }
}

function duplicate(store: Store, object: ObjectDef, label: string, id: string): ServerError {
  if (store.traits.family === 'old') return badRequest(`Duplicate ${label}. Please set a unique one.`);
  if (store.traits.family === 'mid')
    return new ServerError(
      400,
      `duplicate key value violates unique constraint "IDX_UNIQUE_${stableId(object.name, label).replaceAll('-', '').slice(0, 26)}"`,
      { word: 'QueryFailedError' },
    );
  return badRequest('A duplicate entry was detected', {
    userFriendlyMessage: `This ${label} value is already in use. Please check your data and try again.`,
    conflictingRecordId: id,
    conflictingObjectNameSingular: object.name,
  });
}
