import { chownSync, copyFileSync, cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureRuntime } from './setup/electron.mjs';
import { ensureLibraries } from './setup/libraries.mjs';
import { main, root, run, say, toolNode } from './setup/run.mjs';
import { hasDisplay, withoutSession, withVirtualDesktop } from './setup/screen.mjs';
import { ensureSandbox, ordinaryUser, placeFor, temporaryFolder } from './setup/user.mjs';

/** `npm start`: sets everything up and opens the app; without a display, takes the tour of it. */
await main(async () => {
  const display = hasDisplay();
  if (!display)
    say('There is no display here, so Twig opens on a virtual one and takes the tour of the demo workspace.');
  await ensureLibraries({ virtualDesktop: !display });
  await ensureDependencies();
  const runtime = await ensureRuntime();
  await ensureBuild();

  const user = await ordinaryUser();
  const place = await placeFor(user, runtime);
  await ensureSandbox(user, join(place.executable, '..'));
  if (user) say(`You are root, and the sandbox stays on: Twig runs as the user ${user.name}.`);
  try {
    return display ? await open(place, user) : await tour(place, user);
  } finally {
    place.leave();
  }
});

/**
 * @param {import('./setup/user.mjs').Place} place
 * @param {import('./setup/user.mjs').User | null} user
 */
async function open({ executable }, user) {
  say('Opening Twig. It stays in the menu bar when its windows are closed; quit it there.');
  if (!user) return (await run(executable, process.argv.slice(2))).status;

  const temporary = temporaryFolder('home', user);
  try {
    const { DISPLAY, XAUTHORITY } = process.env;
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...withoutSession(process.env), DISPLAY, HOME: existsSync(user.home) ? user.home : temporary };
    if (XAUTHORITY) {
      env.XAUTHORITY = join(temporary, 'xauthority');
      copyFileSync(XAUTHORITY, env.XAUTHORITY);
      chownSync(env.XAUTHORITY, user.uid, user.gid);
    }
    const session = `/run/user/${user.uid}`;
    if (existsSync(join(session, 'bus'))) {
      env.XDG_RUNTIME_DIR = session;
      env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${session}/bus`;
    }
    return (await run(executable, process.argv.slice(2), { user, cwd: '/', env })).status;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {import('./setup/user.mjs').Place} place
 * @param {import('./setup/user.mjs').User | null} user
 */
async function tour({ checkout, executable }, user) {
  const pictures = temporaryFolder('tour', user);
  try {
    const { status } = await withVirtualDesktop(user, (env) =>
      run(toolNode(checkout), ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'scripts/tour.ts'], {
        cwd: checkout,
        user,
        env: { ...env, TWIG_ELECTRON: executable, TWIG_SCREENSHOTS: pictures },
      }),
    );
    const folder = join(root, 'test-results', 'tour');
    rmSync(folder, { recursive: true, force: true });
    cpSync(pictures, folder, { recursive: true });
    const ending = status === 0 ? 'The tour is done. Its screenshots are in' : 'The tour was cut short. See';
    say(`\n${ending} ${folder}`);
    return status;
  } finally {
    rmSync(pictures, { recursive: true, force: true });
  }
}
