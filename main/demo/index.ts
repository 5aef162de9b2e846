import type { Clock } from '../twenty/types';
import { type DialectName, dialectNamed } from './dialects';
import { createFaults, type Faults } from './faults';
import { createControl } from './faults-control';
import { createGraphqlHandler } from './graphql';
import { createMaton, type Maton } from './maton';
import { createOAuth } from './oauth';
import { createRateLimiter } from './ratelimit';
import { createRestHandler } from './rest';
import { type Access, type ApiKey, createAccess } from './rest-access';
import { WORKSPACE } from './sample';
import { seedSample } from './sample-seed';
import { Store } from './store';

export interface DemoOptions {
  /** The server to play; `current` when left out. */
  dialect?: DialectName;
  clock?: Clock;
  /** People of the sample workspace; 0 leaves it empty. 400 when left out. */
  people?: number;
  seed?: number;
  /** Puts the gateway in front: then only its paths are there, and only its key is good. */
  maton?: boolean | { graphql?: boolean; connections?: number };
  /** False plays a server whose GraphQL cannot be reached. */
  graphql?: boolean;
  introspection?: boolean;
  /** Calls per time instead of the dialect's own limit; null lifts it. */
  limit?: { calls: number; ms: number } | null;
  accessTokenMs?: number;
  /** A number in [0, 1) for faults that strike only sometimes. */
  chance?: () => number;
}

export interface DemoServer {
  /** Answers one request; rejects when a fault cuts the connection. Any origin will do. */
  handle(request: Request): Promise<Response>;
  readonly store: Store;
  readonly dialect: DialectName;
  /** What a client connects with: the API key, or the Maton key when the gateway is in front. */
  readonly key: string;
  /** Further keys, for what they are refused for. */
  readonly keys: Readonly<Record<'expired' | 'revoked' | 'readOnly', string>>;
  /** Path before `/rest`: empty, or `/twenty` behind the gateway. */
  readonly base: string;
  readonly faults: Faults;
  readonly maton: Maton | null;
  /** Ids of the workspace members; the first approves sign-ins until `approveAs` says otherwise. */
  readonly members: readonly string[];
  /** Chooses who approves at /authorize; null refuses. */
  approveAs(memberId: string | null): void;
}

export const DEMO_KEY = 'demo-api-key';
export const DEMO_MATON_KEY = 'demo-maton-key';
const KEYS = { expired: 'demo-expired-key', revoked: 'demo-revoked-key', readOnly: 'demo-read-only-key' } as const;

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

/**
 * An embedded Twenty with its sample workspace: REST, GraphQL and sign-in in the manners of one
 * dialect, the gateway in front if wished, and faults on demand. Takes and gives fetch's own types,
 * so it serves the app in process and, through `listen`, anyone over HTTP.
 */
export function createDemoServer(options: DemoOptions = {}): DemoServer {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const name = options.dialect ?? 'current';
  const dialect = dialectNamed(name);
  const store = new Store({ dialect, now: () => clock.now() });
  const people = options.people ?? 400;
  if (people > 0) seedSample(store, { people, seed: options.seed ?? 7 });

  const members = [...store.table('workspaceMember').inOrder()].map((row) => row.id);
  let approver = members[0] ?? null;
  const oauth = createOAuth({ now: () => clock.now(), approver: () => approver, accessTokenMs: options.accessTokenMs });
  const access = accessTo(store, oauth);
  const limit = options.limit === undefined ? dialect.traits.rateLimit : options.limit;
  const limiter = limit && createRateLimiter({ ...dialect.traits.rateLimit, ...limit }, () => clock.now());

  const rest = createRestHandler(store, { access, limiter });
  const introspection = options.introspection ?? true;
  const graphql = createGraphqlHandler(store, { access, limiter, workspace: WORKSPACE, introspection });
  const signIn = dialect.traits.family === 'current';
  const twenty = (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (options.graphql !== false && (pathname === '/graphql' || pathname === '/metadata')) return graphql(request);
    return (signIn && oauth.handle(request)) || rest(request);
  };

  const gateway = options.maton === true ? {} : options.maton;
  const maton = gateway
    ? createMaton({
        ...gateway,
        key: DEMO_MATON_KEY,
        now: () => clock.now(),
        upstream: { handle: twenty, key: DEMO_KEY },
      })
    : null;
  const key = maton ? DEMO_MATON_KEY : DEMO_KEY;
  const faults = createFaults(clock, options.chance);
  const approveAs = (memberId: string | null) => {
    approver = memberId;
  };
  const control = createControl({ key, faults, approveAs });
  return {
    store,
    dialect: name,
    key,
    keys: KEYS,
    base: maton ? '/twenty' : '',
    faults,
    maton,
    members,
    approveAs,
    handle: (request) =>
      control(request) ?? faults.run(request, (healthy) => (maton ? maton.handle(healthy) : twenty(healthy))),
  };
}

/** API keys, and the access tokens of people who signed in. */
function accessTo(store: Store, oauth: ReturnType<typeof createOAuth>): Access {
  const keys: ApiKey[] = [
    { token: DEMO_KEY, name: 'Demo key', state: 'active', role: 'admin' },
    { token: KEYS.readOnly, name: 'Read-only key', state: 'active', role: 'readOnly' },
    { token: KEYS.expired, name: 'Expired key', state: 'expired', role: 'admin' },
    { token: KEYS.revoked, name: 'Revoked key', state: 'revoked', role: 'admin' },
  ];
  const known = createAccess(keys, (token) => {
    const found = oauth.member(token);
    const member = typeof found === 'string' ? undefined : store.live('workspaceMember', found.memberId);
    if (!member) return null;
    const { firstName, lastName } = (member.name ?? {}) as Record<string, unknown>;
    const actor = { source: 'MANUAL', workspaceMemberId: member.id, name: `${firstName} ${lastName}` };
    return { kind: 'person', actor, mayWrite: true, mayReadMetadata: true };
  });
  return (authorization) => {
    const caller = known(authorization);
    const token = /^bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]?.trim();
    return caller === 'invalid' && token && oauth.member(token) === 'expired' ? 'expired' : caller;
  };
}
