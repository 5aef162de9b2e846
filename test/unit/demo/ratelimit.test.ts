import { expect, test } from 'vitest';
import { CURRENT, OLD } from '../../../main/demo/dialects';
import { createRateLimiter } from '../../../main/demo/ratelimit';

function calls(
  limiter: ReturnType<typeof createRateLimiter>,
  clock: { time: number },
  count: number,
  gap: number,
): number {
  let accepted = 0;
  for (let call = 0; call < count; call++) {
    clock.time += gap;
    if (limiter.take('people') === null) accepted += 1;
  }
  return accepted;
}

test('a current server refuses call 101 of a burst and pays back only in pauses', () => {
  const clock = { time: 0 };
  const limiter = createRateLimiter(CURRENT.rateLimit, () => clock.time);
  expect(calls(limiter, clock, 120, 1)).toBe(100);
  expect(limiter.take('people')).toEqual({ status: 429, message: 'Limit reached (100 tokens per 60000 ms)' });
  clock.time += 20_000;
  expect(calls(limiter, clock, 60, 1)).toBe(33);
  clock.time += 60_000;
  // Every accepted call starts the clock anew: half a second earns nothing, 0.62 s earns one.
  expect(calls(limiter, clock, 20, 500)).toBe(20);
  expect(calls(limiter, clock, 100, 1)).toBe(80);
  clock.time += 60_000;
  expect(calls(limiter, clock, 20, 620)).toBe(20);
  expect(calls(limiter, clock, 120, 1)).toBe(99);
});

test('an old server counts each root field for itself in fixed windows', () => {
  const clock = { time: 0 };
  const limiter = createRateLimiter(OLD.rateLimit, () => clock.time);
  expect(calls(limiter, clock, 600, 1)).toBe(500);
  expect(limiter.take('companies')).toBeNull();
  expect(limiter.take('people')).toEqual({ status: 400, message: 'Too many requests.' });
  clock.time += 100_000;
  expect(limiter.take('people')).toBeNull();
});
