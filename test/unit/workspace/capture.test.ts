import { describe, expect, it } from 'vitest';
import { ACME, bench, draft, JANE, seed, sent, synced } from './support/bench';
import { turn, until } from './support/clock';
import { offline, rejected } from './support/server';

describe('a capture', () => {
  it('is on disk before the receipt and there after a restart', async () => {
    const { open } = bench();
    const workspace = await open({ client: null });
    const receipt = await workspace.capture(draft('Call back'));
    expect(receipt.message).toBe('Note saved for Jane Smith');
    // A second process sees it although the first never closed: as after a crash.
    const again = await open({ client: null });
    const [entry] = await again.outbox.list();
    expect(entry).toMatchObject({ id: receipt.entryId, title: 'Call back', state: 'waiting', steps: 2, done: 0 });
    await again.close();
    await workspace.close();
  });

  it('reaches the server once, with its links, and shows before that', async () => {
    const { open, server } = bench();
    seed(server);
    server.down = offline();
    const workspace = await open();
    workspace.start();
    const links = [
      { object: 'person', id: JANE, label: 'Jane Smith' },
      { object: 'company', id: ACME, label: 'Acme Corp' },
    ];
    await workspace.capture(
      draft('Send offer', {
        kind: 'task',
        body: 'With *prices*',
        links,
        due: { at: '2026-11-23T15:00:00+00:00', hasTime: true, words: 'tomorrow 3pm' },
      }),
    );
    await until(() => workspace.status().online === false);
    server.down = null;
    workspace.syncNow();
    await sent(workspace);
    await synced(workspace);
    const [task] = server.live('task');
    expect(task).toMatchObject({
      title: 'Send offer',
      dueAt: '2026-11-23T15:00:00.000Z',
      bodyV2: { markdown: 'With *prices*' },
    });
    expect(server.live('taskTarget').map((row) => [row.taskId, row.targetPersonId ?? row.targetCompanyId])).toEqual([
      [task?.id, JANE],
      [task?.id, ACME],
    ]);
    const card = await workspace.card({ object: 'person', id: JANE }, false);
    expect(card?.timeline).toMatchObject([{ kind: 'task', title: 'Send offer', pending: false }]);
    await workspace.close();
  });

  it('shows in the timeline while it waits', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.down = offline();
    await workspace.capture(draft('Met at the fair', { body: 'Wants a demo' }));
    const card = await workspace.card({ object: 'person', id: JANE }, false);
    expect(card?.timeline).toMatchObject([
      { kind: 'note', title: 'Met at the fair', body: 'Wants a demo', pending: true, links: [{ label: 'Jane Smith' }] },
    ]);
    await workspace.close();
  });

  it('is not doubled when answers are lost after the server kept it', async () => {
    const { open, server, clock } = bench();
    seed(server);
    server.fail('create', offline(true), 'after', 1, 'note');
    server.fail('create', offline(true), 'after', 1, 'noteTarget');
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('Once'));
    await until(() => server.calls.some((call) => call.method === 'create'));
    await clock.advance(120_000);
    await sent(workspace);
    expect(server.live('note')).toHaveLength(1);
    expect(server.live('noteTarget')).toHaveLength(1);
    const creates = server.calls.filter((call) => call.method === 'create');
    expect(creates.map((call) => call.object)).toEqual(['note', 'noteTarget']);
    await workspace.close();
  });

  it('goes on at its step after a crash in between', async () => {
    const { open, server } = bench();
    seed(server);
    let stuck = false;
    server.gate = async () => {
      if (server.calls.some((call) => call.method === 'create')) {
        stuck = true;
        await new Promise(() => undefined);
      }
    };
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('Half way'));
    await until(() => stuck);
    server.gate = null;
    // The first one is never closed, as if the process had been killed.
    const again = await open();
    again.start();
    await sent(again);
    expect(server.live('note')).toHaveLength(1);
    expect(server.live('noteTarget')).toHaveLength(1);
    await again.close();
  });

  it('that the server refuses stops only itself and says why', async () => {
    const { open, server } = bench();
    seed(server);
    server.fail('create', rejected('Invalid value "X" for field "title".'));
    const workspace = await open();
    workspace.start();
    const first = await workspace.capture(draft('Refused'));
    await workspace.capture(draft('Fine'));
    await until(async () => (await workspace.outbox.list()).every((entry) => ['sent', 'failed'].includes(entry.state)));
    const entries = await workspace.outbox.list();
    expect(entries.map((entry) => [entry.title, entry.state, entry.error?.message ?? null])).toEqual([
      ['Fine', 'sent', null],
      ['Refused', 'failed', 'Invalid value "X" for field "title".'],
    ]);
    expect(workspace.status().outbox).toEqual({ waiting: 0, failed: 1 });
    await workspace.outbox.retry(first.entryId);
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(expect.arrayContaining(['Fine', 'Refused']));
    await workspace.close();
  });

  it('opened for editing takes the place of the one that waits', async () => {
    const { open, server } = bench();
    seed(server);
    server.fail('create', rejected('No'));
    const workspace = await open();
    workspace.start();
    const { entryId } = await workspace.capture(draft('Wrnog'));
    await until(() => workspace.status().outbox.failed === 1);
    const opened = await workspace.outbox.draft(entryId);
    expect(opened).toMatchObject({ title: 'Wrnog', replaces: entryId });
    await workspace.capture({ ...opened, title: 'Right' });
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['Right']);
    await workspace.close();
  });

  it('that got stuck at a link is opened again, and is there once in the end', async () => {
    const { open, server } = bench();
    seed(server);
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.fail('create', rejected('It points at a record that Twenty does not have.'), 'before', 1, 'noteTarget');
    const links = [
      { object: 'person', id: JANE, label: 'Jane Smith' },
      { object: 'company', id: ACME, label: 'Acme Corp' },
    ];
    const { entryId } = await workspace.capture(draft('Stuck', { links }));
    await until(() => workspace.status().outbox.failed === 1);
    expect((await workspace.outbox.list())[0]).toMatchObject({ state: 'failed', done: 1, steps: 3, canEdit: true });
    const again = await workspace.outbox.draft(entryId);
    await workspace.outbox.replace(entryId, { ...again, links: links.slice(1) });
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['Stuck']);
    expect(server.live('noteTarget')).toMatchObject([{ noteId: server.live('note')[0]?.id, targetCompanyId: ACME }]);
    await workspace.close();
  });

  it('is refused in read-only mode before anything is kept', async () => {
    const { open } = bench();
    const workspace = await open({ readOnly: true, client: null });
    await expect(workspace.capture(draft('No'))).rejects.toMatchObject({ kind: 'refused' });
    expect(await workspace.outbox.list()).toEqual([]);
    await workspace.close();
  });

  it('waits for sign-in when the key is refused', async () => {
    const { open, server } = bench();
    seed(server);
    const { TwigError } = await import('../../../shared/errors');
    server.fail('create', new TwigError('unauthorized', 'The key was refused.'));
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('Later'));
    await until(() => server.calls.some((call) => call.method === 'create'));
    await turn();
    expect(server.calls.filter((call) => call.method === 'create')).toHaveLength(1);
    workspace.setClient(server);
    await sent(workspace);
    expect(server.live('note')).toHaveLength(1);
    await workspace.close();
  });
});
