import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, go } from '../support/controls';
import { accessibilityFaults, launchTwig, type Twig, until } from '../support/desktop';
import { cutOff, resizeMain } from '../support/sizes';
import { connectTwenty, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

const VIEWS = ['Contacts', 'People', 'Companies', 'Deals', 'Tasks', 'Notes', 'Outbox', 'Deleted', 'Audit'];

describe.each(['light', 'dark'] as const)('what opens over the page, %s', (theme) => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const look = async (what: string) => {
    await until('pictures without motion', () =>
      page.evaluate(() => document.getAnimations().every((one) => one.playState !== 'running')),
    );
    expect(await accessibilityFaults(page), what).toEqual([]);
  };

  beforeAll(async () => {
    server = await startTwenty({ dialect: 'a' });
    twig = await launchTwig();
    page = await connectTwenty(twig, server);
    await synced(page);
    await invoke(page, 'settings.change', { theme });
    await until('the theme', () => page.evaluate((wanted) => document.documentElement.dataset.theme === wanted, theme));
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('passes axe in menus, lists, pickers, the filter, columns and dialogs', async () => {
    await page.locator('.switcher').click();
    await page.getByRole('menuitem').first().waitFor();
    await look('the switcher');
    await page.keyboard.press('Escape');
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await look('the filter');
    await page.getByRole('combobox', { name: 'Field of condition 1' }).click();
    await page.getByRole('option', { name: 'Employees' }).waitFor();
    await look('a list in the filter');
    await page.keyboard.press('Escape');
    await choose(page, page.getByRole('combobox', { name: 'Field of condition 1' }), 'Account owner');
    const owner = page.getByRole('combobox', { name: 'Account owner to compare with' });
    await owner.click();
    await page.getByRole('option').first().waitFor();
    await look('a picker in the filter');
    await page.keyboard.press('Tab');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await owner.click();
    await page.getByRole('option').first().waitFor();
    await page.getByRole('heading', { name: 'Companies', level: 1 }).click();
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('list', { name: 'Shown columns' }).waitFor();
    await look('the columns');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem').first().waitFor();
    await look('the views');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^New company/ }).click();
    const form = page.getByRole('form', { name: 'New company' });
    await look('a form');
    await form.getByRole('combobox', { name: 'Account owner' }).click();
    await page.getByRole('option').first().waitFor();
    await look('a picker in a form');
    await page.keyboard.press('Escape');
    await form.getByRole('combobox', { name: 'Ai maturity' }).click();
    await page.getByRole('option').first().waitFor();
    await look('a list in a form');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    const grid = page.getByRole('grid', { name: 'Companies' });
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Merge…' }).click();
    await page.getByRole('dialog', { name: /^Merge/ }).waitFor();
    await look('merging');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await look('deleting');
    await page.keyboard.press('Escape');
    await grid.focus();
    await page.keyboard.press('Enter');
    const pane = page.locator('.pane');
    await pane.getByRole('button', { name: /^All fields/ }).click();
    await pane.getByRole('button', { name: 'Edit Account owner' }).click();
    await pane.getByRole('form', { name: 'Edit Account owner' }).waitFor();
    await look('a card with a field under the pen');
    await pane.getByRole('combobox', { name: 'Account owner' }).click();
    await page.getByRole('option').first().waitFor();
    await look('a picker in a card');
    // Only the list closes, then the field.
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await pane.getByRole('form', { name: 'Edit Account owner' }).waitFor();
  });

  it('cuts nothing off at 400 pixels, nor at twice the size', async () => {
    for (const [width, zoom] of [
      [400, 1],
      [1040, 2],
    ] as const) {
      await resizeMain(twig, page, width, zoom);
      for (const [index, view] of VIEWS.entries()) {
        await page.keyboard.press(`Control+${index + 1}`);
        await page.getByRole('heading', { name: view, level: 1 }).waitFor();
        expect(await cutOff(page), `${view} at ${width}, ${zoom} times`).toEqual([]);
      }
    }
    await resizeMain(twig, page, 1040, 1);
  });
});
