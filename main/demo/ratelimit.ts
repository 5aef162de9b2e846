import type { Traits } from './dialects';

/** Counts calls as the server does; answers its refusal, or null when the call may go on. */
export interface RateLimiter {
  /** @param rootField `people`, `createPerson` ...: old servers count each for itself */
  take(rootField: string): { status: 429 | 400; message: string } | null;
}

/**
 * The limit of a dialect. Current servers keep a bucket of `calls` tokens that refills only in whole
 * tokens and starts its clock anew with every accepted call, so quick calls earn nothing back. Old
 * servers count calls per root field in fixed windows.
 * @param now epoch milliseconds
 */
export function createRateLimiter(limit: Traits['rateLimit'], now: () => number): RateLimiter {
  return limit.kind === 'bucket' ? bucket(limit.calls, limit.ms, now) : windows(limit.calls, limit.ms, now);
}

function bucket(calls: number, ms: number, now: () => number): RateLimiter {
  let tokens = calls;
  let since = now();
  return {
    take() {
      const time = now();
      const earned = Math.floor(((time - since) * calls) / ms);
      const available = Math.min(calls, tokens + Math.max(0, earned));
      if (available < 1) return { status: 429, message: `Limit reached (${calls} tokens per ${ms} ms)` };
      tokens = available - 1;
      since = time;
      return null;
    },
  };
}

function windows(calls: number, ms: number, now: () => number): RateLimiter {
  const counts = new Map<string, { from: number; count: number }>();
  return {
    take(rootField) {
      const time = now();
      const window = counts.get(rootField);
      if (!window || time - window.from >= ms) {
        counts.set(rootField, { from: time, count: 1 });
        return null;
      }
      if (window.count >= calls) return { status: 400, message: 'Too many requests.' };
      window.count += 1;
      return null;
    },
  };
}
