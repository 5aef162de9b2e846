import { expect, test } from 'vitest';
import type { DialectName } from '../../../main/demo/dialects';
import { idOf, rows, type TestServer, testServer } from './server';

/** Walks all pages; stops after 40, as a client that trusts hasNextPage would have to. */
async function walk(server: TestServer, object: string, orderBy: string | null, limit = 50) {
  const ids: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 40; page++) {
    const query = {
      limit: String(limit),
      depth: '0',
      ...(orderBy ? { order_by: orderBy } : {}),
      ...(after ? { starting_after: after } : {}),
    };
    const answer = await server.call('GET', `/rest/${object}`, undefined, query);
    const { body } = answer;
    ids.push(...rows(answer, object).map((row) => row.id));
    if (!body.pageInfo.hasNextPage) return { rows: ids.length, distinct: new Set(ids).size, ended: true };
    after = body.pageInfo.endCursor;
  }
  return { rows: ids.length, distinct: new Set(ids).size, ended: false };
}

async function filled(name: DialectName): Promise<TestServer> {
  const server = testServer(name);
  for (let batch = 0; batch < 3; batch++) {
    server.clock.time += 1000;
    server.store.createMany(
      'person',
      Array.from({ length: 110 }, (_, at) => ({
        id: idOf(batch * 110 + at + 1),
        name: { firstName: 'Filler', lastName: `N${at}` },
      })),
    );
  }
  server.store.createMany(
    'task',
    Array.from({ length: 120 }, (_, at) => ({ title: `t${at}`, dueAt: at % 3 === 0 ? null : '2026-05-01' })),
  );
  return server;
}

test('a current server pages completely by what is never null', async () => {
  const server = await filled('current');
  for (const order of [
    null,
    'id[DescNullsLast]',
    'updatedAt[AscNullsFirst],id[AscNullsFirst]',
    'createdAt[DescNullsLast]',
    'name.lastName',
  ])
    expect(await walk(server, 'people', order)).toEqual({ rows: 330, distinct: 330, ended: true });
});

test('a nullable key loses rows on either server', async () => {
  for (const name of ['current', 'old'] as const) {
    const server = await filled(name);
    expect(await walk(server, 'tasks', 'dueAt[AscNullsFirst]', 30)).toMatchObject({ rows: 30, ended: true });
    expect(await walk(server, 'tasks', 'dueAt[AscNullsLast]', 30)).toMatchObject({ rows: 80, ended: true });
  }
});

test('an old server pages by id only: other orders repeat, lose or never end', async () => {
  const server = await filled('old');
  expect(await walk(server, 'people', null)).toEqual({ rows: 330, distinct: 330, ended: true });
  expect(await walk(server, 'people', 'id[DescNullsLast]')).toEqual({ rows: 99, distinct: 50, ended: true });
  expect(await walk(server, 'people', 'updatedAt[AscNullsFirst]')).toMatchObject({ ended: false });
  const downwards = await walk(server, 'people', 'updatedAt[DescNullsLast]');
  expect(downwards.ended).toBe(true);
  expect(downwards.distinct).toBeLessThan(330);
  expect((await walk(server, 'people', 'name.lastName')).distinct).toBeLessThan(330);
  expect(await walk(server, 'tasks', 'status[AscNullsFirst]')).toMatchObject({ distinct: 50, ended: true });
});

test('pages are capped at 200 on a current server, 60 behind the gateway, nowhere on an old one', async () => {
  for (const [name, rows] of [
    ['current', 200],
    ['b', 60],
    ['old', 330],
  ] as const) {
    const server = await filled(name);
    const { body } = await server.call('GET', '/rest/people', undefined, { limit: '1000', depth: '0' });
    expect(body.data.people).toHaveLength(rows);
    expect(body.totalCount).toBe(330);
  }
});

test('ending_before shows the page before with its cursors the wrong way round', async () => {
  const server = await filled('current');
  const second = await server.call('GET', '/rest/people', undefined, { limit: '3' });
  const third = await server.call('GET', '/rest/people', undefined, {
    limit: '3',
    starting_after: second.body.pageInfo.endCursor,
  });
  const back = await server.call('GET', '/rest/people', undefined, {
    limit: '3',
    ending_before: third.body.pageInfo.startCursor,
  });
  expect(back.body.data).toEqual(second.body.data);
  expect(back.body.pageInfo).toEqual({
    startCursor: second.body.pageInfo.endCursor,
    endCursor: second.body.pageInfo.startCursor,
    hasNextPage: false,
    hasPreviousPage: false,
  });
});

test('what is answered after a change is never an answer from before', async () => {
  const server = await filled('current');
  const query = { filter: 'name.lastName[eq]:N7', order_by: 'createdAt', limit: '10' };
  const before = await server.call('GET', '/rest/people', undefined, query);
  expect(before.body.totalCount).toBe(3);
  await server.call('PATCH', `/rest/people/${rows(before, 'people')[0]?.id}`, { name: { lastName: 'Moved' } });
  expect((await server.call('GET', '/rest/people', undefined, query)).body.totalCount).toBe(2);
});
