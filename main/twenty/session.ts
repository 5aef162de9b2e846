import type { ObjectMeta } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import type { Api } from './api';
import { pluralOf } from './metadata';
import { stockObjects } from './metadata-stock';
import { type ObjectUrls, objectUrls } from './query';
import type { Clock, Dialect } from './types';

/** What one client knows about its server and shares between reads, writes and learning. */
export interface Session {
  readonly api: Api;
  readonly clock: Clock;
  /** REST base path: `/rest`, or Maton's `/twenty/rest`. */
  readonly basePath: string;
  /** GraphQL is only beside a Twenty that is reached directly. */
  readonly direct: boolean;
  dialect: Dialect;
  objects: ObjectMeta[];
  /** True once the objects came from the server. */
  objectsKnown: boolean;
  /** How the server's timeline names its records; null while it was not asked. */
  timeline: Dialect['targets'] | 'none' | null;
  /** False once counting several objects in one call was refused. */
  counts: boolean;
  /** Rows per page for objects whose full pages were too much to read, until the server is learned anew. */
  readonly smallPages: Map<string, number>;
  /** Objects with records that the server itself cannot read, which are left out of every list. */
  readonly damaged: Set<string>;
  /** Server names of fields that GraphQL refused, per object. */
  readonly missing: Map<string, Set<string>>;
  setDialect(next: Dialect): void;
  urls(object: string): ObjectUrls;
  meta(object: string): ObjectMeta | undefined;
  plural(object: string): string;
  graphqlUsable(): boolean;
}

export function createSession(options: {
  api: Api;
  clock: Clock;
  basePath: string;
  dialect: Dialect;
  onDialect: ((dialect: Dialect) => void) | undefined;
}): Session {
  const session: Session = {
    api: options.api,
    clock: options.clock,
    basePath: options.basePath,
    direct: options.basePath === '/rest',
    dialect: options.dialect,
    objects: stockObjects(),
    objectsKnown: false,
    timeline: null,
    counts: true,
    smallPages: new Map(),
    damaged: new Set(),
    missing: new Map(),
    setDialect(next) {
      session.dialect = next;
      options.onDialect?.(next);
    },
    plural(object) {
      const plural = pluralOf(session.objects, object);
      if (plural === null) {
        throw new TwigError('invalid', `This workspace has no object "${object.slice(0, 64)}".`, {
          reason: 'unknownObject',
        });
      }
      return plural;
    },
    urls: (object) => objectUrls(session.basePath, session.plural(object)),
    meta: (object) => session.objects.find((one) => one.name === object),
    graphqlUsable: () => session.direct && session.dialect.graphql,
  };
  return session;
}

/** Runs a GraphQL call; null when the server turns out to have no GraphQL, which is remembered. */
export async function tryGraphql<T>(session: Session, call: () => Promise<T>): Promise<T | null> {
  if (!session.graphqlUsable()) return null;
  try {
    return await call();
  } catch (thrown) {
    if (!(thrown instanceof TwigError)) throw thrown;
    if (thrown.reason !== 'unknownRoute' && thrown.reason !== 'notTwenty') throw thrown;
    session.setDialect({ ...session.dialect, graphql: false, source: 'learned', learnedAt: session.clock.now() });
    return null;
  }
}

/** Remembers a field that GraphQL does not know on this object; false when it was known already. */
export function rememberMissing(session: Session, object: string, field: string): boolean {
  const known = session.missing.get(object) ?? new Set<string>();
  if (known.has(field)) return false;
  session.missing.set(object, known.add(field));
  return true;
}
