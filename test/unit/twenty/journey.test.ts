import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../../main/demo';
import { CAPTURE, newId, READ, rig, SYNC } from './support';

const SERVERS: [string, DemoOptions, { deletes: boolean }][] = [
  ['current', { dialect: 'current' }, { deletes: true }],
  ['current without introspection', { dialect: 'current', introspection: false }, { deletes: true }],
  ['current over REST alone', { dialect: 'current', graphql: false }, { deletes: true }],
  ['middle', { dialect: 'mid' }, { deletes: true }],
  ['middle over REST alone', { dialect: 'mid', graphql: false }, { deletes: false }],
  ['old', { dialect: 'old' }, { deletes: true }],
  ['old over REST alone', { dialect: 'old', graphql: false }, { deletes: true }],
  ['A', { dialect: 'a' }, { deletes: true }],
  ['B through Maton', { dialect: 'b', maton: true }, { deletes: true }],
];

describe.each(SERVERS)('%s server', (name, options, can) => {
  it('is learned, written and read back in one canonical form', async () => {
    const { client } = rig(options);
    const { objects } = await client.learn(READ);
    expect(objects.map((object) => object.name)).toEqual(expect.arrayContaining(['person', 'company', 'note', 'task']));

    const person = await client.create(
      'person',
      {
        id: newId(),
        name: { firstName: 'Ada', lastName: "O'Neil, Jr (x" },
        emails: { primaryEmail: 'ada.oneil@example.test' },
        jobTitle: '',
      },
      CAPTURE,
    );
    const markdown = '# Heading\n\nHello **bold** and [a link](https://example.com).\n\n- one\n- two';
    const note = { id: newId(), title: 'Call with Ada', bodyV2: { markdown } };
    await client.create('note', note, CAPTURE);
    const target = { id: newId(), noteId: note.id, targetPersonId: person.id };
    await client.create('noteTarget', target, CAPTURE);

    // The same id again answers what is there.
    expect((await client.create('note', note, CAPTURE)).id).toBe(note.id);
    expect((await client.create('noteTarget', target, CAPTURE)).targetPersonId).toBe(person.id);

    const read = await client.get('note', note.id, READ);
    expect(read?.bodyV2).toMatchObject({ markdown });
    expect(read).not.toHaveProperty('body');
    const targets = await client.list(
      'noteTarget',
      { filter: { field: 'targetPersonId', op: 'eq', value: person.id } },
      READ,
    );
    expect(targets.records.map((row) => row.noteId)).toEqual([note.id]);

    const found = await client.list(
      'person',
      { filter: { field: 'name.lastName', op: 'eq', value: "O'Neil, Jr (x" } },
      READ,
    );
    expect(found.records.map((row) => row.id)).toEqual([person.id]);

    const changed = await client.update('note', note.id, { title: 'Changed', bodyV2: { markdown: 'short' } }, READ);
    expect(changed.title).toBe('Changed');
    expect((await client.get('note', note.id, READ))?.bodyV2).toMatchObject({ markdown: 'short' });
    expect(await client.get('note', newId(), READ)).toBeNull();
  });

  it('pages through everything once', async () => {
    const { client, server } = rig({ ...options, people: 450 });
    await client.learn(SYNC);
    const ids: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await client.list('person', { limit: 200, after }, SYNC);
      ids.push(...page.records.map((record) => record.id));
      if (!page.hasNextPage || page.endCursor === null) break;
      after = page.endCursor;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe([...server.store.table('person').inOrder()].length);
  });

  it(can.deletes ? 'moves to the trash and back' : 'refuses to delete what it might destroy', async () => {
    const { client, server } = rig(options);
    await client.learn(READ);
    const [person] = (await client.list('person', { limit: 1 }, READ)).records;
    const id = person?.id ?? '';
    if (!can.deletes) {
      await expect(client.softDelete('person', id, READ)).rejects.toMatchObject({ kind: 'refused' });
      expect(await client.get('person', id, READ)).not.toBeNull();
      return;
    }
    await client.softDelete('person', id, READ);
    await client.softDelete('person', id, READ);
    expect(await client.get('person', id, READ)).toBeNull();
    const all = await client.list(
      'person',
      { includeDeleted: true, filter: { field: 'id', op: 'eq', value: id } },
      READ,
    );
    expect(all.records[0]?.deletedAt).toEqual(expect.any(String));
    expect([...server.store.table('person').inOrder()].some((row) => row.id === id)).toBe(true);
    if (name === 'old over REST alone') {
      await expect(client.restore('person', id, READ)).rejects.toMatchObject({ kind: 'refused' });
      return;
    }
    await client.restore('person', id, READ);
    expect((await client.get('person', id, READ))?.deletedAt).toBeNull();
  });

  it('says which other record holds a unique value', async () => {
    const { client } = rig(options);
    await client.learn(READ);
    const emails = { primaryEmail: 'twice@example.test' };
    const first = await client.create('person', { id: newId(), emails }, READ);
    await expect(client.create('person', { id: newId(), emails }, READ)).rejects.toMatchObject({
      kind: 'rejected',
      reason: 'duplicate',
      field: 'emails',
      conflictId: first.id,
    });
  });

  it('creates many in the order given', async () => {
    const { client } = rig(options);
    await client.learn(READ);
    const rows = Array.from({ length: 130 }, (_, index) => ({ id: newId(), name: `Company ${index}` }));
    const made = await client.createMany('company', rows, SYNC);
    expect(made.map((row) => row.id)).toEqual(rows.map((row) => row.id));
  });

  it('searches by name', async () => {
    const { client } = rig(options);
    await client.learn(READ);
    const company = await client.create('company', { id: newId(), name: 'Zephyrine Works' }, READ);
    const hits = await client.search('zephyr', ['person', 'company', 'note'], 10, READ);
    expect(hits).toEqual([{ object: 'company', id: company.id, label: 'Zephyrine Works' }]);
  });

  it('passes the live check', async () => {
    const { client } = rig(options);
    const steps = [];
    for await (const step of client.check()) steps.push(step);
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'reachable ok',
      'twenty ok',
      'key ok',
      'objects ok',
    ]);
    expect(steps.at(-1)?.message).toMatch(/60 people|6\d people/);
  });
});
