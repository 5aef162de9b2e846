import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool, Stop, say } from './run.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, '.built-from');
const inputs = ['main', 'renderer', 'shared', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** A digest of everything a build is made from. */
function sources() {
  const digest = createHash('sha256');
  for (const input of inputs) {
    const names = input.includes('.') ? [''] : readdirSync(join(root, input), { recursive: true, encoding: 'utf8' });
    for (const name of names.sort()) {
      const file = join(root, input, name);
      try {
        digest.update(`${input}/${name}\0`).update(readFileSync(file)).update('\0');
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EISDIR') throw error;
      }
    }
  }
  return digest.digest('hex');
}

/**
 * Builds the app into dist/, unless dist/ was made from these very sources.
 * @param {{ force?: boolean }} [options]
 */
export async function ensureBuild({ force = false } = {}) {
  const wanted = sources();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building the app ...');
  rmSync(dist, { recursive: true, force: true });
  const args = ['build', '--app', '--configLoader', 'runner', '--logLevel', 'warn'];
  const { status, output } = await runTool('vite/bin/vite.js', args, { capture: true });
  if (status !== 0) {
    say(output.trim());
    throw new Stop('The app could not be built: see the lines above.');
  }
  writeFileSync(stamp, wanted);
}
