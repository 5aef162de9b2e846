import type { Locator, Page } from 'playwright';
import { until } from './desktop';

/** Goes to a view by its entry in the navigation. */
export async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }).click();
}

/** What has the focus, in a few words; `body` when nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return 'body';
    return `${at.getAttribute('role') ?? at.tagName.toLowerCase()} ${at.getAttribute('aria-label') ?? at.textContent?.slice(0, 40)}`;
  });
}

/** Waits until the control has the focus; says what has it when that never happens. */
export async function focusOn(page: Page, target: Locator): Promise<void> {
  await until('the focus', () => target.evaluate((element) => element === document.activeElement), 10_000).catch(
    async () => {
      throw new Error(`The focus is not on ${target} but on ${await focused(page)}`);
    },
  );
}

/** Presses Tab until `target` has the focus, as someone without a mouse does. Backwards with `Shift+Tab`. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  const has = () => target.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; !(await has()); pressed += 1) {
    if (pressed === 120) throw new Error(`Tab does not reach ${target}; the focus is on ${await focused(page)}`);
    await page.keyboard.press(key);
  }
}

/** Chooses in a drop-down with the mouse. */
export async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  const wanted = page.getByRole('option', { name: option, exact: true });
  await wanted.click();
  await wanted.waitFor({ state: 'detached' });
}

/** Chooses in a drop-down that has the focus, by typing what the option is called. */
export async function chooseByKeys(page: Page, option: string): Promise<void> {
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option, exact: true });
  await wanted.waitFor();
  await page.keyboard.type(option);
  await until(`${option} to be highlighted`, async () => (await wanted.getAttribute('data-highlighted')) !== null);
  await page.keyboard.press('Enter');
  await wanted.waitFor({ state: 'detached' });
  await until(`${option} to be chosen`, async () => (await shownIn(page)) === option);
}

/** The words in the control that has the focus. */
function shownIn(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}

/** The words of a drop-down's options, in order. */
export async function optionsOf(page: Page, select: Locator): Promise<string[]> {
  await select.click();
  const options = page.getByRole('option');
  await options.first().waitFor();
  const words = await options.allInnerTexts();
  await page.keyboard.press('Escape');
  await options.first().waitFor({ state: 'detached' });
  return words.map((one) => one.trim());
}

/** Chooses a record in a picker by the start of its name. */
export async function pick(page: Page, picker: Locator, text: string, option: RegExp): Promise<void> {
  await picker.fill(text);
  const found = page.getByRole('option', { name: option }).first();
  await found.waitFor();
  await found.click();
  await found.waitFor({ state: 'detached' });
}
