import type { CrmRecord } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { convertsMarkdown } from './dialect';
import { isObject, type Json } from './json';
import { capitalise } from './names';
import { recordId } from './query';
import { listRecords } from './reads';
import type { Session } from './session';
import type { CallOptions, Filter } from './types';
import { createBody, fromWire, hasRichText } from './wire';
import { createRecord } from './writes';

/** Creates many records, in the order given. All-or-nothing batches where that is safe, else one by one. */
export async function createRecords(
  session: Session,
  object: string,
  records: readonly CrmRecord[],
  options: CallOptions,
): Promise<CrmRecord[]> {
  const made = new Map<string, CrmRecord>();
  const meta = session.meta(object);
  const converted = convertsMarkdown(session.dialect) || !records.some((record) => hasRichText(record, meta));
  const size = converted ? session.dialect.batchMax : 1;
  for (let from = 0; from < records.length; from += size) {
    const batch = records.slice(from, from + size);
    const done = batch.length > 1 ? await batchCreate(session, object, batch, options) : null;
    for (const record of batch) {
      const one = done?.get(record.id.toLowerCase()) ?? (await createRecord(session, object, record, options));
      made.set(record.id.toLowerCase(), one);
    }
  }
  return records.flatMap((record) => made.get(record.id.toLowerCase()) ?? []);
}

/** One batch; null when it was refused as a whole (one bad record refuses all) and is to be sent one by one. */
async function batchCreate(
  session: Session,
  object: string,
  batch: readonly CrmRecord[],
  options: CallOptions,
): Promise<Map<string, CrmRecord> | null> {
  const context = {
    object,
    dialect: session.dialect,
    meta: session.meta(object),
    bodyForm: 'markdown' as const,
  };
  const body = batch.map((record) => createBody({ ...record, id: recordId(record.id) }, context));
  try {
    const answer = await session.api.rest({ ...options, method: 'POST', path: session.urls(object).batch(), body });
    const rows = createdRows(answer, `create${capitalise(session.plural(object))}`);
    // Older servers answer only sixty of them, not always in order.
    return new Map(
      rows.flatMap((row) => fromWire(object, row) ?? []).map((record) => [record.id.toLowerCase(), record]),
    );
  } catch (thrown) {
    if (thrown instanceof TwigError && (thrown.kind === 'rejected' || thrown.kind === 'notFound')) return null;
    throw thrown;
  }
}

function createdRows(answer: unknown, key: string): unknown[] {
  const data = isObject(answer) && isObject(answer.data) ? answer.data : {};
  const inner = isObject(data.data) ? data.data : data;
  const rows = inner[key];
  return Array.isArray(rows) ? rows : [];
}

/** Likely duplicates of a record about to be created: the server's own judgement, else the same e-mail or domain. */
export async function findDuplicates(
  session: Session,
  object: string,
  record: Json,
  options: CallOptions,
): Promise<CrmRecord[]> {
  const meta = session.meta(object);
  const draft = { ...record, id: '00000000-0000-4000-8000-000000000000' };
  const { id: _, ...data } = createBody(draft, { object, dialect: session.dialect, meta, bodyForm: 'markdown' });
  try {
    const path = session.urls(object).duplicates();
    const answer = await session.api.rest({ ...options, method: 'POST', path, body: { data: [data] }, write: false });
    const found = isObject(answer) && Array.isArray(answer.data) ? answer.data : [];
    const rows = found.flatMap((entry) => {
      const list = isObject(entry) ? entry[`${object}Duplicates`] : null;
      return Array.isArray(list) ? list : [];
    });
    if (rows.length > 0) return rows.flatMap((row) => fromWire(object, row) ?? []);
  } catch (thrown) {
    if (!(thrown instanceof TwigError) || !['rejected', 'notFound', 'server'].includes(thrown.kind)) throw thrown;
  }
  const filter = sameUnique(object, record);
  return filter ? (await listRecords(session, object, { filter, limit: 10 }, options)).records : [];
}

function sameUnique(object: string, record: Json): Filter | null {
  const path = { person: 'emails.primaryEmail', company: 'domainName.primaryLinkUrl' }[object];
  const [field = '', part = ''] = path?.split('.') ?? [];
  const composite = record[field];
  const value = isObject(composite) ? composite[part] : null;
  if (!path || typeof value !== 'string' || value === '') return null;
  return { field: path, op: 'in', value: [...new Set([value, value.toLowerCase()])] };
}

/** Merges records into one; with `dryRun` only shows what would come out. `priority` is the index whose values win. */
export async function mergeRecords(
  session: Session,
  object: string,
  ids: readonly string[],
  priority: number,
  dryRun: boolean,
  options: CallOptions,
): Promise<CrmRecord> {
  if (!session.dialect.merge || session.dialect.source === 'assumed') {
    throw new TwigError('refused', 'This Twenty cannot merge records.');
  }
  if (ids.length < 2 || !Number.isInteger(priority) || priority < 0 || priority >= ids.length) {
    throw new TwigError('invalid', 'A merge needs at least two records and one of them as the main one.');
  }
  const body = { ids: ids.map(recordId), conflictPriorityIndex: priority, dryRun };
  const path = session.urls(object).merge();
  const answer = await session.api.rest({ ...options, method: 'PATCH', path, body, write: !dryRun });
  const data = isObject(answer) && isObject(answer.data) ? answer.data : {};
  const merged =
    fromWire(object, data[`merge${capitalise(object)}`]) ??
    fromWire(object, data[`merge${capitalise(session.plural(object))}`]);
  if (!merged) throw new TwigError('server', 'The server’s merge answer makes no sense.', { unclear: !dryRun });
  return merged;
}

/** Who the credential speaks for. A key has no person; the workspace's name is told either way. */
export async function identify(
  session: Session,
  person: boolean,
  options: CallOptions,
): Promise<{ memberId: string | null; workspaceName: string | null }> {
  if (!session.direct) return { memberId: null, workspaceName: null };
  const query = person
    ? 'query{currentUser{workspaceMember{id} currentWorkspace{displayName}}}'
    : 'query{currentWorkspace{displayName}}';
  try {
    const call = { ...options, endpoint: '/metadata' as const, counted: false, write: false };
    const data = await session.api.graphql({ query, variables: {} }, call);
    const user = isObject(data.currentUser) ? data.currentUser : {};
    const member = isObject(user.workspaceMember) ? user.workspaceMember.id : null;
    const workspace = person ? user.currentWorkspace : data.currentWorkspace;
    const name = isObject(workspace) ? workspace.displayName : null;
    return {
      memberId: typeof member === 'string' ? member : null,
      workspaceName: typeof name === 'string' && name !== '' ? name : null,
    };
  } catch (thrown) {
    if (thrown instanceof TwigError && ['offline', 'unauthorized', 'rateLimited'].includes(thrown.kind)) throw thrown;
    return { memberId: null, workspaceName: null };
  }
}
