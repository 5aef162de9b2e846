import { isTwigError, TwigError } from '../../../shared/errors';
import type { Clock, TwentyClient } from '../../twenty/types';
import { blockedBy } from './blocking';
import type { Entry, Step } from './entry';
import { type Outcome, performStep } from './perform';
import type { OutboxStore } from './store';

const FIRST_DELAY = 2_000;
const LONGEST_DELAY = 10 * 60_000;
/** Without an answer from the server, the whole outbox is tried again this often at most. */
const LONGEST_OFFLINE = 60_000;
/**
 * Failures of the server in a row that hold everything back, so that the order stays: eight to nine
 * minutes of them. What still fails then may be the entry's own fault, and only it goes on waiting.
 */
const PATIENCE = 8;
const DISK_PAUSE = 30_000;
const CLOCK_TOLERANCE = 5_000;

export interface SenderOptions {
  store: OutboxStore;
  clock: Clock;
  client(): TwentyClient | null;
  /** Called before a step counts as done, so the copy never misses what the server confirmed. */
  confirmed(step: Step, outcome: Outcome): Promise<void>;
  /** An entry changed; `settled` when the changes it lays over the copy did too. */
  changed(entry: Entry, settled: boolean): void;
  online(online: boolean): void;
}

/** Sends what waits in the outbox, one step at a time, for as long as it takes. */
export class Sender {
  readonly #options: SenderOptions;
  #stopped = false;
  #running: Promise<void> | null = null;
  #wake = new AbortController();
  #sending = new AbortController();
  /** Epoch milliseconds until which nothing is tried, because no entry could get through. */
  #pausedUntil: number | null = null;
  #offlineTries = 0;
  #needsSignIn = false;
  #lastNow = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something new waits: it is tried at once, also while offline. */
  poke(): void {
    // With the older ones first, which it must not overtake.
    if (this.#offlineTries > 0) this.#forgetWaits();
    this.#wake.abort();
  }

  /** The network is back, the machine woke up or somebody signed in: everything is tried at once. */
  retryAll(): void {
    this.#needsSignIn = false;
    // What a server asked for is kept, for all: nothing overtakes the entry that met the limit.
    if (!this.#limited()) this.#forgetWaits();
    this.#wake.abort();
  }

  #limited(): boolean {
    const limited = (entry: Entry) => entry.state === 'waiting' && entry.error?.kind === 'rateLimited';
    return this.#pausedUntil !== null && this.#options.store.open().some(limited);
  }

  #forgetWaits(): void {
    this.#pausedUntil = null;
    for (const entry of this.#options.store.forgetWaits()) this.#options.changed(entry, false);
  }

  get waitsForSignIn(): boolean {
    return this.#needsSignIn;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#sending.abort(new TwigError('offline', 'Twig is closing.', { unclear: true, reason: 'aborted' }));
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      if (this.#wake.signal.aborted) this.#wake = new AbortController();
      const client = this.#options.client();
      const next = client === null || this.#needsSignIn ? null : this.#next();
      if (client === null || next === null) {
        await this.#idle();
        continue;
      }
      try {
        await this.#send(client, next);
      } catch {
        // The outbox file cannot be written just now (full disk): nothing moves until it can.
        this.#options.store.interrupted(next.id);
        this.#pausedUntil = this.#options.clock.now() + DISK_PAUSE;
      }
    }
  }

  async #idle(): Promise<void> {
    const { signal } = this.#wake;
    if (signal.aborted) return;
    const until = this.#options.client() === null || this.#needsSignIn ? null : this.#nextAttempt();
    const now = this.#options.clock.now();
    try {
      if (until === null) {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      } else await this.#options.clock.sleep(Math.max(0, until - now), signal);
    } catch {
      // Woken early.
    }
  }

