import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../../main/demo';
import type { Filter } from '../../../main/twenty/types';
import { newId, ORIGIN, READ, rig, SYNC } from './support';

const SERVERS: [string, DemoOptions][] = [
  ['current', { dialect: 'current' }],
  ['current over REST alone', { dialect: 'current', graphql: false }],
  ['old', { dialect: 'old' }],
];

describe.each(SERVERS)('pages too heavy to read at once (%s)', (_, options) => {
  it('are asked for in smaller ones, and everything comes once', async () => {
    const { client } = rig({ ...options, people: 160 }, { limits: { maxBytes: 600_000 } });
    await client.learn(SYNC);
    const title = `Title${'-'.repeat(30_000)}`;
    const notes = Array.from({ length: 50 }, () => ({ id: newId(), title }));
    for (const note of notes) await client.create('note', note, SYNC);
    const ids: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await client.list('note', { limit: 1_000, after }, SYNC);
      ids.push(...page.records.map((record) => record.id));
      if (!page.hasNextPage || page.endCursor === null) break;
      after = page.endCursor;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(notes.every((note) => ids.includes(note.id))).toBe(true);
    // What one object needs is not put on the others.
    expect((await client.list('person', { limit: 150 }, SYNC)).records).toHaveLength(150);
  });
});

describe.each([
  ['old', { dialect: 'old' }],
  ['old over REST alone', { dialect: 'old', graphql: false }],
] as [string, DemoOptions][])('a note the server itself cannot read (%s)', (_, options) => {
  it('is left out, and all others come', async () => {
    const { client, server } = rig(options);
    await client.learn(SYNC);
    const all = async () => (await client.list('note', { limit: 1_000, includeDeleted: true }, SYNC)).records;
    const before = (await all()).map((note) => note.id);
    const ours = { id: newId(), title: 'Ours', bodyV2: { markdown: 'Some *words*' } };
    await client.create('note', ours, READ);
    const blank = await client.create('note', { id: newId(), title: 'Blank' }, READ);
    for (const body of ['Plain words of another program', '{"an":"object"}']) {
      const answer = await server.handle(
        new Request(`${ORIGIN}/rest/notes`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ id: newId(), title: 'Damaged', body }),
        }),
      );
      expect(answer.status).toBe(400);
    }
    expect((await all()).map((note) => note.id).sort()).toEqual([...before, ours.id, blank.id].sort());
  });
});

describe('counting what changed', () => {
  const since = (value: string): Filter => ({ field: 'updatedAt', op: 'gte', value });

  it.each([
    ['current', { dialect: 'current' }],
    ['old', { dialect: 'old' }],
    ['mid', { dialect: 'mid' }],
  ] as [string, DemoOptions][])('takes one call for all objects (%s)', async (_, options) => {
    const { client, requests } = rig(options);
    await client.learn(READ);
    const before = requests.length;
    const counts = await client.count(
      [
        { object: 'person', filter: since('1970-01-01T00:00:00.000Z') },
        { object: 'noteTarget', filter: since('2199-01-01T00:00:00.000Z') },
        { object: 'nothingLikeThis', filter: since('1970-01-01T00:00:00.000Z') },
      ],
      SYNC,
    );
    expect(counts?.get('person')).toBeGreaterThan(50);
    expect(counts?.get('noteTarget')).toBe(0);
    expect(counts?.has('nothingLikeThis')).toBe(false);
    expect(requests.length).toBe(before + 1);
  });

  it('also counts what went to the trash', async () => {
    const { client, server } = rig({ dialect: 'current' });
    await client.learn(READ);
    const id = [...server.store.table('person').inOrder()][0]?.id ?? '';
    await client.softDelete('person', id, READ);
    const filter: Filter = { field: 'id', op: 'eq', value: id };
    expect((await client.count([{ object: 'person', filter }], SYNC))?.get('person')).toBe(1);
  });

  it('is left to one question per object where there is only REST', async () => {
    const { client } = rig({ dialect: 'current', graphql: false });
    await client.learn(READ);
    expect(await client.count([{ object: 'person', filter: since('1970-01-01T00:00:00.000Z') }], SYNC)).toBeNull();
  });
});
