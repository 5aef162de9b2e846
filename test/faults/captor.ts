import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Done, Order, Orders, Place } from './captor/child';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the app's main process does with a workspace, in a process that can be killed like it. */
export interface Captor {
  /** Gives an order and answers with what came of it; rejects with CaptorGone when the process ends first. */
  ask<N extends keyof Orders>(name: N, ...args: Parameters<Orders[N]>): Promise<Awaited<ReturnType<Orders[N]>>>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  readonly gone: boolean;
}

/** The process ended before it answered: whether the order was carried out is unknown. */
export class CaptorGone extends Error {}
/** The workspace refused, with the sentence a person would read. */
export class CaptorRefused extends Error {
  readonly kind: string | null;
  constructor(message: string, kind: string | null) {
    super(message);
    this.kind = kind;
  }
}

let built: Promise<string> | null = null;

/** Bundles the child and the copy's worker as the app is bundled, once per file of tests; answers their folder. */
export function buildCaptor(): Promise<string> {
  built ??= (async () => {
    const { build } = await import('vite');
    const outDir = mkdtempSync(join(tmpdir(), 'twig-captor-'));
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      ssr: { noExternal: true, external: ['libsql'] },
      build: {
        ssr: true,
        outDir,
        emptyOutDir: true,
        target: 'node18',
        rolldownOptions: {
          input: {
            child: join(root, 'test/faults/captor/child.ts'),
            'mirror.worker': join(root, 'main/workspace/mirror.worker.ts'),
          },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    });
    return outDir;
  })();
  return built;
}

/**
 * Starts the child on the Node inside the app's own Electron and opens the workspace in it.
 * @param around a command to run it with, such as `nsenter …`
 */
export async function startCaptor(place: Omit<Place, 'mirrorWorker'>, around: readonly string[] = []): Promise<Captor> {
  const electron = process.env.TWIG_ELECTRON;
  if (!electron) throw new Error('These tests need the app: run them with npm run test:faults');
  const scripts = await buildCaptor();
  const [command = electron, ...args] = [...around, electron, join(scripts, 'child.cjs')];
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_PATH: join(root, 'node_modules') },
  });
  const captor = handleOf(child);
  await captor.ask('open', { ...place, mirrorWorker: join(scripts, 'mirror.worker.cjs') });
  return captor;
}

function handleOf(child: ChildProcess): Captor {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let next = 0;
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      gone = true;
      for (const { reject } of waiting.values()) reject(new CaptorGone('The process ended.'));
      waiting.clear();
      resolve();
    });
  });
  child.on('message', (done: Done) => {
    const asked = waiting.get(done.id);
    waiting.delete(done.id);
    if (done.ok) asked?.resolve(done.value);
    else asked?.reject(new CaptorRefused(done.message, done.kind));
  });
  return {
    get gone() {
      return gone;
    },
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (gone || !child.connected) return reject(new CaptorGone('The process ended.'));
        next += 1;
        waiting.set(next, { resolve: resolve as (value: unknown) => void, reject });
        const order: Order = { id: next, name, args };
        child.send(order, () => undefined);
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
