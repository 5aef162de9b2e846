import { Worker } from 'node:worker_threads';
import { isTwigError, TwigError } from '../../../shared/errors';
import { Mirror, type MirrorOptions, type Opening } from './mirror';

/** What can be asked of the copy from another thread. */
export type MirrorMethod =
  | 'put'
  | 'remove'
  | 'setOverlay'
  | 'resetOverlays'
  | 'state'
  | 'setState'
  | 'objects'
  | 'setObjects'
  | 'record'
  | 'title'
  | 'card'
  | 'timeline'
  | 'related'
  | 'targets'
  | 'members'
  | 'list'
  | 'search'
  | 'duplicates'
  | 'startSweep'
  | 'compareSweep'
  | 'unseen'
  | 'keepIndex';

/** Milliseconds of work between two requests: less than a person notices. */
const SLICE = 8;
/** What somebody who types waits for. */
const ASKED: ReadonlySet<MirrorMethod> = new Set(['search', 'list', 'card']);
/** Milliseconds after such a question in which nothing is begun that the next letter would have to wait for. */
const QUIET = 100;

export type WorkerRequest =
  | { id: number; type: 'open'; options: MirrorOptions }
  | { id: number; type: 'verify'; options: MirrorOptions }
  | { id: number; type: 'rebuild'; now: number }
  | { id: number; type: 'close' }
  | { id: number; type: 'call'; method: MirrorMethod; args: unknown[] };

export type WorkerAnswer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: ReturnType<TwigError['toJSON']> };

/** Answers requests about one copy, in the order they come. Runs in the worker, or in tests in this thread. */
export class MirrorHost {
  #mirror: Mirror | null = null;
  #options: MirrorOptions | null = null;
  #waiting = false;
  /** Epoch milliseconds until which somebody who types is likely to ask again. */
  #quietUntil = 0;

  handle(request: WorkerRequest): WorkerAnswer {
    try {
      const value = this.#answer(request);
      if (request.type === 'call' && ASKED.has(request.method)) this.#quietUntil = Date.now() + QUIET;
      this.#later();
      return { id: request.id, ok: true, value };
    } catch (error) {
      const known = isTwigError(error)
        ? error
        : new TwigError('corrupt', 'The local copy could not answer. Restart Twig; if it happens again, sync anew.');
      return { id: request.id, ok: false, error: known.toJSON() };
    }
  }

