import { Menu, Tray } from 'electron';
import { trayImage } from './trayImage';

export interface TrayActions {
  capture(): void;
  contacts(): void;
  syncNow(): void;
  settings(): void;
  quit(): void;
}

export interface TrayView {
  captureKey: string;
  contactsKey: string;
  /** One line under the name: "2 captures wait to be sent". */
  status: string;
}

/** The menubar (tray) icon. Its menu is rebuilt only when its words change, so an open menu stays put. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #actions: TrayActions;
  #shown = '';

  /** Throws where the desktop refuses an icon. */
  constructor(actions: TrayActions) {
    this.#actions = actions;
    this.#tray = new Tray(trayImage());
    this.#tray.on('click', () => {
      if (process.platform !== 'darwin') actions.capture();
    });
  }

  update(view: TrayView): void {
    const key = JSON.stringify(view);
    if (key === this.#shown || this.#tray.isDestroyed()) return;
    this.#shown = key;
    this.#tray.setToolTip(view.status ? `Twig: ${view.status}` : 'Twig');
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Capture', ...accelerator(view.captureKey), click: () => this.#actions.capture() },
        { label: 'Contacts', ...accelerator(view.contactsKey), click: () => this.#actions.contacts() },
        { type: 'separator' },
        ...(view.status ? [{ label: view.status, enabled: false }] : []),
        { label: 'Sync now', click: () => this.#actions.syncNow() },
        { label: 'Settings…', click: () => this.#actions.settings() },
        { type: 'separator' },
        { label: 'Quit Twig', click: () => this.#actions.quit() },
      ]),
    );
  }

  destroy(): void {
    this.#tray.destroy();
  }
}

/** Shown beside the item; the key itself is the global hotkey's. */
function accelerator(key: string): { accelerator?: string; registerAccelerator?: boolean } {
  return key ? { accelerator: key, registerAccelerator: false } : {};
}
