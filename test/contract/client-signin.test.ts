import { expect, test } from 'vitest';
import { systemClock } from '../../main/twenty/clock';
import { discoverOauth, requestTokens, transportOf } from '../../main/twenty/signin';
import type { Fetch } from '../../main/twenty/types';
import { isTwigError } from '../../shared/errors';
import { type Exchange, recordings } from './server-recordings';

const ORIGIN = 'http://127.0.0.1:3001';

function answering({ response }: Exchange): Fetch {
  return async () => Response.json(response.body ?? '', { status: response.status });
}

const exchanges = (['current', 'old'] as const).flatMap((server) =>
  recordings(server)
    .filter((exchange) => exchange.name.startsWith('oauth/'))
    .map((exchange) => [`${server}/${exchange.name}`, exchange] as const),
);

test.each(exchanges.filter(([, { request }]) => request.path === '/oauth/token'))(
  'tokens are read: %s',
  async (_, exchange) => {
    const transport = transportOf({ origin: ORIGIN, fetch: answering(exchange) });
    const asked = requestTokens(transport, `${ORIGIN}/oauth/token`, new URLSearchParams(), systemClock);
    if (exchange.response.status === 200)
      expect(await asked).toMatchObject({ token_type: 'Bearer', expires_in: 1_800 });
    else await expect(asked).rejects.toMatchObject({ kind: 'unauthorized' });
  },
);

test.each(exchanges.filter(([name]) => name.endsWith('/discovery')))(
  'a server is discovered: %s',
  async (name, exchange) => {
    const found = await discoverOauth({ origin: ORIGIN, fetch: answering(exchange) });
    if (name.startsWith('old/')) expect(found).toBeNull();
    else
      expect(found).toMatchObject({ issuer: ORIGIN, namesIssuer: true, revocationEndpoint: `${ORIGIN}/oauth/revoke` });
  },
);

test('every refusal of a sign-in is an error that a person can read', async () => {
  const refused = exchanges.filter(([, { response }]) => response.status >= 400);
  expect(refused.length).toBeGreaterThan(4);
  for (const [name, exchange] of refused) {
    const transport = transportOf({ origin: ORIGIN, fetch: answering(exchange) });
    const thrown = await requestTokens(transport, `${ORIGIN}/oauth/token`, new URLSearchParams(), systemClock).catch(
      (error: unknown) => error,
    );
    expect(isTwigError(thrown) && thrown.message, name).toMatch(/^[A-Z1].*\.$/);
  }
});
