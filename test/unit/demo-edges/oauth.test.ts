import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDemoServer, type DemoServer } from '../../../main/demo';
import { HandClock } from './support';

const ORIGIN = 'http://127.0.0.1:3001';
const REDIRECT = 'http://127.0.0.1:53682/callback';
const VERIFIER = 'a-test-verifier-that-is-long-enough-for-anyone-to-accept';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let clock: HandClock;
let server: DemoServer;
beforeEach(() => {
  clock = new HandClock();
  server = createDemoServer({ people: 20, clock, limit: { calls: 3, ms: 60_000 } });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  server.handle(new Request(ORIGIN + path, { headers }));
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  server.handle(
    new Request(ORIGIN + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
const form = (path: string, fields: Record<string, string>) =>
  server.handle(new Request(ORIGIN + path, { method: 'POST', body: new URLSearchParams(fields) }));

async function register(redirect = REDIRECT) {
  const answer = await post('/oauth/register', {
    client_name: 'Twig',
    redirect_uris: [redirect],
    token_endpoint_auth_method: 'none',
  });
  return { status: answer.status, body: await answer.json() };
}

async function authorize(clientId: string, more: Record<string, string> = {}): Promise<URL> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    state: 'st4te',
    scope: 'api profile',
    ...more,
  });
  const answer = await get(`/authorize?${query}`);
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

async function signIn() {
  const { body } = await register();
  const back = await authorize(body.client_id);
  const exchange = (code: string, verifier = VERIFIER) =>
    form('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      client_id: body.client_id,
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    });
  return { clientId: body.client_id as string, code: back.searchParams.get('code') ?? '', back, exchange };
}

async function tokens() {
  const { clientId, code, exchange } = await signIn();
  return { clientId, ...(await (await exchange(code)).json()) };
}

describe('sign-in with the embedded server', () => {
  it('is discovered, and is not there on older servers', async () => {
    const found = await (await get('/.well-known/oauth-authorization-server')).json();
    expect(found).toMatchObject({
      issuer: ORIGIN,
      token_endpoint: `${ORIGIN}/oauth/token`,
      code_challenge_methods_supported: ['S256'],
    });
    server = createDemoServer({ people: 1, dialect: 'old', clock });
    const missing = await get('/.well-known/oauth-authorization-server');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({
      statusCode: 404,
      message: 'Cannot GET /.well-known/oauth-authorization-server',
      error: 'Not Found',
    });
  });

  it('registers clients with loopback or https redirects only', async () => {
    expect((await register()).status).toBe(201);
    expect((await register('https://app.example/callback')).status).toBe(201);
    expect(await register('twig://oauth/callback')).toEqual({
      status: 400,
      body: {
        error: 'invalid_client_metadata',
        error_description:
          'Redirect URIs must use HTTPS (except localhost) or an allowed custom scheme: twig://oauth/callback',
      },
    });
    expect((await register('http://not-loopback.example/callback')).status).toBe(400);
  });

  it('sends the person back with code, state and issuer', async () => {
    const { back, code } = await signIn();
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(code).not.toBe('');
    expect(back.searchParams.get('state')).toBe('st4te');
    expect(back.searchParams.get('iss')).toBe(ORIGIN);
  });

  it('says when the person refuses, and never redirects to an address it does not know', async () => {
    const { body } = await register();
    server.approveAs(null);
    const back = await authorize(body.client_id);
    expect(back.searchParams.get('error')).toBe('access_denied');
    const query = new URLSearchParams({
      client_id: body.client_id,
      redirect_uri: 'https://evil.example/',
      response_type: 'code',
    });
    expect((await get(`/authorize?${query}`)).status).toBe(400);
  });

  it('gives tokens for a code once, and only to who can prove it', async () => {
    const { code, exchange } = await signIn();
    const wrong = await exchange(code, 'another-verifier');
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code verifier does not match the code challenge',
    });
    const answer = await exchange(code);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ token_type: 'Bearer', expires_in: 1800, scope: 'api profile' });
    expect(await (await exchange(code)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Authorization code has already been used',
    });
    expect(await (await exchange('nope')).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Authorization code not found',
    });
  });

  it('knows who signed in, writes in their name and does not count their calls', async () => {
    const member = server.members[1] ?? '';
    server.approveAs(member);
    const { access_token } = await tokens();
    const headers = { authorization: `Bearer ${access_token}` };
    const who = await (
      await post(
        '/metadata',
        {
          query:
            '{ currentUser { id email workspaceMember { id name { firstName lastName } } currentWorkspace { displayName } } }',
        },
        headers,
      )
    ).json();
    expect(who.data.currentUser.workspaceMember.id).toBe(member);
    const note = await (await post('/rest/notes', { title: 'by oauth', bodyV2: { markdown: 'x' } }, headers)).json();
    expect(note.data.createNote.createdBy).toMatchObject({ source: 'MANUAL', workspaceMemberId: member });
    for (let call = 0; call < 10; call++) expect((await get('/rest/people?limit=1', headers)).status).toBe(200);
    const key = { authorization: `Bearer ${server.key}` };
    for (let call = 0; call < 3; call++) expect((await get('/rest/people?limit=1', key)).status).toBe(200);
    expect((await get('/rest/people?limit=1', key)).status).toBe(429);
  });

  it('ends access tokens by the clock and gives a new pair for a refresh token, again and again', async () => {
    const first = await tokens();
    clock.time += 1_800_001;
    const headers = { authorization: `Bearer ${first.access_token}` };
    const expired = await get('/rest/people?limit=1', headers);
    expect(expired.status).toBe(401);
    expect(await expired.json()).toEqual({
      statusCode: 401,
      messages: ['Token has expired.'],
      error: 'UNAUTHENTICATED',
    });
    const refresh = (token: string) =>
      form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: first.clientId });
    const second = await (await refresh(first.refresh_token)).json();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await get('/rest/people?limit=1', { authorization: `Bearer ${second.access_token}` })).status).toBe(200);
    expect((await form('/oauth/revoke', { token: first.refresh_token, client_id: first.clientId })).status).toBe(200);
    expect((await refresh(first.refresh_token)).status).toBe(200);
    const bad = await refresh('nope');
    expect(bad.status).toBe(400);
    expect(await bad.json()).toEqual({ error: 'invalid_grant', error_description: 'Invalid or expired refresh token' });
  });
});
