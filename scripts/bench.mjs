import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cache, main, root, toolNode } from './setup/run.mjs';

/**
 * `npm run bench`: every figure beside a baseline of the same run, as a table; `-- --json` as JSON.
 * Bundled first, so that what is measured is code as it ships.
 */
await main(async () => {
  await ensureDependencies();
  const { build } = await import('vite');
  const outDir = join(cache, 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test/bench/run.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'run.mjs' } },
    },
  });
  return new Promise((resolve) => {
    const args = ['--expose-gc', '--max-old-space-size=8192', join(outDir, 'run.mjs'), ...process.argv.slice(2)];
    spawn(toolNode(), args, { cwd: root, stdio: 'inherit' }).on('close', (code) => resolve(code ?? 1));
  });
});
