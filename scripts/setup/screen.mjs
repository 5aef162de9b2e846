import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRoot, run, Stop } from './run.mjs';
import { temporaryFolder } from './user.mjs';

/** Is there a display to show windows on? */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Polls until `ready` answers true; 20 seconds at most. */
async function until(/** @type {string} */ what, /** @type {() => Promise<boolean>} */ ready) {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await ready()) return;
    await wait(100);
  }
  throw new Stop(`${what} did not start.`);
}

/** What a started program may inherit: nothing of the desktop, npm or sudo around this script. */
export function withoutSession(/** @type {NodeJS.ProcessEnv} */ env) {
  const session = /^(XDG_|DBUS_|WAYLAND_|XAUTHORITY$|DISPLAY$|SUDO_|GNOME_|npm_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !session.test(name)));
}

/**
 * Runs `work` on a desktop of its own: a virtual screen, a session bus, an unlocked keyring, a window
 * manager and a tray. All of it belongs to `user` and is gone afterwards, with its home folder.
 * @template T
 * @param {import('./user.mjs').User | null} user null for the current one
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the environment to start programs with
 * @returns {Promise<T>}
 */
export async function withVirtualDesktop(user, work) {
  const home = temporaryFolder('home', user);
  const runtimeDir = join(home, '.run');
  const temporary = join(home, 'tmp');
  for (const folder of [runtimeDir, temporary]) {
    mkdirSync(folder, { mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
  }
  // An ordinary user cannot make the folder of the X sockets.
  if (isRoot && !existsSync('/tmp/.X11-unix')) {
    mkdirSync('/tmp/.X11-unix');
    chmodSync('/tmp/.X11-unix', 0o1777);
  }
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...withoutSession(process.env),
    LANG: 'C.UTF-8',
    HOME: home,
    TMPDIR: temporary,
    USER: user?.name ?? process.env.USER,
    LOGNAME: user?.name ?? process.env.LOGNAME,
    XDG_RUNTIME_DIR: runtimeDir,
    XDG_SESSION_TYPE: 'x11',
    XDG_CURRENT_DESKTOP: 'GNOME',
  };
  /** @type {import('node:child_process').ChildProcess[]} */
  const started = [];
  const identity = user ? { uid: user.uid, gid: user.gid } : {};

  /**
   * Starts a program that stays, and answers with the first line it writes to descriptor 3 or,
   * without `announces`, at once.
   * @param {string} command
   * @param {readonly string[]} args
   * @param {boolean} [announces]
   * @returns {Promise<string>}
   */
  const stay = (command, args, announces = false) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        ...identity,
        cwd: home,
        env,
        stdio: ['ignore', 'ignore', 'ignore', announces ? 'pipe' : 'ignore'],
      });
      started.push(child);
      child.once('error', () => reject(new Stop(`${command} could not be started.`)));
      child.once('exit', () => reject(new Stop(`${command} ended at once.`)));
      if (!announces) child.once('spawn', () => resolve(''));
      let line = '';
      child.stdio[3]?.on('data', (/** @type {Buffer} */ part) => {
        line += part;
        if (line.includes('\n')) resolve(line.trim());
      });
    });

  const leave = async () => {
    const ended = started.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit'));
    for (const child of started.reverse()) child.kill();
    await Promise.all(ended);
    // What the bus had started ends with it, and may still write a last file.
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  try {
    const display = await stay('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], true);
    env.DISPLAY = `:${display}`;
    env.DBUS_SESSION_BUS_ADDRESS = await stay('dbus-daemon', ['--session', '--nofork', '--print-address=3'], true);
    const keyring = { user, env, cwd: home, input: 'not-a-secret', capture: true, timeout: 20_000 };
    await run('gnome-keyring-daemon', ['--unlock', '--components=secrets'], keyring);
    await stay('openbox', []);
    const asked = { user, env, cwd: home, capture: true };
    await until('The window manager', async () =>
      (await run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], asked)).output.includes('0x'),
    );
    await stay('tint2', []);
    await until('The tray', async () => (await run('xdotool', ['search', '--class', 'tint2'], asked)).status === 0);
    return await work(env);
  } finally {
    await leave();
  }
}
