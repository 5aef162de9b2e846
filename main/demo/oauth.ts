import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

export interface OAuthOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** The member who approves at /authorize; null refuses, as a person may. */
  approver(): string | null;
  /** Milliseconds that an access token lasts; 1,800 s on a real server. */
  accessTokenMs?: number;
}

/** Sign-in as recorded: authorization code with PKCE, dynamic registration, refresh, revoke. */
export interface OAuth {
  /** Answers the sign-in paths; null for any other. */
  handle(request: Request): Promise<Response> | null;
  /** The member behind an access token; `expired` and `unknown` tokens are refused in different words. */
  member(token: string): { memberId: string } | 'expired' | 'unknown';
}

const CODE_MS = 300_000;
const REFRESH_MS = 60 * 86_400_000;

const Registration = z.object({
  client_name: z.string().min(1).max(200),
  redirect_uris: z.array(z.string().max(2_000)).min(1).max(20),
  grant_types: z.array(z.string()).default(['authorization_code', 'refresh_token']),
  response_types: z.array(z.string()).default(['code']),
  token_endpoint_auth_method: z.string().default('none'),
  scope: z.string().default('api profile'),
});
type Client = z.infer<typeof Registration> & { id: string };
interface Code {
  clientId: string;
  redirectUri: string;
  challenge: string;
  memberId: string;
  scope: string;
  expiresAt: number;
  used: boolean;
}
interface Grant {
  clientId: string;
  memberId: string;
  scope: string;
  expiresAt: number;
}

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };
const json = (body: unknown, status = 200) => Response.json(body, { status, headers: NO_STORE });
const refuse = (error: string, description: string, status = 400) =>
  json({ error, error_description: description }, status);
/** A refused registration is the one answer without cache headers. */
const unfit = (description: string) =>
  Response.json({ error: 'invalid_client_metadata', error_description: description }, { status: 400 });

