import { expect, test } from 'vitest';
import type { Store } from '../../main/demo/store';
import { compareAnswers } from './server-compare';
import { EXCEPTIONS } from './server-exceptions';
import { prepareGraphql } from './server-graphql';
import { type Exchange, type Recorded, recordings } from './server-recordings';
import { recordedDialect } from './server-schema';
import { authorizationOf, isThrottled, requestParts, setUp } from './server-setups';
import { signedInRequest } from './server-sign-in';
import { snapshotsOf, storeBefore } from './server-state';
import { type Handle, NOW, ORIGIN, serverOver } from './server-under-test';

async function replay(exchange: Exchange, store: Store): Promise<{ shape: string[]; values: string[] }> {
  const handle = serverOver(store, isThrottled(exchange));
  const { url, body } = requestParts(exchange);
  const headers = new Headers();
  // Two spellings of one header were recorded once: the later one was sent.
  for (const [name, value] of Object.entries(exchange.request.headers ?? {})) headers.set(name, value);
  const authorization = authorizationOf(exchange);
  if (authorization !== null) headers.set('authorization', authorization);
  const { method } = exchange.request;
  if (headers.has('if-none-match')) headers.set('if-none-match', await etagOf(handle, url, authorization ?? ''));
  const signedIn = store.traits.family === 'current' ? await signedInRequest(handle, exchange) : null;
  const response = await handle(signedIn ?? new Request(`${ORIGIN}${url}`, { method, headers, body }));
  const recorded = exchange.response;
  const text = await response.text();
  const answered: unknown = text === '' ? '' : JSON.parse(text);
  const differences = compareAnswers(recorded.body ?? '', answered, {
    values: !WITHOUT_VALUES.test(exchange.name),
    mustHold: method === 'GET' && !exchange.request.path.includes('metadata'),
  });
  if (response.status !== recorded.status)
    differences.shape.unshift(`status: recorded ${recorded.status}, answered ${response.status}`);
  return differences;
}

/** The tag of what the server answers now: bodies are never the same to the byte. */
async function etagOf(handle: Handle, url: string, authorization: string): Promise<string> {
  const answer = await handle(new Request(`${ORIGIN}${url}`, { headers: { authorization } }));
  return answer.headers.get('etag') ?? '';
}

/** Numbers and rankings of these depend on every record there was. */
const WITHOUT_VALUES =
  /^(metadata|ratelimit)\/|groupBy|graphql\/(search|introspection|metadata|people-|note-with|multi)/;

async function replayAll(server: Recorded): Promise<{ total: number; faults: Map<string, string[]> }> {
  const exchanges = recordings(server);
  const dialect = recordedDialect(server, exchanges);
  const pool = snapshotsOf(dialect, exchanges);
  const faults = new Map<string, string[]>();
  for (const exchange of exchanges) {
    const store = storeBefore(dialect, exchange, pool, () => NOW);
    setUp(store, exchange, pool);
    prepareGraphql(store, exchange);
    const { shape, values } = await replay(exchange, store);
    if (shape.length + values.length > 0) faults.set(exchange.name, [...shape, ...values]);
  }
  return { total: exchanges.length, faults };
}

const figures: string[] = [];

test.each<Recorded>(['current', 'old', 'mid'])(
  'the embedded server answers as the recorded %s server',
  async (server) => {
    const { total, faults } = await replayAll(server);
    figures.push(`${total - faults.size} of ${total} (${server})`);
    if (server === 'mid') console.info(`contract: server replays ${figures.join(', ')}`);
    const excepted = EXCEPTIONS[server];
    const surprises = [...faults].filter(([name]) => !(name in excepted));
    expect(surprises.map(([name, list]) => `${name}: ${list.slice(0, 3).join('; ')}`)).toEqual([]);
    expect((total - faults.size) / total).toBeGreaterThanOrEqual(0.95);
    for (const name of Object.keys(excepted))
      expect(faults.has(name), `${name} needs no exception any more`).toBe(true);
  },
  120_000,
);
