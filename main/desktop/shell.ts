import type { BrowserWindow } from 'electron';
import type { DraftInProgress } from '../../shared/capture/draft';
import type { View } from '../../shared/contract';
import type { WindowName } from '../ipc/sender';
import { Broadcast } from './broadcast';
import { CaptureWindow } from './captureWindow';
import type { Request } from './deepLink';
import type { DraftFile } from './draftFile';
import { MainWindow } from './mainWindow';
import type { SettingsStore } from './settingsStore';

export interface ShellOptions {
  preload: string;
  store: SettingsStore;
  draft: DraftFile;
  dark(): boolean;
  /** A key was pressed or a window asked for: a good moment to look for news. */
  onActivity(): void;
  /** The main window has painted its page for the first time. */
  onPainted(): void;
}

/** A page that crashes again within this time is left alone. */
const RELOAD_AFTER_MS = 5_000;

/** The two windows and every way to bring one up. */
export class Shell {
  /** Which of our windows a web contents is; who is not in here may not speak. */
  readonly windows = new Map<number, WindowName>();
  readonly broadcast: Broadcast;
  readonly #options: ShellOptions;
  readonly #main: MainWindow;
  #capture: CaptureWindow | null = null;
  /** A draft that Capture opens with when it is shown next. */
  #opening: DraftInProgress | null = null;

  constructor(options: ShellOptions) {
    this.#options = options;
    const { preload, store, dark } = options;
    this.#main = new MainWindow({
      preload,
      dark,
      bounds: store.mainBounds,
      onBounds: (bounds) => store.change({ mainBounds: bounds }),
      onCreated: (window) => {
        this.#admit(window, 'main');
        window.once('ready-to-show', () => {
          this.#options.onPainted();
          // Not before: two pages that load at once hold each other up.
          void this.loadCapture();
        });
      },
    });
    this.broadcast = new Broadcast(() => [this.#main.window, this.#capture?.window ?? null]);
  }

  /** Makes and loads the hidden capture window, so that the first key press finds it ready. */
  loadCapture(): Promise<void> {
    return this.#captureWindow().load();
  }

  get mainWindow(): BrowserWindow | null {
    return this.#main.window;
  }

  /** Shows Capture, with a draft to open or with what is being typed. */
  showCapture(opening: DraftInProgress | null = null): void {
    if (opening) {
      this.#options.draft.keep(opening);
      this.#opening = opening;
    }
    this.#captureWindow().show();
    this.#options.onActivity();
  }

  hideCapture(): void {
    this.#capture?.hide();
  }

  resizeCapture(height: number): void {
    this.#capture?.resize(height);
  }

  /** Shows the main window on a view. */
  async showMain(view: View, focusSearch = false, focused = true): Promise<void> {
    const window = await this.#main.show(focused);
    this.broadcast.sendTo(window, 'main.show', { view, focusSearch, record: null });
  }

  /** Contacts with the search field focused; Connect while there is nothing to search. */
  showContacts(): void {
    void this.showMain(this.#start(), true);
    this.#options.onActivity();
  }

  #captureWindow(): CaptureWindow {
    if (this.#capture) return this.#capture;
    const { preload, store, dark } = this.#options;
    const capture = new CaptureWindow({
      preload,
      dark,
      hideOnBlur: () => store.settings.hideOnBlur,
      mainVisible: () => this.#main.visible,
      onShown: () => {
        this.broadcast.sendTo(capture.window, 'capture.shown', { draft: this.#opening });
        this.#opening = null;
      },
    });
    this.#admit(capture.window, 'capture');
    this.#capture = capture;
    return capture;
  }

  #start(): View {
    return this.#options.store.activeConnectionId === null ? 'connect' : 'contacts';
  }

  hideMain(): void {
    this.#main.hide();
  }

  /** Does what a command line or a link asks for. A link only ever adds to what is being typed. */
  handle(request: Request): void {
    if (request.type === 'capture') this.showCapture(request.text ? this.#withText(request.text, request.kind) : null);
    else if (request.type === 'contacts') this.showContacts();
    // At start: who is already writing in Capture keeps the keys.
    else if (request.type === 'show') void this.showMain(this.#start(), true, !this.#capture?.window.isVisible());
  }

  #withText(text: string, kind: 'note' | 'task' | null): DraftInProgress {
    const { current } = this.#options.draft;
    if (current.text.trim()) return { ...current, text: `${current.text}\n${text}` };
    return { ...current, text, kind: kind ?? current.kind };
  }

  /** Lets the windows close for good. */
  release(): void {
    this.#capture?.release();
    this.#main.release();
  }

  #admit(window: BrowserWindow, name: WindowName): void {
    const { id } = window.webContents;
    this.windows.set(id, name);
    window.on('closed', () => this.windows.delete(id));
    // A page that crashed holds nothing that main does not: it is loaded again, unless it crashes at once.
    let crashedAt = 0;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      const now = Date.now();
      if (reason === 'clean-exit' || window.isDestroyed() || now - crashedAt < RELOAD_AFTER_MS) return;
      crashedAt = now;
      window.webContents.reload();
    });
  }
}
