import { createApi } from '../../main/twenty/api';
import { createTwentyClient } from '../../main/twenty/client';
import { fixedCredential } from '../../main/twenty/credentials';
import { NEWEST } from '../../main/twenty/dialect';
import { isObject, type Json } from '../../main/twenty/json';
import { createThrottle } from '../../main/twenty/throttle';
import { createTransport } from '../../main/twenty/transport';
import type { Clock, Dialect, Fetch, TwentyClient } from '../../main/twenty/types';
import { PLURALS } from '../../shared/crm';
import type { Exchange, Recorded } from './server-recordings';

const ORIGIN = 'http://127.0.0.1:3001';
const CREDENTIAL = { type: 'apiKey' as const, origin: ORIGIN, key: 'recorded-key-of-nobody' };
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** The lane that waits least for a budget that is used up. */
const CALL = { lane: 'capture' as const };

/** A short wait is over at once; a time-out never comes. */
function hurriedClock(): Clock {
  let now = Date.UTC(2026, 10, 22, 4);
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      if (ms >= 10_000)
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      now += ms;
    },
  };
}

/** The client as it is once it knows the recorded server, reached by REST alone. */
function dialectOf(server: Recorded): Dialect {
  const known: Dialect = { ...NEWEST, source: 'metadata', graphql: false };
  return server === 'current'
    ? { ...known, restDelete: 'softWithParameter' }
    : { ...known, body: 'body', targets: 'plain', restDelete: 'soft', search: 'perObject', merge: true };
}

/** Why the client never meets an exchange, or null when it can. */
export function neverMet({ request }: Exchange, server: Recorded): string | null {
  const path = request.path.split('?')[0] ?? '';
  if (request.method === 'HEAD' || request.method === 'OPTIONS') return 'a method that only browsers use';
  const url = request.url ?? request.path;
  if (
    request.method === 'DELETE' &&
    server === 'current' &&
    !/soft_delete=true/.test(url + JSON.stringify(request.query ?? ''))
  ) {
    return 'destroying is never asked for';
  }
  if (request.method === 'PUT') return 'PUT is never sent; PATCH does the same';
  if (Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'if-none-match')) {
    return 'reads are never conditional';
  }
  if (/^\/(oauth|\.well-known)\//.test(path)) return 'signing in: read by the tests of the sign-in';
  return null;
}

/** Reads one recorded answer the way the client does for that request; resolves with what came out. */
export function readExchange(exchange: Exchange, server: Recorded): Promise<unknown> {
  const { request } = exchange;
  const path = request.path.split('?')[0] ?? '';
  if (path === '/graphql' || path === '/metadata') return graphql(exchange, path);
  const client = createTwentyClient({
    origin: ORIGIN,
    credential: fixedCredential(CREDENTIAL),
    fetch: answering(exchange),
    clock: hurriedClock(),
    dialect: dialectOf(server),
  });
  return typed(client, exchange, path) ?? bare(exchange);
}

/** The typed operation that sends such a request; null when only the wire below it does. */
function typed(client: TwentyClient, { request, response }: Exchange, path: string): Promise<unknown> | null {
  if (request.method === 'GET' && path === '/rest/metadata/objects') return client.learn(CALL);
  const [, plural = '', rest = ''] = /^\/rest\/(?:batch\/)?(\w+)(?:\/(.*))?$/.exec(path) ?? [];
  const object = Object.entries(PLURALS).find(([, name]) => name === plural)?.[0];
  if (!object) return null;
  const id = ID.exec(rest)?.[0];
  const made = ID.exec(JSON.stringify(response.body ?? ''))?.[0] ?? '11111111-1111-4111-8111-111111111111';
  if (path.startsWith('/rest/batch/')) {
    return request.method === 'POST' ? client.createMany(object, batch(response.body), CALL) : null;
  }
  if (rest === 'duplicates') return client.duplicates(object, { name: 'x' }, CALL);
  if (rest === 'merge') return client.merge(object, [made, made], 0, false, CALL);
  if (rest !== '' && rest !== id) return null;
  switch (request.method) {
    case 'GET':
      return id ? client.get(object, id, CALL) : client.list(object, { limit: 200 }, CALL);
    case 'POST':
      return id ? null : client.create(object, { id: made, title: 'x' }, CALL);
    case 'PATCH':
      return id ? client.update(object, id, { title: 'x' }, CALL) : null;
    case 'DELETE':
      return id ? client.softDelete(object, id, CALL) : null;
    default:
      return null;
  }
}

