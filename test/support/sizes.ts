import type { Page } from 'playwright';
import { type Twig, until } from './desktop';

/** What of the page stands beyond its sides, a line each. What scrolls sideways by intent is left out. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const cut = [...document.querySelectorAll<HTMLElement>('button, input, [role=combobox], h1')].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return (
        width > 0 && (right > clientWidth + 1 || left < -1) && !one.closest('[role=grid], .board, .segmented, table')
      );
    });
    const sideways = [...document.querySelectorAll<HTMLElement>('.app-view, .app-view > *, .page > *')].filter(
      (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto',
    );
    return [
      ...(scrollWidth > clientWidth ? ['the page scrolls sideways'] : []),
      ...[...cut, ...sideways].map((one) => one.outerHTML.slice(0, 120)),
    ];
  });
}

/** Makes the main window so wide, in pixels of the screen, and draws it `zoom` times as large. */
export async function resizeMain(twig: Twig, page: Page, width: number, zoom: number): Promise<void> {
  await twig.app.evaluate(
    ({ BrowserWindow }, [pixels, factor]) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === 'Twig');
      window?.setSize(pixels ?? 0, 700);
      window?.webContents.setZoomFactor(factor ?? 1);
    },
    [width, zoom],
  );
  await until('the size', () => page.evaluate((wanted) => Math.abs(innerWidth - wanted) < 12, width / zoom));
}
