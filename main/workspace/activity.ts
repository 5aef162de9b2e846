import type { RecordRef } from '../../shared/app/contacts';
import type { Clock, TwentyClient } from '../twenty/types';
import type { LocalChange } from './mirror/changes';
import type { MirrorChannel } from './mirror/channel';
import type { Changes } from './mirror/mirror';
import { auditOf } from './outbox/entry';
import type { OutboxStore } from './outbox/store';

/** The object of the server's own timeline. */
const ACTIVITY = 'timelineActivity';
const FRESH_FOR = 5 * 60_000;
const MOST_ENTRIES = 60;
/** Part of the allowance that stays for captures and look-ups. */
const SPARE = 0.4;

export interface ActivityOptions {
  mirror: MirrorChannel;
  store: OutboxStore;
  clock: Clock;
  client(): TwentyClient | null;
  online(): boolean;
  tick(): number;
  changed(changes: Changes): void;
}

/** What happened to a record: from this machine's own list, and from the server's when somebody looks. */
export class Activity {
  readonly #options: ActivityOptions;
  /** When each record's timeline was last asked for (epoch milliseconds). */
  readonly #asked = new Map<string, number>();
  #reading = new AbortController();

  constructor(options: ActivityOptions) {
    this.#options = options;
  }

  /** Changes of a record and its deals that were made from here, newest first. */
  async local(ref: RecordRef): Promise<LocalChange[]> {
    const { mirror, store } = this.#options;
    const ids = (await mirror.call('related', ref)).map(({ id }) => id);
    const waiting = store.open().filter((entry) => ids.includes(entry.recordId));
    return [...waiting.map(auditOf), ...store.history.auditOf(ids)].flatMap((entry): LocalChange[] => {
      const { id, at, action, object, recordId, before, after, outcome } = entry;
      if (action === 'create' || outcome === 'withdrawn' || outcome === 'failed') return [];
      return [{ id, at, action, object, recordId, before, after, pending: outcome === 'waiting' }];
    });
  }

  /** Asks the server in the background what it knows of a record that was opened, when there is allowance to spare. */
  opened(ref: RecordRef): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    // A card must not fail for want of what others did.
    this.#read(ref, this.#reading.signal).catch(() => undefined);
  }

  stop(): void {
    this.#reading.abort();
  }

  async #read(ref: RecordRef, signal: AbortSignal): Promise<void> {
    const { mirror, clock, tick } = this.#options;
    const client = this.#options.client();
    const now = clock.now();
    const last = this.#asked.get(ref.id);
    if (client === null || !this.#options.online() || (last !== undefined && Math.abs(now - last) < FRESH_FOR)) return;
    const { perMinute, available, pausedUntil } = client.budget();
    if (pausedUntil !== null || available < perMinute * SPARE) return;
    const of = await mirror.call('related', ref);
    const asked = tick();
    this.#asked.set(ref.id, now);
    const records = await client.activities(of, MOST_ENTRIES, { lane: 'read', signal });
    if (records.length === 0) return;
    const changes = await mirror.call('put', { object: ACTIVITY, records, tick: asked, answer: false, state: null });
    // Windows know the record they show, not what its timeline is made of.
    if (changes.changed.length > 0) this.#options.changed({ ...changes, changed: [...changes.changed, ref] });
  }
}
