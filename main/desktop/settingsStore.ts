import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import type { Settings } from '../../shared/app/settings';
import { readLeniently, type Stored, type WindowBounds } from './settingsFields';

/**
 * Settings on disk (electron-store, `settings.json`); never a secret. Each field is checked by its
 * schema when read: a damaged file is copied aside and what can be used of it is kept.
 */
export class SettingsStore {
  readonly #store: Store<Record<string, unknown>>;
  #current: Stored;
  /** Sentence for the user when something was set aside. */
  readonly damage: string | null;

  constructor(directory: string) {
    const path = join(directory, 'settings.json');
    const aside = `${path}.damaged-${Date.now()}`;
    const open = (): Store<Record<string, unknown>> =>
      new Store({ cwd: directory, name: 'settings', accessPropertiesByDotNotation: false, configFileMode: 0o600 });
    let unreadable = false;
    let store: Store<Record<string, unknown>>;
    try {
      store = open();
    } catch {
      if (existsSync(path)) renameSync(path, aside);
      unreadable = true;
      store = open();
    }
    this.#store = store;
    const { stored, damaged } = readLeniently(store.store);
    this.#current = stored;
    if (damaged && !unreadable) copyFileSync(path, aside);
    if (unreadable || damaged) this.#write();
    this.damage =
      unreadable || damaged
        ? `The settings file was damaged. ${unreadable ? 'Settings start afresh' : 'What was readable is kept'}; the old file is beside it as ${aside.slice(directory.length + 1)}.`
        : null;
  }

  get settings(): Settings {
    return this.#current.settings;
  }

  get activeConnectionId(): string | null {
    return this.#current.activeConnectionId;
  }

  get mainBounds(): WindowBounds | null {
    return this.#current.mainBounds;
  }

  /** Changes some fields and writes the file. */
  change(change: Partial<Stored>): void {
    this.#current = { ...this.#current, ...change };
    this.#write();
  }

  #write(): void {
    this.#store.store = { ...this.#current };
  }
}
