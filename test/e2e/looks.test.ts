import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, launchTwig, pressGlobal, screenshot, type Twig, until } from '../support/desktop';
import { connectDemo, invoke, synced } from '../support/steps';

/** Every window, light and dark: looked at by axe, and pictured for the README. */
describe.each(['light', 'dark'] as const)('every window, %s', (theme) => {
  let twig: Twig;
  let page: Page;
  const look = async (which: Page, name: string): Promise<void> => {
    // A toast that comes or goes is half see-through, to axe as to anybody.
    const toasts = which.locator('.toast');
    for (const toast of await toasts.all())
      await toast
        .getByRole('button', { name: 'Dismiss', includeHidden: true })
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    await until('no toast', async () => (await toasts.count()) === 0);
    await until('pictures without motion', () =>
      which.evaluate(() => document.getAnimations().every((one) => one.playState !== 'running')),
    );
    await screenshot(which, `${name}-${theme}`);
    expect(await accessibilityFaults(which), name).toEqual([]);
  };
  const go = async (name: string): Promise<void> => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }).click();
  };

  beforeAll(async () => {
    twig = await launchTwig();
    page = await twig.mainWindow();
    await page.getByRole('form', { name: 'Connect' }).waitFor();
    await invoke(page, 'settings.change', { theme });
    await until('the theme', () => page.evaluate((wanted) => document.documentElement.dataset.theme === wanted, theme));
  });
  afterAll(() => twig.close());

  it('Connect', async () => {
    await look(page, 'connect');
  });

  it('Contacts, with a contact', async () => {
    await connectDemo(twig);
    await synced(page);
    await page.getByRole('searchbox', { name: 'Search' }).fill('jan smi');
    const first = page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first();
    await expect.poll(() => first.innerText()).toContain('Jane Smith');
    await page.getByRole('region', { name: 'Contact' }).getByRole('heading', { name: 'Jane Smith' }).waitFor();
    await look(page, 'contacts');
  });

  it('Capture, while a person is being linked', async () => {
    await pressGlobal('ctrl+shift+j');
    await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
    const capture = await twig.captureWindow();
    await capture.getByRole('radio', { name: 'Task' }).check({ force: true });
    const text = capture.getByRole('textbox', { name: 'Capture' });
    await text.pressSequentially('Send the renewal proposal to @Jane Smi');
    await capture
      .getByRole('option', { name: /Jane Smith/ })
      .first()
      .waitFor();
    await text.press('Enter');
    await text.pressSequentially(' tomorrow 3pm, pricing for @Acme Ren');
    await capture
      .getByRole('option', { name: /Acme Renewal/ })
      .first()
      .waitFor();
    await text.press('Enter');
    await text.pressSequentially(' cc @mar');
    await capture.getByRole('option').first().waitFor();
    await look(capture, 'capture');
    await text.press('Escape');
    await text.press('Backspace');
    await text.press('Backspace');
    await text.press('Backspace');
    await text.press('Backspace');
    await text.press('Enter');
    await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
  });

  it.each(['Companies', 'Deals', 'Tasks', 'Outbox', 'Settings'])('%s', async (name) => {
    await pressGlobal('ctrl+shift+k');
    await go(name);
    await page
      .getByRole('heading', { level: 1 })
      .or(page.getByRole('heading', { level: 2 }))
      .first()
      .waitFor();
    await until('nothing to be loading', async () => (await page.getByRole('progressbar').count()) === 0);
    await look(page, name.toLowerCase());
  });
});
