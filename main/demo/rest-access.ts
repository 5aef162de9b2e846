import type { Traits } from './dialects';
import { ServerError } from './errors';
import type { Actor, Store } from './store';

/** An API key of the embedded workspace. */
export interface ApiKey {
  /** The bearer text. */
  token: string;
  name: string;
  state: 'active' | 'expired' | 'revoked';
  role: 'admin' | 'readOnly';
}

/** Who calls, once known. */
export interface Caller {
  actor: Actor;
  /** Signed-in persons are not counted against the rate limit and know who they are. */
  kind: 'key' | 'person';
  mayWrite: boolean;
  mayReadMetadata: boolean;
}

/** Why an Authorization header was not accepted. */
export type Refusal = 'missing' | 'invalid' | 'expired' | 'revoked';

/** Tells who an `Authorization` header (null when absent) speaks for, or why it is refused. */
export type Access = (authorization: string | null) => Caller | Refusal;

/**
 * Access by API keys, and by whatever else knows bearer tokens (`person`: a signed-in person's
 * access token, null when it is not one).
 */
export function createAccess(keys: readonly ApiKey[], person?: (token: string) => Caller | null): Access {
  const byToken = new Map(keys.map((key) => [key.token, key]));
  return (authorization) => {
    const token = /^bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]?.trim();
    if (token === undefined) return 'missing';
    const key = byToken.get(token);
    if (!key) return person?.(token) ?? 'invalid';
    if (key.state !== 'active') return key.state;
    return {
      kind: 'key',
      actor: { source: 'API', workspaceMemberId: null, name: key.name },
      mayWrite: key.role === 'admin',
      mayReadMetadata: key.role === 'admin',
    };
  };
}

/** The REST answer to a refused key, in the words and with the status of this server. */
export function refusedAnswer(traits: Traits, refusal: Refusal, metadata: boolean): Response {
  const answer = (status: number, body: unknown): Response =>
    new Response(JSON.stringify(body), { status, headers: JSON_HEADERS });
  const forbidden = { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' };
  if (traits.family === 'old')
    return metadata && refusal !== 'missing'
      ? new Response('', { status: 500, headers: JSON_HEADERS })
      : answer(403, forbidden);
  if (traits.family === 'mid')
    return metadata
      ? answer(403, forbidden)
      : answer(400, { statusCode: 400, error: 'ForbiddenException', messages: ['Forbidden resource'] });
  const { status, message } = REFUSALS[refusal];
  return answer(status, {
    statusCode: status,
    messages: [message],
    error: status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN_EXCEPTION',
  });
}

/** What current servers say to a refused key, over REST and GraphQL alike. */
export const REFUSALS: Readonly<Record<Refusal, { status: 401 | 403; message: string }>> = {
  missing: { status: 403, message: 'Missing authentication token' },
  invalid: { status: 401, message: 'Token invalid.' },
  expired: { status: 401, message: 'Token has expired.' },
  revoked: { status: 403, message: 'This API Key is revoked' },
};

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

/** Refuses a write that the key's role does not allow. */
export function mustWrite(store: Store, caller: Caller): void {
  if (caller.mayWrite) return;
  const message = 'Entity performing the request does not have permission';
  if (store.traits.family === 'current')
    throw new ServerError(400, message, {
      word: 'Error',
      code: 'PERMISSION_DENIED',
      extensions: { code: 'FORBIDDEN', subCode: 'PERMISSION_DENIED' },
    });
  throw new ServerError(400, message);
}
