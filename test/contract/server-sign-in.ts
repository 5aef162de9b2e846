import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Exchange } from './server-recordings';
import { type Handle, ORIGIN } from './server-under-test';

const REDIRECT = 'http://127.0.0.1:53682/callback';
const VERIFIER = 'test-verifier-not-a-secret-test-verifier-not-a-secret';
const Client = z.looseObject({ client_id: z.string() });
const Tokens = z.looseObject({ access_token: z.string(), refresh_token: z.string() });

/**
 * A request of the sign-in topic with what its recording leaves out filled in: a client, a code and
 * tokens of a sign-in that was made before it. Null when the exchange is of another topic.
 */
export async function signedInRequest(handle: Handle, exchange: Exchange): Promise<Request | null> {
  const [topic, name = ''] = exchange.name.split('/');
  const { method, url, path, body } = exchange.request;
  if (topic !== 'oauth') return null;
  const address = `${ORIGIN}${url ?? path}`;
  if (!/token|refresh|revoke|user|who/.test(name))
    return new Request(address, { method, headers: JSON_TYPE, ...json(body) });
  const clientId = Client.parse(await (await register(handle)).json()).client_id;
  const code = await authorize(handle, clientId);
  const spent = await authorize(handle, clientId);
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
  };
  const tokens = Tokens.parse(await (await post(handle, { ...form, code: spent })).json());
  if (path !== '/oauth/token' && path !== '/oauth/revoke')
    return new Request(address, {
      method,
      headers: { ...JSON_TYPE, authorization: `Bearer ${tokens.access_token}` },
      ...json(body),
    });
  const known: Record<string, string> = {
    client_id: clientId,
    code: name === 'token-code-reused' ? spent : code,
    code_verifier: name === 'token-wrong-verifier' ? 'another-verifier' : VERIFIER,
    refresh_token: name === 'refresh-bad' ? 'unknown' : tokens.refresh_token,
    token: tokens.refresh_token,
  };
  const sent = Object.entries(z.record(z.string(), z.string()).parse(body)).map(([field, value]) => [
    field,
    field === 'client_id' || value.startsWith('<') ? (known[field] ?? value) : value,
  ]);
  return new Request(address, { method, headers: FORM_TYPE, body: new URLSearchParams(sent) });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const json = (body: unknown): { body?: string } =>
  body === null || body === undefined ? {} : { body: JSON.stringify(body) };

function register(handle: Handle): Promise<Response> {
  const client = { client_name: 'Twig', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' };
  return handle(new Request(`${ORIGIN}/oauth/register`, { method: 'POST', headers: JSON_TYPE, ...json(client) }));
}

async function authorize(handle: Handle, clientId: string): Promise<string> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'api profile',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  });
  const answer = await handle(new Request(`${ORIGIN}/authorize?${query}`));
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function post(handle: Handle, form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(form);
  return handle(new Request(`${ORIGIN}/oauth/token`, { method: 'POST', headers: FORM_TYPE, body }));
}
