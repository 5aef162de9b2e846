import { randomUUID } from 'node:crypto';
import type { CrmRecord } from '../../shared/crm';
import { recordLabel } from '../../shared/crm/names';
import { isTwigError, TwigError } from '../../shared/errors';
import type { Clock, TwentyClient } from '../twenty/types';
import type { Exchange } from './exchange';
import type { Duplicate } from './mirror/duplicates';

/** Milliseconds that the server is waited for when nothing alike is known here. */
const PATIENCE = 1_000;

/** Records that are alike: found here and by the server, and made into one. */
export class Likeness {
  readonly #exchange: Exchange;
  readonly #clock: Clock;

  constructor(exchange: Exchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
  }

  /**
   * Records that one about to be created would repeat. What the local copy knows is answered at once;
   * only where it knows none, the server is given a second to name one, unless only `here` was asked for.
   */
  async duplicates(object: string, values: Record<string, unknown>, here: boolean): Promise<Duplicate[]> {
    const { mirror } = this.#exchange;
    const local = await mirror.call('duplicates', object, values, []);
    if (here) return local;
    const asked = this.#ask(object, values);
    if (local.length > 0) return local;
    const enough = new AbortController();
    const late = this.#clock.sleep(PATIENCE, enough.signal).then(
      () => [],
      () => [],
    );
    const found = await Promise.race([asked, late]);
    enough.abort();
    return found.length === 0 ? [] : mirror.call('duplicates', object, values, found);
  }

  /**
   * Merges on the server, which alone can; needs the network. `priority` is the index of the record
   * that stays. `dryRun` answers what would come out, without doing it.
   */
  async merge(object: string, ids: readonly string[], priority: number, dryRun: boolean): Promise<CrmRecord> {
    const { client, mirror, store, engine, metadata } = this.#exchange;
    if (client === null) throw new TwigError('unauthorized', 'Connect this workspace again to merge records.');
    const waiting = store.open().find((entry) => entry.steps.some((step) => ids.includes(step.id)));
    if (waiting && !dryRun) {
      throw new TwigError(
        'refused',
        `"${waiting.title}" still waits in the Outbox with a change of one of these records. Let it be sent or discard it, then merge.`,
      );
    }
    const before = await mirror.call('record', object, ids[priority] ?? '');
    if (dryRun) return client.merge(object, ids, priority, true, { lane: 'read' });
    const others = ids.filter((_, index) => index !== priority);
    let merged: CrmRecord;
    try {
      merged = await client.merge(object, ids, priority, false, { lane: 'read' });
    } catch (error) {
      // Without an answer it may have happened: the next look tells.
      if (isTwigError(error) && error.unclear) await this.#lookAt(client, object, ids).catch(() => undefined);
      throw error;
    }
    store.history.addAudit({
      id: randomUUID(),
      at: this.#clock.now(),
      window: 'main',
      action: 'update',
      object,
      recordId: merged.id,
      title: recordLabel(object, merged, metadata.object(object)?.labelField),
      before,
      after: merged,
      outcome: 'sent',
    });
    const put = { object, records: [merged], tick: this.#exchange.tick(), answer: true, state: null };
    this.#exchange.changed(await mirror.call('put', put), true);
    await this.#lookAt(client, object, others).catch(() => undefined);
    engine.syncNow();
    return merged;
  }

  /** Ids the server takes for the same; they are in the copy by then. Empty when it cannot be asked now. */
  async #ask(object: string, values: Record<string, unknown>): Promise<string[]> {
    const { client, mirror, online } = this.#exchange;
    if (client === null || !online || client.budget().pausedUntil !== null) return [];
    try {
      const tick = this.#exchange.tick();
      const records = await client.duplicates(object, values, { lane: 'read' });
      const live = records.filter((record) => !record.deletedAt);
      const put = { object, records: live, tick, answer: false, state: null };
      this.#exchange.changed(await mirror.call('put', put), true);
      return live.map((record) => record.id);
    } catch {
      // The copy's own answer stands.
      return [];
    }
  }

  /** Reads records anew; those the server no longer has leave the copy. */
  async #lookAt(client: TwentyClient, object: string, ids: readonly string[]): Promise<void> {
    const { mirror } = this.#exchange;
    const tick = this.#exchange.tick();
    const page = await client.list(
      object,
      { filter: { field: 'id', op: 'in', value: ids }, includeDeleted: true, limit: ids.length },
      { lane: 'read' },
    );
    const put = { object, records: page.records, tick, answer: false, state: null };
    this.#exchange.changed(await mirror.call('put', put), true);
    const there = new Set(page.records.map((record) => record.id));
    const gone = ids.filter((id) => !there.has(id));
    if (gone.length > 0) this.#exchange.changed(await mirror.call('remove', object, gone), true);
  }
}
