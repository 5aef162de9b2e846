import type { CrmRecord } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { compositeOf, lacksParts } from './composites';
import { convertsMarkdown, learnFromRefusal } from './dialect';
import { createDocument, idMutation, updateDocument } from './graphql';
import { isObject, type Json } from './json';
import { capitalise } from './names';
import { recordId } from './query';
import { findRecord, getRecord, listRecords, selecting } from './reads';
import { type Session, tryGraphql } from './session';
import type { CallOptions, Filter } from './types';
import { type BodyForm, createBody, fromWire, hasRichText, updateBody, type WriteContext } from './wire';

/** Creates a record under its own id; when that id exists already, the answer is the existing record. */
export async function createRecord(
  session: Session,
  object: string,
  record: CrmRecord,
  options: CallOptions,
): Promise<CrmRecord> {
  recordId(record.id);
  try {
    return await relearning(session, () => writeCreate(session, object, record, options));
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || thrown.reason !== 'duplicate') throw thrown;
    const existing = await findRecord(session, object, record.id, options);
    if (existing) return existing;
    throw await conflictOf(session, object, record, thrown, options);
  }
}

async function writeCreate(
  session: Session,
  object: string,
  record: CrmRecord,
  options: CallOptions,
): Promise<CrmRecord> {
  const rich = hasRichText(record, session.meta(object));
  const key = `create${capitalise(object)}`;
  if (rich && session.graphqlUsable() && !convertsMarkdown(session.dialect)) {
    const data = createBody(record, context(session, object, 'graphql'));
    const made = await throughGraphql(session, object, options, (fields) => createDocument(object, data, fields), key);
    if (made) return made;
  }
  const body = createBody(record, context(session, object, 'rest'));
  const path = session.urls(object).create();
  return recordIn(await session.api.rest({ ...options, method: 'POST', path, body }), object, key);
}

/** Changes named fields of one record. Composites that a server would wipe are completed from the current record first. */
export async function updateRecord(
  session: Session,
  object: string,
  id: string,
  changes: Json,
  options: CallOptions,
): Promise<CrmRecord> {
  const target = recordId(id);
  const complete = await completed(session, object, id, changes, options);
  return relearning(session, async () => {
    const rich = hasRichText(complete, session.meta(object));
    const key = `update${capitalise(object)}`;
    if (rich && session.graphqlUsable() && !convertsMarkdown(session.dialect)) {
      const data = updateBody(complete, context(session, object, 'graphql'));
      const made = await throughGraphql(
        session,
        object,
        options,
        (fields) => updateDocument(object, target, data, fields),
        key,
      );
      if (made) return made;
    }
    const body = updateBody(complete, context(session, object, 'rest'));
    if (Object.keys(body).length === 0) {
      throw new TwigError('invalid', 'There is nothing in this change that can be written.');
    }
    const path = session.urls(object).one(target);
    return recordIn(await session.api.rest({ ...options, method: 'PATCH', path, body, byId: true }), object, key);
  });
}

async function completed(
  session: Session,
  object: string,
  id: string,
  changes: Json,
  options: CallOptions,
): Promise<Json> {
  const meta = session.meta(object);
  const typeOf = (name: string) => meta?.fields.find((field) => field.name === name)?.type;
  const partial = Object.entries(changes).filter(([name, value]) => {
    const composite = compositeOf(typeOf(name), value);
    return composite !== null && lacksParts(composite, value);
  });
  if (partial.length === 0) return changes;
  const current = await getRecord(session, object, id, options);
  if (!current) throw new TwigError('notFound', 'Twenty has no such record (any more).');
  const merged = partial.map(([name, value]) => {
    const before = current[name];
    return [name, { ...(isObject(before) ? before : {}), ...(isObject(value) ? value : {}) }];
  });
  return { ...changes, ...Object.fromEntries(merged) };
}

/** Creates a record, or updates the one that already has its id or its unique value. */
export async function upsertRecord(
  session: Session,
  object: string,
  record: CrmRecord,
  options: CallOptions,
): Promise<CrmRecord> {
  if (session.dialect.upsert && convertsMarkdown(session.dialect)) {
    const body = createBody({ ...record, id: recordId(record.id) }, context(session, object, 'rest'));
    const path = session.urls(object).create(true);
    return recordIn(
      await session.api.rest({ ...options, method: 'POST', path, body }),
      object,
      `create${capitalise(object)}`,
    );
  }
  const { id, ...values } = record;
  if (await findRecord(session, object, id, options)) return updateRecord(session, object, id, values, options);
  try {
    return await createRecord(session, object, record, options);
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || thrown.reason !== 'duplicate' || thrown.conflictId === null) throw thrown;
    return updateRecord(session, object, thrown.conflictId, values, options);
  }
}

/** How rich text goes out: the server converts it, or Twig sends what needs no conversion. */
function context(session: Session, object: string, way: 'rest' | 'graphql'): WriteContext {
  const { dialect } = session;
  let bodyForm: BodyForm = 'both';
  if (dialect.body === 'body') bodyForm = 'blocknote';
  else if (way === 'graphql') bodyForm = 'markdownAndNull';
  else if (convertsMarkdown(dialect)) bodyForm = 'markdown';
  return { object, dialect, meta: session.meta(object), bodyForm };
}

