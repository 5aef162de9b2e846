import { isTwigError } from '../../../shared/errors';
import type { Clock, Filter, Page, TwentyClient } from '../../twenty/types';
import type { MirrorChannel } from '../mirror/channel';
import type { Changes } from '../mirror/mirror';
import { pages } from './pages';
import { afterDelta, newestOf, type ReadState, readFrom, readState } from './state';

/** Rows wanted per page; the client gives what the server allows. */
const PAGE = 1_000;
/** Rows handed to the copy at a time, so that a search in between waits for few. */
const CHUNK = 250;
const IDS_PER_READ = 50;

export interface ReaderOptions {
  mirror: MirrorChannel;
  clock: Clock;
  /** Counts questions, so that a page asked for before a write was answered does not take it back. */
  tick(): number;
  changed(changes: Changes): void;
}

/** Reads one object at a time from the server into the copy. */
export class Reader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async state(object: string): Promise<ReadState> {
    return readState(await this.#options.mirror.call('state', stateKey(object)));
  }

  /** Learns where the object stands before its first pass: how many there are, and the server's newest time. */
  async survey(client: TwentyClient, object: string, signal: AbortSignal): Promise<ReadState> {
    const state = await this.state(object);
    if (state.firstDone || state.cursor !== null || state.watermarkAt !== 0) return state;
    const newest = await this.#newest(client, object, signal);
    const surveyed: ReadState = {
      ...state,
      total: newest?.totalCount ?? null,
      watermark: newest === null ? null : newestOf(newest.records),
      watermarkAt: this.#options.clock.now(),
    };
    await this.#options.mirror.call('setState', stateKey(object), surveyed);
    return surveyed;
  }