function batch(body: unknown): { id: string; title: string }[] {
  const ids = [...JSON.stringify(body ?? '').matchAll(/"id":"([0-9a-f-]{36})"/g)].map((match) => match[1] ?? '');
  const rows = ids.map((id) => ({ id, title: 'x' }));
  return rows.length > 1 ? rows : [...rows, ...['1', '2'].map((digit) => ({ id: ID_OF(digit), title: 'x' }))];
}

const ID_OF = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-111111111111`;

/** A request without an operation of its own: what the wire makes of the answer. */
function bare(exchange: Exchange): Promise<unknown> {
  const { method, path } = exchange.request;
  const known = method === 'GET' || method === 'POST' || method === 'PATCH' || method === 'DELETE' ? method : 'GET';
  return api(exchange).rest({ ...CALL, method: known, path });
}

function graphql(exchange: Exchange, endpoint: '/graphql' | '/metadata'): Promise<unknown> {
  const body = isObject(exchange.request.body) ? exchange.request.body : {};
  const query = String(body.query ?? '');
  const variables = isObject(body.variables) ? body.variables : {};
  const write = query.trimStart().startsWith('mutation');
  return api(exchange).graphql({ query, variables }, { ...CALL, endpoint, write });
}

function api(exchange: Exchange) {
  const clock = hurriedClock();
  return createApi({
    transport: createTransport({ origin: ORIGIN, fetch: answering(exchange), clock }),
    throttle: createThrottle(clock, null),
    credential: fixedCredential(CREDENTIAL),
    clock,
    signal: new AbortController().signal,
  });
}

/** True when the server said no, in REST's way or in GraphQL's. */
export function isRefused({ response }: Exchange): boolean {
  if (response.status >= 400) return true;
  return isObject(response.body) && Array.isArray(response.body.errors) && response.body.errors.length > 0;
}

/** Answers the first request of the recorded kind as recorded; what the client asks besides finds nothing. */
function answering(exchange: Exchange): Fetch {
  const { request, response } = exchange;
  let answered = false;
  return async (url, init) => {
    if (answered || init.method !== request.method) return other(url, init, request.method);
    // A refusal for the number of calls goes on until the client gives up.
    answered = !isRefused(exchange);
    const text = response.body === '' || response.body === undefined ? '' : JSON.stringify(response.body);
    return new Response(text, { status: response.status, headers: headersOf(response.headers ?? {}) });
  };
}

function headersOf(recorded: Record<string, string>): Headers {
  const headers = new Headers(recorded);
  headers.delete('content-length');
  headers.delete('content-encoding');
  return headers;
}

/** A list that finds nothing, or a write that works. */
function other(url: string, init: RequestInit, after: string): Response {
  const plural = /\/rest\/(\w+)/.exec(url)?.[1] ?? 'people';
  const object = Object.entries(PLURALS).find(([, name]) => name === plural)?.[0] ?? plural;
  const asked = ID.exec(url)?.[0];
  // A deleted record is looked for, and found in the trash.
  const trashed =
    after === 'DELETE' && asked && url.includes('deletedAt')
      ? [{ id: asked, deletedAt: '2026-11-22T02:00:00.000Z' }]
      : null;
  if (init.method === 'GET' && trashed) return Response.json({ data: { [plural]: trashed }, totalCount: 1 });
  if (init.method === 'GET') return Response.json({ data: { [plural]: [] }, pageInfo: { hasNextPage: false } });
  const key = `create${object[0]?.toUpperCase()}${object.slice(1)}`;
  return Response.json({ data: { [key]: JSON.parse(String(init.body)) } }, { status: 201 });
}

/** Rows of a recorded list that have an id, so that the client must give them back. */
export function rowsWithId(body: unknown, plural: string): number | null {
  const data: Json = isObject(body) && isObject(body.data) ? body.data : {};
  const rows = data[plural];
  return Array.isArray(rows) ? rows.filter((row) => isObject(row) && typeof row.id === 'string').length : null;
}