  /** The oldest entry whose turn it is. */
  #next(): Entry | null {
    const now = this.#options.clock.now();
    // After the clock was set back, times kept from before mean nothing.
    if (now < this.#lastNow - CLOCK_TOLERANCE) this.#forgetWaits();
    this.#lastNow = now;
    if (this.#pausedUntil !== null && this.#pausedUntil > now) return null;
    const open = this.#options.store.open();
    const due = (entry: Entry) => entry.nextAttemptAt === null || entry.nextAttemptAt <= now;
    return open.find((entry) => entry.state === 'waiting' && due(entry) && blockedBy(entry, open) === null) ?? null;
  }

  #nextAttempt(): number | null {
    const open = this.#options.store.open();
    const times = open
      .filter((entry) => entry.state === 'waiting' && blockedBy(entry, open) === null)
      .map((entry) => Math.max(entry.nextAttemptAt ?? 0, this.#pausedUntil ?? 0));
    return times.length === 0 ? null : Math.min(...times);
  }

  async #send(client: TwentyClient, entry: Entry): Promise<void> {
    const { store, changed } = this.#options;
    const step = entry.steps[entry.done];
    if (!step) return;
    const { unclear } = entry;
    changed(store.save(entry.id, { state: 'sending', unclear: true, attempts: entry.attempts + 1 }), false);
    let outcome: Outcome;
    try {
      outcome = await performStep(client, step, unclear, this.#sending.signal);
    } catch (error) {
      this.#failed(entry, error);
      return;
    }
    this.#reached();
    if (outcome.conflicts !== null) {
      this.#finish(entry.id, { state: 'conflict', unclear: false, conflicts: outcome.conflicts }, false);
      return;
    }
    await this.#options.confirmed(step, outcome);
    const done = entry.done + 1;
    const sent = done === entry.steps.length;
    this.#finish(
      entry.id,
      {
        done,
        unclear: false,
        state: sent ? 'sent' : 'waiting',
        sentAt: sent ? this.#options.clock.now() : null,
        error: null,
        attempts: sent ? entry.attempts + 1 : 0,
        nextAttemptAt: null,
      },
      true,
    );
  }

  /** Keeps what became of a step, unless the user took the entry back meanwhile. */
  #finish(id: string, change: Partial<Entry>, settled: boolean): void {
    const now = this.#options.store.get(id);
    if (now?.state !== 'sending') return;
    this.#options.changed(this.#options.store.save(id, change), settled);
  }

  #reached(): void {
    this.#offlineTries = 0;
    this.#pausedUntil = null;
    this.#options.online(true);
  }

  #failed(entry: Entry, cause: unknown): void {
    const error = isTwigError(cause)
      ? cause
      : new TwigError('server', 'Something unexpected happened while sending. It is tried again.', {
          cause,
          unclear: true,
        });
    const now = this.#options.clock.now();
    const unclear = error.unclear || error.kind === 'offline' || error.kind === 'server' || error.kind === 'gateway';
    const change: Partial<Entry> = { state: 'waiting', unclear, error: error.toJSON(), nextAttemptAt: null };
    switch (error.kind) {
      case 'offline':
        if (!this.#stopped) {
          this.#offlineTries += 1;
          this.#pausedUntil = now + Math.min(LONGEST_OFFLINE, FIRST_DELAY * 2 ** (this.#offlineTries - 1));
          change.nextAttemptAt = this.#pausedUntil;
          this.#options.online(false);
        }
        break;
      case 'rateLimited':
        this.#reached();
        this.#pausedUntil = error.retryAt ?? now + 30_000;
        change.nextAttemptAt = this.#pausedUntil;
        break;
      case 'unauthorized':
        this.#reached();
        this.#needsSignIn = true;
        break;
      case 'server':
      case 'gateway':
        this.#reached();
        change.nextAttemptAt =
          error.retryAt ?? now + Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(entry.attempts, 12));
        if (entry.attempts < PATIENCE) this.#pausedUntil = change.nextAttemptAt;
        break;
      default:
        this.#reached();
        change.state = 'failed';
    }
    this.#finish(entry.id, change, false);
  }
}