async function throughGraphql(
  session: Session,
  object: string,
  options: CallOptions,
  document: (fields: string) => ReturnType<typeof createDocument>,
  key: string,
): Promise<CrmRecord | null> {
  return tryGraphql(session, () =>
    selecting(session, object, async (fields) => {
      const data = await session.api.graphql(document(fields), { ...options, write: true });
      return written(fromWire(object, data[key]));
    }),
  );
}

function recordIn(body: unknown, object: string, key: string): CrmRecord {
  const data = isObject(body) ? body.data : null;
  return written(isObject(data) ? fromWire(object, data[key]) : null);
}

function written(record: CrmRecord | null): CrmRecord {
  if (record) return record;
  throw new TwigError('server', 'The server took the record but its answer makes no sense.', { unclear: true });
}

/** Runs a write; when the server refuses a field by a name of another dialect, learns it and tries once more. */
async function relearning<T>(session: Session, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || thrown.reason !== 'unknownField' || !thrown.field) throw thrown;
    const learned = learnFromRefusal(session.dialect, thrown.field, session.clock.now());
    if (!learned) throw thrown;
    session.setDialect(learned);
    return write();
  }
}

const UNIQUE: Readonly<Record<string, { field: string; path: string; label: string }>> = {
  person: { field: 'emails', path: 'emails.primaryEmail', label: 'e-mail address' },
  company: { field: 'domainName', path: 'domainName.primaryLinkUrl', label: 'domain' },
};

/** Names the record that holds the unique value, when it can be found. */
async function conflictOf(
  session: Session,
  object: string,
  record: CrmRecord,
  refused: TwigError,
  options: CallOptions,
): Promise<TwigError> {
  const unique = UNIQUE[object];
  const [first = '', second = ''] = unique?.path.split('.') ?? [];
  const composite = record[first];
  const value = isObject(composite) ? composite[second] : null;
  if (!unique || typeof value !== 'string' || value === '') return refused;
  let holder: CrmRecord | undefined;
  if (refused.conflictId === null) {
    const texts = [...new Set([value, value.toLowerCase(), value.toLowerCase().replace(/\/+$/, '')])];
    const filter: Filter = { field: unique.path, op: 'in', value: texts };
    const page = await listRecords(session, object, { filter, includeDeleted: true, limit: 1 }, options).catch(
      () => null,
    );
    holder = page?.records[0];
  }
  const where = holder?.deletedAt ? ' It is in Twenty’s trash: restore that one instead.' : '';
  return new TwigError('rejected', `Another record already has this ${unique.label}.${where}`, {
    field: unique.field,
    reason: 'duplicate',
    conflictId: refused.conflictId ?? holder?.id ?? null,
  });
}

/** Moves one record to the trash. One that is there already, or unknown, is done. Never destroys. */
export async function softDeleteRecord(
  session: Session,
  object: string,
  id: string,
  options: CallOptions,
): Promise<void> {
  const target = recordId(id);
  try {
    const done = await tryGraphql(session, () =>
      session.api.graphql(idMutation('delete', object, target), { ...options, write: true }),
    );
    if (done) return;
    if (session.dialect.restDelete === 'unknown') {
      throw new TwigError(
        'refused',
        'Twig does not delete here: this server might destroy the record instead of moving it to the trash. Delete it in Twenty.',
      );
    }
    const body = await session.api.rest({
      ...options,
      method: 'DELETE',
      path: session.urls(object).softDelete(target),
      byId: true,
    });
    const data = isObject(body) && isObject(body.data) ? body.data[`delete${capitalise(object)}`] : null;
    if (isObject(data) && typeof data.deletedAt === 'string') return;
    // A soft delete shows the trashed record. Whoever answers less is looked at, and not trusted again when it is gone.
    if (await findRecord(session, object, id, options)) return;
    session.setDialect({ ...session.dialect, restDelete: 'unknown' });
    throw new TwigError(
      'server',
      'The server destroyed the record instead of moving it to the trash. Twig will not delete here again.',
    );
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || thrown.kind !== 'notFound' || thrown.reason === 'unknownRoute') throw thrown;
  }
}

/** Brings one record back from the trash, with what went there along with it. */
export async function restoreRecord(session: Session, object: string, id: string, options: CallOptions): Promise<void> {
  const target = recordId(id);
  const done = await tryGraphql(session, () =>
    session.api.graphql(idMutation('restore', object, target), { ...options, write: true }),
  );
  if (done) return;
  if (session.dialect.restDelete !== 'softWithParameter') {
    throw new TwigError('refused', 'This server gives Twig no safe way to restore. Restore it in Twenty.');
  }
  const urls = session.urls(object);
  try {
    await session.api.rest({ ...options, method: 'PATCH', path: urls.restore(target), body: {} });
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || !['rejected', 'notFound'].includes(thrown.kind)) throw thrown;
    await session.api.rest({ ...options, method: 'PATCH', path: urls.restoreSuffix(target), body: {}, byId: true });
  }
}
