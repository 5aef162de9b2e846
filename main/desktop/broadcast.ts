import type { BrowserWindow } from 'electron';
import { type EventName, type EventPayload, events } from '../../shared/contract';

/** Sends an event, checked by its schema, to the windows that are there. */
export class Broadcast {
  readonly #windows: () => readonly (BrowserWindow | null)[];

  constructor(windows: () => readonly (BrowserWindow | null)[]) {
    this.#windows = windows;
  }

  send<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const window of this.#windows()) this.sendTo(window, name, payload);
  }

  sendTo<N extends EventName>(window: BrowserWindow | null, name: N, payload: EventPayload<N>): void {
    if (!window || window.isDestroyed() || window.webContents.isDestroyed()) return;
    window.webContents.send('twig:event', name, events[name].parse(payload));
  }
}
