import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Random } from '../../main/demo/sample-random';
import type { AppState } from '../../shared/app/state';
import { launchTwig, type Twig, until } from '../support/desktop';
import { connectTwenty, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';
import { Ledger } from './ledger';
import { play, roundsOf, timeFor } from './rounds';

const KILLS = roundsOf(4, 1);
const KEYRINGS = roundsOf(1, 0.02);
const BACKGROUND = ['--background'];

describe('the app on the desktop', () => {
  let server: TestTwenty;
  let ledger: Ledger;
  let userDataDir: string;
  let running: Twig | null = null;

  const launch = async (keyring = true): Promise<Page> => {
    running = await launchTwig({ userDataDir, args: BACKGROUND, keyring });
    return running.captureWindow();
  };
  const kill = async (): Promise<void> => {
    await running?.kill();
    running = null;
  };
  const connection = async (page: Page): Promise<AppState['connections'][number]> =>
    until('the connection', async () => (await invoke(page, 'app.state', undefined)).connections[0]);

  /** Saves captures over the bridge; what is not answered before the end stays unacknowledged. */
  const captures = async (page: Page, random: Random, count: number): Promise<void> => {
    const { id } = await connection(page);
    await Promise.all(
      Array.from({ length: count }, async () => {
        const draft = ledger.approve(random, id);
        const receipt = await invoke(page, 'capture.save', draft).catch((error: Error) => {
          if (/capture\.save:/.test(error.message)) throw error;
          return null;
        });
        if (receipt) ledger.acknowledged(draft, receipt);
      }),
    );
  };

  /** All is healthy again: waits until nothing is left to send, then compares. */
  const settle = async (page: Page): Promise<void> => {
    server.demo.faults.clear();
    await connection(page);
    await invoke(page, 'sync.now', undefined);
    await until('everything to be sent', async () => {
      const entries = await invoke(page, 'outbox.list', undefined);
      return entries.every((entry) => entry.state === 'sent' || entry.state === 'withdrawn');
    });
    ledger.settle();
  };

  beforeAll(async () => {
    server = await startTwenty({ people: 40 });
    ledger = new Ledger(server);
    userDataDir = mkdtempSync(join(tmpdir(), 'twig-faults-'));
    running = await launchTwig({ userDataDir });
    await synced(await connectTwenty(running, server));
    await kill();
  });
  afterAll(async () => {
    await kill();
    await server.stop();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('killed at a random moment', { timeout: timeFor(KILLS, 12_000) }, () =>
    play('SIGKILL of the app', KILLS, async ({ random }) => {
      const page = await launch();
      await connection(page);
      if (random.chance(0.5)) server.demo.faults.set([{ kind: 'dropAfter', writes: true, chance: 0.3, times: 2 }]);
      const killed = wait(random.int(0, 150)).then(kill);
      await Promise.all([captures(page, random, random.int(1, 6)).catch(ended), killed]);
      await settle(await launch());
      // What is typed and not saved is nobody else's.
      await kill();
    }),
  );

  it('without the keyring that sealed its key', { timeout: timeFor(KEYRINGS, 30_000) }, () =>
    play('keyring gone', KEYRINGS, async ({ random }) => {
      await server.stop();
      await captures(await launch(), random, 2);
      await kill();
      await server.start();
      const requests = server.demo.faults.journal.length;
      const without = await launch(false);
      expect((await connection(without)).vault.state).toBe('undecryptable');
      await captures(without, random, 2);
      await kill();
      expect(server.demo.faults.journal.length).toBe(requests);
      await settle(await launch());
      await kill();
    }),
  );
});

/** A page that went away with its app. */
function ended(error: unknown): void {
  if (error instanceof Error && /closed|crashed|Waited/.test(error.message)) return;
  throw error;
}
