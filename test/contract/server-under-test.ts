import { createGraphqlHandler } from '../../main/demo/graphql';
import { createOAuth } from '../../main/demo/oauth';
import { createRateLimiter } from '../../main/demo/ratelimit';
import { createRestHandler } from '../../main/demo/rest';
import { createAccess } from '../../main/demo/rest-access';
import type { Store } from '../../main/demo/store';
import { KEYS } from './server-setups';

export const NOW = Date.parse('2026-11-22T12:00:00.000Z');
export const ORIGIN = 'http://127.0.0.1:3001';

/** The member who signs in; the seed of the recorded servers had him. */
export const TIM = '20202020-0687-4c41-b707-ed1bfca972a7';

export type Handle = (request: Request) => Promise<Response>;

/** The embedded server over a store, with keys of every kind and sign-in where the server has it. */
export function serverOver(store: Store, throttled: boolean): Handle {
  const key = (token: string, state: 'active' | 'expired' | 'revoked', role: 'admin' | 'readOnly') => ({
    token,
    name: 'contract recorder',
    state,
    role,
  });
  const oauth = createOAuth({ now: () => NOW, approver: () => TIM });
  const access = createAccess(
    [
      key(KEYS.good, 'active', 'admin'),
      key(KEYS.second, 'active', 'admin'),
      key(KEYS.expired, 'expired', 'admin'),
      key(KEYS.revoked, 'revoked', 'admin'),
      key(KEYS.readOnly, 'active', 'readOnly'),
    ],
    (token) => {
      if (typeof oauth.member(token) === 'string') return null;
      const actor = { source: 'MANUAL', workspaceMemberId: TIM, name: 'Tim Apple' };
      return { kind: 'person', actor, mayWrite: true, mayReadMetadata: true };
    },
  );
  const limiter = createRateLimiter(store.traits.rateLimit, () => NOW);
  if (throttled) for (let call = 0; call < 1000; call++) limiter.take('people');
  const rest = createRestHandler(store, { access, limiter });
  const workspace = { id: '20202020-1c25-4d02-bf25-6aeccf7ea419', displayName: 'Apple', subdomain: 'apple' };
  const graphql = createGraphqlHandler(store, { access, limiter, workspace, introspection: true });
  const signsIn = store.traits.family === 'current';
  return (request) => {
    if (/\/(graphql|metadata)$/.test(new URL(request.url).pathname)) return graphql(request);
    return (signsIn && oauth.handle(request)) || rest(request);
  };
}
