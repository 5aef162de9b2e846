import type { CrmRecord } from '../../shared/crm';
import { readActivities } from './activities';
import { createApi } from './api';
import type { RateLimit } from './budget';
import { checkServer } from './check';
import { systemClock } from './clock';
import { countRecords } from './count';
import { NEWEST } from './dialect';
import { createRecords, findDuplicates, identify, mergeRecords } from './extras';
import { learnServer } from './learn';
import { getRecord, listRecords } from './reads';
import { searchRecords } from './search';
import { createSession } from './session';
import { createThrottle } from './throttle';
import { createTransport } from './transport';
import type { CallOptions, Clock, CredentialSource, Dialect, Fetch, TwentyClient } from './types';
import { createRecord, restoreRecord, softDeleteRecord, updateRecord, upsertRecord } from './writes';

export interface TwentyClientOptions {
  /** Scheme, host and port; the credential must be pinned to the same. */
  origin: string;
  /** REST base path: `/rest` unless told, `/twenty/rest` behind Maton. */
  basePath?: string;
  credential: CredentialSource;
  fetch: Fetch;
  clock?: Clock;
  /** Last good copy; the newest dialect is assumed without it. */
  dialect?: Dialect | null;
  /** Called with every change, to be kept for the next start. */
  onDialect?: (dialect: Dialect) => void;
  limits?: {
    /** Milliseconds for one call with everything; 30 s unless told. */
    budgetMs?: number;
    /** Bytes of one answer; 96 MB unless told. */
    maxBytes?: number;
    /** Allowance to start from instead of the stock one. */
    rateLimit?: RateLimit;
  };
}

/** What a client can do beyond what the app needs of it. */
export interface WholeClient extends TwentyClient {
  /** Creates a record, or updates the one that has its id or its unique e-mail address or domain. */
  upsert(object: string, record: CrmRecord, options: CallOptions): Promise<CrmRecord>;
}

/** The allowance of servers before 1.0: counted per root field. */
const OLD_LIMIT: RateLimit = { calls: 500, perMs: 100_000 };
/** Rows per page behind Maton. */
const GATEWAY_PAGE = 60;

/** One Twenty workspace over the wire; see `TwentyClient`. Nothing is sent until a method is called. */
export function createTwentyClient(options: TwentyClientOptions): WholeClient {
  const { origin, credential, limits = {} } = options;
  const clock = options.clock ?? systemClock;
  const basePath = options.basePath ?? '/rest';
  const gateway = basePath !== '/rest';
  const ended = new AbortController();
  const transport = createTransport({ origin, fetch: options.fetch, clock, ...limits });
  const start: Dialect = options.dialect ?? (gateway ? { ...NEWEST, graphql: false, restPage: GATEWAY_PAGE } : NEWEST);
  const throttle = createThrottle(clock, limits.rateLimit ?? start.rateLimit);
  const noting = {
    ...throttle,
    refused(limit: RateLimit | null, retryAfterMs: number | null) {
      const retryAt = throttle.refused(limit, retryAfterMs);
      noteLimit();
      return retryAt;
    },
  };
  const api = createApi({ transport, throttle: noting, credential, clock, signal: ended.signal });
  const suit = (dialect: Dialect) => {
    if (dialect.body === 'body' || dialect.search === 'perObject') throttle.assume(OLD_LIMIT);
  };
  const session = createSession({
    api,
    clock,
    basePath,
    dialect: start,
    onDialect: (dialect) => {
      suit(dialect);
      options.onDialect?.(dialect);
    },
  });
  suit(start);

  /** Keeps the allowance that a refusal named. */
  function noteLimit(): void {
    const rateLimit = throttle.learned();
    if (rateLimit && rateLimit !== session.dialect.rateLimit) session.setDialect({ ...session.dialect, rateLimit });
  }

  const learn: TwentyClient['learn'] = async (call) => {
    await learnServer(session, call);
    noteLimit();
    return { dialect: session.dialect, objects: session.objects };
  };

  return {
    get dialect() {
      return session.dialect;
    },
    learn,
    know: (objects) => {
      if (session.objectsKnown || objects.length === 0) return;
      session.objects = [...objects];
      session.objectsKnown = true;
    },
    check: (signal) => {
      const call = { lane: 'read' as const, signal };
      return checkServer(session, transport, gateway, async () => void (await learn(call)), call);
    },
    list: (object, query, call) => listRecords(session, object, query, call),
    count: (asks, call) => countRecords(session, asks, call),
    get: (object, id, call) => getRecord(session, object, id, call),
    create: (object, record, call) => createRecord(session, object, record, call),
    createMany: (object, records, call) => createRecords(session, object, records, call),
    upsert: (object, record, call) => upsertRecord(session, object, record, call),
    update: (object, id, changes, call) => updateRecord(session, object, id, changes, call),
    softDelete: (object, id, call) => softDeleteRecord(session, object, id, call),
    restore: (object, id, call) => restoreRecord(session, object, id, call),
    search: (text, objects, limit, call) => searchRecords(session, text, objects, limit, call),
    duplicates: (object, record, call) => findDuplicates(session, object, record, call),
    activities: (of, limit, call) => readActivities(session, of, limit, call),
    merge: (object, ids, priority, dryRun, call) => mergeRecords(session, object, ids, priority, dryRun, call),
    whoAmI: async (call) => identify(session, (await credential.get()).type === 'oauth', call),
    budget: () => throttle.view(),
    dispose() {
      ended.abort();
      throttle.dispose();
    },
  };
}
