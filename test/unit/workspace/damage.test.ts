import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../main/workspace/database';
import { bench, draft, JANE, seed, sent, synced } from './support/bench';
import { until } from './support/clock';
import { offline } from './support/server';

const KEY = 'ab'.repeat(32);

/** Overwrites the middle of a file, as a failing disk does. */
function damage(path: string, from = 0, length = Number.POSITIVE_INFINITY): void {
  const bytes = readFileSync(path);
  for (let at = from; at < Math.min(bytes.length, from + length); at += 1) bytes[at] = 0x5a;
  writeFileSync(path, bytes);
}

/** Changes one letter where a text stands, and nothing that the database itself would notice. */
function flip(path: string, text: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(text);
  bytes[at] = 0x4b;
  writeFileSync(path, bytes);
}

describe('a damaged local copy', () => {
  it('is set aside and read again; what waits is untouched', async () => {
    const { open, server, directory, notices } = bench();
    seed(server);
    const first = await open({ databaseKey: KEY });
    first.start();
    await synced(first);
    await first.close();
    const waiting = await open({ databaseKey: KEY, client: null });
    await waiting.capture(draft('Still here'));
    await waiting.close();
    damage(join(directory, 'mirror.db'));
    const workspace = await open({ databaseKey: KEY });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('mirror.db.damaged-');
    expect((await workspace.card({ object: 'person', id: JANE }, false))?.title).toBeUndefined();
    workspace.start();
    await synced(workspace);
    await sent(workspace);
    expect((await workspace.card({ object: 'person', id: JANE }, false))?.title).toBe('Jane Smith');
    expect(server.live('note').map((note) => note.title)).toEqual(['Still here']);
    await workspace.close();
  });

  it('noticed only later is replaced while Twig runs', async () => {
    const { open, server, directory, notices, clock } = bench();
    seed(server);
    for (let n = 0; n < 400; n += 1) {
      server.put('company', { id: `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`, name: 'x'.repeat(300) });
    }
    const first = await open();
    first.start();
    await synced(first);
    await first.close();
    damage(join(directory, 'mirror.db'), 100_000);
    const workspace = await open();
    workspace.start();
    await clock.advance(10_000);
    await until(() => notices.length > 0);
    await synced(workspace);
    await until(() => workspace.status().counts.companies === 401);
    expect(readdirSync(directory).some((name) => name.startsWith('mirror.db.damaged-'))).toBe(true);
    await workspace.close();
  });
});

describe('a damaged outbox', () => {
  const many = 60;
  const waiting = async () => {
    const place = bench();
    seed(place.server);
    const first = await place.open({ client: null });
    for (let n = 0; n < many; n += 1) await first.capture(draft(`Capture ${n}`, { body: 'x'.repeat(2_000) }));
    await first.close();
    return place;
  };
  const titles = Array.from({ length: many }, (_, n) => `Capture ${n}`);

  it.each([
    ['a page in the middle', (path: string, size: number) => damage(path, Math.floor(size / 2 / 4096) * 4096, 4096)],
    ['the first page', (path: string) => damage(path, 0, 4096)],
    ['everything', (path: string) => damage(path)],
    ['one letter of a text', (path: string) => flip(path, 'Capture 7"')],
  ])('(%s) is set aside by name, and all that waited is sent, once and in order', async (_, harm) => {
    const { directory, notices, server, open } = await waiting();
    const path = join(directory, 'outbox.db');
    harm(path, readFileSync(path).length);
    const workspace = await open();
    expect(notices.join(' ')).toContain('outbox.db.damaged-');
    workspace.start();
    await sent(workspace);
    const made = server.calls.filter((call) => call.method === 'create' && call.object === 'note');
    expect(made.map((call) => server.table('note').get(call.id ?? '')?.title)).toEqual(titles);
    expect(server.live('noteTarget')).toHaveLength(many);
    await workspace.close();
  });

  it('whose journal lost its end without a word misses nothing', async () => {
    const { open, server, directory } = bench();
    seed(server);
    const killed = await open({ client: null });
    for (let n = 0; n < 20; n += 1) await killed.capture(draft(`Capture ${n}`));
    // Never closed: everything is still in the journal.
    const journal = join(directory, 'outbox.db-wal');
    damage(journal, Math.floor(readFileSync(journal).length / 3));
    for (const name of ['outbox.db', 'outbox.db-wal', 'outbox.spare']) {
      mkdirSync(join(directory, 'copied'), { recursive: true });
      copyFileSync(join(directory, name), join(directory, 'copied', name));
    }
    const workspace = await open({ directory: join(directory, 'copied') });
    workspace.start();
    await sent(workspace);
    expect(server.live('note')).toHaveLength(20);
    await workspace.close();
    await killed.close();
  });

  it('does not bring back what was sent or withdrawn', async () => {
    const { directory, server, open } = await waiting();
    const first = await open();
    const entries = await first.outbox.list();
    await first.outbox.discard(entries[0]?.id ?? '');
    first.start();
    await sent(first);
    server.down = offline();
    await first.capture(draft('Last'));
    await first.close();
    server.down = null;
    damage(join(directory, 'outbox.db'));
    server.calls.length = 0;
    const again = await open();
    again.start();
    await sent(again);
    expect(server.calls.filter((call) => call.method === 'create').map((call) => call.object)).toEqual([
      'note',
      'noteTarget',
    ]);
    await again.close();
  });
});

