import { describe, expect, it } from 'vitest';
import { createDemoServer } from '../../../main/demo';
import { listen } from '../../../main/demo/listen';
import { createTwentyClient } from '../../../main/twenty/client';
import { systemClock } from '../../../main/twenty/clock';
import { createOauthSession } from '../../../main/twenty/oauth-session';
import { discoverOauth, type OauthCredential, type OauthServer, signIn } from '../../../main/twenty/signin';
import { listenForCallback } from '../../../main/twenty/signin-listener';
import type { Clock, Fetch } from '../../../main/twenty/types';
import { fetchOf, ManualClock, newId, ORIGIN, READ, settled } from './support';

const nodeFetch: Fetch = (url, init) => fetch(url, init);

async function running<T>(use: (origin: string, demo: ReturnType<typeof createDemoServer>) => Promise<T>): Promise<T> {
  const demo = createDemoServer({ people: 5 });
  const listening = await listen(demo.handle);
  try {
    return await use(listening.url, demo);
  } finally {
    await listening.stop();
  }
}

async function offered(origin: string): Promise<OauthServer> {
  const server = await discoverOauth({ origin, fetch: nodeFetch });
  if (!server) throw new Error('the demo server offers a sign-in');
  return server;
}

/** A person's browser that approves, following the redirect to loopback. */
const approving = async (url: string): Promise<void> => {
  const page = await fetch(url);
  expect(await page.text()).toMatch(/close this page/);
};

describe('signing in as a person', () => {
  it('ends with a credential that knows who it is and is not counted', async () => {
    await running(async (origin, demo) => {
      const server = await offered(origin);
      const credential = await signIn({ origin, server, fetch: nodeFetch, openBrowser: approving });
      expect(credential).toMatchObject({ type: 'oauth', origin, refreshToken: expect.any(String) });
      const session = createOauthSession({ credential, fetch: nodeFetch, onRenewed: () => undefined });
      const client = createTwentyClient({ origin, credential: session, fetch: nodeFetch });
      expect(await client.whoAmI(READ)).toEqual({ memberId: demo.members[0], workspaceName: expect.any(String) });
      await client.create('note', { id: newId(), title: 'By a person' }, READ);
      expect(client.budget().available).toBe(100);
    });
  });

  it('says so when the person declines', async () => {
    await running(async (origin, demo) => {
      demo.approveAs(null);
      const server = await offered(origin);
      const attempt = signIn({ origin, server, fetch: nodeFetch, openBrowser: async (url) => void (await fetch(url)) });
      await expect(attempt).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringMatching(/declined/) });
    });
  });

  it('ignores answers without its state and refuses another issuer', async () => {
    await running(async (origin) => {
      const server = await offered(origin);
      const visited: number[] = [];
      const openBrowser = async (url: string) => {
        const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
        const state = new URL(url).searchParams.get('state') ?? '';
        const visit = async (parameters: Record<string, string>, path = '/callback') => {
          const target = new URL(`${path}?${new URLSearchParams(parameters)}`, redirect);
          visited.push((await fetch(target)).status);
        };
        await visit({ code: 'planted' });
        await visit({ code: 'planted', state: 'x'.repeat(state.length) });
        await visit({}, '/');
        await visit({ code: 'planted', state, iss: 'https://evil.example.test' });
      };
      const attempt = signIn({ origin, server, fetch: nodeFetch, openBrowser });
      await expect(attempt).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(/another server/),
      });
      expect(visited).toEqual([400, 400, 404, 200]);
    });
  });

  it('refuses an answer that names no issuer where the server always does', async () => {
    await running(async (origin) => {
      const server = await offered(origin);
      const openBrowser = async (url: string) => {
        const asked = new URL(url).searchParams;
        await fetch(`${asked.get('redirect_uri')}?code=planted&state=${asked.get('state')}`);
      };
      await expect(signIn({ origin, server, fetch: nodeFetch, openBrowser })).rejects.toMatchObject({
        kind: 'refused',
      });
    });
  });

  it('ends in time and when cancelled', async () => {
    await running(async (origin) => {
      const server = await offered(origin);
      const late: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms === 1_234 ? 1 : ms, signal) };
      const options = { origin, server, fetch: nodeFetch, openBrowser: () => undefined };
      await expect(signIn({ ...options, clock: late, timeoutMs: 1_234 })).rejects.toThrow(/in time/);
      const stop = new AbortController();
      const attempt = signIn({ ...options, openBrowser: () => stop.abort(), signal: stop.signal });
      await expect(attempt).rejects.toMatchObject({ reason: 'aborted' });
    });
  });

  it('listens on this machine alone, and once', async () => {
    const listener = await listenForCallback('state');
    expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect((await fetch(`${listener.redirectUri}?code=a&state=state`)).status).toBe(200);
    expect((await fetch(`${listener.redirectUri}?code=b&state=state`)).status).toBe(400);
    expect(await listener.answer).toEqual({ code: 'a', issuer: null });
    listener.close();
  });
});

