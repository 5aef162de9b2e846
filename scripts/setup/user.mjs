import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { linkApp } from './electron.mjs';
import { cache, isRoot, root, run, Stop, say, toolNode } from './run.mjs';

/**
 * @typedef {object} User an ordinary user of this machine
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {string} home
 */

/** @returns {User | null} */
function find(/** @type {(user: User) => boolean} */ wanted) {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name = '', , uid, gid, , home = ''] = line.split(':');
    const user = { name, uid: Number(uid), gid: Number(gid), home };
    if (name && wanted(user)) return user;
  }
  return null;
}

/**
 * Electron's sandbox refuses root, and we do not switch it off: what root starts runs as the user
 * behind sudo, else as a system user called `twig` that is made for it.
 * @returns {Promise<User | null>} null when the current user is an ordinary one
 */
export async function ordinaryUser() {
  if (!isRoot) return null;
  const behindSudo = Number(process.env.SUDO_UID ?? 0);
  const known = (behindSudo && find(({ uid }) => uid === behindSudo)) || find(({ name }) => name === 'twig');
  if (known) return known;
  const home = '/var/lib/twig';
  const args = [
    '--system',
    '--user-group',
    '--create-home',
    '--home-dir',
    home,
    '--shell',
    '/usr/sbin/nologin',
    'twig',
  ];
  const made = await run('useradd', args, { capture: true });
  const user = find(({ name }) => name === (made.status === 0 ? 'twig' : 'nobody'));
  if (!user) throw new Stop(`No ordinary user could be made to run this as: ${made.output.trim()}`);
  return user;
}

/** Gives a folder and all in it to a user. */
function give(/** @type {string} */ folder, /** @type {User} */ user) {
  chownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) give(path, user);
    else lchownSync(path, user.uid, user.gid);
  }
}

/** A new temporary folder that belongs to `user` (or to the current one). */
export function temporaryFolder(/** @type {string} */ purpose, /** @type {User | null} */ user) {
  const folder = mkdtempSync(join(process.platform === 'linux' ? '/tmp' : tmpdir(), `twig-${purpose}-`));
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Can that user read the checkout and run the programs in it? */
async function canUse(/** @type {User} */ user, /** @type {readonly string[]} */ programs) {
  const needed = ['package.json', 'main/index.ts', 'node_modules/playwright/package.json'];
  const files = needed.map((path) => join(root, path));
  const script = 'for file do test -r "$file" || exit 1; done';
  const readable = await run('sh', ['-c', script, 'sh', ...files], { user, cwd: '/', capture: true });
  const ran = await Promise.all(
    programs.map((program) => run('test', ['-x', program], { user, cwd: '/', capture: true })),
  );
  return [readable, ...ran].every(({ status }) => status === 0);
}

/**
 * @typedef {object} Place where an ordinary user finds the checkout
 * @property {string} checkout
 * @property {string} executable of Electron; empty when none was asked for
 * @property {() => void} leave removes what was made for it
 */

/**
 * The checkout as `user` can use it: in place, or, when it lies in a private folder such as /root,
 * as a copy that belongs to that user.
 * @param {User | null} user
 * @param {import('./electron.mjs').Runtime | null} runtime null when no Electron is needed
 * @returns {Promise<Place>}
 */
export async function placeFor(user, runtime) {
  const executable = runtime?.executable ?? '';
  const startable = !runtime || !/\s/.test(root) || (await namespacesOpen(user));
  if (!user || (startable && (await canUse(user, executable ? [toolNode(), executable] : [toolNode()])))) {
    return { checkout: root, executable, leave: () => undefined };
  }
  say(`The user ${user.name} cannot run what is in this folder, and gets a copy of it for the time being.`);
  const checkout = temporaryFolder('checkout', user);
  const copy = (/** @type {string} */ path) =>
    cpSync(join(root, path), join(checkout, path), { recursive: true, verbatimSymlinks: true });
  const kept = new Set(['.git', 'release', 'test-results', relative(root, cache)]);
  for (const name of readdirSync(root)) if (!kept.has(name)) copy(name);
  if (runtime) {
    copy(relative(root, runtime.folder));
    linkApp(join(checkout, relative(root, runtime.folder)), checkout);
  }
  give(checkout, user);
  return {
    checkout,
    executable: runtime ? join(checkout, relative(root, executable)) : '',
    leave: () => rmSync(checkout, { recursive: true, force: true }),
  };
}

/** May that user make user namespaces? Then the sandbox works as it is. */
async function namespacesOpen(/** @type {User | null} */ user) {
  if (process.platform !== 'linux') return true;
  const made = await run('unshare', ['--user', '--map-root-user', 'true'], { user, cwd: '/', capture: true });
  return made.status === 0;
}

/**
 * Where user namespaces are closed to ordinary users, the sandbox needs Chromium's own setuid
 * helper, which only root can arm, and which cannot start from a path with a space in it.
 * @param {User | null} user who will run Electron
 * @param {string} folder of that Electron
 */
export async function ensureSandbox(user, folder) {
  const helper = join(folder, 'chrome-sandbox');
  if (!existsSync(helper) || (await namespacesOpen(user))) return;
  if (/\s/.test(folder)) {
    throw new Stop(
      'On this system the sandbox cannot start from a folder with a space in its name. Move this one, then try again.',
    );
  }
  const { uid, mode } = statSync(helper);
  if (uid === 0 && (mode & 0o4000) !== 0) return;
  if (!isRoot) {
    throw new Stop(
      `The sandbox needs one permission on this system. Paste this line, then try again:\n\n  sudo sh -c "chown root:root ${helper} && chmod 4755 ${helper}"\n`,
    );
  }
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}
