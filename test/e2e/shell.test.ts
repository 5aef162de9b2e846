import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchTwig, pressGlobal, type Twig, until } from '../support/desktop';
import { connectDemo } from '../support/steps';

const run = promisify(execFile);

describe('the shell', () => {
  let twig: Twig;
  let page: Page;
  beforeAll(async () => {
    twig = await launchTwig();
    page = await connectDemo(twig);
  });
  afterAll(() => twig.close());

  it('runs every window in the real sandbox, isolated, without Node, under a strict policy', async () => {
    for (const each of [page, await twig.captureWindow()]) {
      expect(
        await each.evaluate(() => [
          typeof require,
          typeof process,
          Object.keys((window as { twig?: object }).twig ?? {}),
        ]),
      ).toEqual(['undefined', 'undefined', ['invoke', 'on']]);
      expect(each.url().slice(0, 10)).toBe('app://twig');
    }
    const preferences = await twig.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const { sandbox, contextIsolation, nodeIntegration, webSecurity } = (
          contents as unknown as { getLastWebPreferences(): Record<string, boolean> }
        ).getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration, webSecurity };
      }),
    );
    expect(preferences.length).toBeGreaterThanOrEqual(2);
    for (const each of preferences)
      expect(each).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    // The kernel's own word: renderers run under seccomp.
    const renderers = await twig.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
    );
    for (const pid of renderers) {
      const { stdout } = await run('grep', ['Seccomp:', `/proc/${pid}/status`]);
      expect(stdout).toMatch(/Seccomp:\s*2/);
    }
  });

  it('refuses a command from a frame that is not the window itself', async () => {
    const answer = await page.evaluate(() =>
      (window as unknown as { twig: { invoke(name: string, input: unknown): Promise<{ ok: boolean }> } }).twig.invoke(
        'no.such',
        {},
      ),
    );
    expect(answer).toMatchObject({ ok: false });
  });

  it('keeps running when its windows are closed, and comes back by hotkey', async () => {
    await twig.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((one) => one.getTitle() === 'Twig')
        ?.close(),
    );
    await until('the main window to hide', async () => !(await twig.shown('Twig')).visible);
    await pressGlobal('ctrl+shift+k');
    await until('the main window to be focused', async () => (await twig.shown('Twig')).focused);
    await until('the caret in Search', () =>
      page.getByRole('searchbox', { name: 'Search' }).evaluate((field) => field === document.activeElement),
    );
  });

  it('hands a second start to the first one', async () => {
    const second = async (argument: string) => {
      const executable = process.env.TWIG_ELECTRON ?? '';
      await run(executable, [`--user-data-dir=${twig.userDataDir}`, argument], { timeout: 20_000 });
    };
    await second('--capture');
    await until('Capture to be shown', async () => (await twig.shown('Twig Capture')).visible);
    const capture = await twig.captureWindow();
    await capture.getByRole('textbox', { name: 'Capture' }).press('Escape');
    await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
    await second('twig://capture?text=From%20a%20link&kind=task');
    await until(
      'the text of the link',
      async () => (await capture.getByRole('textbox', { name: 'Capture' }).inputValue()) === 'From a link',
    );
    await expect.poll(() => capture.getByRole('radio', { name: 'Task' }).isChecked()).toBe(true);
    await capture.getByRole('textbox', { name: 'Capture' }).fill('');
    await capture.getByRole('textbox', { name: 'Capture' }).press('Escape');
  });

  it('has a tray here, and says so in its state', async () => {
    await until('the tray', async () => {
      const state = await page.evaluate(() =>
        (window as unknown as { twig: { invoke(name: string): Promise<{ value: { tray: string } }> } }).twig.invoke(
          'app.state',
        ),
      );
      return state.value.tray === 'shown';
    });
  });

  it('lets no page reach the network, navigate, open a window or get a permission', async () => {
    const before = page.url();
    const reached = await page.evaluate(async () => {
      const tries = await Promise.allSettled([
        fetch('http://127.0.0.1:9/'),
        new Promise((resolve, reject) => {
          const image = new Image();
          image.onload = resolve;
          image.onerror = () => reject(new Error('blocked'));
          image.src = 'https://127.0.0.1:9/x.png';
        }),
        new Promise((resolve, reject) =>
          navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error('denied'))),
        ),
      ]);
      const opened = window.open('https://evil.example/');
      location.href = 'https://evil.example/';
      return { fulfilled: tries.filter((one) => one.status === 'fulfilled').length, opened: opened !== null };
    });
    expect(reached).toEqual({ fulfilled: 0, opened: false });
    expect(page.url()).toBe(before);
    expect(await twig.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  });
});
