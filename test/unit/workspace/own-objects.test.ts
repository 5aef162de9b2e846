import { describe, expect, it } from 'vitest';
import { createDemoServer } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { bench, draft, newId, seed, sent, synced } from './support/bench';
import { field, object, relation } from './support/metadata';

const ORIGIN = 'http://127.0.0.1';

describe('objects the workspace has added itself', () => {
  it('are synced, searched, read, listed, written and linked', async () => {
    const { open, clock } = bench();
    const server = createDemoServer({ people: 40, limit: null, clock, dialect: 'current' });
    const client = createTwentyClient({
      origin: ORIGIN,
      credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: server.key }),
      fetch: (url, init) => server.handle(new Request(url, init)),
      clock,
    });
    const workspace = await open({ client });
    workspace.start();
    await synced(workspace);
    const all = [...server.store.table('project').inOrder()];
    expect(all.length).toBeGreaterThan(0);
    const name = String(all[0]?.name);
    const ref = { object: 'project', id: all[0]?.id ?? '' };

    const byName = await workspace.search(name, ['project'], 5);
    expect(byName.results[0]).toMatchObject({ ...ref, title: name });
    expect((await workspace.search(name, 'linkable', 20)).results.map(({ id }) => id)).toContain(ref.id);
    expect((await workspace.search(name, null, 50)).results.map(({ object }) => object)).not.toContain('project');
    const request = { object: 'project', text: '', filter: null, sort: [], offset: 0, limit: 100, deleted: false };
    expect((await workspace.list(request)).total).toBe(all.length);

    await workspace.capture(draft('About a project', { links: [{ ...ref, label: name }] }));
    await workspace.update(
      ref,
      { status: 'RUNNING', budget: { amountMicros: '9000000', currencyCode: 'EUR' } },
      {},
      'main',
    );
    const made = await workspace.create('project', { name: 'Brand new', startDate: '2026-12-01' }, 'main');
    await sent(workspace);
    const target = [...server.store.table('noteTarget').inOrder()].find((row) => row.targetProjectId === ref.id);
    expect(target).toBeDefined();
    const card = await workspace.card(ref, true);
    expect(card).toMatchObject({ title: name, record: { status: 'RUNNING' } });
    expect(card?.timeline.map((item) => item.title)).toContain('About a project');
    expect(card?.timeline.find((item) => item.kind === 'change')?.body).toContain('Budget: ');
    expect(server.store.live('project', made.recordId)).toMatchObject({ name: 'Brand new' });
    await workspace.close();
    client.dispose();
  });

  it('are written after a restart, before the server was asked what it has', async () => {
    const { open, clock } = bench();
    const server = createDemoServer({ people: 10, limit: null, clock });
    const connect = () =>
      createTwentyClient({
        origin: ORIGIN,
        credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: server.key }),
        fetch: async (url, init) => {
          // What the workspace is made of cannot be asked just now.
          if (learned && /metadata|graphql/.test(url)) throw new TypeError('fetch failed');
          return server.handle(new Request(url, init));
        },
        clock,
      });
    let learned = false;
    const first = await open({ client: connect() });
    first.start();
    await synced(first);
    await first.close();
    learned = true;
    const second = await open({ client: connect() });
    const made = await second.create('project', { name: 'Offline idea' }, 'main');
    second.start();
    await sent(second);
    expect(server.store.live('project', made.recordId)).toMatchObject({ name: 'Offline idea' });
    await second.close();
  });

  it('are not linked where the server has no place for it, and the user is told', async () => {
    const { open, server } = bench();
    seed(server);
    const project = newId();
    server.put('project', { id: project, name: 'Apollo' });
    server.objects = [
      object('project', 'projects', [field('name', 'TEXT')], { custom: true, labelPlural: 'Projects' }),
      object('noteTarget', 'noteTargets', [relation('note', 'note'), relation('targetPerson', 'person')]),
      object('taskTarget', 'taskTargets', [relation('task', 'task'), relation('targetProject', 'project')]),
    ];
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const links = [{ object: 'project', id: project, label: 'Apollo' }];
    await expect(workspace.capture(draft('No place', { links }))).rejects.toMatchObject({
      kind: 'refused',
      message:
        'In this workspace a note cannot be linked to projects, so nothing was saved. Take Apollo out and save again.',
    });
    expect(await workspace.outbox.list()).toEqual([]);
    await workspace.capture(draft('A place', { kind: 'task', links }));
    await sent(workspace);
    expect(server.live('taskTarget')).toMatchObject([{ targetProjectId: project }]);
    await workspace.close();
  });
});
