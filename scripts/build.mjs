import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { main } from './setup/run.mjs';

/** `npm run build`: makes dist/ anew. */
await main(async () => {
  await ensureDependencies();
  await ensureBuild({ force: true });
  return 0;
});
