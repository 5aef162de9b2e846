import type { SyncStatus } from '../../../shared/app/connections';
import type { ObjectMeta } from '../../../shared/crm';
import { isTwigError, TwigError } from '../../../shared/errors';
import type { Clock, TwentyClient } from '../../twenty/types';
import type { MirrorChannel } from '../mirror/channel';
import type { Changes } from '../mirror/mirror';
import { calledAsPeopleDo } from '../outbox/words';
import { Progress } from './progress';
import { Reader } from './reader';
import { customObjects, OVERLAP, STOCK_ORDER } from './state';

const SOONEST = 30_000;
const LATEST = 10 * 60_000;
const FIRST_RETRY = 2_000;
const LEARN_EVERY = 30 * 60_000;
/** Members and custom objects change seldom. */
const SELDOM_EVERY = 5 * 60_000;
const SWEEP_EVERY = 24 * 3_600_000;

const SIGNED_OUT = { phase: 'signedOut', message: 'Signed out. Connect again to sync.' } as const;

export interface EngineOptions {
  mirror: MirrorChannel;
  clock: Clock;
  client(): TwentyClient | null;
  tick(): number;
  changed(changes: Changes): void;
  learned(objects: readonly ObjectMeta[]): Promise<void>;
  status(): void;
  online(online: boolean): void;
  /** The server showed, or refused to show, this object's records. */
  answered(object: string, allowed: boolean): void;
}

