import { join } from 'node:path';
import { app, globalShortcut, ipcMain, nativeTheme, powerMonitor, safeStorage, session } from 'electron';
import type { HotkeyName, HotkeyState, SettingsChange } from '../../shared/app/settings';
import type { AppState } from '../../shared/app/state';
import { createConnections } from '../connections/boot';
import { createHandlers } from '../ipc/handlers';
import { createRecordActions } from '../ipc/recordActions';
import { routeCommands } from '../ipc/router';
import { electronSealer } from '../vault/sealer';
import { Vault } from '../vault/vault';
import { assembleState, coalesce } from './appState';
import { onWayland } from './captureWindow';
import type { Request } from './deepLink';
import { DraftFile } from './draftFile';
import { Hotkeys } from './hotkeys';
import { openLog, type Report } from './log';
import { setLaunchAtLogin } from './loginItem';
import { setApplicationMenu } from './menu';
import { Menubar, waitingLine } from './menubar';
import { matonOriginForTrials, openNetwork } from './network';
import { Notices } from './notices';
import { createOutside } from './outside';
import { serveRenderer } from './protocol';
import { enforceSecurity } from './security';
import { SettingsStore } from './settingsStore';
import { Shell } from './shell';

const PRELOAD = join(__dirname, 'preload.cjs');
const RENDERER = join(__dirname, '..', 'renderer');
const MIRROR_WORKER = join(__dirname, 'mirror.worker.cjs');

/** The running app, as the boot list and a second start see it. */
export interface TwigApp {
  handle(request: Request): void;
  close(): Promise<void>;
}

/** Builds every part in the order they need each other. */
export async function startTwig(): Promise<TwigApp> {
  const root = app.getPath('userData');
  const report = openLog(join(root, 'logs'));
  lastResort(report);
  const store = new SettingsStore(root);
  const changed = coalesce(() => onChange());
  const notices = new Notices(changed);
  if (store.damage) notices.add({ id: 'settings', level: 'warning', message: store.damage });
  nativeTheme.themeSource = store.settings.theme;

  enforceSecurity(app, session.defaultSession);
  serveRenderer(session.defaultSession, RENDERER);
  const draft = new DraftFile(join(root, 'draft.json'));
  const shell = new Shell({
    preload: PRELOAD,
    store,
    draft,
    dark: () => nativeTheme.shouldUseDarkColors,
    onActivity: () => connections.syncAll(),
    onPainted: () => report('painted', { ms: sinceStart() }),
  });
  const painted = shell.load();
  const sealer = electronSealer(safeStorage, process.platform, app.commandLine.getSwitchValue('password-store'));
  const vault = new Vault(join(root, 'vault'), sealer);
  const keyring = await vault.keyring();
  const outside = createOutside(() => shell.mainWindow);
  const { connections, connector, signIn, gateway } = createConnections({
    root,
    vault,
    changed,
    fetch: openNetwork(),
    openBrowser: (url) => outside.open(url),
    matonOrigin: matonOriginForTrials(process.env),
    mirrorWorker: MIRROR_WORKER,
    activeId: () => store.activeConnectionId,
    setActiveId: (id) => store.change({ activeConnectionId: id }),
    send: (name, payload) => shell.broadcast.send(name, payload),
    notice: (notice) => notices.add(notice),
  });
  const hotkeys = new Hotkeys(
    globalShortcut,
    { capture: () => shell.showCapture(), contacts: () => shell.showContacts() },
    { pressIsProof: onWayland(), onChange: changed },
  );
  const menubar = new Menubar();
  const state = (): AppState =>
    assembleState({
      store,
      hotkeys: () => hotkeys.states(),
      tray: () => menubar.state,
      keyring: () => keyring,
      connections: () => connections.views(),
      notices: () => notices.list(),
    });
  const onChange = (): void => {
    const { capture, contacts } = store.settings.hotkeys;
    const waiting = connections.all().reduce((sum, workspace) => sum + workspace.outbox.waiting(), 0);
    menubar.update({ captureKey: capture, contactsKey: contacts, status: waitingLine(waiting) });
    shell.broadcast.send('app.state', state());
  };
  const changeSettings = (change: SettingsChange): void => {
    store.change({ settings: { ...store.settings, ...change } });
    if (change.theme) nativeTheme.themeSource = change.theme;
    if (change.launchAtLogin !== undefined) setLaunchAtLogin(app, change.launchAtLogin);
    changed();
  };
  const setHotkey = (name: HotkeyName, accelerator: string): HotkeyState => {
    const result = hotkeys.set(name, accelerator);
    if (result.state !== 'taken') {
      store.change({ settings: { ...store.settings, hotkeys: { ...store.settings.hotkeys, [name]: accelerator } } });
    }
    changed();
    return result;
  };
  const actions = {
    capture: () => shell.showCapture(),
    contacts: () => shell.showContacts(),
    settings: () => void shell.showMain('settings'),
    syncNow: () => connections.syncAll(),
    quit: () => app.quit(),
  };
  const handlers = createHandlers({
    connections,
    connect: connector,
    signIn,
    gateway,
    actions: createRecordActions(
      connections,
      createOutside(() => shell.mainWindow),
    ),
    state,
    dismissNotice: (id) => notices.dismiss(id),
    changeSettings,
    setHotkey,
    pauseHotkeys: (paused) => hotkeys.pause(paused),
    draft,
    capture: {
      show: (opening) => shell.showCapture(opening),
      hide: () => shell.hideCapture(),
      resize: (height) => shell.resizeCapture(height),
    },
    main: { show: (view) => void shell.showMain(view), hide: () => shell.hideMain() },
    toast: (message, undoEntryId) => shell.broadcast.send('toast', { message, undoEntryId, level: 'info' }),
    quit: actions.quit,
  });
  routeCommands(ipcMain, shell.windows, handlers, report);
  setApplicationMenu(actions);
  for (const name of ['capture', 'contacts'] as const) {
    const { state: registered, message } = hotkeys.set(name, store.settings.hotkeys[name]);
    if (registered === 'taken') notices.add({ id: `hotkey-${name}`, level: 'warning', message });
  }
  const armed = sinceStart();
  await connections.load();
  const opened = sinceStart();
  void menubar.open(actions).then((shown) => {
    if (shown === 'unavailable' && !store.settings.seenTrayNotice) {
      const message =
        'This desktop shows no tray icons. The hotkeys and this window work all the same; start Twig again to come back here.';
      notices.add({ id: 'tray', level: 'info', message });
      changeSettings({ seenTrayNotice: true });
    }
    changed();
  });
  powerMonitor.on('resume', () => connections.syncAll());
  app.on('activate', actions.contacts);
  report('started', { electron: process.versions.electron, keyring: keyring.backend, armed, opened });
  return {
    handle: (request) => {
      // The main window need not wait for Capture's page; Capture itself has to.
      if (request.type === 'capture') void painted.then(() => shell.handle(request));
      else shell.handle(request);
    },
    async close() {
      shell.release();
      globalShortcut.unregisterAll();
      await connections.close();
    },
  };
}

/** What nobody caught is noted by its name, and the app goes on: what was approved is on disk already. */
function lastResort(report: Report): void {
  const note = (event: string) => (error: unknown) =>
    report(event, { error: error instanceof Error ? error.name : typeof error });
  process.on('uncaughtException', note('uncaught'));
  process.on('unhandledRejection', note('unhandled'));
}

/** Milliseconds since the system started this process. */
function sinceStart(): number {
  return Math.round(Date.now() - (process.getCreationTime() ?? Date.now()));
}
