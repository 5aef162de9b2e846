import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { _electron, type ElectronApplication, type Page } from 'playwright';

const runFile = promisify(execFile);

export interface LaunchOptions {
  /** Folder of the profile; a new one, removed by `close`, when absent. */
  userDataDir?: string;
  args?: readonly string[];
  /** False starts the app as on a Linux without a keyring. */
  keyring?: boolean;
  env?: Record<string, string>;
}

export interface Twig {
  app: ElectronApplication;
  userDataDir: string;
  /** The window titled `Twig`, once it is there. */
  mainWindow(): Promise<Page>;
  /** The window titled `Twig Capture`; it is loaded and hidden from the start. */
  captureWindow(): Promise<Page>;
  /** Is a window with this title on the screen, and has it the focus? */
  shown(title: string): Promise<{ visible: boolean; focused: boolean }>;
  /** Quits as a person would. The profile stays. */
  quit(): Promise<void>;
  /** Quits, and removes a profile that was made for it. */
  close(): Promise<void>;
  /** Ends every process of the app at once, as a crash or a power cut does. The profile stays. */
  kill(): Promise<void>;
}

/** Waits until `condition` gives something true and answers with that; throws naming `what` after `timeout` ms. */
export async function until<T>(what: string, condition: () => Promise<T | false | null | undefined>, timeout = 20_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`);
    await wait(25);
  }
}

async function windowTitled(app: ElectronApplication, title: string): Promise<Page> {
  return until(`a window titled ${title}`, async () => {
    for (const page of app.windows()) {
      // Playwright's own page.title() stays empty after a navigation that the app refused.
      if ((await page.evaluate(() => document.title).catch(() => '')) === title) return page;
    }
    return null;
  });
}

/** Starts the built app on the real Electron, sandbox on. */
export async function launchTwig(options: LaunchOptions = {}): Promise<Twig> {
  const executablePath = process.env.TWIG_ELECTRON;
  if (!executablePath) throw new Error('These tests need the app and a desktop: run them with npm run test:e2e');
  const userDataDir = options.userDataDir ?? mkdtempSync(join(tmpdir(), 'twig-profile-'));
  const store = (options.keyring ?? true) ? 'gnome-libsecret' : 'basic';
  const app = await _electron.launch({
    executablePath,
    chromiumSandbox: true,
    args: [`--user-data-dir=${userDataDir}`, `--password-store=${store}`, ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), ...options.env },
  });
  const main = app.process();
  const ended = new Promise<void>((resolve) => {
    if (main.exitCode !== null || main.signalCode !== null) resolve();
    else main.once('exit', () => resolve());
  });
  return {
    app,
    userDataDir,
    mainWindow: () => windowTitled(app, 'Twig'),
    captureWindow: () => windowTitled(app, 'Twig Capture'),
    shown: (title) =>
      app.evaluate(({ BrowserWindow }, wanted) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === wanted);
        return { visible: window?.isVisible() ?? false, focused: window?.isFocused() ?? false };
      }, title),
    quit: async () => {
      await app.close();
      await ended;
    },
    close: async () => {
      await app.close();
      await ended;
      if (!options.userDataDir) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
    kill: async () => {
      main.kill('SIGKILL');
      await ended;
    },
  };
}

/** Presses keys as a person does, whatever window has the focus; in xdotool's words, e.g. `ctrl+shift+j`. */
export async function pressGlobal(keys: string): Promise<void> {
  await runFile('xdotool', ['key', '--clearmodifiers', ...keys.split(' ')]);
}

/** Types text into whatever window has the focus. */
export async function typeGlobal(text: string): Promise<void> {
  await runFile('xdotool', ['type', '--clearmodifiers', '--', text]);
}

export interface OtherWindow {
  focus(): Promise<void>;
  focused(): Promise<boolean>;
  /** What was typed into it so far, printable characters only. */
  typed(): string;
  close(): void;
}

/** Opens a window of another program, gives it the focus and answers once it has it. */
export async function focusOtherWindow(title = 'Another app'): Promise<OtherWindow> {
  const other = spawn('xev', ['-name', title, '-geometry', '320x200+40+40', '-event', 'keyboard'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let seen = '';
  other.stdout.on('data', (part: Buffer) => {
    seen += part.toString();
  });
  const active = () =>
    runFile('xdotool', ['getactivewindow']).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  const id = await until(`a window titled ${title}`, () =>
    runFile('xdotool', ['search', '--name', `^${title}$`]).then(
      ({ stdout }) => stdout.trim().split('\n').at(-1),
      () => null,
    ),
  );
  const focus = async () => {
    await runFile('xdotool', ['windowactivate', id]);
    await until(`the focus on ${title}`, async () => (await active()) === id);
  };
  await focus();
  return {
    focus,
    focused: async () => (await active()) === id,
    typed: () => {
      const presses = seen.split('\n\n').filter((event) => event.includes('KeyPress event'));
      return presses.map((event) => /XLookupString gives 1 bytes: \(\w+\) "([ -~])"/.exec(event)?.[1] ?? '').join('');
    },
    close: () => other.kill(),
  };
}

/** Takes a picture of a window for the documentation: docs/screenshots/`name`.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.TWIG_SCREENSHOTS ?? fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What axe finds wrong in a window, a line each; nothing is what you want. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Electron has no second page to run axe in, which the other mode needs.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join('; ')})`);
}
