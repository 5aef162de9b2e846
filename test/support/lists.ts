import type { Page } from 'playwright';
import { choose } from './controls';
import { until } from './desktop';
import type { Row } from './twenty';

/** What the rows in sight are called, from the top. */
export async function namesShown(page: Page): Promise<string[]> {
  const cells = await page.getByRole('grid').locator('.grid-row [data-first]').allInnerTexts();
  return cells.map((one) => one.split('\n').at(-1) ?? '');
}

/**
 * Fills the first condition of the filter and waits for the rows that are left.
 * @param value a text, the words of options, or null where the comparison needs none
 */
export async function filterBy(
  page: Page,
  field: string,
  comparison: string,
  value: string | readonly string[] | null,
  rows: readonly string[],
): Promise<void> {
  await choose(page, page.getByRole('combobox', { name: 'Field of condition 1' }), field);
  await choose(page, page.getByRole('combobox', { name: 'Comparison of condition 1' }), comparison);
  if (typeof value === 'string') await page.getByRole('textbox', { name: `${field} to compare with` }).fill(value);
  else for (const option of value ?? []) await page.getByRole('checkbox', { name: option, exact: true }).check();
  // A long list draws only the rows in sight; the count tells the rest.
  const words = rows.length === 1 ? '1 match' : `${rows.length} matches`;
  await until(`${field} ${comparison} ${value}: ${rows.join(', ')}`, async () => {
    const names = await namesShown(page);
    const counted = (await page.getByRole('status').filter({ hasText: words }).count()) > 0;
    return counted && names.length > 0 && names.every((name) => rows.includes(name));
  });
}

/** What records are called. */
export const namesOf = (rows: readonly Row[]): string[] => rows.map((row) => String(row.name));

/** A deal's amount in micros; null when it has none. */
export const micros = (row: Row): number | null =>
  (row.amount as { amountMicros: number | null } | null)?.amountMicros ?? null;
