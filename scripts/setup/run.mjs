import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
/** Where set-up keeps what it fetched and prepared; not under version control. */
export const cache = join(root, '.runtime');
export const isRoot = process.getuid?.() === 0;

/** Ends a script with a sentence for the person at the terminal and no stack. */
export class Stop extends Error {}

/** One line of progress. Goes to standard error, so that a script's standard output is its answer. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {{ uid: number, gid: number } | null} [user] who runs it; the current user when absent
 * @property {boolean} [capture] collect both outputs instead of showing them
 * @property {string} [input] sent to standard input
 * @property {number} [timeout] milliseconds, after which it is ended
 */

/**
 * Runs a command to its end. A command that cannot be started has status 127.
 * Its standard output is shown on standard error, see `say`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function run(command, args, { cwd = root, env = process.env, user, capture, input, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const shown = capture ? 'pipe' : 2;
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      stdio: [input === undefined ? 'ignore' : 'pipe', shown, shown],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += part));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    // Ctrl+C ends what runs, and then this script in its own order, so that it can clean up.
    let interrupted = false;
    const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
      interrupted = true;
      child.kill(signal);
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const end = (/** @type {number} */ status) => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      if (interrupted) reject(new Stop('Interrupted.'));
      else resolve({ status, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** The Node for the tool chain (24, from node_modules) or, where it is missing, the one that runs this. */
export function toolNode(checkout = root) {
  const own = join(checkout, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/**
 * Runs a script of a package in node_modules with the tool chain's Node, which is the first on the
 * PATH for what that starts in turn.
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {RunOptions} [options] `cwd` is the checkout whose node_modules is meant
 */
export function runTool(script, args, options = {}) {
  const { cwd = root, env = process.env } = options;
  const node = toolNode(cwd);
  const { PATH, Path, ...rest } = env;
  const path = [dirname(node), PATH ?? Path ?? ''].join(delimiter);
  return run(node, [join(cwd, 'node_modules', script), ...args], { ...options, env: { ...rest, PATH: path } });
}

/**
 * Runs a script's work: a Stop becomes its sentence and exit code 1.
 * @param {() => Promise<number>} work answers with the exit code
 */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(`\n${error.message}`);
    process.exitCode = 1;
  }
}
