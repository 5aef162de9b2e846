import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { go } from '../support/controls';
import { accessibilityFaults, launchTwig, type Twig, until } from '../support/desktop';
import { cutOff, resizeMain } from '../support/sizes';
import { connectTwenty, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

describe('small windows, large text, and fingers', () => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;

  beforeAll(async () => {
    server = await startTwenty({ dialect: 'a' });
    twig = await launchTwig();
    page = await connectTwenty(twig, server);
    await synced(page);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('draws the forecast with its chart and the table behind it', async () => {
    await go(page, 'Deals');
    await page.getByRole('radio', { name: 'Forecast' }).check({ force: true });
    const chart = page.getByRole('figure').or(page.locator('svg[role="img"]')).first();
    await chart.waitFor();
    await page.getByRole('table').first().waitFor();
    expect(await page.getByRole('table').first().getByRole('row').count()).toBeGreaterThan(3);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Board' }).check({ force: true });
  });

  it('moves a card for a finger that rests on it, and scrolls for one that does not', async () => {
    const touch = await page.context().newCDPSession(page);
    const card = page
      .getByRole('listbox', { name: /^Lead,/ })
      .getByRole('option')
      .first();
    const from = await card.boundingBox();
    const to = await page.locator('[data-stage="DISCOVERY"]').boundingBox();
    if (!from || !to) throw new Error('The board is not drawn.');
    const start = { x: from.x + 20, y: from.y + 20 };
    const end = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
    const before = server.rows('opportunity').filter((row) => row.stage === 'DISCOVERY').length;
    const there = () => server.rows('opportunity').filter((row) => row.stage === 'DISCOVERY').length;
    await finger('touchStart', start);
    await finger('touchMove', { x: start.x + 60, y: start.y });
    await finger('touchEnd');
    expect(await page.locator('.deal-ghost').count()).toBe(0);
    await finger('touchStart', start);
    await page.locator('.deal-ghost').waitFor();
    await finger('touchMove', { x: (start.x + end.x) / 2, y: end.y });
    await finger('touchMove', end);
    await page.getByText('Moves to Discovery').waitFor();
    await finger('touchEnd');
    await until('the move on the server', async () => there() === before + 1);
    expect(await page.locator('.pane').count()).toBe(0);
  });

  it('keeps Settings and Connect whole at 360 pixels, also with text twice as large', async () => {
    for (const [width, zoom] of [
      [360, 1],
      [720, 2],
    ] as const) {
      await resizeMain(twig, page, width, zoom);
      for (const view of ['Settings', 'Connect'] as const) {
        if (view === 'Settings') await page.keyboard.press('Control+,');
        else {
          await page.locator('.switcher').click();
          await page.getByRole('menuitem', { name: 'Add a workspace' }).click();
        }
        await page.getByRole('heading', { level: 1, name: view }).waitFor();
        expect(await cutOff(page), `${view} at ${width}, ${zoom} times`).toEqual([]);
      }
    }
    await resizeMain(twig, page, 1040, 1);
  });
});
