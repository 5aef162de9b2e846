import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { launchTwig, until } from '../support/desktop';
import { connectTwenty, synced } from '../support/steps';
import { startServer } from './server';

const PEOPLE = 100_000;
/** Milliseconds after which what a sync or a start leaves to do is done. */
export const SETTLED = 20_000;

/** A profile whose workspace holds 100,000 people; removed by `leave`. */
export interface Profile {
  directory: string;
  leave(): void;
}

export async function largeProfile(say: (line: string) => void): Promise<Profile> {
  say(`desktop: a profile with ${PEOPLE} people`);
  const directory = mkdtempSync(join(tmpdir(), 'twig-profile-'));
  const server = await startServer(PEOPLE);
  const twig = await launchTwig({ userDataDir: directory });
  const page = await connectTwenty(twig, server);
  await synced(page, 10 * 60_000);
  // What a first sync leaves to do (the search index is written) is done in the seconds after it.
  await wait(SETTLED);
  await twig.close();
  // From now on it is offline, as a laptop often is; nothing of the server's work is measured.
  server.stop();
  return { directory, leave: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }) };
}

function bareExecutable(): string {
  const path = process.env.TWIG_BARE_ELECTRON;
  if (!path) throw new Error('The bare app is prepared by npm run bench.');
  return path;
}

/** The bare app, driven like Twig is. */
export async function launchBare(
  hidden: boolean,
): Promise<{ app: ElectronApplication; page: Page; close(): Promise<void> }> {
  const userDataDir = mkdtempSync(join(tmpdir(), 'twig-bare-'));
  const app = await _electron.launch({
    executablePath: bareExecutable(),
    chromiumSandbox: true,
    args: [`--user-data-dir=${userDataDir}`, '--password-store=basic'],
    env: { ...(process.env as Record<string, string>), BARE_HIDDEN: hidden ? '1' : '0' },
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    async close() {
      await app.close();
      rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Milliseconds from the start of the process, as the app itself tells them. */
export interface StartTimes {
  armed: number;
  painted: number;
}

/** A program that runs alone: nothing drives it, and so nothing but itself keeps it busy. */
export interface Alone {
  pid: number;
  times: StartTimes;
  end(): Promise<void>;
}

/** Starts the bare app; resolves when it has told its times. */
export async function bareAlone(hidden = false): Promise<Alone> {
  const userDataDir = mkdtempSync(join(tmpdir(), 'twig-bare-'));
  const child = spawn(bareExecutable(), [`--user-data-dir=${userDataDir}`, '--password-store=basic'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, BARE_HIDDEN: hidden ? '1' : '0' },
  });
  let told = '';
  child.stdout.on('data', (part: Buffer) => {
    told += part.toString();
  });
  const times = await until('the bare app', async () => timesIn(told, !hidden));
  return {
    pid: child.pid ?? 0,
    times,
    async end() {
      await ended(child);
      rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts Twig on a profile; resolves when its log has told its times. */
export async function twigAlone(directory: string, hidden = false): Promise<Alone> {
  const log = join(directory, 'logs', 'twig.log');
  rmSync(log, { force: true });
  const args = [
    `--user-data-dir=${directory}`,
    '--password-store=gnome-libsecret',
    ...(hidden ? ['--background'] : []),
  ];
  const child = spawn(process.env.TWIG_ELECTRON ?? '', args, { stdio: 'ignore' });
  const times = await until('Twig', async () => timesIn(existsSync(log) ? readFileSync(log, 'utf8') : '', !hidden));
  return { pid: child.pid ?? 0, times, end: () => ended(child) };
}

function timesIn(text: string, window: boolean): StartTimes | null {
  const armed = /"armed":(\d+)/.exec(text)?.[1];
  const painted = /(?:"painted":|painted \{"ms":)(\d+)/.exec(text)?.[1];
  return armed && (painted || !window) ? { armed: Number(armed), painted: Number(painted ?? 0) } : null;
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill();
  await exit;
}
