import type { Page } from 'playwright';
import { launchTwig } from '../support/desktop';
import { launchBare } from './desktop';
import { type Figure, figure, percentile } from './report';

const QUERIES = ['maria', 'smith', 'jones', 'anna berg', 'peter', 'ross', 'silver labs', 'martin', 'garcia', 'chen'];

/** From a key pressed in the search field to the painted list, at 100,000 people; beside a list that never changes. */
export async function measureKeystrokes(directory: string): Promise<Figure[]> {
  const twig = await launchTwig({ userDataDir: directory });
  const page = await twig.mainWindow();
  const box = page.getByRole('searchbox', { name: 'Search' });
  await box.click();
  await page.getByRole('option').first().waitFor();
  const ours = await typeAll(page, '.results');
  await twig.close();

  const bare = await launchBare(false);
  await bare.page.getByRole('textbox', { name: 'Text' }).click();
  const theirs = await typeAll(bare.page, '[role=listbox]');
  await bare.close();
  const baseline = percentile(theirs, 0.95);
  return [
    figure('keystroke to painted list at 100k p50', percentile(ours, 0.5), 'ms', percentile(theirs, 0.5)),
    figure('keystroke to painted list at 100k p95', percentile(ours, 0.95), 'ms', baseline, {
      atMost: Math.round(baseline + 16),
    }),
  ];
}

/** Types every query letter by letter, each after the list for the one before is painted. */
async function typeAll(page: Page, list: string): Promise<number[]> {
  const times: number[] = [];
  for (const query of ['warm up', ...QUERIES]) {
    for (const letter of query) {
      const time = await typed(page, list, letter);
      if (query !== 'warm up' && time !== null) times.push(time);
    }
    await page.keyboard.press('Control+A');
    await typed(page, list, 'Backspace');
  }
  return times;
}

/** Milliseconds from the key's own time stamp to the frame in which the list answers the text; null when none came. */
async function typed(page: Page, list: string, key: string): Promise<number | null> {
  const painted = page.evaluate(
    (selector) =>
      new Promise<number | null>((resolve) => {
        let pressed = 0;
        let timer = 0;
        const observer = new MutationObserver(() => {
          // Twig's list says which text it answers; the bare one changes with every letter.
          const answered = document.querySelector(selector)?.getAttribute('data-query');
          const text = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : '';
          if (answered !== null && answered !== text) return;
          observer.disconnect();
          clearTimeout(timer);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
        });
        const onKey = (event: KeyboardEvent): void => {
          pressed = event.timeStamp;
          timer = window.setTimeout(() => {
            observer.disconnect();
            resolve(null);
          }, 500);
          const target = document.querySelector(selector);
          if (target)
            observer.observe(target, { childList: true, subtree: true, characterData: true, attributes: true });
        };
        window.addEventListener('keydown', onKey, { once: true, capture: true });
      }),
    list,
  );
  await page.evaluate(() => document.title);
  await page.keyboard.press(key === ' ' ? 'Space' : key);
  return painted;
}
