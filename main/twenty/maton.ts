import { z } from 'zod';
import { MatonConnection } from '../../shared/app/connections';
import { TwigError } from '../../shared/errors';
import { isLoopback } from './address';
import { systemClock } from './clock';
import { refusal } from './errors';
import { isObject } from './json';
import { aborted } from './network-errors';
import { createTransport } from './transport';
import type { Clock, Credential, Fetch } from './types';

/** Where calls to Twenty go behind Maton. */
export const MATON_BASE_PATH = '/twenty/rest';
/** The service's own host. */
export const MATON_ORIGIN = 'https://api.maton.ai';

/** Hosts that may ever see a Maton key, each with the host that manages its connections. */
const HOSTS: Readonly<Record<string, string>> = {
  'api.maton.ai': 'https://api.maton.ai',
  'gateway.maton.ai': 'https://ctrl.maton.ai',
  'ctrl.maton.ai': 'https://ctrl.maton.ai',
};
const CONNECT_HOST = 'connect.maton.ai';

export interface MatonClientOptions {
  key: string;
  fetch: Fetch;
  clock?: Clock;
  /** `https://api.maton.ai` unless told; another host must be on the list, or loopback (tests). */
  origin?: string;
}

/** A new connection: `url` is opened in the browser by the user's wish and is itself a secret. */
export interface NewMatonConnection {
  connection: MatonConnection;
  url: string;
}

export interface WaitOptions {
  timeoutMs: number;
  signal?: AbortSignal;
  /** Called with the state seen at each look, such as `PENDING`. */
  onState?: (status: string) => void;
}

/** Maton's own API: the connections behind one Maton key. Failures are TwigErrors. */
export interface MatonClient {
  /** The Twenty connections of this key, in any state. */
  list(signal?: AbortSignal): Promise<MatonConnection[]>;
  /** Starts a connection; its address has been checked. */
  create(signal?: AbortSignal): Promise<NewMatonConnection>;
  get(id: string, signal?: AbortSignal): Promise<MatonConnection>;
  remove(id: string, signal?: AbortSignal): Promise<void>;
  /** Asks until the connection is ACTIVE. Throws after `timeoutMs`, when it failed, or when aborted. */
  waitUntilActive(id: string, options: WaitOptions): Promise<MatonConnection>;
  /** The credential of one connection, pinned to the host of calls. */
  credential(connectionId: string): Extract<Credential, { type: 'maton' }>;
}

const Connection = z.looseObject({
  connection_id: MatonConnection.shape.id,
  status: z.string().max(40),
  creation_time: z.string().nullish(),
  url: z.string().nullish(),
  app: z.string().nullish(),
  method: z.string().nullish(),
  metadata: z.unknown().optional(),
});
type Connection = z.infer<typeof Connection>;

const refused = (message: string) => new TwigError('refused', message);

/** Milliseconds between two looks at a connection that is being made. */
const POLL_MS = 2_000;

