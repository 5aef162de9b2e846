import { beforeEach, describe, expect, test } from 'vitest';
import { idOf, rows, type TestServer, testServer } from './server';

const NAMES = [
  "O'Neil & Sons",
  'Airtable',
  'Stripe',
  'Acme, Inc.',
  'Paren (Test) Ltd',
  '100% Pure_Co',
  'Ünïcode',
  'a+b Co',
];

async function found(server: TestServer, filter: string, object = 'companies'): Promise<unknown[]> {
  const answer = await server.call('GET', `/rest/${object}`, undefined, { filter, depth: '0' });
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return rows(answer, object)
    .map((row) => row.name)
    .sort();
}

function seeded(name: 'current' | 'old'): TestServer {
  const server = testServer(name);
  server.store.seed(
    'company',
    NAMES.map((company, at) => ({ id: idOf(at), name: company, createdAt: '2026-01-01T00:00:00.000Z' })),
  );
  return server;
}

describe.each(['current', 'old'] as const)('filters of the %s server', (name) => {
  let server: TestServer;
  beforeEach(() => {
    server = seeded(name);
  });

  test('an apostrophe swallows the conditions after it, but not those before', async () => {
    expect(await found(server, `and(name[ilike]:"%O'Neil%",createdAt[gt]:2020-01-01)`)).toEqual([]);
    expect(await found(server, `and(createdAt[gt]:2020-01-01,name[ilike]:"%O'Neil%")`)).toEqual(["O'Neil & Sons"]);
  });

  test('values of `in` split at every comma, quoted or not', async () => {
    expect(await found(server, 'name[in]:["Acme, Inc.","Stripe"]')).toEqual(['Stripe']);
    expect(await found(server, 'name[in]:["Airtable","Stripe"]')).toEqual(['Airtable', 'Stripe']);
    expect(await found(server, 'name[in]:["Airtable", "Stripe"]')).toEqual(['Airtable']);
  });

  test('two groups side by side are glued at the seam', async () => {
    expect(await found(server, 'or(name[eq]:Airtable,name[eq]:Nobody),or(name[eq]:Nothing,name[eq]:Stripe)')).toEqual([
      'Airtable',
      'Stripe',
    ]);
    expect(await found(server, 'and(or(name[eq]:Airtable),or(name[eq]:Stripe))')).toEqual([]);
  });

  test('like needs its own wildcards, and a backslash takes them as text', async () => {
    expect(await found(server, 'name[like]:Air')).toEqual([]);
    expect(await found(server, 'name[ilike]:%AIR%')).toEqual(['Airtable']);
    expect(await found(server, 'name[ilike]:%100\\%%')).toEqual(['100% Pure_Co']);
    expect(await found(server, 'name[ilike]:%üNÏ%')).toEqual(['Ünïcode']);
    expect(await found(server, 'name[ilike]:%unicode%')).toEqual([]);
  });

  test('wrong forms are refused, unknown parameters and a repeated filter are not', async () => {
    const refused = await server.call('GET', '/rest/companies', undefined, { filter: 'name[eq]=Airtable' });
    expect(refused.status).toBe(400);
    const all = await server.call('GET', '/rest/companies?filter=name[eq]:Airtable&filter=name[eq]:Stripe&depth=0');
    expect(all.body.data.companies).toHaveLength(NAMES.length);
    const bracket = await server.call('GET', '/rest/companies?filter[name][eq]=Airtable&depth=0');
    expect(bracket.body.data.companies).toHaveLength(NAMES.length);
  });
});

test('an old server takes brackets in a value for a group, and cannot filter by noteId', async () => {
  const old = seeded('old');
  expect(await found(old, 'name[eq]:Paren (Test) Ltd,createdAt[gt]:2020-01-01')).toEqual([]);
  expect(await found(old, 'and(name[eq]:Paren (Test) Ltd,createdAt[gt]:2020-01-01)')).toEqual(['Paren (Test) Ltd']);
  expect(await found(old, 'name[startsWith]:Air')).toEqual([]);
  expect(await found(old, 'name[startsWith]:Air%')).toEqual(['Airtable']);
  const refused = await old.call('GET', '/rest/noteTargets', undefined, { filter: `noteId[eq]:${idOf(1)}` });
  expect(refused).toMatchObject({ status: 400, body: { message: "'filter' invalid for ''. eg: price[gte]:10" } });
});

test('a current server reads a condition before a group, and blank texts as null', async () => {
  const server = seeded('current');
  server.store.seed('person', [
    { id: idOf(20), name: { firstName: 'Blank', lastName: '' } },
    { id: idOf(21), name: { firstName: 'Full', lastName: 'X' }, jobTitle: 'CTO' },
  ]);
  expect(await found(server, 'name[eq]:Airtable,or(name[eq]:Airtable,name[eq]:Stripe)')).toEqual(['Airtable']);
  for (const filter of ['jobTitle[is]:NULL', 'jobTitle[eq]:""'])
    expect(await found(server, filter, 'people')).toMatchObject([{ firstName: 'Blank' }]);
  for (const filter of ['jobTitle[is]:NOT_NULL', 'jobTitle[neq]:""', 'not(jobTitle[eq]:"")'])
    expect(await found(server, filter, 'people')).toMatchObject([{ firstName: 'Full' }]);
  expect(await found(server, 'jobTitle[neq]:CEO', 'people')).toMatchObject([{ firstName: 'Full' }]);
  expect(await found(server, 'not(jobTitle[eq]:CEO)', 'people')).toMatchObject([{ firstName: 'Full' }]);
});
