import { app } from 'electron';
import { bootTwig } from './desktop/boot';
import { parseArguments, parseDeepLink, type Request } from './desktop/deepLink';
import { registerScheme } from './desktop/protocol';
import type { TwigApp } from './desktop/twigApp';

let twig: TwigApp | null = null;
/** What was asked for before the app stood. */
const early: Request[] = [];

function handle(request: Request | null): void {
  if (!request) return;
  if (twig) twig.handle(request);
  else early.push(request);
}

/** One instance per profile; a second start says what it was asked and ends. */
function main(): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerScheme();
  app.setAppUserModelId('app.twig.desktop');
  // Only an installed Twig answers twig:// links; a checkout would leave a dead entry behind.
  if (app.isPackaged) app.setAsDefaultProtocolClient('twig');
  app.on('second-instance', (_event, argv) => handle(parseArguments(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    handle(parseDeepLink(url));
  });
  // Windows only hide: the hotkeys, the outbox and the tray go on.
  app.on('window-all-closed', () => undefined);
  closeBeforeQuit();
  void app.whenReady().then(async () => {
    const boot = bootTwig(parseArguments(process.argv));
    await boot.framed;
    const { openTwig } = await import('./desktop/twigApp');
    twig = await openTwig(boot);
    for (const request of early.splice(0)) twig.handle(request);
  });
}

/** Lets the outbox and the local copy close their files before the process ends. */
function closeBeforeQuit(): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed || !twig) return;
    event.preventDefault();
    void twig.close().finally(() => {
      closed = true;
      // Not from inside this event: Electron would take its own "prevented" for the later answer and never end.
      setImmediate(() => app.quit());
    });
  });
}

main();
