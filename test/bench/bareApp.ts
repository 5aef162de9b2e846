import { chownSync, cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureRuntime } from '../../scripts/setup/electron.mjs';
import { root } from '../../scripts/setup/run.mjs';
import { ensureSandbox, ordinaryUser, temporaryFolder } from '../../scripts/setup/user.mjs';

/** The same Electron with the least app in it, for as long as `work` lasts; told by TWIG_BARE_ELECTRON. */
export async function withBareApp<T>(work: () => Promise<T>): Promise<T> {
  const runtime = await ensureRuntime();
  const user = await ordinaryUser();
  const folder = temporaryFolder('bare', user);
  const app = join(runtime.folder, 'resources', 'app');
  try {
    cpSync(runtime.folder, folder, { recursive: true, verbatimSymlinks: true, filter: (source) => source !== app });
    cpSync(join(root, 'test/bench/bare'), join(folder, 'resources/app'), { recursive: true });
    if (user) chownSync(folder, user.uid, user.gid);
    await ensureSandbox(user, folder);
    process.env.TWIG_BARE_ELECTRON = join(folder, basename(runtime.executable));
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