/** Makes the sign-in side of one server; clients, codes and tokens live as long as it does. */
export function createOAuth(options: OAuthOptions): OAuth {
  const clients = new Map<string, Client>();
  const codes = new Map<string, Code>();
  const access = new Map<string, Grant>();
  const refresh = new Map<string, Grant>();
  const lifetime = options.accessTokenMs ?? 1_800_000;

  const register = async (request: Request): Promise<Response> => {
    const parsed = Registration.safeParse(await request.json().catch(() => null));
    if (!parsed.success) return unfit('client_name and redirect_uris are required');
    const bad = parsed.data.redirect_uris.find((uri) => !redirectAllowed(uri));
    if (bad !== undefined)
      return unfit(`Redirect URIs must use HTTPS (except localhost) or an allowed custom scheme: ${bad}`);
    const client: Client = { id: randomUUID(), ...parsed.data };
    clients.set(client.id, client);
    const { id, ...metadata } = client;
    return json(
      {
        client_id: id,
        ...metadata,
        client_id_issued_at: Math.floor(options.now() / 1000),
        registration_client_uri: `${new URL(request.url).origin}/oauth/register/${id}`,
      },
      201,
    );
  };

  /** Stands in for the approval page of the web app: it approves at once, or refuses when nobody is there. */
  const authorize = (url: URL): Response => {
    const ask = (name: string) => url.searchParams.get(name) ?? '';
    const client = clients.get(ask('client_id'));
    const redirect = ask('redirect_uri');
    if (!client?.redirect_uris.includes(redirect)) return page('This sign-in request is not known here.', 400);
    const back = new URL(redirect);
    if (ask('state')) back.searchParams.set('state', ask('state'));
    back.searchParams.set('iss', url.origin);
    const memberId = options.approver();
    const wellFormed =
      ask('response_type') === 'code' && ask('code_challenge') !== '' && ask('code_challenge_method') === 'S256';
    if (!wellFormed) back.searchParams.set('error', 'invalid_request');
    else if (memberId === null) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, {
        clientId: client.id,
        redirectUri: redirect,
        challenge: ask('code_challenge'),
        memberId,
        scope: ask('scope') || client.scope,
        expiresAt: options.now() + CODE_MS,
        used: false,
      });
      back.searchParams.set('code', code);
    }
    return new Response(null, { status: 302, headers: { location: back.href } });
  };

  const issue = (grant: Omit<Grant, 'expiresAt'>): Response => {
    const accessToken = `demo-access-${randomBytes(24).toString('base64url')}`;
    const refreshToken = `demo-refresh-${randomBytes(24).toString('base64url')}`;
    access.set(accessToken, { ...grant, expiresAt: options.now() + lifetime });
    refresh.set(refreshToken, { ...grant, expiresAt: options.now() + REFRESH_MS });
    return json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: Math.floor(lifetime / 1000),
      refresh_token: refreshToken,
      scope: grant.scope,
    });
  };

  const exchangeCode = (form: URLSearchParams): Response => {
    const code = codes.get(form.get('code') ?? '');
    if (!code) return refuse('invalid_grant', 'Authorization code not found');
    if (code.used) return refuse('invalid_grant', 'Authorization code has already been used');
    if (code.expiresAt < options.now()) return refuse('invalid_grant', 'Authorization code has expired');
    if (code.clientId !== form.get('client_id')) return refuse('invalid_grant', 'Client ID does not match');
    if (code.redirectUri !== form.get('redirect_uri')) return refuse('invalid_grant', 'Redirect URI does not match');
    const verifier = form.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
      return refuse('invalid_grant', 'Code verifier does not match the code challenge');
    code.used = true;
    return issue(code);
  };

  const token = async (request: Request): Promise<Response> => {
    const form = new URLSearchParams(await request.text());
    if (!clients.has(form.get('client_id') ?? '')) return refuse('invalid_client', 'Client not found', 401);
    if (form.get('grant_type') === 'authorization_code') return exchangeCode(form);
    if (form.get('grant_type') !== 'refresh_token')
      return refuse('unsupported_grant_type', `Grant type ${form.get('grant_type') ?? ''} is not supported`);
    const grant = refresh.get(form.get('refresh_token') ?? '');
    if (!grant || grant.expiresAt < options.now() || grant.clientId !== form.get('client_id'))
      return refuse('invalid_grant', 'Invalid or expired refresh token');
    // The one just used goes on working, as it was seen to do.
    return issue(grant);
  };

  return {
    handle(request) {
      const url = new URL(request.url);
      const asked = `${request.method} ${url.pathname.replace(/\/$/, '')}`;
      if (asked === 'GET /.well-known/oauth-authorization-server') return Promise.resolve(discovery(url.origin));
      if (asked === 'GET /.well-known/oauth-protected-resource') return Promise.resolve(protectedResource(url.origin));
      if (asked === 'POST /oauth/register') return register(request);
      if (asked === 'GET /authorize') return Promise.resolve(authorize(url));
      if (asked === 'POST /oauth/token') return token(request);
      // A real server says yes and lets the tokens live on.
      if (asked === 'POST /oauth/revoke') return Promise.resolve(json({}));
      return null;
    },
    member(accessToken) {
      const grant = access.get(accessToken);
      if (!grant) return 'unknown';
      return grant.expiresAt <= options.now() ? 'expired' : { memberId: grant.memberId };
    },
  };
}

function redirectAllowed(uri: string): boolean {
  try {
    const url = new URL(uri);
    if (url.protocol === 'https:') return true;
    return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  } catch {
    return false;
  }
}

function discovery(origin: string): Response {
  return Response.json({
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    registration_endpoint: `${origin}/oauth/register`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    introspection_endpoint: `${origin}/oauth/introspect`,
    scopes_supported: ['api', 'profile'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    cli_client_id: '39d1ed3f-d1cc-4103-9b53-ad798acf0c14',
  });
}

function protectedResource(origin: string): Response {
  return Response.json({
    resource: origin,
    authorization_servers: [origin],
    scopes_supported: ['api', 'profile'],
    bearer_methods_supported: ['header'],
  });
}

/** A short page for a browser. */
export function page(text: string, status = 200): Response {
  return new Response(`<!doctype html><meta charset="utf-8"><title>Demo workspace</title><p>${text}</p>`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}
