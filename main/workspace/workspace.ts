import { basename, join } from 'node:path';
import type { ConnectionView, MemberView, SyncStatus } from '../../shared/app/connections';
import type { Card, RecordRef, SearchAnswer, TimelineItem } from '../../shared/app/contacts';
import type { AuditEntry, ListAnswer, ListRequest, SavedView } from '../../shared/app/lists';
import type { Receipt } from '../../shared/app/outbox';
import type { Draft } from '../../shared/capture/draft';
import type { CrmRecord, ObjectMeta } from '../../shared/crm';
import type { TwentyClient } from '../twenty/types';
import { Exchange } from './exchange';
import { Likeness } from './likeness';
import { mirrorInThread, mirrorInWorker } from './mirror/channel';
import { openOutbox } from './outbox/file';
import type { Workspace, WorkspaceOptions, WriteWindow } from './types';
import { Writing } from './writing';

/**
 * Opens one connection's local copy and outbox. Damaged files are set aside with a notice; a
 * folder that cannot be used throws a TwigError that says why. Call `start` to sync and send.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { clock, databaseKey: key, directory } = options;
  const now = () => clock.now();
  // While the key is out of reach, what it sealed stays closed and untouched.
  const sealed = (name: string) => (options.locked === true ? null : join(directory, name));
  const mirror = options.mirrorWorker === null ? mirrorInThread(now) : mirrorInWorker(options.mirrorWorker, now);
  // The copy opens in its own thread; the outbox meanwhile in this one.
  const copy = mirror.open({ path: sealed('mirror.db') ?? ':memory:', key, now: clock.now() });
  copy.catch(() => undefined);
  let outbox: ReturnType<typeof openOutbox> | null = null;
  try {
    outbox = openOutbox(
      { outbox: join(directory, 'outbox.db'), spare: join(directory, 'outbox.spare'), history: sealed('history.db') },
      key,
      clock.now(),
    );
    const opening = await copy;
    const exchange = new Exchange(options, outbox.store, mirror, opening);
    await exchange.resume();
    for (const { path, saved } of outbox.damaged) {
      options.events.notice({
        id: `damaged-${options.connectionId}-${basename(path)}`,
        level: 'warning',
        message:
          saved === null
            ? `The list of what was sent before was damaged and starts anew. The damaged file is ${path}.`
            : `The file of what was saved but not sent yet was damaged. What could be read was kept (${saved} entries). The damaged file is ${path}.`,
      });
    }
    return new LocalWorkspace(options, exchange);
  } catch (error) {
    outbox?.store.close();
    await mirror.close().catch(() => undefined);
    throw error;
  }
}

class LocalWorkspace implements Workspace {
  readonly connectionId: string;
  readonly outbox: Workspace['outbox'];
  readonly layouts: Workspace['layouts'];
  readonly views: Workspace['views'];
  readonly #options: WorkspaceOptions;
  readonly #exchange: Exchange;
  readonly #writing: Writing;
  readonly #likeness: Likeness;
  #closed: Promise<void> | null = null;

  constructor(options: WorkspaceOptions, exchange: Exchange) {
    this.connectionId = options.connectionId;
    this.#options = options;
    this.#exchange = exchange;
    this.#writing = new Writing(exchange, options.readOnly);
    this.#likeness = new Likeness(exchange, options.clock);
    const { outbox, store } = exchange;
    this.outbox = {
      list: async () => outbox.list(),
      retry: async (id) => outbox.retry(id),
      discard: async (id) => outbox.discard(id),
      draft: async (id) => outbox.draft(id),
      replace: async (id, draft) => this.#writing.capture({ ...draft, replaces: id }),
      undo: async (id) => {
        this.#writing.allow();
        return outbox.undo(id);
      },
      resolve: async (id, choices) => outbox.resolve(id, choices),
      waiting: () => outbox.waiting(),
    };
    this.layouts = {
      get: async (object) => store.history.layout(object),
      keep: async (object, layout) => store.history.keepLayout(object, layout),
    };
    this.views = {
      list: async () => store.history.views(),
      save: async (view: SavedView) => store.history.saveView(view),
      remove: async (id: string) => store.history.removeView(id),
    };
  }

  start(): void {
    this.#exchange.start();
  }

  setClient(client: TwentyClient | null): void {
    this.#exchange.setClient(client);
  }

  setMember(): void {
    // Drafts name their assignee and the copy holds everyone's records, so nothing here depends on it.
  }

  setReadOnly(readOnly: boolean): void {
    this.#writing.readOnly = readOnly;
  }

  status(): Pick<ConnectionView, 'sync' | 'counts' | 'outbox' | 'online' | 'encryptedAtRest'> {
    const { counts, outbox, online } = this.#exchange;
    const failed = outbox.failed();
    return {
      sync: this.syncStatus(),
      counts: {
        people: counts.person ?? 0,
        companies: counts.company ?? 0,
        opportunities: counts.opportunity ?? 0,
      },
      outbox: { waiting: outbox.waiting() - failed, failed },
      online,
      encryptedAtRest: this.#options.databaseKey !== null,
    };
  }

  syncStatus(): SyncStatus {
    return this.#exchange.engine.status();
  }

  syncNow(): void {
    this.#exchange.syncNow();
  }

  async capture(draft: Draft): Promise<Receipt> {
    return this.#writing.capture(draft);
  }

  search(query: string, objects: readonly string[] | 'linkable' | null, limit: number): Promise<SearchAnswer> {
    const { mirror, metadata } = this.#exchange;
    const wanted = objects === 'linkable' ? metadata.linkableObjects() : objects;
    return mirror.call('search', query, wanted, limit, this.#options.clock.now());
  }

  async card(ref: RecordRef, opened: boolean): Promise<Card | null> {
    const { mirror, activity } = this.#exchange;
    const openedAt = opened ? this.#options.clock.now() : null;
    const card = await mirror.call('card', ref, openedAt, await activity.local(ref));
    if (opened && card !== null) activity.opened(ref);
    return card;
  }

  async timeline(
    ref: RecordRef,
    before: string | null,
    limit: number,
  ): Promise<{ items: TimelineItem[]; hasMore: boolean }> {
    const { mirror, activity } = this.#exchange;
    return mirror.call('timeline', ref, before, limit, await activity.local(ref));
  }

  record(ref: RecordRef): Promise<CrmRecord | null> {
    return this.#exchange.mirror.call('record', ref.object, ref.id);
  }

  label(ref: RecordRef): Promise<string | null> {
    return this.#exchange.mirror.call('title', ref.object, ref.id);
  }

  members(): Promise<MemberView[]> {
    return this.#exchange.mirror.call('members');
  }

  async objects(): Promise<ObjectMeta[]> {
    return this.#exchange.metadata.objects();
  }

  keyChanged(): Promise<void> {
    return this.#exchange.metadata.keyChanged();
  }

  list(request: ListRequest): Promise<ListAnswer> {
    return this.#exchange.mirror.call('list', request);
  }

  create(object: string, values: Record<string, unknown>, window: WriteWindow): Promise<Receipt> {
    return this.#writing.create(object, values, window);
  }

  update(
    ref: RecordRef,
    changes: Record<string, unknown>,
    base: Record<string, unknown>,
    window: WriteWindow,
  ): Promise<Receipt> {
    return this.#writing.update(ref, changes, base, window);
  }

  remove(object: string, ids: readonly string[], window: WriteWindow): Promise<Receipt[]> {
    return this.#writing.trash('delete', object, ids, window);
  }

  restore(object: string, ids: readonly string[], window: WriteWindow): Promise<Receipt[]> {
    return this.#writing.trash('restore', object, ids, window);
  }

  link(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt> {
    return this.#writing.link(from, to, window);
  }

  unlink(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt> {
    return this.#writing.unlink(from, to, window);
  }

  duplicates(
    object: string,
    values: Record<string, unknown>,
    here = false,
  ): Promise<{ id: string; title: string; subtitle: string; why: string }[]> {
    return this.#likeness.duplicates(object, values, here);
  }

  async merge(object: string, ids: readonly string[], priority: number, dryRun: boolean): Promise<CrmRecord> {
    if (!dryRun) this.#writing.allow();
    return this.#likeness.merge(object, ids, priority, dryRun);
  }

  async audit(offset: number, limit: number): Promise<{ total: number; entries: AuditEntry[] }> {
    return this.#exchange.store.audit(offset, limit);
  }

  close(): Promise<void> {
    this.#closed ??= this.#exchange.close();
    return this.#closed;
  }
}
