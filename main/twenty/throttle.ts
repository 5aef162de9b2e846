import { TwigError } from '../../shared/errors';
import { Budget, type RateLimit } from './budget';
import { aborted } from './network-errors';
import type { CallOptions, Clock, Lane } from './types';

const ORDER: Record<Lane, number> = { capture: 0, read: 1, sync: 2 };
/** Longest wait for the budget, in milliseconds; after that the caller learns when to come back. */
const PATIENCE: Record<Lane, number> = { capture: 20_000, read: 8_000, sync: Number.POSITIVE_INFINITY };
/** Calls under way at once, and how many of them sync may have. */
const AT_ONCE = 6;
const SYNC_AT_ONCE = 2;

interface Waiting {
  lane: Lane;
  counted: boolean;
  since: number;
  go: () => void;
  fail: (error: TwigError) => void;
}

/** One per workspace: every call passes `run`, captures before reads before sync. */
export interface Throttle {
  /**
   * Runs a call when the budget and the lanes allow. `counted` is false for calls that the server
   * does not count. Throws TwigError `rateLimited` with `retryAt` when the wait would be too long.
   */
  run<T>(options: CallOptions & { counted: boolean }, call: () => Promise<T>): Promise<T>;
  /** The server refused for too many calls; returns when to try again. */
  refused(limit: RateLimit | null, retryAfterMs: number | null): number;
  assume(limit: RateLimit): void;
  learned(): RateLimit | null;
  view(): { perMinute: number; available: number; pausedUntil: number | null };
  dispose(): void;
}

/** `limit` is the last good copy of what this server allows, null at first. */
export function createThrottle(clock: Clock, limit: RateLimit | null): Throttle {
  const budget = new Budget(clock.now(), limit);
  const queue: Waiting[] = [];
  const running: Record<Lane, number> = { capture: 0, read: 0, sync: 0 };
  const ended = new AbortController();
  let alarm: { at: number; stop: AbortController } | null = null;

  function room(lane: Lane): boolean {
    const all = running.capture + running.read + running.sync;
    // A capture never waits for other calls to end.
    return lane === 'capture' || (all < AT_ONCE && (lane !== 'sync' || running.sync < SYNC_AT_ONCE));
  }

  function pump(): void {
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    queue.sort((a, b) => ORDER[a.lane] - ORDER[b.lane] || a.since - b.since);
    for (let index = 0; index < queue.length; ) {
      const waiting = queue[index];
      if (!waiting) break;
      const readyAt = waiting.counted ? budget.readyAt(waiting.lane, now) : now;
      const outOfPatience = readyAt - waiting.since > PATIENCE[waiting.lane];
      if (readyAt <= now && room(waiting.lane)) {
        queue.splice(index, 1);
        if (waiting.counted) budget.take(waiting.lane, now);
        running[waiting.lane] += 1;
        waiting.go();
      } else if (outOfPatience) {
        queue.splice(index, 1);
        waiting.fail(tooMany(readyAt));
      } else {
        if (readyAt > now) next = Math.min(next, readyAt);
        index += 1;
      }
    }
    setAlarm(next);
  }

  function setAlarm(at: number): void {
    if (alarm && alarm.at <= at && at !== Number.POSITIVE_INFINITY) return;
    alarm?.stop.abort();
    alarm = null;
    if (at === Number.POSITIVE_INFINITY) return;
    const stop = new AbortController();
    alarm = { at, stop };
    clock.sleep(Math.max(1, at - clock.now()), stop.signal).then(
      () => {
        alarm = null;
        pump();
      },
      () => undefined,
    );
  }

  function admitted(options: CallOptions & { counted: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (ended.signal.aborted || signal?.aborted) return reject(aborted(false));
      const forget = () => signal?.removeEventListener('abort', cancel);
      const waiting: Waiting = {
        lane: options.lane,
        counted: options.counted,
        since: clock.now(),
        go: () => {
          forget();
          resolve();
        },
        fail: (error) => {
          forget();
          reject(error);
        },
      };
      const cancel = () => {
        const index = queue.indexOf(waiting);
        if (index >= 0) queue.splice(index, 1);
        waiting.fail(aborted(false));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      queue.push(waiting);
      pump();
    });
  }

  return {
    async run(options, call) {
      await admitted(options);
      try {
        const result = await call();
        if (options.counted) budget.accepted();
        return result;
      } finally {
        running[options.lane] -= 1;
        pump();
      }
    },
    refused(limitNamed, retryAfterMs) {
      return budget.refused(clock.now(), limitNamed, retryAfterMs);
    },
    assume: (known) => budget.assume(known),
    learned: () => budget.learned(),
    view: () => budget.view(clock.now()),
    dispose() {
      ended.abort();
      alarm?.stop.abort();
      for (const waiting of queue.splice(0)) waiting.fail(aborted(false));
    },
  };
}

function tooMany(retryAt: number): TwigError {
  return new TwigError(
    'rateLimited',
    'The workspace’s allowance of calls is used up. Twig goes on by itself in a moment.',
    {
      retryAt: Math.ceil(retryAt),
    },
  );
}
