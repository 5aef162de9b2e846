import { BrowserWindow, screen } from 'electron';
import { APP_ORIGIN } from '../ipc/origin';
import { placeMain, type Rectangle } from './placement';
import { SAFE_WEB_PREFERENCES } from './security';
import type { WindowBounds } from './settingsFields';

export interface MainWindowOptions {
  preload: string;
  bounds: WindowBounds | null;
  onBounds(bounds: Rectangle): void;
  onCreated(window: BrowserWindow): void;
  dark(): boolean;
}

/** How long a closed main window keeps its page before the memory is given back. */
const KEEP_LOADED_MS = 5 * 60_000;

/** The main window: made when first shown, hidden by closing, so that the next key press finds it ready. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #loaded: Promise<void> = Promise.resolve();
  #quitting = false;
  #bounds: WindowBounds | null;
  #release: NodeJS.Timeout | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#bounds = options.bounds;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  get visible(): boolean {
    return this.#window?.isVisible() === true;
  }

  /** Lets the window be destroyed; until then closing only hides it. */
  release(): void {
    this.#quitting = true;
    if (this.#release) clearTimeout(this.#release);
  }

  /** Shows it, focused unless told otherwise; resolves when its page is loaded. */
  async show(focused = true): Promise<BrowserWindow> {
    if (this.#release) clearTimeout(this.#release);
    const window = this.#window ?? this.#create();
    if (window.isMinimized()) window.restore();
    if (focused) {
      window.show();
      window.focus();
    } else {
      window.showInactive();
    }
    await this.#loaded;
    if (focused && !window.isDestroyed()) window.webContents.focus();
    return window;
  }

  hide(): void {
    if (!this.#window?.isVisible()) return;
    this.#window.hide();
    this.#release = setTimeout(() => this.#window?.destroy(), KEEP_LOADED_MS);
  }

  #create(): BrowserWindow {
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...placeMain(this.#bounds, workAreas),
      minWidth: 360,
      minHeight: 320,
      show: false,
      title: 'Twig',
      autoHideMenuBar: true,
      backgroundColor: this.#options.dark() ? '#1c1c1f' : '#ffffff',
      webPreferences: { ...SAFE_WEB_PREFERENCES, preload: this.#options.preload },
    });
    this.#window = window;
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      this.hide();
    });
    window.on('closed', () => {
      this.#window = null;
    });
    for (const event of ['resized', 'moved'] as const) window.on(event as 'resized', () => this.#remember(window));
    window.on('hide', () => this.#remember(window));
    this.#options.onCreated(window);
    this.#loaded = window.loadURL(`${APP_ORIGIN}/index.html`);
    return window;
  }

  #remember(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized() || window.isMaximized() || window.isFullScreen()) return;
    this.#bounds = window.getBounds();
    this.#options.onBounds(window.getBounds());
  }
}
