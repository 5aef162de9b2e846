import { join } from 'node:path';
import { app, globalShortcut, nativeTheme, powerMonitor, safeStorage } from 'electron';
import type { HotkeyName, HotkeyState, SettingsChange } from '../../shared/app/settings';
import type { AppState } from '../../shared/app/state';
import { createConnections } from '../connections/boot';
import { createHandlers } from '../ipc/handlers';
import { createRecordActions } from '../ipc/recordActions';
import { electronSealer, type Keyring } from '../vault/sealer';
import { Vault } from '../vault/vault';
import { assembleState } from './appState';
import { type Boot, sinceStart } from './boot';
import type { Request } from './deepLink';
import { setLaunchAtLogin } from './loginItem';
import { setApplicationMenu } from './menu';
import { Menubar, waitingLine } from './menubar';
import { matonOriginForTrials, openNetwork } from './network';
import { createOutside } from './outside';

const MIRROR_WORKER = join(__dirname, 'mirror.worker.cjs');

/** The running app, as the boot list and a second start see it. */
export interface TwigApp {
  handle(request: Request): void;
  close(): Promise<void>;
}

/**
 * Opens the workspaces and lets the windows work with them. Loaded after `bootTwig`, so that neither
 * the hotkeys nor the first window wait for it.
 */
export async function openTwig(boot: Boot): Promise<TwigApp> {
  const { root, report, store, notices, draft, hotkeys, shell, changed } = boot;
  const sealer = electronSealer(safeStorage, process.platform, app.commandLine.getSwitchValue('password-store'));
  const vault = new Vault(join(root, 'vault'), sealer);
  let keyring: Keyring = { available: false, backend: '' };
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
    actions: createRecordActions(connections, outside),
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
  setApplicationMenu(actions);
  const opening = open();
  boot.serve(handlers, opening);
  await opening;
  // Not before: half of the truth would look like an app without a workspace.
  boot.listen({ changed: onChange, activity: () => connections.syncAll() });
  changed();
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
  report('started', {
    electron: process.versions.electron,
    keyring: keyring.backend,
    armed: boot.armed,
    opened: sinceStart(),
  });
  return {
    handle: (request) => shell.handle(request),
    async close() {
      shell.release();
      globalShortcut.unregisterAll();
      await connections.close();
    },
  };

  async function open(): Promise<void> {
    keyring = await vault.keyring();
    await connections.load();
  }
}
