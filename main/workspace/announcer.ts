import type { Clock } from '../twenty/types';
import type { RecordRefChange } from './mirror/store';
import type { WorkspaceEvents } from './types';

const TOGETHER = 150;
const MOST_IDS = 200;

/** Tells windows which records changed: the user's own at once, those of a sync a few at a time. */
export class Announcer {
  readonly #events: WorkspaceEvents;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #ids = new Map<string, Set<string> | null>();
  #timer = false;

  constructor(events: WorkspaceEvents, clock: Clock, signal: AbortSignal) {
    this.#events = events;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Changed records; `now` for those the user waits to see. */
  add(changed: readonly RecordRefChange[], now: boolean): void {
    for (const { object, id } of changed) {
      const known = this.#ids.get(object);
      if (known === null) continue;
      const ids = known ?? new Set<string>();
      ids.add(id);
      this.#ids.set(object, ids.size > MOST_IDS ? null : ids);
    }
    if (this.#ids.size === 0) return;
    if (now) this.#tell();
    else if (!this.#timer) {
      this.#timer = true;
      this.#clock
        .sleep(TOGETHER, this.#signal)
        .then(() => {
          this.#timer = false;
          this.#tell();
        })
        .catch(() => undefined);
    }
  }

  #tell(): void {
    if (this.#ids.size === 0) return;
    const changes = [...this.#ids].map(([object, ids]) => ({ object, ids: ids === null ? null : [...ids] }));
    this.#ids = new Map();
    this.#events.records(changes);
  }
}
