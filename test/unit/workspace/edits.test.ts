import { describe, expect, it } from 'vitest';
import { ACME, bench, draft, JANE, newId, seed, sent, synced } from './support/bench';
import { until } from './support/clock';
import { offline, rejected } from './support/server';

const JANE_REF = { object: 'person', id: JANE };

describe('an edit', () => {
  it('shows at once, goes out and lands in the audit list with before and after', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    await workspace.update(JANE_REF, { jobTitle: 'CEO' }, { jobTitle: 'CTO' }, 'main');
    expect(await workspace.record(JANE_REF)).toMatchObject({ jobTitle: 'CEO' });
    await sent(workspace);
    expect(server.table('person').get(JANE)).toMatchObject({ jobTitle: 'CEO', city: 'Lyon' });
    const audit = await workspace.audit(0, 10);
    expect(audit).toMatchObject({
      total: 1,
      entries: [
        {
          action: 'update',
          window: 'main',
          title: 'Jane Smith',
          before: { jobTitle: 'CTO' },
          after: { jobTitle: 'CEO' },
          outcome: 'sent',
        },
      ],
    });
    await workspace.close();
  });

  it('merges with what somebody else changed in other fields', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.put('person', { id: JANE, city: 'Paris', name: { firstName: 'Janet', lastName: 'Smith' } });
    await workspace.update(
      JANE_REF,
      { jobTitle: 'CEO', name: { firstName: 'Jane', lastName: 'Smythe' } },
      { jobTitle: 'CTO', name: { firstName: 'Jane', lastName: 'Smith' } },
      'main',
    );
    await sent(workspace);
    expect(server.table('person').get(JANE)).toMatchObject({
      jobTitle: 'CEO',
      city: 'Paris',
      name: { firstName: 'Janet', lastName: 'Smythe' },
    });
    await workspace.close();
  });

  it.each([
    ['mine', 'CEO'],
    ['theirs', 'VP'],
  ] as const)('of a field that changed on the server asks, and keeps %s', async (choice, kept) => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.put('person', { id: JANE, jobTitle: 'VP' });
    const { entryId } = await workspace.update(JANE_REF, { jobTitle: 'CEO', city: 'Nice' }, {}, 'main');
    await until(() => workspace.status().outbox.failed === 1);
    const [entry] = await workspace.outbox.list();
    expect(entry).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'jobTitle', base: 'CTO', mine: 'CEO', theirs: 'VP' }],
    });
    await workspace.outbox.resolve(entryId, { jobTitle: choice });
    await sent(workspace);
    expect(server.table('person').get(JANE)).toMatchObject({ jobTitle: kept, city: 'Nice' });
    await workspace.close();
  });

  it('whose answer was lost is not taken for a conflict, also when the server rewrote the value', async () => {
    const { open, server, clock } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const update = server.update.bind(server);
    server.update = async (object, id, _changes, options) => {
      await update(object, id, { emails: { primaryEmail: 'new@acme.example', additionalEmails: [] } }, options);
      server.update = update;
      throw offline(true);
    };
    await workspace.update(JANE_REF, { emails: { primaryEmail: 'New@Acme.example' } }, {}, 'main');
    await until(() => !workspace.status().online);
    await clock.advance(60_000);
    await sent(workspace);
    expect((await workspace.outbox.list())[0]?.state).toBe('sent');
    await workspace.close();
  });

  it('waits for the create before it; an unrelated capture does not', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.fail('create', rejected('A duplicate entry was detected'), 'before', 1, 'person');
    const created = await workspace.create('person', { name: { firstName: 'New', lastName: 'One' } }, 'main');
    await workspace.update({ object: 'person', id: created.recordId }, { jobTitle: 'CFO' }, {}, 'main');
    const links = [{ object: 'person', id: created.recordId, label: 'New One' }];
    await workspace.capture(draft('About the new one', { links }));
    await workspace.capture(draft('Unrelated'));
    await until(async () => server.live('note').length === 2);
    expect(server.live('noteTarget')).toHaveLength(1);
    const waiting = (await workspace.outbox.list()).filter((entry) => entry.state === 'waiting');
    expect(waiting.map((entry) => entry.error?.message)).toEqual([
      'Waits for "New One", which could not be sent. Settle that entry first.',
      'Waits for "New One", which could not be sent. Settle that entry first.',
    ]);
    await workspace.outbox.retry(created.entryId);
    await sent(workspace);
    expect(server.table('person').get(created.recordId)).toMatchObject({ jobTitle: 'CFO' });
    expect(server.live('noteTarget')).toHaveLength(2);
    await workspace.close();
  });

  it('never writes what only the server sets', async () => {
    const { open } = bench();
    const workspace = await open({ client: null });
    await expect(workspace.update(JANE_REF, { updatedAt: 'x' }, {}, 'main')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(workspace.update(JANE_REF, {}, {}, 'main')).rejects.toMatchObject({ kind: 'invalid' });
    await workspace.close();
  });
});

