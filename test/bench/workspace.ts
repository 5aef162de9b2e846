import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../main/twenty/clock';
import type { Clock, TwentyClient } from '../../main/twenty/types';
import type { Workspace } from '../../main/workspace/types';
import { openWorkspace } from '../../main/workspace/workspace';
import { ensureBuild } from '../../scripts/setup/build.mjs';
import { root } from '../../scripts/setup/run.mjs';

/** Obviously not a secret; real keys are random. The copy is encrypted as it is in the app. */
const TEST_KEY = 'ab'.repeat(32);

export interface OpenOptions {
  directory: string;
  client: TwentyClient | null;
  clock?: Clock;
  /** The worker's script as it ships; null keeps the copy in this thread. */
  mirrorWorker?: string | null;
  /** Called whenever something that windows show changed. */
  status?: () => void;
}

/** The script of the copy's worker, as it ships. */
export async function builtWorker(): Promise<string> {
  await ensureBuild();
  return join(root, 'dist/main/mirror.worker.cjs');
}

/** A workspace as the app opens it. */
export function openForBench(options: OpenOptions): Promise<Workspace> {
  return openWorkspace({
    connectionId: 'bench',
    directory: options.directory,
    databaseKey: TEST_KEY,
    client: options.client,
    memberId: null,
    clock: options.clock ?? systemClock,
    events: {
      records: () => undefined,
      outbox: () => undefined,
      status: options.status ?? (() => undefined),
      notice: () => undefined,
    },
    mirrorWorker: options.mirrorWorker ?? null,
    readOnly: false,
  });
}

/** Runs `work` in a folder of its own, on a real disk, and removes it. */
export async function inFolder<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'twig-bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
