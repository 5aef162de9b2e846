import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { TwigError } from '../../shared/errors';
import { isPrivateHost } from './address';
import { systemClock } from './clock';
import { refusal } from './errors';
import { isObject } from './json';
import { listenForCallback } from './signin-listener';
import { type Answer, createTransport, type Transport } from './transport';
import type { Clock, Credential, Fetch } from './types';

export type OauthCredential = Extract<Credential, { type: 'oauth' }>;

/** What a server's discovery document offers; every endpoint that sees a token is on its own origin. */
export interface OauthServer {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  registrationEndpoint: string;
  revocationEndpoint: string | null;
  /** The server names itself in the redirect, so a redirect without it is refused. */
  namesIssuer: boolean;
}

export interface OauthOptions {
  origin: string;
  fetch: Fetch;
  clock?: Clock;
}

const Discovery = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  registration_endpoint: z.url(),
  revocation_endpoint: z.url().nullish(),
  code_challenge_methods_supported: z.array(z.string()).nullish(),
  authorization_response_iss_parameter_supported: z.boolean().nullish(),
});

const Tokens = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive().default(1_800),
  refresh_token: z.string().min(1).nullish(),
});
export type Tokens = z.infer<typeof Tokens>;

/**
 * What a server offers for signing in as a person, or null: it has no sign-in, or one that does not
 * fit (no PKCE, another issuer, endpoints elsewhere). Throws TwigError only when it is out of reach.
 */
export async function discoverOauth(options: OauthOptions, signal?: AbortSignal): Promise<OauthServer | null> {
  const transport = transportOf(options);
  const answer = await transport.send({
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    headers: {},
    write: false,
    budgetMs: 10_000,
    signal,
  });
  const parsed = Discovery.safeParse(answer.status === 200 ? answer.body : null);
  if (!parsed.success) return null;
  const found = parsed.data;
  const methods = found.code_challenge_methods_supported ?? ['S256'];
  const sameOrigin = [
    found.token_endpoint,
    found.registration_endpoint,
    found.revocation_endpoint ?? found.token_endpoint,
  ];
  if (found.issuer.replace(/\/$/, '') !== options.origin || !methods.includes('S256')) return null;
  if (!sameOrigin.every((endpoint) => new URL(endpoint).origin === options.origin)) return null;
  const page = new URL(found.authorization_endpoint);
  if (page.protocol !== 'https:' && !(page.protocol === 'http:' && isPrivateHost(page.hostname))) return null;
  return {
    issuer: found.issuer,
    authorizationEndpoint: found.authorization_endpoint,
    tokenEndpoint: found.token_endpoint,
    registrationEndpoint: found.registration_endpoint,
    revocationEndpoint: found.revocation_endpoint ?? null,
    namesIssuer: found.authorization_response_iss_parameter_supported === true,
  };
}

export interface SignInOptions extends OauthOptions {
  server: OauthServer;
  /** Opens the approval page in the system's browser. */
  openBrowser: (url: string) => Promise<void> | void;
  /** Milliseconds for the person to approve; five minutes unless told. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * Signs in as a person: registers Twig with the server, opens the browser, waits on loopback for the
 * approval and exchanges it (PKCE). Throws TwigError: declined, timed out, cancelled, refused.
 */
export async function signIn(options: SignInOptions): Promise<OauthCredential> {
  const { server, clock = systemClock, signal } = options;
  const transport = transportOf(options);
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const listener = await listenForCallback(state);
  const over = new AbortController();
  try {
    const clientId = await register(transport, server, listener.redirectUri, clock, signal);
    const page = new URL(server.authorizationEndpoint);
    page.searchParams.set('client_id', clientId);
    page.searchParams.set('redirect_uri', listener.redirectUri);
    page.searchParams.set('response_type', 'code');
    page.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    page.searchParams.set('code_challenge_method', 'S256');
    page.searchParams.set('state', state);
    page.searchParams.set('scope', 'api profile');
    await options.openBrowser(page.href);
    const callback = await Promise.race([
      listener.answer,
      clock.sleep(options.timeoutMs ?? 300_000, over.signal).then(() => {
        throw new TwigError(
          'forbidden',
          'The sign-in was not finished in the browser in time. Start again when you are ready.',
        );
      }),
      cancelled(signal),
    ]);
    if (callback.issuer === null ? server.namesIssuer : callback.issuer.replace(/\/$/, '') !== options.origin) {
      throw new TwigError(
        'refused',
        'The sign-in was answered by another server than the one asked. Nothing was sent to it.',
      );
    }
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.code,
      client_id: clientId,
      redirect_uri: listener.redirectUri,
      code_verifier: verifier,
    });
    const tokens = await requestTokens(transport, server.tokenEndpoint, form, clock, signal);
    return credentialOf(options.origin, server, clientId, tokens, clock.now());
  } finally {
    over.abort();
    listener.close();
  }
}

function cancelled(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new TwigError('forbidden', 'The sign-in was cancelled.', { reason: 'aborted' }));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

async function register(
  transport: Transport,
  server: OauthServer,
  redirectUri: string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<string> {
  const body = {
    client_name: 'Twig',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'api profile',
  };
  const path = pathOf(server.registrationEndpoint);
  const answer = await transport.send({ method: 'POST', path, body, headers: {}, write: true, signal });
  const clientId = isObject(answer.body) ? answer.body.client_id : null;
  if (answer.status >= 200 && answer.status < 300 && typeof clientId === 'string') return clientId;
  throw refused(answer, transport, clock);
}

/** Posts a form to the token endpoint. Throws `unauthorized` when the grant is no longer good. */
export async function requestTokens(
  transport: Transport,
  endpoint: string,
  form: URLSearchParams,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Tokens> {
  const path = pathOf(endpoint);
  const answer = await transport.send({ method: 'POST', path, form, headers: {}, write: true, signal });
  const parsed = Tokens.safeParse(answer.status === 200 ? answer.body : null);
  if (parsed.success) return parsed.data;
  throw refused(answer, transport, clock);
}

function refused(answer: Answer, transport: Transport, clock: Clock): TwigError {
  const code = isObject(answer.body) ? answer.body.error : null;
  if (code === 'invalid_grant' || code === 'invalid_client' || code === 'unauthorized_client') {
    return new TwigError('unauthorized', 'The sign-in is no longer valid. Sign in again.');
  }
  return refusal(answer, { host: new URL(transport.origin).host, gateway: false, write: false, now: clock.now() });
}

/** Tokens as a credential; `now` in epoch milliseconds. */
function credentialOf(
  origin: string,
  server: OauthServer,
  clientId: string,
  tokens: Tokens,
  now: number,
): OauthCredential {
  return {
    type: 'oauth',
    origin,
    clientId,
    tokenEndpoint: server.tokenEndpoint,
    revocationEndpoint: server.revocationEndpoint,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? null,
    expiresAt: now + tokens.expires_in * 1_000,
  };
}

export function transportOf(options: OauthOptions): Transport {
  return createTransport({ origin: options.origin, fetch: options.fetch, clock: options.clock ?? systemClock });
}

/** Path and query of an endpoint on the server's own origin. */
export function pathOf(endpoint: string): string {
  const url = new URL(endpoint);
  return url.pathname + url.search;
}
