import type { AppState } from '../../shared/app/state';
import { type TrayActions, TrayIcon, type TrayView } from './tray';
import { hasTrayHost } from './trayHost';

/** The tray icon where the desktop shows one, and the truth about whether it does. */
export class Menubar {
  #icon: TrayIcon | null = null;
  #state: AppState['tray'] = 'starting';
  #view: TrayView = { captureKey: '', contactsKey: '', status: '' };

  get state(): AppState['tray'] {
    return this.#state;
  }

  async open(actions: TrayActions): Promise<AppState['tray']> {
    this.#state = (await hasTrayHost()) ? this.#tryOpen(actions) : 'unavailable';
    return this.#state;
  }

  update(view: TrayView): void {
    this.#view = view;
    this.#icon?.update(view);
  }

  #tryOpen(actions: TrayActions): AppState['tray'] {
    try {
      this.#icon = new TrayIcon(actions);
      this.#icon.update(this.#view);
      return 'shown';
    } catch {
      return 'unavailable';
    }
  }
}

/** The line in the tray menu that says what waits; empty when nothing does. */
export function waitingLine(waiting: number): string {
  if (waiting === 0) return '';
  return waiting === 1 ? '1 change waits to be sent' : `${waiting} changes wait to be sent`;
}
