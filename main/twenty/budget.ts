import type { Lane } from './types';

/** A server's allowance: `calls` per `perMs` milliseconds, shared by every key of the workspace. */
export interface RateLimit {
  calls: number;
  perMs: number;
}

/** Where Twig starts before a server has refused anything: Twenty's stock allowance. */
export const STOCK_LIMIT: RateLimit = { calls: 100, perMs: 60_000 };

/** Part of the allowance that lower lanes leave to higher ones once the limit is known. */
const RESERVE: Record<Lane, number> = { capture: 0, read: 0.05, sync: 0.2 };
/** Tokens that a lane waits for before it goes on, as a part of the allowance: pauses earn, a trickle does not. */
const BURST: Record<Lane, number> = { capture: 0, read: 0.02, sync: 0.2 };

/** Twenty also counts bursts per second, in milliseconds; such a refusal says nothing about the minute. */
const SHORT_WINDOW = 10_000;
/** Milliseconds by which a clock may go back in the ordinary course of things. */
const CLOCK_TOLERANCE = 5_000;

/**
 * A model of Twenty's bucket: a token per `perMs / calls`, whole tokens only, and the clock starts
 * again with every call, so that calls closer together than one token's time earn nothing back.
 * All times are epoch milliseconds. Pure: it never waits.
 */
export class Budget {
  private limit: RateLimit;
  /** False until a refusal showed the real limit: then nothing is held back, since refused calls cost nothing. */
  private known: boolean;
  private tokens: number;
  private lastCall: number;
  private pausedUntil = 0;
  private refusals = 0;
  private windowStart: number | null = null;
  /** Lanes that ran dry and wait for a whole burst. */
  private readonly resting = new Set<Lane>();

  constructor(now: number, limit: RateLimit | null) {
    this.limit = limit ?? STOCK_LIMIT;
    this.known = limit !== null;
    this.tokens = this.limit.calls;
    this.lastCall = now;
  }

  private get tokenMs(): number {
    return this.limit.perMs / this.limit.calls;
  }

  private earned(now: number): number {
    return Math.max(0, Math.floor((now - this.lastCall) / this.tokenMs));
  }

  /** Whole tokens at `now`. */
  available(now: number): number {
    return Math.min(this.limit.calls, this.tokens + this.earned(now));
  }

  /** When a call of this lane may go: `now` or earlier means at once. */
  readyAt(lane: Lane, now: number): number {
    if (now < this.lastCall - CLOCK_TOLERANCE) this.clockSetBack(now);
    const paused = lane === 'capture' ? this.pausedUntil : this.pausedUntil + this.tokenMs * (lane === 'read' ? 1 : 3);
    const rest = this.pausedUntil === 0 ? 0 : paused;
    if (rest > now) return rest;
    const reserve = this.known ? Math.floor(this.limit.calls * RESERVE[lane]) : 0;
    const have = this.available(now);
    const burst = this.resting.has(lane) ? Math.floor(this.limit.calls * BURST[lane]) : 0;
    const need = reserve + Math.max(1, burst);
    // Before a limit is known the bucket is only a guess: go on and let the server say stop.
    if (!this.known || have >= need) return now;
    return this.lastCall + (need - this.tokens) * this.tokenMs;
  }

  /** After the machine's clock was set back, moments noted before mean nothing. */
  private clockSetBack(now: number): void {
    this.lastCall = now;
    this.windowStart = null;
    if (this.pausedUntil > 0) this.pausedUntil = now;
  }

  /** Takes a token for a call that goes out now. */
  take(lane: Lane, now: number): void {
    if (this.windowStart === null || now - this.windowStart > this.limit.perMs * 2) this.windowStart = now;
    this.tokens = Math.max(0, this.available(now) - 1);
    this.lastCall = now;
    this.resting.delete(lane);
    const reserve = Math.floor(this.limit.calls * RESERVE[lane]);
    if (this.known && this.tokens - reserve < 1) this.resting.add(lane);
  }

  /** A counted call was answered normally. */
  accepted(): void {
    this.refusals = 0;
  }

  /**
   * The server refused a call. `limit` is what it named; `retryAfterMs` what it asked for. Returns
   * when the next capture may try.
   */
  refused(now: number, limit: RateLimit | null, retryAfterMs: number | null): number {
    // Calls that were already under way when the first one was refused say nothing new.
    if (now < this.pausedUntil && (retryAfterMs ?? 0) <= this.pausedUntil - now) return this.pausedUntil;
    this.refusals += 1;
    if (limit && limit.perMs < SHORT_WINDOW) {
      this.pausedUntil = now + (retryAfterMs ?? limit.perMs);
      return this.pausedUntil;
    }
    if (limit) this.limit = limit;
    this.known = true;
    this.tokens = 0;
    this.lastCall = now;
    this.resting.add('sync').add('read');
    const wait = retryAfterMs ?? this.guess(now, limit !== null);
    this.pausedUntil = Math.max(this.pausedUntil, now + wait);
    this.windowStart = null;
    return this.pausedUntil;
  }

  /**
   * Without a hint: a bucket gives its next token after one token's time. A server that names no
   * numbers counts in fixed windows (older Twenty): it opens again when the window since the first
   * call is over. Doubled for every refusal in a row, at most two minutes.
   */
  private guess(now: number, bucket: boolean): number {
    const again = 2 ** Math.min(6, this.refusals - 1);
    if (bucket) return Math.min(120_000, Math.ceil(this.tokenMs * 1.1 * again));
    const left = this.windowStart === null ? 0 : this.windowStart + this.limit.perMs * 1.04 - now;
    return Math.min(120_000, Math.max(left, 2_000 * again));
  }

  /** What is learned so far, for the last good copy; null while it is only assumed. */
  learned(): RateLimit | null {
    return this.known ? this.limit : null;
  }

  /** The allowance of a server that is recognised before it refused anything. */
  assume(limit: RateLimit): void {
    if (this.known) return;
    this.tokens = Math.min(limit.calls, Math.max(0, limit.calls - (this.limit.calls - this.tokens)));
    this.limit = limit;
  }

  view(now: number): { perMinute: number; available: number; pausedUntil: number | null } {
    return {
      perMinute: Math.round((this.limit.calls * 60_000) / this.limit.perMs),
      available: this.pausedUntil > now ? 0 : this.available(now),
      pausedUntil: this.pausedUntil > now ? this.pausedUntil : null,
    };
  }
}

/** Reads the limit that a refusal names: `Limit reached (100 tokens per 60000 ms)`. */
export function limitIn(words: string): RateLimit | null {
  const found = /(\d+) tokens per (\d+) ms/.exec(words);
  if (!found) return null;
  const calls = Number(found[1]);
  const perMs = Number(found[2]);
  return calls > 0 && perMs >= 1_000 ? { calls, perMs } : null;
}
