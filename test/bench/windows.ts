import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';
import { ensureBuild } from '../../scripts/setup/build.mjs';
import { ensureRuntime } from '../../scripts/setup/electron.mjs';
import { ensureLibraries } from '../../scripts/setup/libraries.mjs';
import { cache, root, Stop, toolNode } from '../../scripts/setup/run.mjs';
import { withVirtualDesktop } from '../../scripts/setup/screen.mjs';
import { ensureSandbox, ordinaryUser, placeFor } from '../../scripts/setup/user.mjs';
import type { Figure } from './report';

/** Longest a part may take on the desktop, in milliseconds. */
const LONGEST = 15 * 60_000;
const bareScript = (checkout: string): string => join(checkout, relative(root, cache), 'bare.js');

/** True in the process that was started on the desktop, as an ordinary user, to measure. */
export const onDesktop = (): boolean => Boolean(process.env.TWIG_ELECTRON);

/** The script of the plain React list that windows are compared with. */
export const bareList = (): string => bareScript(root);

/** Runs the part called `name` of this very program on a desktop of its own; its windows are on the real Electron. */
export async function runOnDesktop(name: string): Promise<Figure[]> {
  if (process.platform !== 'linux') throw new Stop('What windows do is measured on Linux, on a desktop of its own.');
  await ensureLibraries({ virtualDesktop: true });
  const runtime = await ensureRuntime();
  await ensureBuild();
  await buildBareList();
  const user = await ordinaryUser();
  const place = await placeFor(user, runtime);
  try {
    await ensureSandbox(user, dirname(place.executable));
    const program = process.argv[1] ?? '';
    const copied = join(place.checkout, relative(root, program));
    if (place.checkout !== root) {
      cpSync(dirname(program), dirname(copied), { recursive: true });
      cpSync(bareList(), bareScript(place.checkout));
    }
    const figures = await withVirtualDesktop(user, (env) =>
      output(toolNode(place.checkout), [copied, '--json', '--only', name], {
        cwd: place.checkout,
        env: { ...env, TWIG_ELECTRON: place.executable },
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
      }),
    );
    return JSON.parse(figures) as Figure[];
  } finally {
    place.leave();
  }
}

function output(command: string, args: string[], options: Parameters<typeof spawn>[2]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, timeout: LONGEST, stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout?.on('data', (part: Buffer) => {
      told += part.toString();
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(told) : reject(new Stop('The part on the desktop did not come to its end.')),
    );
  });
}

async function buildBareList(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: cache,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'chrome114',
      rolldownOptions: {
        input: join(root, 'test/bench/bare/list.tsx'),
        output: { format: 'iife', entryFileNames: 'bare.js' },
      },
    },
  });
}
