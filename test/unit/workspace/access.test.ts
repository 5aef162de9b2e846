import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../main/workspace/types';
import { TwigError } from '../../../shared/errors';
import { bench, draft, seed, sent, synced } from './support/bench';
import { until } from './support/clock';
import { field, object } from './support/metadata';

const MINUTE = 60_000;
const DAY = 25 * 3_600_000;
const forbidden = () =>
  new TwigError('forbidden', 'The key is accepted, but its role does not allow this.', { reason: 'permission' });

function rig() {
  const made = bench();
  seed(made.server);
  made.server.objects = [
    object('company', 'companies', [field('name', 'TEXT')]),
    object('note', 'notes', [field('title', 'TEXT')], { labelField: 'title' }),
  ];
  return made;
}

const rights = async (workspace: Workspace, name: string) => {
  const found = (await workspace.objects()).find((one) => one.name === name);
  return { canRead: found?.canRead, canWrite: found?.canWrite };
};

describe('what the key may do', () => {
  it('is unknown until the server has shown it', async () => {
    const { open, server } = rig();
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(await rights(workspace, 'company')).toEqual({ canRead: true, canWrite: null });
    await workspace.capture(draft('First'));
    await sent(workspace);
    expect(await rights(workspace, 'note')).toEqual({ canRead: true, canWrite: true });
    expect(server.live('note')).toHaveLength(1);
    await workspace.close();
  });

  it('is learned from a refused read, said in words, kept, and taken back when the server shows it', async () => {
    const { open, server, clock } = rig();
    server.fail('list', forbidden(), 'before', 2, 'company');
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(await rights(workspace, 'company')).toEqual({ canRead: false, canWrite: null });
    expect(workspace.syncStatus().message).toBe(
      'Your key may not read companies. A workspace administrator can allow it.',
    );
    await workspace.close();

    const again = await open();
    expect(await rights(again, 'company')).toEqual({ canRead: false, canWrite: null });
    again.start();
    await synced(again);
    await until(async () => {
      await clock.advance(MINUTE);
      return (await rights(again, 'company')).canRead === true;
    });
    await until(() => again.status().counts.companies === 1);
    await again.close();
  });

  it('is learned from a refused write, and taken back when a later one succeeds', async () => {
    const { open, server } = rig();
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.fail('create', forbidden(), 'before', 1, 'note');
    const passes = () => server.calls.filter((call) => call.method === 'count').length;
    const before = passes();
    const receipt = await workspace.capture(draft('Refused'));
    await until(async () => (await workspace.outbox.list())[0]?.state === 'failed');
    expect(await rights(workspace, 'note')).toEqual({ canRead: true, canWrite: false });
    // A pass tells the windows, which read the metadata again after each.
    await until(() => passes() > before);
    await workspace.outbox.retry(receipt.entryId);
    await sent(workspace);
    expect(await rights(workspace, 'note')).toEqual({ canRead: true, canWrite: true });
    await workspace.close();
  });

  it.each(['a day', 'another key'])('forgets a refused write after %s', async (what) => {
    const { open, server, clock } = rig();
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    server.fail('create', forbidden(), 'before', 1, 'note');
    await workspace.capture(draft('Refused'));
    await until(async () => (await workspace.outbox.list())[0]?.state === 'failed');
    if (what === 'a day') clock.jump(DAY);
    else await workspace.keyChanged();
    expect((await rights(workspace, 'note')).canWrite).toBeNull();
    await workspace.close();
  });
});
