import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bench, draft, JANE, seed, sent, synced } from './support/bench';

describe('bytes that are no text any more', () => {
  it('in a capture that waits do not end the process, and the capture is sent from its spare copy', async () => {
    const { open, server, directory } = bench();
    seed(server);
    const first = await open({ client: null });
    await first.capture(draft('Still whole', { body: 'zzzzzzzz' }));
    await first.close();
    const path = join(directory, 'outbox.db');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('zzzzzzzz')] = 0xff;
    writeFileSync(path, bytes);
    const workspace = await open();
    workspace.start();
    await sent(workspace);
    expect(server.live('note').map((note) => note.title)).toEqual(['Still whole']);
    expect(readdirSync(directory).some((name) => name.startsWith('outbox.db.damaged-'))).toBe(true);
    await workspace.close();
  });

  it('in the local copy do not end the process at every start: it is read anew', async () => {
    const { open, server, directory, notices } = bench();
    seed(server);
    const first = await open();
    first.start();
    await synced(first);
    await first.close();
    const path = join(directory, 'mirror.db');
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf('Lyon'); at >= 0; at = bytes.indexOf('Lyon', at + 1)) bytes[at] = 0xff;
    writeFileSync(path, bytes);
    // It lies there when the process ended instead of closing the copy.
    writeFileSync(`${path}.open`, '');
    const workspace = await open();
    expect(notices.join(' ')).toContain('mirror.db.damaged-');
    workspace.start();
    await synced(workspace);
    expect((await workspace.record({ object: 'person', id: JANE }))?.city).toBe('Lyon');
    await workspace.close();
    expect(readdirSync(directory)).not.toContain('mirror.db.open');
  });
});
