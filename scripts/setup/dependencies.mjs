import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { cache, root, run, Stop, say, toolNode } from './run.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked */

/** @returns {Record<string, Locked> | null} what a lock file lists, by folder */
function locked(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Does node_modules hold what package-lock.json asks for? npm notes there what it put in. */
function upToDate() {
  const wanted = locked('package-lock.json');
  const present = locked('node_modules/.package-lock.json');
  if (!wanted) throw new Stop('package-lock.json is missing or damaged. Fetch it again with git.');
  if (!present) return false;
  return Object.entries(wanted).every(([folder, { version, integrity, optional, devOptional, peer }]) => {
    if (folder === '') return true;
    const there = present[folder];
    if (!there) return Boolean(optional || devOptional || peer);
    return there.version === version && there.integrity === integrity;
  });
}

/** The Node that runs this script. */
let thisNode = process.execPath;

/** Moves a Node that runs from inside node_modules out of it: Windows cannot delete a running program. */
function nodeOutOfTheWay() {
  if (!thisNode.startsWith(join(root, 'node_modules') + sep)) return;
  mkdirSync(cache, { recursive: true });
  const moved = join(cache, basename(thisNode));
  renameSync(thisNode, moved);
  thisNode = moved;
}

/** How to start npm: the one that started this script, else the one on the PATH. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /^npm/.test(basename(script))) return { command: thisNode, args: [script] };
  return process.platform === 'win32'
    ? { command: process.env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] }
    : { command: 'npm', args: [] };
}

/**
 * @param {readonly string[]} args of npm
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function runNpm(args, options) {
  const { command, args: first } = npm();
  return run(command, [...first, ...args], options);
}

/** Installs exactly what package-lock.json lists, unless it is there already. */
export async function ensureDependencies() {
  if (!upToDate()) {
    say('Installing the dependencies (npm ci) ...');
    nodeOutOfTheWay();
    const { status, output } = await runNpm(['ci', '--no-fund', '--no-audit', '--loglevel=error'], { capture: true });
    if (status !== 0) {
      say(output.trim());
      throw new Stop('The dependencies could not be installed: see the lines above. A connection is needed this once.');
    }
  }
  await ensureToolNode();
}

/** The `node` package fetches its binary by an install script, which some companies switch off. */
async function ensureToolNode() {
  const folder = join(root, 'node_modules', 'node');
  if (toolNode().startsWith(folder)) return;
  if (existsSync(join(folder, 'installArchSpecificPackage.js'))) {
    await run(thisNode, ['installArchSpecificPackage.js'], { cwd: folder, capture: true });
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (!toolNode().startsWith(folder) && (major < 22 || (major === 22 && minor < 12))) {
    throw new Stop(
      `The tools need Node 22.12 or newer and this is ${process.versions.node}. The project's own copy (the npm package "node") could not be installed: allow its install script, or use a newer Node.`,
    );
  }
}
