import { describe, expect, it } from 'vitest';
import { createDemoServer } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { TwigError } from '../../../shared/errors';
import { bench, JANE, newId, seed, sent, synced } from './support/bench';
import { until } from './support/clock';
import { offline } from './support/server';

const ORIGIN = 'http://127.0.0.1';
const ANN = '44444444-4444-4444-8444-444444444444';
const VALUES = { name: { firstName: 'Ann', lastName: 'Lee' }, emails: { primaryEmail: 'ann@acme.example' } };

async function started() {
  const made = bench();
  seed(made.server);
  const workspace = await made.open();
  workspace.start();
  await synced(workspace);
  return { ...made, workspace };
}

describe('a record that is there already', () => {
  it('is named from the copy at once, whatever the server does', async () => {
    const { workspace, server } = await started();
    server.duplicates = () => new Promise(() => undefined);
    const found = await workspace.duplicates('person', { emails: { primaryEmail: 'Jane@acme.example' } });
    expect(found).toMatchObject([{ id: JANE, why: 'Same e-mail address: jane@acme.example' }]);
    await workspace.close();
  });

  it('is named by the server when the copy does not have it yet', async () => {
    const { workspace, server } = await started();
    const ann = { id: ANN, createdAt: '2026-11-22T08:00:00.000Z', ...VALUES };
    const other = { id: newId(), createdAt: '2026-11-22T08:00:00.000Z', name: { firstName: 'Q', lastName: 'R' } };
    server.duplicates = async () => [ann, other, { ...other, id: newId(), deletedAt: '2026-11-22T08:00:00.000Z' }];
    expect(await workspace.duplicates('person', VALUES)).toMatchObject([
      { id: ANN, title: 'Ann Lee', why: 'Same e-mail address: ann@acme.example' },
      { id: other.id, title: 'Q R', why: 'Twenty finds it alike' },
    ]);
    expect((await workspace.card({ object: 'person', id: ANN }, false))?.title).toBe('Ann Lee');
    await workspace.close();
  });

  it('is not waited for longer than a second, nor asked for offline', async () => {
    const { workspace, server, clock } = await started();
    let asked = 0;
    server.duplicates = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const waiting = workspace.duplicates('person', VALUES);
    await until(() => asked === 1);
    await clock.advance(1_000);
    expect(await waiting).toEqual([]);
    server.down = offline();
    workspace.syncNow();
    await until(() => !workspace.status().online);
    expect(await workspace.duplicates('person', VALUES)).toEqual([]);
    expect(asked).toBe(1);
    await workspace.close();
  });

  it('is left alone while someone types', async () => {
    const { workspace, server } = await started();
    server.duplicates = () => Promise.reject(new Error('asked'));
    const jane = { emails: { primaryEmail: 'jane@acme.example' } };
    expect(await workspace.duplicates('person', jane, true)).toMatchObject([{ title: 'Jane Smith' }]);
    expect(await workspace.duplicates('person', VALUES, true)).toEqual([]);
    await workspace.close();
  });
});

describe('two records made into one', () => {
  async function demo() {
    const made = bench();
    const server = createDemoServer({ people: 40, limit: null, clock: made.clock, dialect: 'current' });
    const client = createTwentyClient({
      origin: ORIGIN,
      credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: server.key }),
      fetch: (url, init) => server.handle(new Request(url, init)),
      clock: made.clock,
    });
    const workspace = await made.open({ client });
    workspace.start();
    await synced(workspace);
    const [kept, gone] = [...server.store.table('person').inOrder()].map((row) => row.id);
    return { ...made, server, client, workspace, kept: kept ?? '', gone: gone ?? '' };
  }

  it('are shown first, then merged, and the copy follows', async () => {
    const { server, client, workspace, kept, gone } = await demo();
    await workspace.update({ object: 'person', id: kept }, { jobTitle: '' }, {}, 'main');
    await workspace.update({ object: 'person', id: gone }, { jobTitle: 'Chair' }, {}, 'main');
    await sent(workspace);
    const people = workspace.status().counts.people;
    const preview = await workspace.merge('person', [gone, kept], 1, true);
    expect(preview).toMatchObject({ id: kept, jobTitle: 'Chair' });
    expect(server.store.live('person', gone)).toBeDefined();
    expect(workspace.status().counts.people).toBe(people);

    await workspace.merge('person', [gone, kept], 1, false);
    expect(await workspace.card({ object: 'person', id: gone }, false)).toBeNull();
    expect(await workspace.record({ object: 'person', id: kept })).toMatchObject({ jobTitle: 'Chair' });
    expect(workspace.status().counts.people).toBe(people - 1);
    const { entries } = await workspace.audit(0, 1);
    expect(entries[0]).toMatchObject({ recordId: kept, outcome: 'sent' });
    await workspace.close();
    client.dispose();
  });

  it('are left alone while one of them has a change that waits, or the workspace is read-only', async () => {
    const { client, workspace, kept, gone, server } = await demo();
    workspace.setReadOnly(true);
    await expect(workspace.merge('person', [kept, gone], 0, false)).rejects.toMatchObject({ kind: 'refused' });
    workspace.setReadOnly(false);
    workspace.setClient(null);
    await expect(workspace.merge('person', [kept, gone], 0, true)).rejects.toMatchObject({ kind: 'unauthorized' });
    await workspace.update({ object: 'person', id: gone }, { jobTitle: 'Waiting' }, {}, 'main');
    workspace.setClient(client);
    await expect(workspace.merge('person', [kept, gone], 0, false)).rejects.toThrow('still waits in the Outbox');
    expect(server.store.live('person', gone)).toBeDefined();
    await workspace.close();
    client.dispose();
  });

  it('are looked at again when no answer told what came of it', async () => {
    const { workspace, server } = await started();
    server.put('person', { id: ANN, ...VALUES });
    workspace.syncNow();
    await until(() => workspace.status().counts.people === 2);
    server.merge = async () => {
      server.destroy('person', ANN);
      throw new TwigError('offline', 'The connection broke before an answer came.', { unclear: true });
    };
    await expect(workspace.merge('person', [JANE, ANN], 0, false)).rejects.toMatchObject({ unclear: true });
    expect(workspace.status().counts.people).toBe(1);
    await workspace.close();
  });
});