  /** Reads everything once, page by page, going on where an earlier run stopped. */
  async firstPass(
    client: TwentyClient,
    object: string,
    signal: AbortSignal,
    progress: (state: ReadState) => void,
  ): Promise<void> {
    let state = await this.survey(client, object, signal);
    const query = { limit: PAGE, includeDeleted: true, ...(state.cursor === null ? {} : { after: state.cursor }) };
    try {
      for await (const page of pages(client, object, query, signal, this.#options.tick)) {
        // Without a newest time to go by, the first page's is the only one that is surely old enough.
        const watermark = state.watermark ?? (state.cursor === null ? newestOf(page.records) : null);
        state = {
          ...state,
          watermark,
          cursor: page.endCursor ?? state.cursor,
          stored: state.stored + page.records.length,
          total: page.totalCount ?? state.total,
        };
        await this.#keep(object, page.records, page.tick, state);
        progress(state);
      }
    } catch (error) {
      if (isTwigError(error) && error.reason === 'badCursor' && state.cursor !== null) {
        // The server no longer knows the place: read from the start, what is there is kept.
        await this.#options.mirror.call('setState', stateKey(object), { ...state, cursor: null, stored: 0 });
      }
      throw error;
    }
    const done = { ...state, firstDone: true, cursor: null, sweptAt: this.#options.clock.now() };
    await this.#options.mirror.call('setState', stateKey(object), done);
  }

  /**
   * Which of these objects have something to read, found out in one call; the others are noted as
   * unchanged. Where the server cannot be asked that way, all of them.
   */
  async changed(client: TwentyClient, objects: readonly string[], signal: AbortSignal): Promise<string[]> {
    const startedAt = this.#options.clock.now();
    const states = new Map<string, ReadState>();
    for (const object of objects) states.set(object, await this.state(object));
    const asks = [...states].map(([object, state]) => ({ object, filter: since(state) }));
    const counts = await client.count(asks, { lane: 'sync', signal });
    if (counts === null) return [...objects];
    for (const [object, state] of states) {
      if (counts.get(object) !== 0) continue;
      const next = afterDelta(state, null, startedAt);
      if (next !== state) await this.#options.mirror.call('setState', stateKey(object), next);
    }
    return objects.filter((object) => counts.get(object) !== 0);
  }

  /** Reads what changed since the last time, live and trashed; answers how many records changed here. */
  async delta(client: TwentyClient, object: string, signal: AbortSignal): Promise<number> {
    const state = await this.state(object);
    const startedAt = this.#options.clock.now();
    const filter = since(state);
    let newest: string | null = null;
    let changed = 0;
    let first = true;
    for await (const page of pages(
      client,
      object,
      { filter, limit: PAGE, includeDeleted: true },
      signal,
      this.#options.tick,
    )) {
      if (first) newest = newestOf(page.records);
      first = false;
      changed += await this.#keep(object, page.records, page.tick, null);
    }
    const next = afterDelta(state, newest, startedAt);
    if (next !== state) await this.#options.mirror.call('setState', stateKey(object), next);
    return changed;
  }

  /**
   * Compares the ids (and times) of everything on the server with the copy: reads what is missing or
   * different, forgets what no longer exists. Nothing is forgotten without asking for it by id.
   */
  async sweep(client: TwentyClient, object: string, signal: AbortSignal): Promise<void> {
    const { mirror } = this.#options;
    await mirror.call('startSweep', object);
    const query = { limit: PAGE, includeDeleted: true, fields: ['id', 'updatedAt'] };
    for await (const page of pages(client, object, query, signal, this.#options.tick)) {
      const rows = page.records.map(({ id, updatedAt }) => ({ id, updatedAt: updatedAt ?? '' }));
      const different = new Set<string>();
      for (let at = 0; at < rows.length; at += CHUNK) {
        for (const id of await mirror.call('compareSweep', object, rows.slice(at, at + CHUNK))) different.add(id);
      }
      // Over REST whole records come anyway.
      const whole = page.records.filter((record) => different.has(record.id) && Object.keys(record).length > 6);
      await this.#keep(object, whole, page.tick, null);
      for (const record of whole) different.delete(record.id);
      await this.#readByIds(client, object, [...different], signal);
    }
    const unseen = await mirror.call('unseen', object);
    for (let at = 0; at < unseen.length; at += IDS_PER_READ) {
      const asked = unseen.slice(at, at + IDS_PER_READ);
      const there = await this.#readByIds(client, object, asked, signal);
      this.#options.changed(
        await mirror.call(
          'remove',
          object,
          asked.filter((id) => !there.has(id)),
        ),
      );
    }
    const state = await this.state(object);
    await mirror.call('setState', stateKey(object), { ...state, sweptAt: this.#options.clock.now() });
  }

  async #readByIds(client: TwentyClient, object: string, ids: string[], signal: AbortSignal): Promise<Set<string>> {
    const there = new Set<string>();
    for (let at = 0; at < ids.length; at += IDS_PER_READ) {
      const asked = ids.slice(at, at + IDS_PER_READ);
      const filter: Filter = { field: 'id', op: 'in', value: asked };
      for await (const page of pages(
        client,
        object,
        { filter, limit: PAGE, includeDeleted: true },
        signal,
        this.#options.tick,
      )) {
        for (const { id } of page.records) there.add(id);
        await this.#keep(object, page.records, page.tick, null);
      }
    }
    return there;
  }

  /** The newest record by the server's clock; null where the server cannot sort. */
  async #newest(client: TwentyClient, object: string, signal: AbortSignal): Promise<Page | null> {
    try {
      return await client.list(
        object,
        {
          orderBy: [{ field: 'updatedAt', direction: 'DescNullsLast' }],
          limit: 1,
          depth: 0,
          includeDeleted: true,
          fields: ['id', 'updatedAt'],
        },
        { lane: 'sync', signal },
      );
    } catch (error) {
      if (isTwigError(error) && (error.kind === 'rejected' || error.kind === 'server')) return null;
      throw error;
    }
  }

  /** Hands rows to the copy in chunks; `state` is kept together with the last of them. */
  async #keep(object: string, records: readonly unknown[], tick: number, state: ReadState | null): Promise<number> {
    let changed = 0;
    const last = Math.max(0, Math.ceil(records.length / CHUNK) - 1);
    for (let chunk = 0; chunk <= last; chunk += 1) {
      const kept = chunk === last && state !== null ? { key: stateKey(object), value: state } : null;
      const slice = records.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
      if (slice.length === 0 && kept === null) continue;
      const changes = await this.#options.mirror.call('put', {
        object,
        records: slice,
        tick,
        answer: false,
        state: kept,
        more: chunk < last,
      });
      changed += changes.changed.length;
      this.#options.changed(changes);
    }
    return changed;
  }
}

/** What may have changed since the last time. */
function since(state: ReadState): Filter {
  return { field: 'updatedAt', op: 'gte', value: readFrom(state) };
}

function stateKey(object: string): string {
  return `read:${object}`;
}