describe('a folder that cannot be used', () => {
  it('says so and keeps nothing', async () => {
    const { open, directory } = bench();
    writeFileSync(join(directory, 'file'), '');
    await expect(open({ directory: join(directory, 'file', 'inside') })).rejects.toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['SQLITE_FULL', 'refused', 'disk is full'],
    ['SQLITE_IOERR_WRITE', 'refused', 'did not answer properly'],
    ['SQLITE_READONLY_DBMOVED', 'refused', 'may not write'],
    ['EACCES', 'refused', 'may not write'],
    ['SQLITE_BUSY', 'refused', 'Another program'],
    ['SQLITE_CANTOPEN', 'refused', 'cannot open'],
    ['SQLITE_CORRUPT', 'corrupt', 'damaged'],
    ['SQLITE_NOTADB', 'corrupt', 'damaged'],
  ])('%s is told as %s', (code, kind, words) => {
    const error = explain(Object.assign(new Error(code), { code }), join('folder', 'outbox.db'));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
  });
});

describe('encryption at rest', () => {
  const readable = (directory: string) =>
    readdirSync(directory).filter((name) =>
      /Smith|secret capture/.test(readFileSync(join(directory, name)).toString('latin1')),
    );

  it('leaves nothing readable but what waits', async () => {
    const { open, server, directory } = bench();
    seed(server);
    const workspace = await open({ databaseKey: KEY });
    workspace.start();
    await synced(workspace);
    server.down = offline();
    await workspace.capture(draft('Very secret capture'));
    expect(readable(directory).every((name) => name.startsWith('outbox.'))).toBe(true);
    server.down = null;
    workspace.syncNow();
    await sent(workspace);
    expect(readable(directory)).toEqual([]);
    await workspace.close();
    expect(readable(directory)).toEqual([]);
  });

  it('keeps what waits within reach when the key is not, and what is sealed untouched', async () => {
    const { open, server, directory } = bench();
    seed(server);
    const first = await open({ databaseKey: KEY });
    first.start();
    await synced(first);
    server.down = offline();
    await first.capture(draft('Still waiting'));
    await first.close();
    const before = readFileSync(join(directory, 'mirror.db'));
    const locked = await open({ databaseKey: null, locked: true, client: null });
    expect((await locked.outbox.list()).map((entry) => entry.title)).toEqual(['Still waiting']);
    await locked.close();
    expect(readFileSync(join(directory, 'mirror.db')).equals(before)).toBe(true);
    server.down = null;
    const again = await open({ databaseKey: KEY });
    again.start();
    await sent(again);
    expect(server.live('note')).toHaveLength(1);
    expect((await again.card({ object: 'person', id: JANE }, false))?.title).toBe('Jane Smith');
    await again.close();
  });
});
