import { type DialectName, dialectNamed } from '../../../main/demo/dialects';
import { createRestHandler } from '../../../main/demo/rest';
import { createAccess } from '../../../main/demo/rest-access';
import { Store } from '../../../main/demo/store';

export interface Shown {
  id: string;
  [field: string]: unknown;
}

export interface Answer {
  status: number;
  /** What tests look into; which parts are there depends on the call. */
  body: {
    /** One record or a list of them, by the key the server gives it. */
    data: Partial<Record<string, Shown & Shown[]>>;
    pageInfo: { startCursor: string; endCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
    totalCount: number;
    messages: string[];
    message: string;
  };
}

export interface TestServer {
  store: Store;
  clock: { time: number };
  /** Sends one call with the good key; `query` values are percent-encoded. */
  call(method: string, path: string, body?: unknown, query?: Record<string, string>): Promise<Answer>;
}

/** An empty workspace of a dialect behind its REST handler, without a rate limit. */
export function testServer(name: DialectName): TestServer {
  const clock = { time: Date.parse('2026-03-02T09:00:00.000Z') };
  const store = new Store({ dialect: dialectNamed(name), now: () => clock.time });
  const access = createAccess([{ token: 'test-key', name: 'test', state: 'active', role: 'admin' }]);
  const handle = createRestHandler(store, { access, limiter: null });
  return {
    store,
    clock,
    async call(method, path, body, query = {}) {
      const params = new URLSearchParams(query).toString();
      const response = await handle(
        new Request(`http://127.0.0.1${path}${params === '' ? '' : `?${params}`}`, {
          method,
          headers: { authorization: 'Bearer test-key', 'content-type': 'application/json' },
          body: body === undefined ? undefined : JSON.stringify(body),
        }),
      );
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
  };
}

/** `00000000-0000-4000-8000-…` with `number` at its end. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The list of records an answer holds under `key`; none when it is not there. */
export function rows(answer: Answer, key: string): readonly Shown[] {
  const list = answer.body.data[key];
  return Array.isArray(list) ? list : [];
}
