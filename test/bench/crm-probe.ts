import type { Page } from 'playwright';

/** What is looked at to see that an event had its effect: of all that match, the attribute or, with null, the text. */
export interface Effect {
  selector: string;
  attribute: string | null;
}

/** Longest wait for an effect, in milliseconds. */
const LONGEST = 20_000;

/**
 * Milliseconds from the stamp of the next `event` in the page to the frame after the one that
 * painted its effect, measured in the page itself. `act` causes the event.
 */
export async function eventToPaint(page: Page, event: string, effect: Effect, act: () => Promise<void>) {
  await page.evaluate(arm, { event, effect, longest: LONGEST });
  await act();
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
}

/** Milliseconds from setting the scroll position of `scroller` to the frame after rows with a text are painted there. */
export function scrollToPaint(page: Page, scroller: string, row: string, top: number): Promise<number> {
  return page.evaluate(
    ({ scroller, row, top, longest }) =>
      new Promise<number>((resolve, reject) => {
        const box = document.querySelector<HTMLElement>(scroller);
        if (box === null) throw new Error(`Nothing is called ${scroller}`);
        const start = performance.now();
        box.scrollTop = top;
        const { left, top: edge, width, height } = box.getBoundingClientRect();
        const filled = (): boolean =>
          [0.4, 0.9].every((share) => {
            const found = document.elementFromPoint(left + width / 4, edge + height * share)?.closest<HTMLElement>(row);
            return found !== null && found !== undefined && found.innerText.trim() !== '';
          });
        const look = (): void => {
          if (filled()) requestAnimationFrame(() => resolve(performance.now() - start));
          else if (performance.now() - start > longest) reject(new Error('No rows came into sight'));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    { scroller, row, top, longest: LONGEST },
  );
}

/** Runs in the page. */
function arm({ event, effect, longest }: { event: string; effect: Effect; longest: number }): void {
  const seen = (): string =>
    [...document.querySelectorAll<HTMLElement>(effect.selector)]
      .map((one) => (effect.attribute === null ? one.textContent : one.getAttribute(effect.attribute)))
      .join('|');
  const before = seen();
  (window as unknown as { measured: Promise<number> }).measured = new Promise((resolve, reject) => {
    let start: number | null = null;
    const late = setTimeout(() => reject(new Error(`${event} did not change ${effect.selector}`)), longest);
    window.addEventListener(
      event,
      ({ timeStamp }) => {
        start = timeStamp;
      },
      { capture: true, once: true },
    );
    const watch = new MutationObserver(() => {
      if (start === null || seen() === before) return;
      const from = start;
      watch.disconnect();
      clearTimeout(late);
      // The first of the two comes before the change is painted, the second after.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}
