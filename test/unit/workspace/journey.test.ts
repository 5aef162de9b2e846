import { describe, expect, it } from 'vitest';
import { createDemoServer, type DemoOptions } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { MATON_BASE_PATH } from '../../../main/twenty/maton';
import type { TwentyClient } from '../../../main/twenty/types';
import { bench, draft, sent, synced } from './support/bench';

const ORIGIN = 'http://127.0.0.1';

const SERVERS: [string, DemoOptions][] = [
  ['current', { dialect: 'current' }],
  ['current without GraphQL', { dialect: 'current', graphql: false }],
  ['old', { dialect: 'old' }],
  ['mid', { dialect: 'mid' }],
  ['a', { dialect: 'a' }],
  ['b behind the gateway', { dialect: 'b', maton: true }],
];

describe.each(SERVERS)('the journey with %s', (_, options) => {
  it('syncs, captures with a link, edits, deletes, restores', async () => {
    const { open, clock } = bench();
    const server = createDemoServer({ people: 40, limit: null, clock, ...options });
    const gateway = options.maton === true;
    const [connectionId] = server.maton?.connections.keys() ?? [];
    const client: TwentyClient = createTwentyClient({
      origin: ORIGIN,
      ...(gateway ? { basePath: MATON_BASE_PATH } : {}),
      credential: fixedCredential(
        gateway
          ? { type: 'maton', origin: ORIGIN, key: server.key, matonConnectionId: connectionId ?? '' }
          : { type: 'apiKey', origin: ORIGIN, key: server.key },
      ),
      fetch: (url, init) => server.handle(new Request(url, init)),
      clock,
    });
    const workspace = await open({ client });
    workspace.start();
    const settle = async (what: () => Promise<void>) => {
      // The client spaces its calls by this clock.
      for (let n = 0; n < 60; n += 1) await clock.advance(1_000);
      await what();
    };
    await settle(() => synced(workspace));
    const found = await workspace.search('jane smith', ['person'], 5);
    const jane = found.results[0];
    expect(jane?.title).toBe('Jane Smith');
    const ref = { object: 'person', id: jane?.id ?? '' };
    const links = [{ ...ref, label: 'Jane Smith' }];
    await workspace.capture(draft('Journey', { kind: 'task', body: 'A *body*', links }));
    const edit = await workspace.update(ref, { jobTitle: 'Chair' }, {}, 'main');
    await settle(() => sent(workspace));
    const card = await workspace.card(ref, true);
    expect(card?.timeline.find((item) => item.title === 'Journey')).toMatchObject({ kind: 'task', pending: false });
    expect(card?.record.jobTitle).toBe('Chair');
    await workspace.outbox.undo(edit.entryId);
    await workspace.remove('person', [ref.id], 'main');
    expect(await workspace.card(ref, false)).toBeNull();
    await settle(() => sent(workspace));
    await workspace.restore('person', [ref.id], 'main');
    await settle(() => sent(workspace));
    expect((await workspace.outbox.list()).map((entry) => entry.state)).toEqual([
      'sent',
      'sent',
      'sent',
      'sent',
      'sent',
    ]);
    // Take the capture back, and take that back too.
    const task = (await workspace.outbox.list()).find((entry) => entry.kind === 'capture');
    await workspace.outbox.undo(task?.id ?? '');
    await settle(() => sent(workspace));
    expect((await workspace.card(ref, false))?.timeline.some((item) => item.title === 'Journey')).toBe(false);
    const [takenBack] = await workspace.outbox.list();
    await workspace.outbox.undo(takenBack?.id ?? '');
    await settle(() => sent(workspace));
    expect((await workspace.outbox.list()).every((entry) => entry.state === 'sent')).toBe(true);
    expect((await workspace.card(ref, false))?.timeline.some((item) => item.title === 'Journey')).toBe(true);
    await workspace.close();
    client.dispose();
    const again = await open({ client: null });
    expect((await again.card(ref, false))?.timeline.some((item) => item.title === 'Journey')).toBe(true);
    await again.close();
  });
});