describe('undo', () => {
  it('withdraws what was not sent', async () => {
    const { open, server } = bench();
    seed(server);
    server.down = offline();
    const workspace = await open({ client: null });
    const { entryId } = await workspace.capture(draft('Never mind'));
    await workspace.outbox.undo(entryId);
    expect((await workspace.outbox.list())[0]).toMatchObject({ state: 'withdrawn', canUndo: false });
    expect((await workspace.audit(0, 1)).entries[0]?.outcome).toBe('withdrawn');
    expect(workspace.outbox.waiting()).toBe(0);
    await workspace.close();
  });

  it('soft-deletes a capture that was sent, with its links', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const { entryId } = await workspace.capture(draft('Sent too early'));
    await sent(workspace);
    await workspace.outbox.undo(entryId);
    expect((await workspace.card(JANE_REF, false))?.timeline).toEqual([]);
    await sent(workspace);
    expect(server.live('note')).toEqual([]);
    expect(server.live('noteTarget')).toEqual([]);
    expect(server.table('note').size).toBe(1);
    expect((await workspace.audit(0, 10)).entries.map((entry) => [entry.action, entry.outcome])).toEqual([
      ['delete', 'sent'],
      ['create', 'undone'],
    ]);
    await workspace.close();
  });

  it('takes back a capture that may have arrived without an answer', async () => {
    const { open, server } = bench();
    seed(server);
    const create = server.create.bind(server);
    server.create = async (object, record, options) => {
      await create(object, record, options);
      server.create = create;
      server.down = offline();
      throw offline(true);
    };
    const workspace = await open();
    workspace.start();
    const { entryId } = await workspace.capture(draft('Unclear'));
    await until(() => !workspace.status().online);
    expect(server.live('note')).toHaveLength(1);
    await workspace.outbox.undo(entryId);
    server.down = null;
    workspace.syncNow();
    await sent(workspace);
    expect(server.live('note')).toEqual([]);
    await workspace.close();
  });

  it('reverts an edit, restores what was deleted', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const edit = await workspace.update(JANE_REF, { jobTitle: 'CEO' }, {}, 'main');
    const [removal] = await workspace.remove('company', [ACME], 'main');
    await sent(workspace);
    expect(server.table('company').get(ACME)?.deletedAt).toBeTruthy();
    expect(await workspace.card({ object: 'company', id: ACME }, false)).toBeNull();
    await workspace.outbox.undo(edit.entryId);
    await workspace.outbox.undo(removal?.entryId ?? '');
    await sent(workspace);
    expect(server.table('person').get(JANE)?.jobTitle).toBe('CTO');
    expect(server.table('company').get(ACME)?.deletedAt).toBeNull();
    expect(await workspace.card({ object: 'company', id: ACME }, false)).toMatchObject({ title: 'Acme Corp' });
    await expect(workspace.outbox.undo(edit.entryId)).rejects.toMatchObject({ kind: 'invalid' });
    await workspace.close();
  });
});

describe('links', () => {
  it('are made and taken away', async () => {
    const { open, server } = bench();
    seed(server);
    const note = newId();
    server.put('note', { id: note, title: 'Plan' });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const from = { object: 'note', id: note };
    await workspace.link(from, JANE_REF, 'main');
    await expect(workspace.link(from, JANE_REF, 'main')).rejects.toMatchObject({ kind: 'invalid' });
    expect((await workspace.card(JANE_REF, false))?.timeline).toMatchObject([{ title: 'Plan' }]);
    await sent(workspace);
    await workspace.unlink(from, JANE_REF, 'main');
    expect((await workspace.card(JANE_REF, false))?.timeline).toEqual([]);
    await sent(workspace);
    expect(server.live('noteTarget')).toEqual([]);
    await workspace.close();
  });
});
