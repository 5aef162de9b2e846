import { describe, expect, it } from 'vitest';
import { ACME, bench, draft, JANE, newId, seed, synced } from './support/bench';
import { until } from './support/clock';
import { offline } from './support/server';

describe('the first sync', () => {
  it('reads everything page by page and counts it', async () => {
    const { open, server } = bench();
    seed(server);
    server.pageSize = 10;
    for (let n = 0; n < 95; n += 1)
      server.put('person', { id: newId(), name: { firstName: 'P', lastName: String(n) } });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(workspace.status().counts).toEqual({ people: 96, companies: 1, opportunities: 0 });
    expect(workspace.syncStatus()).toMatchObject({ records: 97, total: 97, phase: 'idle' });
    const found = await workspace.search('smith', null, 10);
    expect(found.results).toMatchObject([{ object: 'person', id: JANE, title: 'Jane Smith' }]);
    await workspace.close();
  });

  it.each([1, 3, 7, 12])('goes on after a kill at page %i without asking for a page twice', async (killed) => {
    const { open, server } = bench();
    server.pageSize = 5;
    for (let n = 0; n < 40; n += 1)
      server.put('person', { id: newId(), name: { firstName: 'P', lastName: String(n) } });
    const pagesOf = () =>
      server.calls.filter((call) => call.object === 'person' && call.query?.limit === 1_000 && !call.query.filter);
    const workspace = await open();
    server.gate = async () => {
      if (pagesOf().length >= killed) await new Promise(() => undefined);
    };
    workspace.start();
    await until(() => pagesOf().length === Math.min(killed, 8));
    server.gate = null;
    const again = await open();
    again.start();
    await synced(again);
    expect(again.status().counts.people).toBe(40);
    const cursors = pagesOf().map((call) => call.query?.after ?? 'start');
    expect(cursors.length - new Set(cursors).size).toBeLessThanOrEqual(1);
    await again.close();
  });

  it('leaves out what makes no sense and keeps the rest', async () => {
    const { open, server } = bench();
    seed(server);
    server.table('person').set('zzz', { id: 'not-an-id' });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(workspace.status().counts.people).toBe(1);
    await workspace.close();
  });

  it('goes on without an object the key may not read', async () => {
    const { open, server } = bench();
    seed(server);
    const { TwigError } = await import('../../../shared/errors');
    server.fail('list', new TwigError('forbidden', 'This key may not read companies.'), 'before', 99, 'company');
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(workspace.status().counts).toMatchObject({ people: 1, companies: 0 });
    expect(workspace.syncStatus().message).toBe('This key may not read companies.');
    await workspace.close();
  });

  it('goes on with the rest when the server stumbles at one object, and comes back to it', async () => {
    const { open, server, clock } = bench();
    seed(server);
    const { TwigError } = await import('../../../shared/errors');
    server.fail('list', new TwigError('server', 'It had an internal error.'), 'before', 2, 'company');
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(workspace.status().counts).toMatchObject({ people: 1, companies: 0 });
    expect(workspace.syncStatus().message).toBe('It had an internal error.');
    await until(async () => {
      await clock.advance(10_000);
      return workspace.status().counts.companies === 1;
    });
    await until(() => workspace.syncStatus().message === null);
    await workspace.close();
  });

  it('waits when the server stumbles at everything', async () => {
    const { open, server } = bench();
    seed(server);
    const { TwigError } = await import('../../../shared/errors');
    server.fail('list', new TwigError('server', 'It had an internal error.'), 'before', 99);
    const workspace = await open();
    workspace.start();
    await until(() => workspace.syncStatus().phase === 'failed');
    expect(server.calls.filter((call) => call.method === 'list').length).toBeLessThanOrEqual(10);
    expect(workspace.syncStatus().lastSyncAt).toBeNull();
    await workspace.close();
  });

  it('waits while nothing gets through and goes on by itself', async () => {
    const { open, server, clock } = bench();
    seed(server);
    server.down = offline();
    const workspace = await open();
    workspace.start();
    await until(() => workspace.syncStatus().phase === 'offline');
    expect(workspace.status().online).toBe(false);
    server.down = null;
    await clock.advance(60_000);
    await synced(workspace);
    expect(workspace.status()).toMatchObject({ online: true, counts: { people: 1 } });
    await workspace.close();
  });
});

