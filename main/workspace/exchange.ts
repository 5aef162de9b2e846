import type { TwentyClient } from '../twenty/types';
import { Activity } from './activity';
import { Announcer } from './announcer';
import { Metadata } from './metadata';
import type { MirrorChannel } from './mirror/channel';
import type { Changes, Opening } from './mirror/mirror';
import type { Entry, Step } from './outbox/entry';
import { Outbox } from './outbox/outbox';
import type { Outcome } from './outbox/perform';
import { Sender } from './outbox/sender';
import type { OutboxStore } from './outbox/store';
import { overlayOf } from './outbox/view';
import { SyncEngine } from './sync/engine';
import type { WorkspaceOptions } from './types';

const CHECK_AFTER = 5_000;

/** Where outbox, local copy and server meet: what is approved shows at once, what is confirmed stays. */
export class Exchange {
  readonly outbox: Outbox;
  readonly store: OutboxStore;
  readonly mirror: MirrorChannel;
  readonly engine: SyncEngine;
  readonly metadata: Metadata;
  readonly activity: Activity;
  readonly #options: WorkspaceOptions;
  readonly #sender: Sender;
  readonly #announcer: Announcer;
  readonly #closing = new AbortController();
  #client: TwentyClient | null;
  #counts: Record<string, number> = {};
  #online = true;
  #ticks = 0;

  constructor(options: WorkspaceOptions, store: OutboxStore, mirror: MirrorChannel, opening: Opening) {
    this.#options = options;
    this.store = store;
    this.mirror = mirror;
    this.#client = options.client;
    this.metadata = new Metadata(mirror, options.clock);
    this.#announcer = new Announcer(options.events, options.clock, this.#closing.signal);
    this.outbox = new Outbox({ store, clock: options.clock, changed: (entries) => this.#approved(entries) });
    const shared = {
      clock: options.clock,
      client: () => this.#client,
      online: (online: boolean) => this.#setOnline(online),
    };
    this.#sender = new Sender({
      ...shared,
      store,
      confirmed: (step, outcome) => this.#confirmed(step, outcome),
      changed: (entry, settled) => this.#moved(entry, settled),
    });
    this.engine = new SyncEngine({
      ...shared,
      mirror,
      tick: () => this.tick(),
      answered: (object, allowed) => this.#answered(object, 'read', allowed),
      changed: (changes) => this.changed(changes, false),
      learned: async (objects) => {
        await this.metadata.learned(objects);
        options.events.status();
      },
      status: () => options.events.status(),
    });
    this.activity = new Activity({
      ...shared,
      store,
      mirror,
      online: () => this.#online,
      tick: () => this.tick(),
      changed: (changes) => this.changed(changes, true),
    });
    mirror.onRebuilt = (again) => {
      this.#opened(again);
      void this.metadata.tellAgain().catch(() => undefined);
      void this.layOver().catch(() => undefined);
      this.engine.syncNow();
    };
    this.#opened(opening);
  }

  get client(): TwentyClient | null {
    return this.#client;
  }

  get online(): boolean {
    return this.#online;
  }

  /** Live records per object. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  /** Takes up what an earlier run kept: metadata, and everything unsent, which is laid over the copy. */
  async resume(): Promise<void> {
    await this.metadata.load();
    this.#client?.know(this.metadata.objects());
    await this.layOver();
  }

  /** Lays everything unsent over the copy. */
  async layOver(): Promise<void> {
    this.changed(await this.mirror.call('resetOverlays', this.store.open().map(overlayOf)), true);
  }

  start(): void {
    this.#sender.start();
    this.engine.start();
    this.#options.clock
      .sleep(CHECK_AFTER, this.#closing.signal)
      .then(() => {
        this.store.history.prune(this.#options.clock.now());
        return this.mirror.verify();
      })
      .catch(() => undefined);
  }

  setClient(client: TwentyClient | null): void {
    this.#client = client;
    client?.know(this.metadata.objects());
    this.engine.clientChanged();
    this.#sender.retryAll();
  }

  syncNow(): void {
    this.#sender.retryAll();
    this.engine.syncNow();
  }

  /** The next moment in this workspace's own count. */
  tick(): number {
    this.#ticks += 1;
    return this.#ticks;
  }

  /** Takes note of what changed in the copy; `now` when the user waits to see it. */
  changed(changes: Changes, now: boolean): void {
    this.#counts = changes.counts;
    this.#announcer.add(changes.changed, now);
    if (changes.changed.length > 0) this.#options.events.status();
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('closed'));
    this.activity.stop();
    await Promise.all([this.#sender.stop(), this.engine.stop()]);
    await this.mirror.close();
    this.store.close();
  }

  #opened(opening: Opening): void {
    this.#counts = opening.counts;
    if (opening.setAside === null) return;
    this.#options.events.notice({
      id: `copy-damaged-${this.#options.connectionId}`,
      level: 'warning',
      message: `The local copy was damaged and is being read again from the server. Nothing that waits to be sent was touched. The damaged file is ${opening.setAside}.`,
    });
  }

  #approved(entries: readonly Entry[]): void {
    for (const entry of entries) this.#layOver(entry);
    this.#tellOutbox();
    this.#sender.poke();
  }

  #moved(entry: Entry, settled: boolean): void {
    const refused = entry.state === 'failed' && entry.error?.kind === 'forbidden' ? entry.steps[entry.done] : undefined;
    if (refused) this.#answered(refused.object, 'write', false);
    if (settled) this.#layOver(entry);
    this.#tellOutbox();
  }

  #layOver(entry: Entry): void {
    this.mirror
      .call('setOverlay', overlayOf(entry))
      .then((changes) => this.changed(changes, true))
      // The copy can be rebuilt; the entry itself is safe in its own file.
      .catch(() => undefined);
  }

  /** Windows offer what is allowed, so they hear of it. A copy that cannot keep it learns it again. */
  #answered(object: string, what: 'read' | 'write', allowed: boolean): void {
    this.metadata
      .answered(object, what, allowed)
      .then((changed) => {
        // Windows read the metadata again after each pass, also what it says of rights.
        if (changed && what === 'write') this.engine.syncNow();
      })
      .catch(() => undefined);
  }

  #tellOutbox(): void {
    this.#options.events.outbox();
    this.#options.events.status();
  }

  /** Puts what the server confirmed into the copy before the outbox forgets it. */
  async #confirmed(step: Step, outcome: Outcome): Promise<void> {
    if (outcome.conflicts !== null) return;
    this.#answered(step.object, 'write', true);
    try {
      const record = outcome.record ?? (await this.#trashed(step, outcome.trashed === 'yes'));
      if (record === null) return;
      const put = { object: step.object, records: [record], tick: this.tick(), answer: true, state: null };
      this.changed(await this.mirror.call('put', put), true);
    } catch {
      // The next sync reads it again.
    }
  }

  async #trashed(step: Step, trashed: boolean): Promise<Record<string, unknown> | null> {
    const known = await this.mirror.call('record', step.object, step.id);
    const deletedAt = trashed ? new Date(this.#options.clock.now()).toISOString() : null;
    return known === null ? null : { id: step.id, deletedAt };
  }

  #setOnline(online: boolean): void {
    if (online === this.#online) return;
    this.#online = online;
    // Whoever notices first tells the other.
    if (online) this.#sender.retryAll();
    this.#options.events.status();
  }
}