/** Throws TwigError `refused` for a host that is not Maton's. */
export function createMatonClient(options: MatonClientOptions): MatonClient {
  const { key, clock = systemClock } = options;
  const origin = checkedOrigin(options.origin ?? MATON_ORIGIN);
  const loopback = isLoopback(new URL(origin).hostname);
  const control = loopback ? origin : (HOSTS[new URL(origin).host] ?? origin);
  const transport = createTransport({ origin: control, fetch: options.fetch, clock });
  if (!/^[\x21-\x7e]{8,4096}$/.test(key)) {
    throw new TwigError('unauthorized', 'This is not a Maton key. Copy it from Maton’s settings.', { field: 'apiKey' });
  }

  async function call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}` };
    const write = method !== 'GET';
    const answer = await transport.send({ method, path, body, headers, write, signal });
    if (answer.status >= 200 && answer.status < 300 && !answer.html) return answer.body;
    throw refusal(answer, { host: new URL(control).host, gateway: true, write, now: clock.now() });
  }

  const one = (id: string) => `/connections/${encodeURIComponent(connectionId(id))}`;

  async function get(id: string, signal?: AbortSignal): Promise<MatonConnection> {
    return view(readConnection(await call('GET', one(id), undefined, signal)));
  }

  return {
    async list(signal) {
      const body = await call('GET', '/connections?app=twenty', undefined, signal);
      const rows = isObject(body) ? body.connections : body;
      if (!Array.isArray(rows)) throw senselessAnswer();
      return rows.flatMap((row) => {
        const parsed = Connection.safeParse(row);
        return parsed.success && (parsed.data.app ?? 'twenty') === 'twenty' ? [view(parsed.data)] : [];
      });
    },
    async create(signal) {
      const made = readConnection(await call('POST', '/connections', { app: 'twenty' }, signal), true);
      const connection = made.url
        ? made
        : readConnection(await call('GET', one(made.connection_id), undefined, signal));
      return { connection: view(connection), url: checkedConnectUrl(connection.url ?? '', loopback) };
    },
    get,
    async remove(id, signal) {
      await call('DELETE', one(id), undefined, signal);
    },
    async waitUntilActive(id, { timeoutMs, signal, onState }) {
      const until = clock.now() + timeoutMs;
      for (;;) {
        const connection = await get(id, signal);
        onState?.(connection.status);
        if (connection.status === 'ACTIVE') return connection;
        if (connection.status === 'FAILED') {
          throw new TwigError(
            'gateway',
            'Maton could not make the connection. Start again, or finish it on Maton’s page.',
          );
        }
        if (clock.now() + POLL_MS > until) {
          throw new TwigError(
            'gateway',
            'The connection was not finished in the browser in time. Start again when you are ready.',
          );
        }
        await clock.sleep(POLL_MS, signal).catch(() => {
          throw aborted(false);
        });
      }
    },
    credential: (id) => ({
      type: 'maton',
      origin: callsOrigin(origin),
      key,
      matonConnectionId: connectionId(id),
    }),
  };
}

function connectionId(id: string): string {
  const parsed = MatonConnection.shape.id.safeParse(id);
  if (!parsed.success) throw new TwigError('invalid', 'This is not the id of a Maton connection.');
  return parsed.data;
}

function checkedOrigin(origin: string): string {
  const url = new URL(origin);
  if (url.origin !== origin.replace(/\/$/, '')) throw refused('This is not one of Maton’s addresses.');
  const own = url.protocol === 'https:' && url.port === '' && url.host in HOSTS;
  if (!own && !isLoopback(url.hostname)) throw refused('A Maton key is only ever sent to Maton.');
  return url.origin;
}

/** Calls go to the gateway, also when the address given was the one for connections. */
function callsOrigin(origin: string): string {
  return origin === 'https://ctrl.maton.ai' ? 'https://gateway.maton.ai' : origin;
}

/** Only Maton's own page may be opened; on loopback (tests) also a page there. */
function checkedConnectUrl(text: string, loopback: boolean): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw senselessAnswer();
  }
  const own = url.protocol === 'https:' && url.host === CONNECT_HOST && url.username === '';
  const test = loopback && url.protocol === 'http:' && isLoopback(url.hostname);
  if (!own && !test) throw refused('Maton named a page that is not its own, so Twig does not open it.');
  return url.href;
}

/** A connection in an answer, bare or wrapped. A fresh one may say little more than its id. */
function readConnection(body: unknown, fresh = false): Connection {
  const inner = isObject(body) && isObject(body.connection) ? body.connection : body;
  const parsed = Connection.safeParse(fresh && isObject(inner) ? { status: 'PENDING', ...inner } : inner);
  if (!parsed.success) throw senselessAnswer();
  return parsed.data;
}

function senselessAnswer(): TwigError {
  return new TwigError('gateway', 'Maton’s answer makes no sense to Twig. Try again later.');
}

function view(connection: Connection): MatonConnection {
  const { metadata } = connection;
  const named = isObject(metadata) ? [metadata.name, metadata.workspace, metadata.email, metadata.url] : [metadata];
  return {
    id: connection.connection_id,
    status: connection.status.toUpperCase(),
    createdAt: connection.creation_time ?? null,
    method: connection.method ?? null,
    metadata: named.find((part): part is string => typeof part === 'string' && part !== '') ?? null,
  };
}
