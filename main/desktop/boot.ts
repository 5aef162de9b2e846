import { join } from 'node:path';
import { app, type BrowserWindow, globalShortcut, ipcMain, nativeTheme, session } from 'electron';
import { type Handlers, routeCommands } from '../ipc/router';
import { coalesce } from './appState';
import { onWayland } from './captureWindow';
import type { Request } from './deepLink';
import { DraftFile } from './draftFile';
import { Hotkeys } from './hotkeys';
import { openLog, type Report } from './log';
import { Notices } from './notices';
import { serveRenderer } from './protocol';
import { enforceSecurity } from './security';
import { SettingsStore } from './settingsStore';
import { Shell } from './shell';

const PRELOAD = join(__dirname, 'preload.cjs');
const RENDERER = join(__dirname, '..', 'renderer');

/** However slow the page is, the workspaces open after so many milliseconds. */
const FRAME_WITHIN_MS = 1_000;

/** What stands before the first workspace opens, and the ways for the rest to join in. */
export interface Boot {
  root: string;
  report: Report;
  store: SettingsStore;
  notices: Notices;
  draft: DraftFile;
  hotkeys: Hotkeys;
  shell: Shell;
  /** Milliseconds from the start of the process until the hotkeys worked. */
  armed: number;
  /** Resolves when the first window's frame stands, or nobody asked for one: the time for everything else. */
  framed: Promise<void>;
  /** Something that windows show changed. */
  changed(): void;
  /** Carries out commands with these from now on; what needs a workspace waits for `opened`. */
  serve(handlers: Handlers, opened: Promise<void>): void;
  /** Who hears of changes, and of keys that were pressed; nobody until then. */
  listen(listener: { changed(): void; activity(): void }): void;
}

/**
 * Arms the hotkeys and shows the window that was asked for. Whatever takes time (the keyring, the
 * workspaces and most of the program) comes after that.
 */
export function bootTwig(first: Request): Boot {
  const root = app.getPath('userData');
  const report = openLog(join(root, 'logs'));
  lastResort(report);
  let listener: { changed(): void; activity(): void } | null = null;
  const changed = coalesce(() => listener?.changed());
  const store = new SettingsStore(root);
  const notices = new Notices(changed);
  if (store.damage) notices.add({ id: 'settings', level: 'warning', message: store.damage });
  nativeTheme.themeSource = store.settings.theme;
  const hotkeys = new Hotkeys(
    globalShortcut,
    { capture: () => shell.showCapture(), contacts: () => shell.showContacts() },
    { pressIsProof: onWayland(), onChange: changed },
  );
  for (const name of ['capture', 'contacts'] as const) {
    const { state: registered, message } = hotkeys.set(name, store.settings.hotkeys[name]);
    if (registered === 'taken') notices.add({ id: `hotkey-${name}`, level: 'warning', message });
  }
  const armed = sinceStart();

  enforceSecurity(app, session.defaultSession);
  serveRenderer(session.defaultSession, RENDERER);
  const draft = new DraftFile(join(root, 'draft.json'));
  const shell = new Shell({
    preload: PRELOAD,
    store,
    draft,
    dark: () => nativeTheme.shouldUseDarkColors,
    onActivity: () => listener?.activity(),
    onPainted: () => report('painted', { ms: sinceStart() }),
  });
  const served = later<{ handlers: Handlers; opened: Promise<void> }>();
  routeCommands(ipcMain, shell.windows, served.promise, report);
  shell.handle(first);
  const framed = firstFrame(shell.mainWindow);
  if (!shell.mainWindow) void shell.loadCapture();
  return {
    root,
    report,
    store,
    notices,
    draft,
    hotkeys,
    shell,
    armed,
    framed,
    changed,
    serve: (handlers, opened) => served.give({ handlers, opened }),
    listen: (who) => {
      listener = who;
    },
  };
}

/** Reading the rest of the program would hold up the page's first files and its painting, which need this thread. */
function firstFrame(window: BrowserWindow | null): Promise<void> {
  if (window === null) return Promise.resolve();
  return new Promise((resolve) => {
    window.once('ready-to-show', () => resolve());
    setTimeout(resolve, FRAME_WITHIN_MS);
  });
}

/** Milliseconds since the system started this process. */
export function sinceStart(): number {
  return Math.round(Date.now() - (process.getCreationTime() ?? Date.now()));
}

function later<T>(): { promise: Promise<T>; give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

/** What nobody caught is noted by its name, and the app goes on: what was approved is on disk already. */
function lastResort(report: Report): void {
  const note = (event: string) => (error: unknown) =>
    report(event, { error: error instanceof Error ? error.name : typeof error });
  process.on('uncaughtException', note('uncaught'));
  process.on('unhandledRejection', note('unhandled'));
}
