import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/twenty/clock';
import { credentialHeaders } from '../../../main/twenty/credentials';
import { networkFailure } from '../../../main/twenty/network-errors';
import { type Call, createTransport, readRetryAfter } from '../../../main/twenty/transport';
import type { Clock, Fetch } from '../../../main/twenty/types';
import { isTwigError } from '../../../shared/errors';

const nodeFetch: Fetch = (url, init) => fetch(url, init);
/** Time-outs come at once, retries do not wait. */
const impatient: Clock = { now: () => 0, sleep: async () => undefined };

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(handler: RequestListener): Promise<string> {
  const running = createServer(handler);
  server = running;
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(running.address() as AddressInfo).port}`;
}

const GET: Call = { method: 'GET', path: '/rest/people', headers: {}, write: false };
const POST: Call = { method: 'POST', path: '/rest/notes', headers: {}, body: { title: 'x' }, write: true };

async function failure(origin: string, call: Call, more: { clock?: Clock; maxBytes?: number } = {}) {
  const transport = createTransport({ origin, fetch: nodeFetch, clock: systemClock, ...more });
  const thrown = await transport.send(call).then(
    () => null,
    (error: unknown) => error,
  );
  if (!isTwigError(thrown)) throw new Error(`expected a TwigError, got ${String(thrown)}`);
  return { kind: thrown.kind, unclear: thrown.unclear, message: thrown.message };
}

describe('a call', () => {
  it('sends JSON and reads JSON, with long amounts exact', async () => {
    const origin = await serve((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(
          `{"got":${Buffer.concat(parts)},"amount":{"amountMicros":9007199254740993000,"currencyCode":"USD"}}`,
        );
      });
    });
    const answer = await createTransport({ origin, fetch: nodeFetch, clock: systemClock }).send(POST);
    expect(answer).toMatchObject({
      status: 200,
      body: { got: { title: 'x' }, amount: { amountMicros: '9007199254740993000', currencyCode: 'USD' } },
    });
  });

  it('refuses a redirect without following it', async () => {
    const seen: string[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await failure(origin, GET)).toMatchObject({ kind: 'offline', unclear: false });
    expect(seen).toEqual(['/rest/people']);
  });

  it.each([
    ['an opaque redirect', async () => Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })],
    ['a fetch that throws for it', async () => Promise.reject(new TypeError('Redirect was cancelled'))],
  ])('knows %s', async (_, fetchOnce) => {
    const transport = createTransport({ origin: 'http://127.0.0.1:1', fetch: fetchOnce, clock: systemClock });
    await expect(transport.send(POST)).rejects.toMatchObject({ kind: 'offline', unclear: false });
  });

  it('tells a write that may have arrived from one that never left', async () => {
    const reset = await serve((request) => request.socket.destroy());
    expect(await failure(reset, POST)).toMatchObject({ kind: 'offline', unclear: true });
    expect(await failure('http://127.0.0.1:1', POST)).toMatchObject({ kind: 'offline', unclear: false });
  });

  it('does not repeat a write, and repeats a read after a broken connection', async () => {
    let reads = 0;
    let writes = 0;
    const origin = await serve((request, response) => {
      if (request.method === 'POST') {
        writes += 1;
        request.socket.destroy();
      } else if (++reads < 3) request.socket.destroy();
      else response.end('{"ok":true}');
    });
    await failure(origin, POST);
    expect(writes).toBe(1);
    const clock: Clock = {
      ...impatient,
      sleep: (ms, signal) => (ms > 5_000 ? systemClock.sleep(ms, signal) : Promise.resolve()),
    };
    const answer = await createTransport({ origin, fetch: nodeFetch, clock }).send(GET);
    expect([answer.body, reads]).toEqual([{ ok: true }, 3]);
  });

  it('gives up when the budget is over, whatever the server does', async () => {
    const origin = await serve((_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"slow":');
    });
    expect(await failure(origin, { ...POST, budgetMs: 20_000 }, { clock: impatient })).toEqual({
      kind: 'offline',
      unclear: true,
      message: `${new URL(origin).host} did not answer within 20 seconds.`,
    });
  });

  it('stops when the caller does', async () => {
    const stop = new AbortController();
    const origin = await serve(() => stop.abort());
    expect(await failure(origin, { ...GET, signal: stop.signal })).toMatchObject({
      message: 'The request was cancelled.',
    });
  });

  it('knows half an answer and one that is too large', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/half' ? '{"data":{"peop' : JSON.stringify('x'.repeat(5_000)));
    });
    expect(await failure(origin, { ...POST, path: '/half' })).toMatchObject({ kind: 'server', unclear: true });
    expect(await failure(origin, GET, { maxBytes: 1_000 })).toMatchObject({ kind: 'server' });
  });

  it('recognises a web page', async () => {
    const origin = await serve((_, response) =>
      response.writeHead(502).end('<!DOCTYPE html><title>Bad gateway</title>'),
    );
    const answer = await createTransport({ origin, fetch: nodeFetch, clock: systemClock }).send(POST);
    expect(answer).toMatchObject({ status: 502, html: true });
  });
});

describe('what a fetch threw', () => {
  it.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'offline', false, /certificate/],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'offline', false, /does not speak https/],
    ['net::ERR_NAME_NOT_RESOLVED', 'offline', false, /no server named/],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline', false, /cannot be reached/],
    ['net::ERR_CONNECTION_REFUSED', 'offline', false, /Nothing answers/],
    ['net::ERR_CONNECTION_RESET', 'offline', true, /broke/],
    ['net::ERR_EMPTY_RESPONSE', 'offline', true, /broke/],
  ])('%s becomes a sentence', (words, kind, unclear, sentence) => {
    const error = networkFailure(new Error(words), 'crm.example.test', true);
    expect(error).toMatchObject({ kind, unclear });
    expect(error.message).toMatch(sentence);
  });

  it('reads the codes of causes', () => {
    const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(networkFailure(new TypeError('fetch failed', { cause }), 'x.test', true)).toMatchObject({ unclear: false });
  });
});

it('reads Retry-After in seconds and as a date', () => {
  const now = Date.parse('2026-11-22T04:00:00Z');
  expect(readRetryAfter('7', now)).toBe(7_000);
  expect(readRetryAfter('Sun, 22 Nov 2026 04:00:30 GMT', now)).toBe(30_000);
  expect(readRetryAfter('Sun, 22 Nov 2026 03:00:00 GMT', now)).toBe(0);
  expect(readRetryAfter('soon', now)).toBeNull();
});

it('pins a credential to its origin', () => {
  const key = { type: 'apiKey' as const, origin: 'https://crm.example.test', key: 'obviously-fake-key' };
  const maton = {
    type: 'maton' as const,
    origin: 'https://api.maton.ai',
    key: 'obviously-fake-key',
    matonConnectionId: 'c1',
  };
  expect(credentialHeaders(key, key.origin)).toEqual({ authorization: 'Bearer obviously-fake-key' });
  expect(credentialHeaders(maton, maton.origin)).toEqual({
    authorization: 'Bearer obviously-fake-key',
    'maton-connection': 'c1',
  });
  expect(() => credentialHeaders(key, maton.origin)).toThrow(/another server/);
  expect(() => credentialHeaders(maton, key.origin)).toThrow(/another server/);
  expect(() => credentialHeaders({ ...key, key: 'a\r\nx: y' }, key.origin)).toThrow(/characters/);
});
