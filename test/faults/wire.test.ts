import { afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Fault } from '../../main/demo/faults';
import type { Random } from '../../main/demo/sample-random';
import { until } from '../support/desktop';
import { buildCaptor } from './captor';
import { play, roundsOf, timeFor } from './rounds';
import { Scene } from './scene';

type Wish = Parameters<Scene['server']['demo']['faults']['set']>[0][number];
const HOUR = 3_600_000;
const ROUNDS = roundsOf(2);
const TIME = timeFor(ROUNDS, 5_000);

/** Faults that strike some of the requests that write, then go away. */
const STRIKES: Record<string, (random: Random) => Wish[]> = {
  'connection reset before the commit': () => [{ kind: 'dropBefore', writes: true, chance: 0.5, times: 4 }],
  'connection reset during the answer': () => [{ kind: 'dropDuring', writes: true, chance: 0.5, times: 4 }],
  'answer lost after the commit': () => [{ kind: 'dropAfter', writes: true, chance: 0.6, times: 5 }],
  'answers and reads lost': () => [{ kind: 'dropAfter', chance: 0.3, times: 8 }],
  'storm of 429': (random) => [{ kind: 'rateLimit', retryAfter: random.pick([null, 0, 1, 60]), chance: 0.6, times: 6 }],
  // One capture that fails eight times in a row no longer holds the others back: fewer, so that order is due.
  'storm of 5xx': (random) => [
    { kind: 'status', status: random.pick([500, 502, 503, 504]), chance: 0.5, times: 5 },
    { kind: 'html', status: random.pick([502, 503, 520]), chance: 0.3, times: 2 },
  ],
  'half-written JSON': () => [{ kind: 'halfJson', writes: true, chance: 0.6, times: 4 }],
  'a proxy that redirects': () => [{ kind: 'redirect', location: 'http://127.0.0.1:9/login', writes: true, times: 2 }],
};

/** Faults that end only when the client gives up waiting. */
const WAITS: Record<string, Wish> = {
  'no answer after the commit': { kind: 'hang', writes: true, times: 1 },
  'an answer byte by byte': { kind: 'slowLoris', writes: true, times: 1, ms: 60_000 },
};

describe('the server', () => {
  let scene: Scene;
  beforeAll(async () => void (await buildCaptor()));
  beforeEach(async () => {
    scene = await Scene.set();
  });
  afterEach(() => scene.leave());

  it.each(Object.entries(STRIKES))('%s', { timeout: TIME }, (fault, wishes) =>
    play(fault, ROUNDS, async ({ random }) => {
      scene.server.demo.faults.set(wishes(random));
      await scene.captures(random, random.int(2, 6));
      const captor = await scene.captor();
      // Some rounds meet the fault again after a restart.
      if (random.chance(0.3)) await scene.kill();
      else await captor.ask('drain');
      await scene.settle();
    }),
  );

  it.each(Object.entries(WAITS))('%s', { timeout: TIME }, (fault, wish) =>
    play(fault, ROUNDS, async ({ random }) => {
      const { faults } = scene.server.demo;
      faults.clearJournal();
      faults.set([{ ...wish, skip: random.int(0, 2) }]);
      await scene.captures(random, 5);
      await until('the fault', async () => faults.journal.some((one) => one.fault === (wish.kind as Fault['kind'])));
      await (await scene.captor()).ask('leap', 2 * 60_000);
      await scene.settle();
    }),
  );

  it('gone and back, while captures go on', { timeout: TIME }, () =>
    play('server gone', ROUNDS, async ({ random }) => {
      await scene.captures(random, 2);
      const stopped = scene.server.stop();
      await scene.captures(random, random.int(1, 4));
      await stopped;
      const regretted = await scene.capture(random);
      if (regretted) await scene.undo(regretted);
      const captor = await scene.captor();
      for (let minute = 0; minute < 5; minute += 1) await captor.ask('leap', 60_000);
      if (random.chance(0.5)) await scene.kill();
      await scene.captures(random, 1);
      await scene.settle();
    }),
  );

  it('away for an hour', { timeout: TIME }, () =>
    play('an hour without the server', ROUNDS, async ({ random }) => {
      await scene.server.stop();
      for (let passed = 0; passed < HOUR; passed += HOUR / 12) {
        if (random.chance(0.4)) await scene.captures(random, 1);
        await (await scene.captor()).ask('leap', HOUR / 12);
      }
      await scene.captures(random, 2);
      await scene.settle();
    }),
  );

  it('reached by a machine whose clock jumps', { timeout: TIME }, () =>
    play('clock jumps', ROUNDS, async ({ random }) => {
      const captor = await scene.captor();
      scene.server.demo.faults.set([
        { kind: 'rateLimit', chance: 0.3, times: 3 },
        { kind: 'dropAfter', chance: 0.3, times: 3 },
      ]);
      for (let jump = 0; jump < 4; jump += 1) {
        await scene.captures(random, random.int(1, 2));
        await captor.ask('setClock', random.pick([-1, 1]) * random.int(1, 72) * HOUR);
      }
      if (random.chance(0.5)) await scene.kill();
      await scene.settle();
    }),
  );
});
