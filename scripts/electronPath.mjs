import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureRuntime } from './setup/electron.mjs';
import { main, Stop, say } from './setup/run.mjs';
import { ensureSandbox, ordinaryUser } from './setup/user.mjs';

/** `npm run -s electron:path`: prints the path of an executable that runs the built app. */
await main(async () => {
  await ensureDependencies();
  const runtime = await ensureRuntime();
  await ensureBuild();
  try {
    await ensureSandbox(await ordinaryUser(), runtime.folder);
  } catch (error) {
    // The path is right all the same; who starts it is told what is missing.
    if (!(error instanceof Stop)) throw error;
    say(error.message);
  }
  process.stdout.write(`${runtime.executable}\n`);
  return 0;
});
