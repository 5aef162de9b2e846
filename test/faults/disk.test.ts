import { closeSync, existsSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Random } from '../../main/demo/sample-random';
import { buildCaptor, CaptorRefused } from './captor';
import { play, roundsOf, timeFor } from './rounds';
import { Scene } from './scene';
import { canMount, type SmallDisk, smallDisk } from './smallDisk';

const ROUNDS = roundsOf(2);

/** Changes bytes of a file where they lie: a few bits here and there, or a whole page. */
function damage(path: string, random: Random): boolean {
  if (!existsSync(path) || statSync(path).size === 0) return false;
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  const page = random.chance(0.3);
  const spots = page ? 1 : random.int(1, 12);
  for (let spot = 0; spot < spots; spot += 1) {
    const at = page ? Math.floor(random.int(0, size - 1) / 4096) * 4096 : random.int(0, size - 1);
    const bytes = Buffer.alloc(page ? Math.min(4096, size - at) : 1);
    readSync(file, bytes, 0, bytes.length, at);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = (bytes[index] ?? 0) ^ random.int(1, 255);
    writeSync(file, bytes, 0, bytes.length, at);
  }
  closeSync(file);
  return true;
}

describe('a disk that changes bytes', () => {
  let scene: Scene;
  beforeAll(async () => void (await buildCaptor()));
  beforeEach(async () => {
    scene = await Scene.set();
  });
  afterEach(() => scene.leave());

  it.each(['outbox.db', 'outbox.db-wal', 'outbox.spare', 'mirror.db', 'mirror.db-wal', 'history.db'])(
    'in %s',
    { timeout: timeFor(ROUNDS, 5_000) },
    (name) =>
      play(`bytes flipped in ${name}`, ROUNDS, async ({ random }) => {
        await scene.captures(random, random.int(1, 3));
        if (random.chance(0.5)) await (await scene.captor()).ask('drain');
        await scene.server.stop();
        await scene.captures(random, random.int(2, 12));
        // Closed properly, everything is in the file itself; killed, much is still in its journal.
        if (random.chance(0.5)) await (await scene.captor()).ask('close');
        await scene.kill();
        damage(join(scene.directory, name), random);
        await scene.captures(random, 1);
        await scene.server.start();
        await scene.stumble();
        await scene.settle();
      }),
  );
});

// A file system of one's own takes a user namespace, which some containers do not allow.
if (canMount())
  describe('a disk that is full', () => {
    let disk: SmallDisk;
    let scene: Scene;
    beforeAll(async () => void (await buildCaptor()));
    beforeEach(async () => {
      disk = await smallDisk(24 * 1024 * 1024);
      scene = await Scene.set(disk);
    });
    afterEach(async () => {
      await scene.leave();
      disk.remove();
    });

    it('refuses what it cannot keep, and loses nothing that it kept', { timeout: timeFor(ROUNDS, 5_000) }, () =>
      play('disk full', ROUNDS, async ({ random }) => {
        await scene.captures(random, 2);
        await disk.fill();
        let refused = 0;
        // What is free inside the files themselves may still take a few.
        for (let tried = 0; tried < 400 && refused < 3; tried += 1) {
          const draft = scene.ledger.approve(random);
          try {
            scene.ledger.acknowledged(draft, await (await scene.captor()).ask('capture', draft));
          } catch (error) {
            if (!(error instanceof CaptorRefused)) throw error;
            expect(error.message).toContain('The disk is full, so nothing was saved.');
            scene.ledger.withdrawn(draft);
            refused += 1;
          }
        }
        expect(refused).toBe(3);
        if (random.chance(0.5)) await scene.kill();
        await disk.free();
        await scene.captures(random, 1);
        await scene.settle();
      }),
    );
  });
