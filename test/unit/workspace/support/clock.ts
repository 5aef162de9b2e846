import type { Clock } from '../../../../main/twenty/types';

interface Sleeper {
  at: number;
  wake(): void;
}

/** A clock that only moves when told to. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-11-22T09:00:00.000Z');
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper: Sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** Moves time on, waking who sleeps in the order of their times. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await turn();
      const next = this.#sleepers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = end;
    await turn();
  }

  /** Sets the machine's time, as a user or a time server does. */
  jump(ms: number): void {
    this.#now += ms;
  }
}

/** Lets everything that is ready run. */
export async function turn(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until something is true, turn by turn; fails when it never becomes so. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 2_000; n += 1) {
    if (await what()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('What the test waits for did not happen.');
}
