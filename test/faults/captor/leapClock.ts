import type { Clock } from '../../../main/twenty/types';

interface Sleeper {
  /** On the running time, which setting the machine's clock does not move. */
  due: number;
  timer: NodeJS.Timeout;
  wake(): void;
}

/** The machine's time, which can be made to pass at once or, as by a wrong time server, be set. */
export class LeapClock implements Clock {
  #passed = 0;
  #set = 0;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return Math.floor(Date.now() + this.#passed + this.#set);
  }

  /** Milliseconds made to pass so far. */
  passed(): number {
    return this.#passed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = () => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', stop);
      };
      const stop = () => {
        end();
        reject(signal?.reason);
      };
      const wake = () => {
        end();
        resolve();
      };
      const sleeper: Sleeper = { due: this.#running() + ms, timer: setTimeout(wake, Math.min(ms, 2 ** 31 - 1)), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Lets `ms` milliseconds pass at once; whoever would have woken by then wakes. */
  leap(ms: number): void {
    this.#passed += ms;
    const now = this.#running();
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.due - b.due)) if (sleeper.due <= now) sleeper.wake();
  }

  /** Lets time pass until the next sleeper wakes; false when nobody sleeps. */
  leapToNext(): boolean {
    const due = [...this.#sleepers].map((sleeper) => sleeper.due);
    if (due.length === 0) return false;
    this.leap(Math.max(0, Math.min(...due) - this.#running()));
    return true;
  }

  /** Sets the machine's clock forward, or back, without any time passing. */
  set(ms: number): void {
    this.#set += ms;
  }

  #running(): number {
    return performance.now() + this.#passed;
  }
}
