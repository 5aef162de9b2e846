import { setImmediate as turn } from 'node:timers/promises';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import type { Workspace } from '../../../main/workspace/types';
import { openWorkspace } from '../../../main/workspace/workspace';
import type { OutboxEntryView, Receipt } from '../../../shared/app/outbox';
import type { Draft } from '../../../shared/capture/draft';
import { isTwigError } from '../../../shared/errors';
import { countingFetch } from './countingFetch';
import { LeapClock } from './leapClock';

/** Where one workspace lives and what it talks to. */
export interface Place {
  directory: string;
  /** 32 bytes as hex; null keeps the copy in clear. */
  databaseKey: string | null;
  server: { url: string; key: string };
  mirrorWorker: string;
}

/** Milliseconds in which everything has to be sent once all is healthy again. */
const PATIENCE = 30 * 60_000;
const clock = new LeapClock();
const network = countingFetch();
let workspace: Workspace | null = null;
const notices: string[] = [];

function open(): Workspace {
  if (!workspace) throw new Error('The workspace is not open.');
  return workspace;
}

/** Entries that nobody has to decide about. */
async function moving(): Promise<OutboxEntryView[]> {
  return (await open().outbox.list()).filter((entry) => entry.state === 'waiting' || entry.state === 'sending');
}

/** What a test can have done in this process; each answers with plain data. */
export const orders = {
  async open(place: Place): Promise<string[]> {
    const { url, key } = place.server;
    const credential = fixedCredential({ type: 'apiKey', origin: url, key });
    workspace = await openWorkspace({
      connectionId: 'faults',
      directory: place.directory,
      databaseKey: place.databaseKey,
      client: createTwentyClient({ origin: url, credential, fetch: network.fetch, clock }),
      memberId: null,
      clock,
      events: {
        records: () => undefined,
        outbox: () => undefined,
        status: () => undefined,
        notice: ({ message }) => notices.push(message),
      },
      mirrorWorker: place.mirrorWorker,
      readOnly: false,
    });
    workspace.start();
    return notices;
  },
  capture: (draft: Draft): Promise<Receipt> => open().capture(draft),
  undo: (entryId: string): Promise<{ message: string }> => open().outbox.undo(entryId),
  list: (): Promise<OutboxEntryView[]> => open().outbox.list(),
  /** Time passes: milliseconds. */
  async leap(ms: number): Promise<void> {
    clock.leap(ms);
    await turn();
  },
  /** The machine's clock is set: milliseconds forward, or back. */
  async setClock(ms: number): Promise<void> {
    clock.set(ms);
  },
  /** Lets time pass whenever everything waits for it, until nothing is left to send. */
  async drain(): Promise<OutboxEntryView[]> {
    const end = clock.passed() + PATIENCE;
    let quiet = 0;
    while ((await moving()).length > 0) {
      await turn();
      quiet = network.underWay() === 0 ? quiet + 1 : 0;
      if (quiet < 20) continue;
      quiet = 0;
      clock.leapToNext();
      if (clock.passed() > end) break;
    }
    return (await open().outbox.list()).filter((entry) => entry.state !== 'sent' && entry.state !== 'withdrawn');
  },
  /** Lets time pass until the copy is as new as the server; answers how many people it holds. */
  async synced(): Promise<number> {
    const since = clock.now();
    open().syncNow();
    for (let quiet = 0; (open().syncStatus().lastSyncAt ?? 0) < since; ) {
      await turn();
      quiet = network.underWay() === 0 ? quiet + 1 : 0;
      if (quiet < 200) continue;
      quiet = 0;
      clock.leapToNext();
    }
    return open().status().counts.people;
  },
  async close(): Promise<void> {
    await open().close();
    workspace = null;
  },
};

export type Orders = typeof orders;
export interface Order {
  id: number;
  name: keyof Orders;
  args: unknown[];
}
export type Done =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; kind: string | null; message: string };

process.on('message', async ({ id, name, args }: Order) => {
  const order = orders[name] as (...args: unknown[]) => Promise<unknown>;
  let done: Done;
  try {
    done = { id, ok: true, value: await order(...args) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    done = { id, ok: false, kind: isTwigError(error) ? error.kind : null, message };
  }
  process.send?.(done);
});
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit(0));
