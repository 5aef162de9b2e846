import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { buildCaptor } from './captor';
import { play, roundsOf, timeFor } from './rounds';
import { Scene } from './scene';

const ROUNDS = roundsOf(6, 1);

describe('the process', () => {
  let scene: Scene;
  beforeAll(async () => void (await buildCaptor()));
  beforeEach(async () => {
    scene = await Scene.set();
  });
  afterEach(() => scene.leave());

  it('killed at a random moment, over and over', { timeout: timeFor(ROUNDS, 3_000) }, () =>
    play('SIGKILL', ROUNDS, async ({ random }) => {
      scene.server.demo.faults.set([{ kind: 'latency', ms: random.int(0, 20), writes: true }]);
      await scene.captor();
      // The moment is the fault: anywhere from before the first commit to after the last answer.
      const killed = wait(random.int(0, 120)).then(() => scene.kill());
      const saved = random.chance(0.5) ? scene.captures(random, random.int(1, 8)) : scene.capture(random);
      await Promise.all([saved, killed]);
      // Some are killed again while they catch up.
      if (random.chance(0.3)) {
        await scene.captor();
        await wait(random.int(0, 60));
        await scene.kill();
      }
      await scene.settle();
    }),
  );
});
