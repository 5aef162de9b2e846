import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureRuntime } from './setup/electron.mjs';
import { cache, main, root, runTool, say } from './setup/run.mjs';

/** `npm run dist:dir`: the unpacked package for this platform, in release/. */
await main(async () => {
  await ensureDependencies();
  const runtime = await ensureRuntime();
  await ensureBuild();
  // The runtime without its link to this checkout, which has no place in a package.
  const bare = join(cache, `bare-${process.pid}`);
  const oldConfig = join(cache, `package-${process.pid}.yml`);
  const link = /[\\/]resources[\\/]app$/i;
  try {
    cpSync(runtime.folder, bare, { recursive: true, verbatimSymlinks: true, filter: (path) => !link.test(path) });
    const args = ['--dir', '--publish', 'never', `-c.electronDist=${bare}`, `-c.electronVersion=${runtime.version}`];
    if (runtime.fallback) {
      // The old one has no such fuse yet, and one that is not there cannot be set.
      const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
      writeFileSync(oldConfig, config.replace(/^ *grantFileProtocolExtraPrivileges:.*$/m, ''));
      args.push('--config', oldConfig);
    }
    const { status } = await runTool('electron-builder/cli.js', args);
    if (status === 0 && runtime.fallback) {
      say(
        `\nWarning: this package holds Electron ${runtime.version}, which is old. It is for trying out, never for users.`,
      );
    }
    return status;
  } finally {
    rmSync(bare, { recursive: true, force: true });
    rmSync(oldConfig, { force: true });
  }
});