/** Keeps the copy up to date: a first pass, then what changed, waiting longer while nothing does. */
export class SyncEngine {
  readonly #options: EngineOptions;
  readonly #reader: Reader;
  readonly #progress: Progress;
  #status: SyncStatus = {
    phase: 'idle',
    records: 0,
    total: null,
    perSecond: null,
    secondsLeft: null,
    lastSyncAt: null,
    message: null,
  };
  #running: Promise<void> | null = null;
  #stopped = false;
  #wake = new AbortController();
  #reading = new AbortController();
  #delay = SOONEST;
  #failures = 0;
  #learnedAt: number | null = null;
  #seldomAt: number | null = null;
  #customs: string[] = [];
  /** What the workspace calls its objects, in the plural. */
  #labels: ReadonlyMap<string, string> = new Map();
  /** Objects the server refuses to show, with what it said; asked again after the next learning. */
  readonly #refused = new Map<string, string>();
  /** Objects at which the server stumbled in this pass, with what it said, and how many it showed. */
  readonly #stumbled = new Map<string, string>();
  #shown = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#reader = new Reader(options);
    this.#progress = new Progress(options.clock);
    // True from the first look at it, before anything runs.
    if (options.client() === null) this.#status = { ...this.#status, ...SIGNED_OUT };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  status(): SyncStatus {
    return { ...this.#status };
  }

  /** Reads now what changed; also after waking up, when the network is back and when somebody signs in. */
  syncNow(): void {
    this.#delay = SOONEST;
    this.#failures = 0;
    this.#wake.abort();
  }

  /** The client changed: what the old one was reading is dropped, metadata is learned anew. */
  clientChanged(): void {
    this.#learnedAt = null;
    this.#reading.abort(new TwigError('offline', 'The connection changed.', { reason: 'aborted' }));
    this.syncNow();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#reading.abort(new TwigError('offline', 'Twig is closing.', { reason: 'aborted' }));
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#customs = customObjects(await this.#options.mirror.call('objects').catch(() => []));
    while (!this.#stopped) {
      if (this.#wake.signal.aborted) this.#wake = new AbortController();
      if (this.#reading.signal.aborted) this.#reading = new AbortController();
      const wake = this.#wake.signal;
      const client = this.#options.client();
      if (client === null) {
        this.#show(SIGNED_OUT);
        await waitFor(wake);
        continue;
      }
      const pause = await this.#pass(client, this.#reading.signal);
      if (this.#stopped) return;
      try {
        if (pause === null) await waitFor(wake);
        else await this.#options.clock.sleep(pause, wake);
      } catch {
        // Woken early.
      }
    }
  }

  /** One complete pass; answers how long to wait (ms), null until somebody acts. */
  async #pass(client: TwentyClient, signal: AbortSignal): Promise<number | null> {
    try {
      this.#stumbled.clear();
      this.#shown = 0;
      await this.#learn(client, signal);
      const startedAt = this.#options.clock.now();
      const first = await this.#firstPasses(client, signal);
      // What changes while everything is read for the first time is found in the next pass, if that is soon.
      const soon = first && this.#options.clock.now() - startedAt < OVERLAP;
      const changed = soon ? 0 : await this.#deltas(client, signal);
      await this.#sweepOne(client, signal);
      if (first || changed > 0) await this.#options.mirror.call('keepIndex');
      this.#failures = 0;
      this.#options.online(true);
      this.#delay = first || changed > 0 ? SOONEST : Math.min(LATEST, this.#delay * 2);
      const [trouble] = [...this.#stumbled.values(), ...this.#refused.values()];
      this.#show({ phase: 'idle', lastSyncAt: this.#options.clock.now(), message: trouble ?? null, secondsLeft: null });
      return this.#delay;
    } catch (error) {
      return this.#failed(error, signal);
    }
  }

  async #learn(client: TwentyClient, signal: AbortSignal): Promise<void> {
    const now = this.#options.clock.now();
    if (this.#learnedAt !== null && Math.abs(now - this.#learnedAt) < LEARN_EVERY) return;
    const { objects } = await client.learn({ lane: 'sync', signal });
    this.#learnedAt = now;
    this.#refused.clear();
    this.#customs = customObjects(objects);
    this.#labels = new Map(objects.map((meta) => [meta.name, calledAsPeopleDo(meta).labelPlural]));
    await this.#options.learned(objects);
  }

  #objects(): string[] {
    return [...STOCK_ORDER, ...this.#customs].filter((object) => !this.#refused.has(object));
  }

  /** True when something had to be read for the first time. */
  async #firstPasses(client: TwentyClient, signal: AbortSignal): Promise<boolean> {
    const missing: string[] = [];
    for (const object of this.#objects()) {
      const state = await this.#reader.state(object);
      this.#progress.set(object, state.stored, state.total, state.firstDone);
      if (!state.firstDone) missing.push(object);
    }
    if (missing.length === 0) return false;
    this.#show({ phase: 'first', message: null, ...this.#progress.view() });
    for (const object of missing) {
      const survey = async () => {
        const state = await this.#reader.survey(client, object, signal);
        this.#progress.set(object, state.stored, state.total, false);
      };
      await this.#tolerating(object, survey, false);
    }
    this.#progress.begin();
    for (const object of missing) {
      await this.#tolerating(object, async () => {
        await this.#reader.firstPass(client, object, signal, (state) => {
          this.#options.online(true);
          this.#progress.set(object, state.stored, state.total, false);
          this.#show({ phase: 'first', ...this.#progress.view() });
        });
        const state = await this.#reader.state(object);
        this.#progress.set(object, state.stored, state.total, true);
      });
    }
    return true;
  }

  async #deltas(client: TwentyClient, signal: AbortSignal): Promise<number> {
    const now = this.#options.clock.now();
    const seldom = this.#seldomAt === null || Math.abs(now - this.#seldomAt) >= SELDOM_EVERY;
    if (seldom) this.#seldomAt = now;
    this.#show({ phase: 'delta' });
    let changed = 0;
    const due = this.#objects().filter(
      (object) => seldom || (object !== 'workspaceMember' && !this.#customs.includes(object)),
    );
    for (const object of await this.#reader.changed(client, due, signal)) {
      await this.#tolerating(object, async () => {
        changed += await this.#reader.delta(client, object, signal);
      });
    }
    return changed;
  }

  /** Compares ids of the object whose turn it is, at most one per pass. */
  async #sweepOne(client: TwentyClient, signal: AbortSignal): Promise<void> {
    const now = this.#options.clock.now();
    for (const object of this.#objects()) {
      const { sweptAt } = await this.#reader.state(object);
      if (Math.abs(now - sweptAt) < SWEEP_EVERY) continue;
      await this.#tolerating(object, () => this.#reader.sweep(client, object, signal));
      return;
    }
  }

  /** What one object refuses does not stop the others. `reads` when the work proves that the object is shown. */
  async #tolerating(object: string, work: () => Promise<void>, reads = true): Promise<void> {
    if (this.#refused.has(object) || this.#stumbled.has(object)) return;
    try {
      await work();
      if (!reads) return;
      this.#shown += 1;
      this.#options.answered(object, true);
    } catch (error) {
      // A server that stumbles at everything is down; at one thing, the rest goes on.
      if (isTwigError(error) && error.kind === 'server' && (this.#shown > 0 || this.#stumbled.size === 0)) {
        this.#stumbled.set(object, error.message);
        return;
      }
      const own = isTwigError(error) && ['forbidden', 'notFound', 'rejected', 'refused'].includes(error.kind);
      if (!own || error.reason === 'badCursor') throw error;
      const forbidden = error.kind === 'forbidden';
      if (forbidden) this.#options.answered(object, false);
      this.#refused.set(object, forbidden ? this.#mayNotRead(object, error) : error.message);
      this.#progress.set(object, 0, 0, true);
    }
  }

  #mayNotRead(object: string, error: TwigError): string {
    const label = this.#labels.get(object);
    return label === undefined
      ? error.message
      : `Your key may not read ${label.toLowerCase()}. A workspace administrator can allow it.`;
  }

  #failed(cause: unknown, signal: AbortSignal): number | null {
    if (signal.aborted) return 0;
    const error = isTwigError(cause)
      ? cause
      : new TwigError('server', 'The sync met something unexpected and will try again.', { cause });
    this.#failures += 1;
    const backOff = (longest: number) => Math.min(longest, FIRST_RETRY * 2 ** (this.#failures - 1));
    switch (error.kind) {
      case 'offline':
        this.#options.online(false);
        this.#show({ phase: 'offline', message: error.message });
        return backOff(LATEST);
      case 'rateLimited': {
        this.#options.online(true);
        this.#show({ phase: 'waiting', message: error.message });
        const until = error.retryAt ?? 0;
        return Math.max(1_000, until - this.#options.clock.now(), error.retryAt === null ? 30_000 : 0);
      }
      case 'unauthorized':
        this.#options.online(true);
        this.#show({ phase: 'failed', message: error.message });
        return null;
      default:
        this.#show({ phase: 'failed', message: error.message });
        return backOff(LATEST);
    }
  }

  #show(change: Partial<SyncStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#options.status();
  }
}

function waitFor(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
