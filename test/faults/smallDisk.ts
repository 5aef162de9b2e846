import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A small file system that can be filled to the last byte. */
export interface SmallDisk {
  directory: string;
  /** The command that reaches it: it is mounted in a namespace of its own. */
  around: readonly string[];
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): void;
}

const NAMESPACE = ['--user', '--map-root-user', '--mount'];
const mount = (directory: string, bytes: number): string => `mount -t tmpfs -o size=${bytes} twig '${directory}'`;

/** May this user mount a file system in a namespace of its own? */
export function canMount(): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('unshare', [...NAMESPACE, 'sh', '-c', mount(tmpdir(), 65_536)]).status === 0;
}

export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const directory = mkdtempSync(join(tmpdir(), 'twig-disk-'));
  // Holds the namespace, and with it the file system, until its input ends.
  const holder = spawn('unshare', [...NAMESPACE, 'sh', '-c', `${mount(directory, bytes)} && echo ready && exec cat`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const around = ['nsenter', `--target=${holder.pid}`, '--user', '--mount', '--preserve-credentials', '--'];
  const [command = '', ...into] = around;
  const ballast = join(directory, 'ballast');
  const inside = (script: string) => runFile(command, [...into, 'sh', '-c', script]);
  return {
    directory,
    around,
    fill: async () => void (await inside(`cat /dev/zero > '${ballast}' 2>&- || true`)),
    free: async () => void (await inside(`rm -f '${ballast}'`)),
    remove() {
      holder.kill();
      rmdirSync(directory);
    },
  };
}
