import { expect, it } from 'vitest';
import { createRateLimiter } from '../../../main/demo/ratelimit';
import { Budget, limitIn, STOCK_LIMIT } from '../../../main/twenty/budget';
import { createThrottle, type Throttle } from '../../../main/twenty/throttle';
import type { Lane } from '../../../main/twenty/types';
import { TwigError } from '../../../shared/errors';
import { ManualClock, settled } from './support';

/** A server with Twenty's bucket, called through a throttle that learns from its refusals. */
function workspace(clock: ManualClock, throttle: Throttle, limit = { calls: 100, ms: 60_000 }) {
  const limiter = createRateLimiter({ kind: 'bucket', ...limit }, () => clock.now());
  const done: Record<Lane, number> = { capture: 0, read: 0, sync: 0 };
  let refusals = 0;
  async function call(lane: Lane): Promise<void> {
    for (;;) {
      const refused = await throttle.run({ lane, counted: true }, async () => limiter.take('people'));
      if (!refused) {
        done[lane] += 1;
        return;
      }
      refusals += 1;
      throttle.refused(limitIn(refused.message), null);
    }
  }
  return { done, call, refusals: () => refusals };
}

it('uses the whole allowance of a minute and hardly asks in vain', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  const server = workspace(clock, throttle);
  const worker = async () => {
    for (;;) await server.call('sync');
  };
  worker().catch(() => undefined);
  await settled();
  // Calls take no time here, so the first burst ends at the server's first refusal.
  expect(server.done.sync).toBe(100);
  await clock.advance(600_000);
  expect(server.done.sync).toBeGreaterThan(100 + 1_000 * 0.93);
  expect(server.refusals()).toBeLessThan(10);
  throttle.dispose();
});

it('lets a capture through while sync waits for the budget', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, { calls: 100, perMs: 60_000 });
  const server = workspace(clock, throttle);
  const worker = async () => {
    for (;;) await server.call('sync');
  };
  worker().catch(() => undefined);
  await settled();
  const before = server.done.sync;
  expect(before).toBe(80);
  await server.call('capture');
  await server.call('read');
  expect(server.done).toEqual({ capture: 1, read: 1, sync: before });
  expect(server.refusals()).toBe(0);
  throttle.dispose();
});

it('learns a smaller allowance from the refusal', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  const server = workspace(clock, throttle, { calls: 50, ms: 60_000 });
  const worker = async () => {
    for (;;) await server.call('sync');
  };
  worker().catch(() => undefined);
  await settled();
  expect(server.done.sync).toBe(50);
  expect(throttle.view()).toMatchObject({ perMinute: 50, available: 0 });
  expect(throttle.learned()).toEqual({ calls: 50, perMs: 60_000 });
  await clock.advance(120_000);
  expect(server.done.sync).toBeGreaterThanOrEqual(50 + 90);
  throttle.dispose();
});

it('serves captures before reads before sync', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  throttle.refused({ calls: 100, perMs: 60_000 }, 1_000);
  const order: Lane[] = [];
  const lanes: Lane[] = ['sync', 'read', 'capture', 'read', 'capture'];
  const calls = lanes.map((lane) => throttle.run({ lane, counted: true }, async () => order.push(lane)));
  await settled();
  expect(order).toEqual([]);
  await clock.advance(60_000);
  await Promise.all(calls);
  expect(order).toEqual(['capture', 'capture', 'read', 'read', 'sync']);
});

it('honours Retry-After and says when it goes on', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  const retryAt = throttle.refused(null, 30_000);
  expect(retryAt).toBe(clock.now() + 30_000);
  const error = await throttle
    .run({ lane: 'capture', counted: true }, async () => 1)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TwigError);
  expect(error).toMatchObject({ kind: 'rateLimited', retryAt });
});

it('lets uncounted calls pass a used-up budget', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  throttle.refused(null, 30_000);
  expect(await throttle.run({ lane: 'sync', counted: false }, async () => 'metadata')).toBe('metadata');
});

it('forgets a waiting call that is cancelled', async () => {
  const clock = new ManualClock();
  const throttle = createThrottle(clock, null);
  throttle.refused({ calls: 100, perMs: 60_000 }, 1_000);
  const stop = new AbortController();
  const waiting = throttle.run({ lane: 'sync', counted: true, signal: stop.signal }, async () => 'sent');
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ reason: 'aborted', unclear: false });
  const other = throttle.run({ lane: 'sync', counted: true }, async () => 'sent');
  throttle.dispose();
  await expect(other).rejects.toMatchObject({ reason: 'aborted' });
});

it('counts a burst refused together as one refusal', () => {
  const budget = new Budget(0, null);
  const first = budget.refused(0, STOCK_LIMIT, null);
  for (let call = 0; call < 5; call += 1) expect(budget.refused(1, STOCK_LIMIT, null)).toBe(first);
});

it('waits out an older server’s window, which names no numbers', () => {
  const budget = new Budget(0, null);
  budget.assume({ calls: 500, perMs: 100_000 });
  budget.take('sync', 0);
  expect(budget.refused(13_000, null, null)).toBeGreaterThanOrEqual(103_600);
});

it('reads the limit a refusal names', () => {
  expect(limitIn('Limit reached (100 tokens per 60000 ms)')).toEqual({ calls: 100, perMs: 60_000 });
  expect(limitIn('Too many requests.')).toBeNull();
});
