import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { main, root } from './setup/run.mjs';

/** `npm run -s demo:server -- --dialect old`: an embedded Twenty over HTTP, for trying a client by hand. */
await main(async () => {
  await ensureDependencies();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'main/demo/cli.ts'), { root, configFile: false, logLevel: 'error' });
  const served = await module.demoServer(process.argv.slice(2));
  return typeof served === 'number' ? served : 0;
});
