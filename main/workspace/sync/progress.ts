import type { SyncStatus } from '../../../shared/app/connections';
import type { Clock } from '../../twenty/types';

/** How far the first pass is, as a person sees it: records, rate, time left. */
export class Progress {
  readonly #clock: Clock;
  readonly #objects = new Map<string, { stored: number; total: number | null; done: boolean }>();
  #startedAt = 0;
  #startedWith = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    this.#startedAt = this.#clock.now();
    this.#startedWith = this.#sum();
  }

  set(object: string, stored: number, total: number | null, done: boolean): void {
    this.#objects.set(object, { stored, total, done });
  }

  view(): Pick<SyncStatus, 'records' | 'total' | 'perSecond' | 'secondsLeft'> {
    const records = this.#sum();
    const known = [...this.#objects.values()];
    const total = known.every((one) => one.done || one.total !== null)
      ? known.reduce((sum, one) => sum + (one.done ? one.stored : Math.max(one.stored, one.total ?? 0)), 0)
      : null;
    const seconds = (this.#clock.now() - this.#startedAt) / 1_000;
    const perSecond = seconds >= 1 ? Math.max(0, records - this.#startedWith) / seconds : null;
    const secondsLeft =
      total === null || perSecond === null || perSecond === 0 ? null : Math.ceil((total - records) / perSecond);
    return { records, total, perSecond, secondsLeft };
  }

  #sum(): number {
    let sum = 0;
    for (const { stored } of this.#objects.values()) sum += stored;
    return sum;
  }
}
