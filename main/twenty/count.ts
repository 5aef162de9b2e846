import { TwigError } from '../../shared/errors';
import { countDocument } from './graphql';
import { isObject } from './json';
import { EVERYTHING } from './reads';
import { type Session, tryGraphql } from './session';
import type { CallOptions, CountAsk } from './types';

/** Root fields of one question; newer servers take twenty. */
const MOST_OBJECTS = 16;

/**
 * How many records, live and trashed, meet each object's filter, in one call of the allowance. An
 * object that the server does not count is left out. Null where it can only be asked object by object.
 */
export async function countRecords(
  session: Session,
  asks: readonly CountAsk[],
  options: CallOptions,
): Promise<Map<string, number> | null> {
  const known = asks.slice(0, MOST_OBJECTS).flatMap(({ object, filter }) => {
    const meta = session.meta(object);
    return meta ? [{ meta, filter: { and: [EVERYTHING, filter] } }] : [];
  });
  if (known.length === 0 || !session.counts || session.dialect.source === 'assumed') return null;
  const data = await tryGraphql(session, () =>
    session.api.graphql(countDocument(known, session.dialect), { ...options, write: false, partial: true }),
  ).catch((thrown: unknown) => {
    // One object that cannot be asked for spoils the question; each is then asked for itself.
    if (!(thrown instanceof TwigError) || !['server', 'rejected', 'forbidden', 'notFound'].includes(thrown.kind)) {
      throw thrown;
    }
    session.counts = thrown.kind === 'server' && thrown.reason !== 'unknownField';
    return null;
  });
  if (data === null) return null;
  return new Map(
    known.flatMap(({ meta }) => {
      const connection = data[meta.plural];
      return isObject(connection) && typeof connection.totalCount === 'number'
        ? [[meta.name, connection.totalCount] as const]
        : [];
    }),
  );
}
