import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createGraphqlHandler } from '../../main/demo/graphql';
import { createOAuth } from '../../main/demo/oauth';
import { createRestHandler } from '../../main/demo/rest';
import { createAccess } from '../../main/demo/rest-access';
import { Store } from '../../main/demo/store';
import { emptyRow } from '../../main/demo/values';
import { compareAnswers } from './server-compare';
import { type Exchange, type Recorded, recordings } from './server-recordings';
import { recordedDialect } from './server-schema';
import { shownIn } from './server-state';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const ORIGIN = 'http://127.0.0.1:3001';
const TIM = '20202020-0687-4c41-b707-ed1bfca972a7';
const VERIFIER = 'a-test-verifier-that-is-long-enough-for-anyone-to-accept';
/** Made anew by every server. */
const OWN = /^(client_id|access_token|refresh_token|client_id_issued_at|registration_client_uri|cli_client_id)$/;

/** Sign-in, REST and who-am-I of one recorded server, with the people its answers show. */
function serverOf(server: Recorded, exchanges: readonly Exchange[]): (request: Request) => Promise<Response> {
  const dialect = recordedDialect(server, recordings(server));
  const store = new Store({ dialect, now: () => NOW });
  for (const exchange of exchanges.filter((one) => one.request.method === 'GET'))
    for (const { object, row } of shownIn(dialect, exchange))
      store.table(object).put({ ...emptyRow(dialect, dialect.schema.mustObject(object)), ...row });
  store.seed('workspaceMember', [
    {
      id: TIM,
      name: { firstName: 'Tim', lastName: 'Apple' },
      userEmail: 'tim@apple.dev',
      userId: '20202020-9e3b-46d4-a556-88b9ddc2b034',
    },
  ]);
  const oauth = createOAuth({ now: () => NOW, approver: () => TIM });
  const access = createAccess([], (token) =>
    typeof oauth.member(token) === 'string'
      ? null
      : {
          kind: 'person',
          actor: { source: 'MANUAL', workspaceMemberId: TIM, name: 'Tim Apple' },
          mayWrite: true,
          mayReadMetadata: true,
        },
  );
  const rest = createRestHandler(store, { access, limiter: null });
  const workspace = { id: '20202020-1c25-4d02-bf25-6aeccf7ea419', displayName: 'Apple', subdomain: 'apple' };
  const graphql = createGraphqlHandler(store, { access, limiter: null, workspace, introspection: true });
  return (request) => {
    if (new URL(request.url).pathname === '/metadata') return graphql(request);
    return (server === 'current' && oauth.handle(request)) || rest(request);
  };
}

/** One person's way through sign-in; fills in what was hidden when it was recorded. */
class Walk {
  private client = '';
  private code = '';
  private access = '';
  private refresh = '';

  constructor(private readonly handle: (request: Request) => Promise<Response>) {}

  async play(exchange: Exchange): Promise<Response> {
    const { method, path, url } = exchange.request;
    const name = exchange.name.slice('oauth/'.length);
    if (name === 'token' || name === 'token-wrong-verifier') this.code = await this.approve();
    const answer = await this.handle(
      new Request(`${ORIGIN}${url ?? path}`, {
        method,
        headers: this.headers(exchange),
        body: this.body(exchange, name),
      }),
    );
    if (answer.ok && (name === 'register' || name === 'token' || name === 'refresh')) {
      const body = await answer.clone().json();
      this.client = body.client_id ?? this.client;
      this.access = body.access_token ?? this.access;
      this.refresh = body.refresh_token ?? this.refresh;
    }
    return answer;
  }

  private headers({ request }: Exchange): Record<string, string> {
    return { ...request.headers, ...(this.access ? { authorization: `Bearer ${this.access}` } : {}) };
  }

  private body({ request }: Exchange, name: string): string | undefined {
    const { body, headers } = request;
    if (body === null || body === undefined) return undefined;
    if (!headers?.['content-type']?.includes('urlencoded')) return JSON.stringify(body);
    const form = new URLSearchParams(body as Record<string, string>);
    const fill = (field: string, value: string) => form.has(field) && form.set(field, value);
    fill('client_id', this.client);
    fill('code', name === 'token-bad-code' ? 'nope' : this.code);
    fill('code_verifier', name === 'token-wrong-verifier' ? 'another' : VERIFIER);
    fill('refresh_token', name === 'refresh-bad' ? 'nope' : this.refresh);
    fill('token', this.refresh);
    return form.toString();
  }

  private async approve(): Promise<string> {
    const query = new URLSearchParams({
      client_id: this.client,
      redirect_uri: 'http://127.0.0.1:53682/callback',
      response_type: 'code',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'x',
    });
    const answer = await this.handle(new Request(`${ORIGIN}/authorize?${query}`));
    return new URL(answer.headers.get('location') ?? ORIGIN).searchParams.get('code') ?? '';
  }
}

const ORDER = [
  'discovery',
  'protected-resource',
  'register-custom-scheme-refused',
  'register',
  'token-bad-code',
  'token-wrong-verifier',
  'token',
  'token-code-reused',
  'rest-with-access-token',
  'who-am-i',
  'note-created-by-user',
  'refresh',
  'refresh-old-token-again',
  'refresh-bad',
  'revoke',
  'refresh-after-revoke',
  'rest-after-revoke',
];

test.each<Recorded>(['current', 'old'])('sign-in answers as on the recorded %s server', async (server) => {
  const recorded = recordings(server).filter((exchange) => exchange.name.startsWith('oauth/'));
  const place = ({ name }: Exchange) => ORDER.indexOf(name.slice('oauth/'.length));
  expect(recorded.filter((exchange) => place(exchange) < 0)).toEqual([]);
  const walk = new Walk(serverOf(server, recorded));
  const faults: string[] = [];
  for (const exchange of recorded.sort((a, b) => place(a) - place(b))) {
    const answer = await walk.play(exchange);
    if (answer.status !== exchange.response.status) faults.push(`${exchange.name}: status ${answer.status}`);
    const { shape, values } = compareAnswers(hidden(exchange.response.body), hidden(await answer.json()), {
      values: true,
      mustHold: true,
    });
    faults.push(...[...shape, ...values].map((difference) => `${exchange.name} ${difference}`));
    const store = exchange.response.headers?.['cache-control'] ?? null;
    if (answer.headers.get('cache-control') !== store) faults.push(`${exchange.name}: cache-control`);
  }
  expect(faults).toEqual([]);
});

function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, OWN.test(key) ? typeof inner : hidden(inner)]),
  );
}
