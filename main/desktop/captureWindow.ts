import { app, BrowserWindow, screen } from 'electron';
import { APP_ORIGIN } from '../ipc/origin';
import { placeCapture } from './placement';
import { SAFE_WEB_PREFERENCES } from './security';

const WIDTH = 600;
const START_HEIGHT = 152;
const MAX_HEIGHT = 640;

export interface CaptureWindowOptions {
  preload: string;
  hideOnBlur(): boolean;
  onShown(): void;
  /** True while the main window is on screen: then hiding Capture must not hide the app (macOS). */
  mainVisible(): boolean;
  dark(): boolean;
}

/**
 * The capture window: frameless, loaded once and kept hidden, so that showing it costs one frame.
 * On macOS it is a panel, which takes keys without bringing the app forward.
 */
export class CaptureWindow {
  readonly window: BrowserWindow;
  readonly #options: CaptureWindowOptions;
  #height = START_HEIGHT;

  constructor(options: CaptureWindowOptions) {
    this.#options = options;
    this.window = new BrowserWindow({
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
      width: WIDTH,
      height: START_HEIGHT,
      show: false,
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Twig Capture',
      backgroundColor: options.dark() ? '#1c1c1f' : '#ffffff',
      webPreferences: {
        ...SAFE_WEB_PREFERENCES,
        preload: options.preload,
        // Painted while hidden, so that it appears complete.
        backgroundThrottling: false,
      },
    });
    this.window.setMenuBarVisibility(false);
    if (process.platform === 'darwin') {
      this.window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    }
    this.window.on('blur', () => {
      if (options.hideOnBlur() && !this.window.webContents.isDevToolsOpened()) this.hide();
    });
    this.window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      this.hide();
    });
  }

  #quitting = false;
  #loading: Promise<void> | null = null;
  #loaded = false;

  /** Lets the window be destroyed; until then closing only hides it. */
  release(): void {
    this.#quitting = true;
  }

  /** Loads its page, once. */
  load(): Promise<void> {
    this.#loading ??= this.window.loadURL(`${APP_ORIGIN}/capture.html`).finally(() => {
      this.#loaded = true;
    });
    return this.#loading;
  }

  /** Shows it focused on the display with the cursor. Keys typed from now on reach the text. */
  show(): void {
    if (this.window.isDestroyed()) return;
    if (!this.#loaded) {
      // Right after the start: a page that is not there yet would swallow what is typed.
      void this.load().then(() => this.show());
      return;
    }
    if (!this.window.isVisible()) {
      this.#place();
      this.window.show();
      // Set again after mapping: some X11 window managers forget it while hidden.
      this.window.setAlwaysOnTop(true, 'floating');
    }
    this.window.focus();
    this.window.webContents.focus();
    this.#options.onShown();
  }

  /** Hides it and gives the focus back to the app before. */
  hide(): void {
    if (this.window.isDestroyed() || !this.window.isVisible()) return;
    this.window.hide();
    if (process.platform === 'darwin' && !this.#options.mainVisible()) app.hide();
  }

  /** Fits the window to its content (pixels). */
  resize(height: number): void {
    const fitted = Math.round(Math.min(Math.max(height, 96), MAX_HEIGHT));
    if (fitted === this.#height || this.window.isDestroyed()) return;
    this.#height = fitted;
    const bounds = this.window.getBounds();
    this.window.setBounds({ ...bounds, width: WIDTH, height: fitted });
  }

  #place(): void {
    const size = { width: WIDTH, height: this.#height };
    if (onWayland()) {
      // Wayland clients cannot place themselves; the compositor centres a window that does not try.
      this.window.setSize(size.width, size.height);
      return;
    }
    const display = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    this.window.setBounds(placeCapture(display.workArea, size));
  }
}

/** True on a Wayland session that is not run through XWayland. */
export function onWayland(): boolean {
  if (process.platform !== 'linux') return false;
  if (app.commandLine.getSwitchValue('ozone-platform') === 'x11') return false;
  const forced = app.commandLine.getSwitchValue('ozone-platform') === 'wayland';
  return (
    forced ||
    (process.env.XDG_SESSION_TYPE === 'wayland' && Number(process.versions.electron?.split('.')[0] ?? 0) >= 38)
  );
}
