import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { TwigError } from '../../../shared/errors';
import { bench, draft, seed, sent } from './support/bench';
import { turn, until } from './support/clock';
import { offline } from './support/server';

const HOUR = 3_600_000;

describe('captures arrive in the order they were approved', () => {
  it('when a new one is saved while the server is away', async () => {
    const { open, server, clock } = bench();
    seed(server);
    server.down = offline();
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('First'));
    await until(() => !workspace.status().online);
    await turn();
    server.down = null;
    await workspace.capture(draft('Second'));
    await clock.advance(HOUR);
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['First', 'Second']);
    await workspace.close();
  });

  it('when the server fails for a while', async () => {
    const { open, server, clock } = bench();
    seed(server);
    server.fail('create', new TwigError('server', 'Internal server error', { unclear: true }), 'before', 2, 'note');
    const workspace = await open();
    workspace.start();
    for (const title of ['First', 'Second', 'Third']) await workspace.capture(draft(title));
    await clock.advance(HOUR);
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['First', 'Second', 'Third']);
    await workspace.close();
  });

  it('but one that always fails holds the others back for a few minutes only', async () => {
    const { open, server, clock } = bench();
    seed(server);
    server.fail('create', new TwigError('server', 'Internal server error'), 'before', 1_000, 'task');
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('Poison', { kind: 'task' }));
    await workspace.capture(draft('Behind it'));
    await clock.advance(10 * 60_000);
    await until(() => server.live('note').length === 1);
    await workspace.close();
  });
});

describe('a clock that is set back', () => {
  it('does not make a capture wait for the time it was refused until', async () => {
    const { open, server, clock } = bench();
    seed(server);
    const retryAt = clock.now() + 60_000;
    server.fail('create', new TwigError('rateLimited', 'Too many calls.', { retryAt }), 'before', 1, 'note');
    const workspace = await open();
    workspace.start();
    await workspace.capture(draft('Soon'));
    await until(async () => (await workspace.outbox.list())[0]?.error?.kind === 'rateLimited');
    clock.jump(-72 * HOUR);
    await workspace.capture(draft('Later'));
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['Soon', 'Later']);
    await workspace.close();
  });
});

describe('an outbox file that cannot be written', () => {
  it('holds everything back and goes on when it can, without spinning', async () => {
    const { open, server, clock, directory } = bench();
    seed(server);
    const workspace = await open();
    await workspace.capture(draft('Kept'));
    const other = new Libsql(join(directory, 'outbox.db'), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    workspace.start();
    await clock.advance(60_000);
    expect(server.live('note')).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
    await clock.advance(60_000);
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['Kept']);
    await workspace.close();
  }, 30_000);
});
