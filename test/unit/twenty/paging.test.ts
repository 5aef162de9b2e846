import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { ORIGIN, READ, rig, SYNC } from './support';

describe.each<[string, DemoOptions]>([
  ['current', {}],
  ['old', { dialect: 'old' }],
  ['middle', { dialect: 'mid' }],
  ['B through Maton', { dialect: 'b', maton: true }],
])('pages of a %s server', (_, options) => {
  it('go forwards and back again over the same records', async () => {
    const { client } = rig({ ...options, people: 50 });
    await client.learn(READ);
    const first = await client.list('person', { limit: 10 }, READ);
    const second = await client.list('person', { limit: 10, after: first.endCursor ?? '' }, READ);
    const third = await client.list('person', { limit: 10, after: second.endCursor ?? '' }, READ);
    expect(third.hasNextPage).toBe(true);
    const start = Buffer.from(JSON.stringify({ id: third.records[0]?.id })).toString('base64');
    const back = await client.list('person', { limit: 10, before: start }, READ);
    const ids = (page: typeof back) => page.records.map((record) => record.id).sort();
    expect(ids(back)).toEqual(ids(second));
    expect(back.hasNextPage).toBe(true);
    const further = await client.list('person', { limit: 10, before: back.endCursor ?? '' }, READ);
    expect(ids(further)).toEqual(ids(first));
  });

  it('come in the order asked for', async () => {
    const { client } = rig({ ...options, people: 30 });
    await client.learn(READ);
    const orderBy = [
      { field: 'name.lastName', direction: 'DescNullsLast' as const },
      { field: 'name.firstName', direction: 'AscNullsFirst' as const },
    ];
    const page = await client.list('person', { orderBy, limit: 60 }, READ);
    const names = page.records.map((record) => {
      const { firstName, lastName } = record.name as { firstName: string; lastName: string };
      return [lastName, firstName] as const;
    });
    const sorted = [...names].sort(([a, x], [b, y]) => (a < b ? 1 : a > b ? -1 : x < y ? -1 : x > y ? 1 : 0));
    expect(names).toEqual(sorted);
  });
});

it('end when a server repeats its cursor', async () => {
  const client = createTwentyClient({
    origin: ORIGIN,
    credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: 'obviously-fake-key' }),
    fetch: async () =>
      Response.json({
        data: { people: [{ id: '11111111-1111-4111-8111-111111111111' }] },
        pageInfo: { hasNextPage: true, endCursor: 'again' },
      }),
  });
  expect(await client.list('person', { limit: 1 }, SYNC)).toMatchObject({ hasNextPage: true, endCursor: 'again' });
  expect(await client.list('person', { limit: 1, after: 'again' }, SYNC)).toMatchObject({ hasNextPage: false });
});