  /** Uses the time between requests for what can wait. */
  #later(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    const work = (): void => {
      const quiet = this.#quietUntil - Date.now();
      if (quiet > 0 && quiet <= QUIET) {
        setTimeout(work, quiet);
        return;
      }
      this.#waiting = false;
      try {
        if (this.#mirror?.work(SLICE)) this.#later();
      } catch {
        // The next request meets the same damage and answers it.
      }
    };
    setImmediate(work);
  }

  #answer(request: WorkerRequest): unknown {
    switch (request.type) {
      case 'open':
        this.#options = request.options;
        this.#mirror = Mirror.open(request.options);
        return this.#mirror.opening();
      case 'verify':
        Mirror.verify(request.options);
        return null;
      case 'rebuild': {
        if (!this.#options || !this.#mirror) throw new TwigError('invalid', 'The local copy is not open.');
        const setAside = this.#mirror.abandon(request.now);
        this.#mirror = Mirror.open(this.#options);
        return { ...this.#mirror.opening(), setAside };
      }
      case 'close':
        this.#mirror?.close();
        this.#mirror = null;
        return null;
      case 'call': {
        if (!this.#mirror) throw new TwigError('invalid', 'The local copy is not open.');
        const method = this.#mirror[request.method] as (...args: unknown[]) => unknown;
        return method.apply(this.#mirror, request.args);
      }
    }
  }
}

/** The copy as the rest of the workspace uses it, wherever it runs. */
export class MirrorChannel {
  readonly #send: (request: WorkerRequest) => Promise<WorkerAnswer>;
  readonly #stop: () => Promise<void>;
  #next = 0;
  #recovering: Promise<void> | null = null;
  #options: MirrorOptions | null = null;
  /** Called after a damaged file was set aside and an empty copy opened. */
  onRebuilt: ((opening: Opening) => void) | null = null;
  /** Epoch milliseconds, for naming a damaged file. */
  readonly #now: () => number;

  constructor(send: (request: WorkerRequest) => Promise<WorkerAnswer>, stop: () => Promise<void>, now: () => number) {
    this.#now = now;
    this.#send = send;
    this.#stop = stop;
  }

  open(options: MirrorOptions): Promise<Opening> {
    this.#options = options;
    return this.#ask({ id: this.#id(), type: 'open', options }) as Promise<Opening>;
  }

  /** Looks for damage without keeping questions waiting; what is damaged is set aside and read anew. */
  async verify(): Promise<void> {
    if (this.#options === null) return;
    try {
      await this.#ask({ id: this.#id(), type: 'verify', options: this.#options });
    } catch (error) {
      if (isTwigError(error) && error.kind === 'corrupt') await this.#recover();
    }
  }

  /** Asks the copy. When its file turns out damaged, it is set aside, an empty one is opened and asked instead. */
  async call<M extends MirrorMethod>(method: M, ...args: Parameters<Mirror[M]>): Promise<ReturnType<Mirror[M]>> {
    const ask = () => this.#ask({ id: this.#id(), type: 'call', method, args }) as Promise<ReturnType<Mirror[M]>>;
    try {
      return await ask();
    } catch (error) {
      if (!isTwigError(error) || error.kind !== 'corrupt') throw error;
      await this.#recover();
      return ask();
    }
  }

  async close(): Promise<void> {
    await this.#ask({ id: this.#id(), type: 'close' });
    await this.#stop();
  }

  #recover(): Promise<void> {
    this.#recovering ??= this.#rebuild().finally(() => {
      this.#recovering = null;
    });
    return this.#recovering;
  }

  async #rebuild(): Promise<void> {
    const opening = (await this.#ask({ id: this.#id(), type: 'rebuild', now: this.#now() })) as Opening;
    this.onRebuilt?.(opening);
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }

  async #ask(request: WorkerRequest): Promise<unknown> {
    const answer = await this.#send(request);
    if (answer.ok) return answer.value;
    throw new TwigError(answer.error.kind, answer.error.message, answer.error);
  }
}

/** Runs the copy in this thread: for tests, and where no worker script is given. */
export function mirrorInThread(now: () => number): MirrorChannel {
  const host = new MirrorHost();
  return new MirrorChannel(
    async (request) => host.handle(request),
    async () => undefined,
    now,
  );
}

/** Runs the copy in a worker thread. One that dies fails what was asked of it; the next question starts another. */
export function mirrorInWorker(script: string, now: () => number): MirrorChannel {
  const waiting = new Map<number, { resolve: (answer: WorkerAnswer) => void; reject: (error: TwigError) => void }>();
  let opened: WorkerRequest | null = null;
  let worker: Worker | null = null;
  const start = (): Worker => {
    const started = new Worker(script);
    const died = (cause?: unknown): void => {
      if (worker !== started) return;
      worker = null;
      const error = new TwigError('refused', 'The local copy stopped for a moment. Try again.', { cause });
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('message', (answer: WorkerAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
    started.on('error', died);
    started.on('exit', () => died());
    if (opened !== null) started.postMessage(opened);
    return started;
  };
  return new MirrorChannel(
    (request) =>
      new Promise((resolve, reject) => {
        if (request.type === 'verify') {
          // It takes a second at 100,000 people: in a thread of its own, which ends with it.
          verifyIn(new Worker(script), request, resolve);
          return;
        }
        worker ??= start();
        if (request.type === 'open') opened = request;
        waiting.set(request.id, { resolve, reject });
        worker.postMessage(request);
      }),
    async () => {
      const last = worker;
      worker = null;
      await last?.terminate();
    },
    now,
  );
}

function verifyIn(worker: Worker, request: WorkerRequest, resolve: (answer: WorkerAnswer) => void): void {
  const done = (answer: WorkerAnswer): void => {
    resolve(answer);
    void worker.terminate();
  };
  worker.once('message', done);
  // A check that cannot be made says nothing about the file.
  worker.once('error', () => done({ id: request.id, ok: true, value: null }));
  worker.unref();
  worker.postMessage(request);
}
