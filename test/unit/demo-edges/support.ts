import { type DialectName, dialectNamed } from '../../../main/demo/dialects';
import { createGraphqlHandler } from '../../../main/demo/graphql';
import { createRateLimiter } from '../../../main/demo/ratelimit';
import { createAccess } from '../../../main/demo/rest-access';
import { seedSample } from '../../../main/demo/sample-seed';
import { Store } from '../../../main/demo/store';
import type { Clock } from '../../../main/twenty/types';

export const KEY = 'demo-test-key';
export const NOW = Date.parse('2026-11-18T10:00:00.000Z');

/** A clock that a test moves; nothing waits on it. */
export class HandClock implements Clock {
  constructor(public time = NOW) {}
  now(): number {
    return this.time;
  }
  sleep(ms: number): Promise<void> {
    this.time += ms;
    return Promise.resolve();
  }
}

export interface GraphqlAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests
  data: any;
  errors: { message: string; locations?: unknown; extensions?: Record<string, unknown> }[];
}

/** GraphQL over the sample workspace of a dialect. */
export function graphqlOf(
  name: DialectName,
  options: { introspection?: boolean; people?: number; calls?: number } = {},
) {
  const clock = new HandClock();
  const dialect = dialectNamed(name);
  const store = new Store({ dialect, now: () => clock.now() });
  seedSample(store, { people: options.people ?? 60, seed: 3 });
  const limit = { ...dialect.traits.rateLimit, calls: options.calls ?? dialect.traits.rateLimit.calls };
  const handle = createGraphqlHandler(store, {
    access: createAccess([{ token: KEY, name: 'Test', state: 'active', role: 'admin' }]),
    limiter: createRateLimiter(limit, () => clock.now()),
    workspace: { id: '20202020-1c25-4d02-bf25-6aeccf7ea419', displayName: 'Test', subdomain: 'test' },
    introspection: options.introspection ?? true,
  });
  const ask = async (
    query: string,
    variables: Record<string, unknown> = {},
    more: { path?: string; key?: string | null } = {},
  ): Promise<GraphqlAnswer> => {
    const key = more.key === undefined ? KEY : more.key;
    const response = await handle(
      new Request(`http://127.0.0.1${more.path ?? '/graphql'}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({ query, variables }),
      }),
    );
    const body = await response.json();
    return { status: response.status, data: body.data, errors: body.errors ?? [] };
  };
  return { ask, store, clock };
}
