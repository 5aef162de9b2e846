import { app } from 'electron';
import type { ConnectionView } from '../../shared/app/connections';
import type { HotkeyName, HotkeyState } from '../../shared/app/settings';
import type { AppState } from '../../shared/app/state';
import type { Keyring } from '../vault/sealer';
import type { Notice } from './notices';
import type { SettingsStore } from './settingsStore';

/** Electron before this major is the old runtime that only tests and trials use. */
const OLDEST_SUPPORTED_MAJOR = 43;

export interface StateSources {
  store: SettingsStore;
  hotkeys(): Readonly<Record<HotkeyName, HotkeyState>>;
  tray(): AppState['tray'];
  keyring(): Keyring;
  connections(): ConnectionView[];
  notices(): Notice[];
}

/** Puts the whole state together as windows get it. */
export function assembleState(sources: StateSources): AppState {
  return {
    version: app.getVersion(),
    platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
    fallbackRuntime: Number(process.versions.electron.split('.')[0]) < OLDEST_SUPPORTED_MAJOR,
    settings: sources.store.settings,
    hotkeys: sources.hotkeys(),
    tray: sources.tray(),
    keyring: sources.keyring(),
    connections: sources.connections(),
    activeConnectionId: sources.store.activeConnectionId,
    notices: sources.notices(),
  };
}

/** Calls `push` once per turn of the event loop, however often it is asked to. */
export function coalesce(push: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      push();
    });
  };
}
