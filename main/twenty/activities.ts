import type { CrmRecord } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { isObject, type Json } from './json';
import { capitalise } from './names';
import { recordId } from './query';
import { listRecords } from './reads';
import type { Session } from './session';
import type { CallOptions, Dialect, Filter, RecordName } from './types';

/** Twenty's own record of what happened: `opportunity.updated` with the values before and after. */
export const ACTIVITY = 'timelineActivity';

/** Values that are texts longer than this say nothing at a glance. */
const LONGEST_VALUE = 200;
const MOST_RECORDS = 40;

/**
 * What the server's timeline says of these records, newest first, at most `limit` entries. Empty
 * where it has none, does not tell, or may not be asked.
 */
export async function readActivities(
  session: Session,
  of: readonly RecordName[],
  limit: number,
  options: CallOptions,
): Promise<CrmRecord[]> {
  if (session.timeline === 'none' || session.meta(ACTIVITY) === undefined || of.length === 0) return [];
  // Its columns were renamed apart from those of notes and tasks, so both forms are known to exist.
  const likely = session.dialect.targets;
  const forms: Dialect['targets'][] =
    session.timeline !== null ? [session.timeline] : [likely, likely === 'prefixed' ? 'plain' : 'prefixed'];
  for (const targets of forms) {
    try {
      const records = await ask(session, targets, of, limit, options);
      session.timeline = targets;
      return records;
    } catch (thrown) {
      if (!(thrown instanceof TwigError)) throw thrown;
      if (['offline', 'unauthorized', 'rateLimited'].includes(thrown.kind)) throw thrown;
    }
  }
  session.timeline = 'none';
  return [];
}

async function ask(
  session: Session,
  targets: Dialect['targets'],
  of: readonly RecordName[],
  limit: number,
  options: CallOptions,
): Promise<CrmRecord[]> {
  const dialect: Dialect = { ...session.dialect, targets };
  // What this one object teaches about pages is not true of the others.
  const own: Session = { ...session, dialect, setDialect: () => undefined };
  const byObject = new Map<string, string[]>();
  for (const { object, id } of of.slice(0, MOST_RECORDS)) {
    byObject.set(object, [...(byObject.get(object) ?? []), recordId(id)]);
  }
  const filter: Filter = {
    or: [...byObject].map(([object, ids]) => ({ field: `target${capitalise(object)}Id`, op: 'in', value: ids })),
  };
  const page = await listRecords(
    own,
    ACTIVITY,
    { filter, orderBy: [{ field: 'happensAt', direction: 'DescNullsLast' }], limit },
    options,
  );
  return page.records.map(slim);
}

/** Keeps what is told, not whole note bodies in two forms. */
function slim(record: CrmRecord): CrmRecord {
  const { properties, ...rest } = record;
  const diff = isObject(properties) && isObject(properties.diff) ? properties.diff : {};
  const short = (value: unknown): unknown => {
    if (typeof value === 'string') return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
    if (Array.isArray(value)) return value.slice(0, 10).map(short);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, short(part)])) : value;
  };
  const kept: Json = {};
  for (const [field, change] of Object.entries(diff)) {
    if (isObject(change)) kept[field] = { before: short(change.before), after: short(change.after) };
  }
  return { ...rest, id: record.id, diff: kept };
}
