import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isRoot, run, Stop, say } from './run.mjs';

/**
 * What Linux must have, and the Debian packages that bring it (one of them, whichever exists there).
 * @typedef {{ library?: string, command?: string, packages: readonly string[] }} Need
 */

/** @type {readonly Need[]} what Electron itself links to or opens */
const forTheApp = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] },
  { library: 'libXss.so.1', packages: ['libxss1'] },
  { library: 'libsecret-1.so.0', packages: ['libsecret-1-0'] },
  { library: 'libnotify.so.4', packages: ['libnotify4'] },
];

/** @type {readonly Need[]} a screen, a window manager, a tray, a keyring, and hands */
const forAVirtualDesktop = [
  { command: 'Xvfb', packages: ['xvfb'] },
  { command: 'openbox', packages: ['openbox'] },
  { command: 'tint2', packages: ['tint2'] },
  { command: 'dbus-daemon', packages: ['dbus'] },
  { command: 'dbus-launch', packages: ['dbus-x11'] },
  { command: 'gnome-keyring-daemon', packages: ['gnome-keyring'] },
  { command: 'secret-tool', packages: ['libsecret-tools'] },
  { command: 'xdotool', packages: ['xdotool'] },
  { command: 'xclip', packages: ['xclip'] },
  { command: 'xev', packages: ['x11-utils'] },
];

function onPath(/** @type {string} */ command) {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin', '/usr/bin'].some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @returns {string} every shared library that the loader knows, as `ldconfig -p` lists them */
function knownLibraries() {
  for (const ldconfig of ['/sbin/ldconfig', '/usr/sbin/ldconfig', 'ldconfig']) {
    try {
      return execFileSync(ldconfig, ['-p'], { encoding: 'utf8' });
    } catch {
      // Another place then.
    }
  }
  return '';
}

function missing(/** @type {readonly Need[]} */ needs) {
  const libraries = knownLibraries();
  return needs.filter(({ library, command }) => {
    if (command) return !onPath(command);
    return libraries !== '' && !libraries.includes(`${library} `);
  });
}

/** @returns {Promise<string[]>} for each need the first of its packages that this Debian or Ubuntu has */
async function packagesOf(/** @type {readonly Need[]} */ needs) {
  return Promise.all(
    needs.map(async ({ packages }) => {
      for (const name of packages) {
        const { status, output } = await run('apt-cache', ['show', '--no-all-versions', name], { capture: true });
        if (status === 0 && output.includes('Package:')) return name;
      }
      return packages.at(-1) ?? '';
    }),
  );
}

/**
 * On Linux, sees to the system's libraries: installs what is missing when it may (root on Debian or
 * Ubuntu), else names it in one line to paste and stops. Elsewhere there is nothing to do.
 * @param {{ virtualDesktop: boolean }} options whether a screen without a display is needed as well
 */
export async function ensureLibraries({ virtualDesktop }) {
  if (process.platform !== 'linux') return;
  const needs = virtualDesktop ? [...forTheApp, ...forAVirtualDesktop] : forTheApp;
  const lacking = missing(needs);
  if (lacking.length === 0) return;
  if (!onPath('apt-get')) {
    const names = lacking.map(({ library, command }) => library ?? command).join(', ');
    throw new Stop(`This system lacks: ${names}. Install them with its package manager, then try again.`);
  }
  if (!isRoot) {
    const names = (await packagesOf(lacking)).join(' ');
    throw new Stop(
      `This system lacks some packages. Paste this line, then try again:\n\n  sudo apt-get update && sudo apt-get install -y ${names}\n`,
    );
  }
  say('Installing system packages (apt-get) ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, capture: true });
  const names = await packagesOf(lacking);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  const { status, output } = await run('apt-get', args, { env, capture: true });
  if (status !== 0) {
    say(output.trim().split('\n').slice(-8).join('\n'));
    throw new Stop(`These packages could not be installed: ${names.join(' ')}.`);
  }
}