describe('discovery', () => {
  const document = {
    issuer: ORIGIN,
    authorization_endpoint: `${ORIGIN}/authorize`,
    token_endpoint: `${ORIGIN}/oauth/token`,
    registration_endpoint: `${ORIGIN}/oauth/register`,
    code_challenge_methods_supported: ['S256'],
  };
  const found = (change: Record<string, unknown>, status = 200) =>
    discoverOauth({ origin: ORIGIN, fetch: async () => Response.json({ ...document, ...change }, { status }) });

  it('takes a server that fits', async () => {
    expect(await found({})).toMatchObject({ issuer: ORIGIN, namesIssuer: false });
  });

  it.each([
    ['none', {}, 404],
    ['another issuer', { issuer: 'https://evil.example.test' }, 200],
    ['tokens sent elsewhere', { token_endpoint: 'https://evil.example.test/token' }, 200],
    ['no PKCE', { code_challenge_methods_supported: ['plain'] }, 200],
    ['a page without https', { authorization_endpoint: 'http://crm.example.com/authorize' }, 200],
  ])('offers no sign-in with %s', async (_, change, status) => {
    expect(await found(change, status)).toBeNull();
  });
});

describe('the session of a person', () => {
  function session(demoMs: number) {
    const clock = new ManualClock();
    const demo = createDemoServer({ people: 2, clock, accessTokenMs: demoMs });
    return { clock, demo, fetch: fetchOf(demo) };
  }

  const credential = (change: Partial<OauthCredential> = {}): OauthCredential => ({
    type: 'oauth',
    origin: ORIGIN,
    clientId: 'client',
    tokenEndpoint: `${ORIGIN}/oauth/token`,
    revocationEndpoint: `${ORIGIN}/oauth/revoke`,
    accessToken: 'obviously-fake-access',
    refreshToken: 'obviously-fake-refresh',
    expiresAt: 0,
    ...change,
  });
  const tokens = (access: string) =>
    Response.json({
      access_token: access,
      token_type: 'Bearer',
      expires_in: 1_800,
      refresh_token: `refresh-of-${access}`,
    });

  it('renews once for many callers, before the end, and keeps what it got', async () => {
    const clock = new ManualClock();
    const kept: string[] = [];
    let asked = 0;
    const one = createOauthSession({
      credential: credential({ expiresAt: clock.now() + 60_000 }),
      clock,
      fetch: async () => tokens(`access-${++asked}`),
      onRenewed: (renewed) => void kept.push(renewed.accessToken),
    });
    const got = await Promise.all([one.get(), one.get(), one.get()]);
    expect(new Set(got.map((each) => each.type === 'oauth' && each.accessToken))).toEqual(new Set(['access-1']));
    expect([asked, kept]).toEqual([1, ['access-1']]);
    await clock.advance(1_000_000);
    await one.get();
    expect(asked).toBe(1);
    await clock.advance(720_000);
    expect(await one.get()).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-of-access-2' });
  });

  it('goes on with a token that still holds while the server cannot renew', async () => {
    const clock = new ManualClock();
    const one = createOauthSession({
      credential: credential({ expiresAt: clock.now() + 60_000 }),
      clock,
      fetch: async () => new Response('', { status: 500 }),
      onRenewed: () => undefined,
    });
    expect(await one.get()).toMatchObject({ accessToken: 'obviously-fake-access' });
    await clock.advance(61_000);
    await expect(one.get()).rejects.toMatchObject({ kind: 'server' });
  });

  it('asks to sign in again when the grant is gone', async () => {
    const { clock, fetch: demoFetch } = session(1_000);
    const one = createOauthSession({ credential: credential(), clock, fetch: demoFetch, onRenewed: () => undefined });
    await expect(one.get()).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/Sign in again/),
    });
  });

  it('forgets at once when signing out, also a renewal under way', async () => {
    const clock = new ManualClock();
    const kept: string[] = [];
    const revoked: string[] = [];
    let release: (response: Response) => void = () => undefined;
    const one = createOauthSession({
      credential: credential(),
      clock,
      fetch: async (url, init) => {
        if (url.endsWith('/revoke')) {
          revoked.push(new URLSearchParams(String(init.body)).get('token') ?? '');
          return Response.json({});
        }
        return new Promise<Response>((resolve) => {
          release = resolve;
        });
      },
      onRenewed: (renewed) => void kept.push(renewed.accessToken),
    });
    const waiting = one.get();
    waiting.catch(() => undefined);
    await settled();
    await one.signOut();
    release(tokens('late'));
    await expect(waiting).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(one.get()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(kept).toEqual([]);
    expect(revoked).toEqual(['obviously-fake-refresh', 'obviously-fake-access']);
  });

  it('signs out while the server is out of reach', async () => {
    const one = createOauthSession({
      credential: credential({ expiresAt: Date.now() + 1e9 }),
      fetch: async () => Promise.reject(new TypeError('fetch failed')),
      onRenewed: () => undefined,
    });
    await one.signOut();
    await expect(one.get()).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('renews once when the server refuses a token that looked good', async () => {
    let asked = 0;
    const fetchOnce: Fetch = async (url, init) => {
      if (url.endsWith('/oauth/token')) return tokens(`access-${++asked}`);
      const bearer = new Headers(init.headers).get('authorization');
      if (bearer !== 'Bearer access-1') {
        return Response.json(
          { statusCode: 401, messages: ['Token invalid.'], error: 'UNAUTHENTICATED' },
          { status: 401 },
        );
      }
      return Response.json({ data: { people: [] }, totalCount: 0, pageInfo: { hasNextPage: false } });
    };
    const one = createOauthSession({
      credential: credential({ expiresAt: Date.now() + 1e9 }),
      fetch: fetchOnce,
      onRenewed: () => undefined,
    });
    const client = createTwentyClient({ origin: ORIGIN, credential: one, fetch: fetchOnce });
    expect((await client.list('person', {}, READ)).records).toEqual([]);
    expect(asked).toBe(1);
  });
});