describe('later syncs', () => {
  it('find what others added, changed and deleted, by the server clock', async () => {
    const { open, server, clock, changes } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const zoe = newId();
    const note = newId();
    server.put('person', { id: zoe, name: { firstName: 'Zoë', lastName: 'Weiß' } });
    server.put('person', { id: JANE, jobTitle: 'CEO' });
    server.put('note', { id: note, title: 'Old friends' });
    server.put('company', { id: ACME, deletedAt: '2031-03-01T00:00:00.000Z' });
    changes.length = 0;
    workspace.syncNow();
    await until(() => workspace.status().counts.people === 2 && workspace.status().counts.companies === 0);
    expect((await workspace.search('zoe weiss', null, 5)).results).toMatchObject([{ id: zoe }]);
    expect((await workspace.card({ object: 'person', id: JANE }, true))?.subtitle).toBe('CEO');
    const deleted = await workspace.list({
      object: 'company',
      text: '',
      filter: null,
      sort: [],
      offset: 0,
      limit: 10,
      deleted: true,
    });
    expect(deleted.rows.map((row) => row.id)).toEqual([ACME]);
    // A link made later does not touch its note.
    server.put('noteTarget', { id: newId(), noteId: note, targetPersonId: JANE });
    workspace.syncNow();
    await until(async () => (await workspace.card({ object: 'person', id: JANE }, false))?.timeline.length === 1);
    await clock.advance(1_000);
    expect(changes.some((change) => change.object === 'person' && change.ids?.includes(zoe))).toBe(true);
    await workspace.close();
  });

  it('read less and less often while nothing changes, and do not read everything again', async () => {
    const { open, server, clock } = bench();
    seed(server);
    for (let n = 0; n < 30; n += 1) server.table('person').set(newId(), { ...server.put('person', { id: newId() }) });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    await clock.advance(3_600_000);
    const calls = server.calls.length;
    await clock.advance(3_600_000);
    // A question for all objects every ten minutes, and two looks at the metadata.
    expect(server.calls.length - calls).toBeLessThanOrEqual(10);
    expect(new Set(server.calls.slice(calls).map((call) => call.method))).toEqual(new Set(['count', 'learn']));
    server.counts = false;
    const before = server.calls.length;
    workspace.syncNow();
    await until(() => server.calls.slice(before).some((call) => call.object === 'noteTarget'));
    const last = server.calls.filter((call) => call.object === 'person').at(-1);
    const newest =
      [...server.table('person').values()]
        .map((record) => String(record.updatedAt))
        .sort()
        .at(-1) ?? '';
    expect(last?.query?.filter).toMatchObject({ op: 'gte', value: new Date(Date.parse(newest) + 1).toISOString() });
    await workspace.close();
  });

  it('find destroyed records and changes that were missed, once a day', async () => {
    const { open, server, clock } = bench();
    seed(server);
    const gone = newId();
    server.put('person', { id: gone, name: { firstName: 'Gone', lastName: 'Soon' } });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.destroy('person', gone);
    const jane = server.table('person').get(JANE);
    server.table('person').set(JANE, { ...jane, id: JANE, jobTitle: 'Unseen', updatedAt: '2020-01-01T00:00:00.000Z' });
    await clock.advance(3 * 24 * 3_600_000);
    await until(() => workspace.status().counts.people === 1);
    expect((await workspace.record({ object: 'person', id: JANE }))?.jobTitle).toBe('Unseen');
    expect(await workspace.record({ object: 'person', id: gone })).toBeNull();
    await workspace.close();
  });

  it('do not take back what a write has just confirmed', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    // A page asked for before the edit is answered after it.
    const list = server.list.bind(server);
    const release: (() => void)[] = [];
    server.list = async (object, query, options) => {
      const page = await list(object, query, options);
      if (object === 'person') await new Promise<void>((resolve) => release.push(resolve));
      return page;
    };
    server.put('person', { id: JANE, city: 'Paris' });
    workspace.syncNow();
    await until(() => release.length === 1);
    await workspace.update({ object: 'person', id: JANE }, { jobTitle: 'CEO' }, { jobTitle: 'CTO' }, 'main');
    await until(() => workspace.outbox.waiting() === 0);
    for (const let_go of release) let_go();
    server.list = list;
    await synced(workspace);
    expect(await workspace.record({ object: 'person', id: JANE })).toMatchObject({ jobTitle: 'CEO', city: 'Paris' });
    await workspace.close();
  });

  it('keep a record that so far exists only here', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.down = offline();
    await workspace.create('person', { name: { firstName: 'New', lastName: 'One' } }, 'main');
    await workspace.capture(draft('Hello'));
    const list = await workspace.list({
      object: 'person',
      text: 'new',
      filter: null,
      sort: [],
      offset: 0,
      limit: 10,
      deleted: false,
    });
    expect(list).toMatchObject({ total: 1, rows: [{ name: { lastName: 'One' } }] });
    expect(list.pending).toHaveLength(1);
    expect((await workspace.search('new one', null, 5)).total).toBe(1);
    await workspace.close();
  });
});
