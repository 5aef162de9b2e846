import { setImmediate as turn } from 'node:timers/promises';
import { createDemoServer } from '../../main/demo';
import { createTwentyClient } from '../../main/twenty/client';
import { fixedCredential } from '../../main/twenty/credentials';
import type { Fetch } from '../../main/twenty/types';
import type { Workspace } from '../../main/workspace/types';
import { countingFetch } from '../faults/captor/countingFetch';
import { LeapClock } from '../faults/captor/leapClock';
import { type Bench, type Figure, figure, percentile } from './report';
import { startServer } from './server';
import { builtWorker, inFolder, openForBench } from './workspace';

const PEOPLE = 100_000;
const ROUNDS = 3;
const LIMIT = { calls: 100, ms: 60_000 };
const MINUTE = 60_000;

interface Sent {
  url: string;
  init: RequestInit;
}

/** The first sync of a large workspace: how fast. */
export const syncBench: Bench = {
  name: 'sync',
  async *run(say) {
    yield* await speed(say);
  },
};

/** The first sync of a large workspace: how long within the limit of a stock server. */
export const limitBench: Bench = {
  name: 'limit',
  async *run(say) {
    for (const [way, graphql, aim] of [
      ['GraphQL', true, 2],
      ['REST', false, 6],
    ] as const) {
      say(`limit: ${PEOPLE} people within ${LIMIT.calls} calls a minute by ${way}`);
      const minutes = await inFolder((directory) => limited(directory, graphql));
      yield figure(`first sync 100k within 100 calls a minute, ${way}`, minutes, 'min', null, { atMost: aim });
    }
  },
};

/** Records a second over HTTP, beside a loop that fetches the same pages and keeps nothing. */
async function speed(say: (line: string) => void): Promise<Figure[]> {
  const server = await startServer(PEOPLE);
  const { url: origin, key } = server;
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`sync: ${PEOPLE} people, round ${round + 1} of ${ROUNDS}`);
      const sent: Sent[] = [];
      const noting: Fetch = (url, init) => {
        sent.push({ url, init: { method: init.method, headers: init.headers, body: init.body } });
        return fetch(url, init);
      };
      const credential = fixedCredential({ type: 'apiKey', origin, key });
      const records = await inFolder(async (directory) => {
        const client = createTwentyClient({ origin, credential, fetch: noting });
        const synced = await firstSync(directory, client);
        ours.push(synced.records / synced.seconds);
        return synced.records;
      });
      const start = performance.now();
      for (const { url, init } of sent) await (await fetch(url, init)).json();
      bare.push(records / ((performance.now() - start) / 1_000));
    }
  } finally {
    server.stop();
  }
  const aim = { ratioAtLeast: 0.85 };
  return [figure('first sync 100k people', percentile(ours, 0.5), 'records/s', percentile(bare, 0.5), aim)];
}

async function firstSync(
  directory: string,
  client: ReturnType<typeof createTwentyClient>,
): Promise<{ records: number; seconds: number }> {
  let tell = (): void => undefined;
  const mirrorWorker = await builtWorker();
  const workspace = await openForBench({ directory, client, mirrorWorker, status: () => tell() });
  const start = performance.now();
  const done = new Promise<void>((resolve) => {
    tell = () => {
      if (workspace.syncStatus().lastSyncAt !== null) resolve();
    };
  });
  workspace.start();
  await done;
  const seconds = (performance.now() - start) / 1_000;
  const { records } = workspace.syncStatus();
  await workspace.close();
  client.dispose();
  return { records, seconds };
}

/**
 * Minutes of a first sync from a server with a stock server's limit, in this process. Whenever all
 * there is to do is to wait, the waiting is skipped and counted; work counts with the time it takes.
 */
async function limited(directory: string, graphql: boolean): Promise<number> {
  const clock = new LeapClock();
  const demo = createDemoServer({ people: PEOPLE, limit: LIMIT, graphql, clock });
  const origin = 'http://bench.invalid';
  const network = countingFetch((url, init) => demo.handle(new Request(url, init)));
  const credential = fixedCredential({ type: 'apiKey', origin, key: demo.key });
  const client = createTwentyClient({ origin, credential, fetch: network.fetch, clock });
  const workspace = await openForBench({ directory, client, clock });
  const start = clock.now();
  workspace.start();
  await skipWaits(workspace, clock, network.underWay);
  const minutes = (clock.now() - start) / MINUTE;
  await workspace.close();
  client.dispose();
  return minutes;
}

async function skipWaits(workspace: Workspace, clock: LeapClock, underWay: () => number): Promise<void> {
  for (let quiet = 0; workspace.syncStatus().lastSyncAt === null; ) {
    await turn();
    quiet = underWay() === 0 ? quiet + 1 : 0;
    if (quiet < 50) continue;
    quiet = 0;
    clock.leapToNext();
  }
}
