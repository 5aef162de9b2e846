import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDemoServer, type DemoServer } from '../../../main/demo';
import { type Listening, listen } from '../../../main/demo/listen';

let server: DemoServer;
let listening: Listening;
beforeEach(async () => {
  server = createDemoServer({ people: 30 });
  listening = await listen((request) => server.handle(request));
});
afterEach(() => listening.stop());

const id = '33333333-3333-4333-8333-333333333333';
const headers = () => ({ authorization: `Bearer ${server.key}`, 'content-type': 'application/json' });
const create = (signal?: AbortSignal) =>
  fetch(`${listening.url}/rest/notes`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ id, title: 'x' }),
    signal,
    redirect: 'manual',
  });
const read = () => fetch(`${listening.url}/rest/people?limit=5`, { headers: headers() });
const stored = () => server.store.find('note', id) !== undefined;
type Wish = Parameters<DemoServer['faults']['set']>[0][number];
const play = (fault: Wish) => server.faults.set([fault]);

describe('the embedded server over HTTP', () => {
  it('answers as it does in process, and keeps the connection', async () => {
    const over = await read();
    expect(over.status).toBe(200);
    const direct = await server.handle(new Request(`${listening.url}/rest/people?limit=5`, { headers: headers() }));
    expect(await over.json()).toEqual(await direct.json());
    expect((await fetch(`${listening.url}/rest/people`, { method: 'HEAD', headers: headers() })).status).toBe(200);
  });

  it('goes away and comes back on the same port', async () => {
    await read();
    await listening.stop();
    await expect(read()).rejects.toThrow();
    await listening.start();
    expect((await read()).status).toBe(200);
  });
});

describe('injected faults', () => {
  it.each([
    ['dropBefore', false],
    ['dropAfter', true],
  ] as const)('%s: no answer; the record is there: %s', async (kind, there) => {
    play({ kind, times: 1 });
    await expect(create()).rejects.toThrow();
    expect(stored()).toBe(there);
    expect(server.faults.journal).toMatchObject([{ method: 'POST', committed: there, fault: kind }]);
    expect((await create()).status).toBe(there ? 400 : 201);
  });

  it('dropDuring: half an answer, then nothing', async () => {
    play({ kind: 'dropDuring' });
    const answer = await create();
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow();
    expect(stored()).toBe(true);
  });

  it('hang: done, and silence until the client gives up', async () => {
    play({ kind: 'hang' });
    const giveUp = new AbortController();
    const waiting = create(giveUp.signal);
    await expect.poll(stored).toBe(true);
    giveUp.abort();
    await expect(waiting).rejects.toThrow();
  });

  it('halfJson: an answer that ends too early, yet in good order', async () => {
    play({ kind: 'halfJson' });
    const text = await (await read()).text();
    expect(() => JSON.parse(text)).toThrow();
  });

  it('slowLoris: the whole answer, byte by byte', async () => {
    play({ kind: 'slowLoris', ms: 1, path: '/healthz' });
    const answer = await fetch(`${listening.url}/healthz`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
  });

  it.each<[string, Wish, number]>([
    ['rateLimit', { kind: 'rateLimit', retryAfter: 7 }, 429],
    ['status', { kind: 'status', status: 503 }, 503],
    ['html', { kind: 'html' }, 502],
    ['redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, 302],
  ])('%s: answered, and nothing done', async (_kind, fault, status) => {
    play(fault);
    const answer = await create();
    expect(answer.status).toBe(status);
    if (status === 429) expect(answer.headers.get('retry-after')).toBe('7');
    await answer.text();
    expect(stored()).toBe(false);
  });

  it('strike where and as often as they are told', async () => {
    server.faults.set([{ kind: 'status', status: 500, writes: true, skip: 1, times: 1 }]);
    expect((await read()).status).toBe(200);
    expect((await create()).status).toBe(201);
    expect((await create()).status).toBe(500);
    expect((await create()).status).toBe(400);
  });

  it('are steered over HTTP by who has the key', async () => {
    const control = (method: string, body?: unknown, key = server.key) =>
      fetch(`${listening.url}/__control`, {
        method,
        headers: { authorization: `Bearer ${key}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    expect((await control('PUT', { faults: [] }, 'nope')).status).toBe(401);
    expect((await control('PUT', { faults: [{ kind: 'nonsense' }] })).status).toBe(400);
    expect((await control('PUT', { faults: [{ kind: 'status', status: 500 }] })).status).toBe(200);
    expect((await read()).status).toBe(500);
    expect((await (await control('GET')).json()).journal).toMatchObject([
      { path: '/rest/people?limit=5', fault: 'status' },
    ]);
    await control('DELETE');
    expect((await read()).status).toBe(200);
  });
});
