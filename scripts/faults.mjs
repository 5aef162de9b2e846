import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './setup/run.mjs';

/**
 * `npm run test:faults`: the long run of the fault suite, with 200 kills of the real app and its
 * share of every other fault. TWIG_FAULT_ROUNDS changes how many, TWIG_FAULT_SEED repeats a run.
 */
const env = { ...process.env, TWIG_FAULT_ROUNDS: process.env.TWIG_FAULT_ROUNDS ?? '200' };
const args = [join(root, 'scripts', 'test.mjs'), 'faults', ...process.argv.slice(2)];
spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).on('close', (code) => {
  process.exitCode = code ?? 1;
});
