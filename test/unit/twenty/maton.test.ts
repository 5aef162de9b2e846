import { describe, expect, it } from 'vitest';
import { createDemoServer, type DemoServer } from '../../../main/demo';
import { listen } from '../../../main/demo/listen';
import { createTwentyClient } from '../../../main/twenty/client';
import { systemClock } from '../../../main/twenty/clock';
import { fixedCredential } from '../../../main/twenty/credentials';
import { createMatonClient, MATON_BASE_PATH } from '../../../main/twenty/maton';
import type { Clock, Fetch } from '../../../main/twenty/types';
import { READ } from './support';

const nodeFetch: Fetch = (url, init) => fetch(url, init);
const KEY = 'obviously-fake-maton-key';
/** Waits between two looks are over at once. */
const eager: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms === 2_000 ? 0 : ms, signal) };

async function gateway<T>(use: (origin: string, demo: DemoServer) => Promise<T>): Promise<T> {
  const demo = createDemoServer({ people: 5, dialect: 'b', maton: { connections: 1 } });
  const listening = await listen(demo.handle);
  try {
    return await use(listening.url, demo);
  } finally {
    await listening.stop();
  }
}

describe('Maton connections', () => {
  it('are listed, made in the browser, used and deleted', async () => {
    await gateway(async (origin, demo) => {
      const maton = createMatonClient({ key: demo.key, origin, fetch: nodeFetch, clock: eager });
      expect(await maton.list()).toMatchObject([{ status: 'ACTIVE' }]);
      const { connection, url } = await maton.create();
      expect(connection.status).toBe('PENDING');
      expect(new URL(url).hostname).toBe('127.0.0.1');

      const states: string[] = [];
      const opened: Promise<unknown>[] = [];
      const onState = (state: string) => {
        states.push(state);
        if (state === 'PENDING' && opened.length === 0) opened.push(fetch(url).then((page) => page.text()));
      };
      const active = await maton.waitUntilActive(connection.id, { timeoutMs: 60_000, onState });
      await Promise.all(opened);
      expect(active.status).toBe('ACTIVE');
      expect(states[0]).toBe('PENDING');

      const credential = maton.credential(active.id);
      const client = createTwentyClient({
        origin: credential.origin,
        basePath: MATON_BASE_PATH,
        credential: fixedCredential(credential),
        fetch: nodeFetch,
      });
      expect((await client.list('person', { limit: 200 }, READ)).records.length).toBeGreaterThan(0);

      await maton.remove(active.id);
      expect((await maton.list()).map((one) => one.id)).not.toContain(active.id);
    });
  });

  it('tells whether the gateway or Twenty spoke', async () => {
    await gateway(async (origin, demo) => {
      const wrong = createMatonClient({ key: KEY, origin, fetch: nodeFetch });
      await expect(wrong.list()).rejects.toMatchObject({
        kind: 'unauthorized',
        message: expect.stringMatching(/Maton/),
      });
      const gone = createMatonClient({ key: demo.key, origin, fetch: nodeFetch });
      await expect(gone.get('no-such-connection')).rejects.toMatchObject({ kind: 'gateway' });
      const credential = gone.credential('no-such-connection');
      const client = createTwentyClient({
        origin,
        basePath: MATON_BASE_PATH,
        credential: fixedCredential(credential),
        fetch: nodeFetch,
      });
      await expect(client.list('person', {}, READ)).rejects.toMatchObject({
        kind: 'gateway',
        message: expect.stringMatching(/Maton/),
      });
    });
  });

  it('stops waiting when cancelled or out of time', async () => {
    await gateway(async (origin, demo) => {
      const maton = createMatonClient({ key: demo.key, origin, fetch: nodeFetch, clock: eager });
      const { connection } = await maton.create();
      await expect(maton.waitUntilActive(connection.id, { timeoutMs: 1_000 })).rejects.toThrow(/in time/);
      const stop = new AbortController();
      const waiting = maton.waitUntilActive(connection.id, {
        timeoutMs: 60_000,
        signal: stop.signal,
        onState: () => stop.abort(),
      });
      await expect(waiting).rejects.toMatchObject({ reason: 'aborted' });
    });
  });
});

describe('a Maton key', () => {
  it.each([
    'https://evil.example.test',
    'http://api.maton.ai',
    'https://api.maton.ai:8443',
    'https://api.maton.ai.example.test',
    'https://api.maton.ai/path',
    'https://user@api.maton.ai',
    'http://192.168.1.2',
  ])('never goes to %s', (origin) => {
    expect(() => createMatonClient({ key: KEY, origin, fetch: nodeFetch })).toThrow(/Maton/);
  });

  it.each([
    [undefined, 'https://api.maton.ai', 'https://api.maton.ai'],
    ['https://gateway.maton.ai', 'https://ctrl.maton.ai', 'https://gateway.maton.ai'],
    ['https://ctrl.maton.ai', 'https://ctrl.maton.ai', 'https://gateway.maton.ai'],
  ])('knows the service’s addresses (%s)', async (origin, control, calls) => {
    const asked: string[] = [];
    const maton = createMatonClient({
      key: KEY,
      origin,
      fetch: async (url) => {
        asked.push(new URL(url).origin);
        return Response.json({ connections: [] });
      },
    });
    await maton.list();
    expect(asked).toEqual([control]);
    expect(maton.credential('c1').origin).toBe(calls);
  });

  it.each([
    'http://connect.maton.ai/?x',
    'https://connect.maton.ai.evil.test/',
    'https://evil.test/',
    'javascript:alert(1)',
    '',
  ])('opens no page such as %j', async (url) => {
    const connection = { connection_id: 'c1', status: 'PENDING', url };
    const maton = createMatonClient({ key: KEY, fetch: async () => Response.json({ connection }) });
    await expect(maton.create()).rejects.toMatchObject({ kind: expect.stringMatching(/refused|gateway/) });
  });

  it('opens Maton’s own page', async () => {
    const connection = { connection_id: 'c1', status: 'PENDING', url: 'https://connect.maton.ai/?session_token=fake' };
    const maton = createMatonClient({ key: KEY, fetch: async () => Response.json({ connection }) });
    expect((await maton.create()).url).toBe(connection.url);
  });

  it('is one line of printable text', () => {
    expect(() => createMatonClient({ key: 'a\nb', fetch: nodeFetch })).toThrow(/not a Maton key/);
  });
});
