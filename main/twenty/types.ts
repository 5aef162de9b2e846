import type { CrmRecord, ObjectMeta } from '../../shared/crm';

/** Time as the wire and the workspace see it, so tests can move it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The subset of fetch that the wire needs; Electron's `net.fetch` and Node's `fetch` both fit. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Who gets the next call of the shared budget: captures before what a person looks at before sync. */
export type Lane = 'capture' | 'read' | 'sync';
export interface CallOptions {
  lane: Lane;
  signal?: AbortSignal;
}

/** A secret that is pinned to the one host it may be sent to. */
export type Credential =
  | { type: 'apiKey'; origin: string; key: string }
  | { type: 'maton'; origin: string; key: string; matonConnectionId: string }
  | {
      type: 'oauth';
      origin: string;
      clientId: string;
      tokenEndpoint: string;
      revocationEndpoint: string | null;
      accessToken: string;
      refreshToken: string | null;
      /** Epoch milliseconds. */
      expiresAt: number;
    };

/** Where the client gets its credential: a constant for keys, a refreshing session for a sign-in. */
export interface CredentialSource {
  get(): Promise<Credential>;
  /** Called once after the server refused this credential; null when there is nothing to renew. */
  renew(refused: Credential): Promise<Credential | null>;
}

/** What this server calls things and what is known to be safe on it. Serialisable: the last good copy is kept on disk. */
export interface Dialect {
  /** How it was learned; `assumed` is the newest dialect before anything was asked. */
  source: 'assumed' | 'introspection' | 'metadata' | 'learned';
  /** Field that holds a note's or task's text. `both` is the 0.5x middle form. */
  body: 'bodyV2' | 'body' | 'both';
  /** `targetPersonId` (current) or `personId` (old). */
  targets: 'prefixed' | 'plain';
  search: 'unified' | 'perObject' | 'plainList' | 'none';
  /** GraphQL answers at /graphql with this credential. */
  graphql: boolean;
  /** Largest REST page the server gives. */
  restPage: number;
  /** Rows per GraphQL page. */
  graphqlPage: number;
  /** What REST DELETE does; anything but `softWithParameter` and `soft` means: never use it. */
  restDelete: 'softWithParameter' | 'soft' | 'unknown';
  batchMax: number;
  upsert: boolean;
  merge: boolean;
  /** The allowance a refusal named (calls per milliseconds, shared by the workspace's keys); null until one did. */
  rateLimit: { calls: number; perMs: number } | null;
  /** Epoch milliseconds when it was learned. */
  learnedAt: number;
}

export type Comparator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'is'
  | 'like'
  | 'ilike'
  | 'startsWith'
  | 'endsWith'
  | 'contain'
  | 'notContain'
  | 'containsAny';

/** One typed condition tree; the builder quotes it for REST or turns it into GraphQL variables. */
export type Filter =
  | { field: string; op: Exclude<Comparator, 'in' | 'is' | 'containsAny'>; value: string | number | boolean }
  | { field: string; op: 'in' | 'containsAny'; value: readonly string[] }
  | { field: string; op: 'is'; value: 'NULL' | 'NOT_NULL' }
  | { and: readonly Filter[] }
  | { or: readonly Filter[] }
  | { not: Filter };

export type Direction = 'AscNullsFirst' | 'AscNullsLast' | 'DescNullsFirst' | 'DescNullsLast';

export interface ListQuery {
  filter?: Filter;
  /** Left out for paging through everything: ordered paging loses rows on real servers. */
  orderBy?: readonly { field: string; direction: Direction }[];
  /** Rows wanted per page; clamped to what the server gives. */
  limit?: number;
  after?: string;
  before?: string;
  depth?: 0 | 1;
  /** Fields wanted; used where GraphQL is reachable, otherwise everything comes. */
  fields?: readonly string[];
  /** Live and trashed rows in one read. */
  includeDeleted?: boolean;
}

export interface Page {
  records: CrmRecord[];
  totalCount: number | null;
  hasNextPage: boolean;
  endCursor: string | null;
}

/** Records of one object to be counted. */
export interface CountAsk {
  object: string;
  filter: Filter;
}

/** A record by name, without anything of it. */
export interface RecordName {
  object: string;
  id: string;
}

export interface SearchHit {
  object: string;
  id: string;
  label: string;
}

/** One step of the live check at Connect. */
export interface CheckStep {
  step: 'reachable' | 'twenty' | 'key' | 'objects';
  state: 'ok' | 'failed';
  /** What was found, or what went wrong and what to do. */
  message: string;
}

/**
 * One Twenty workspace over the wire. Records go in and out in canonical form (shared/crm);
 * failures are TwigErrors. Every write is safe to repeat: a create whose id exists answers the
 * existing record, deletes are soft, an update names a UUID.
 */
export interface TwentyClient {
  readonly dialect: Dialect;
  /** Learns dialect and metadata; resolves with what is known even when the server tells little. */
  learn(options: CallOptions): Promise<{ dialect: Dialect; objects: ObjectMeta[] }>;
  /** Last good copy of the metadata, for until `learn` brings the server's own. */
  know(objects: readonly ObjectMeta[]): void;
  check(signal?: AbortSignal): AsyncIterable<CheckStep>;
  list(object: string, query: ListQuery, options: CallOptions): Promise<Page>;
  /**
   * How many records, live and trashed, meet each filter, in one call; objects that are not counted are
   * left out. Null where it can only be asked object by object.
   */
  count(asks: readonly CountAsk[], options: CallOptions): Promise<Map<string, number> | null>;
  /** Null when the record is unknown or in the trash. */
  get(object: string, id: string, options: CallOptions): Promise<CrmRecord | null>;
  create(object: string, record: CrmRecord, options: CallOptions): Promise<CrmRecord>;
  createMany(object: string, records: readonly CrmRecord[], options: CallOptions): Promise<CrmRecord[]>;
  update(object: string, id: string, changes: Record<string, unknown>, options: CallOptions): Promise<CrmRecord>;
  softDelete(object: string, id: string, options: CallOptions): Promise<void>;
  restore(object: string, id: string, options: CallOptions): Promise<void>;
  search(text: string, objects: readonly string[], limit: number, options: CallOptions): Promise<SearchHit[]>;
  /** Likely duplicates of a record about to be created. */
  duplicates(object: string, record: Record<string, unknown>, options: CallOptions): Promise<CrmRecord[]>;
  merge(
    object: string,
    ids: readonly string[],
    priority: number,
    dryRun: boolean,
    options: CallOptions,
  ): Promise<CrmRecord>;
  /** What the server's own timeline says of these records, newest first; empty where it has none. */
  activities(of: readonly RecordName[], limit: number, options: CallOptions): Promise<CrmRecord[]>;
  /** The signed-in person's member id (null with an API key) and the workspace's name where told. */
  whoAmI(options: CallOptions): Promise<{ memberId: string | null; workspaceName: string | null }>;
  /** Calls of the shared budget left, and when it is next tried after a refusal. */
  budget(): { perMinute: number; available: number; pausedUntil: number | null };
  dispose(): void;
}
