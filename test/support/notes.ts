import type { Page } from 'playwright';
import { expect } from 'vitest';
import { choose, go } from './controls';
import { type Twig, until } from './desktop';
import type { TestTwenty } from './twenty';

interface Scene {
  page: Page;
  twig: Twig;
  server: TestTwenty;
}

/** Writes a note in Capture, opened from the record in sight, and answers with it once it is on the server. */
export async function writeNote({ page, twig, server }: Scene, region: string, text: string) {
  const title = text.split('\n')[0];
  await page.getByRole('region', { name: region }).getByRole('button', { name: /^Note/ }).click();
  await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
  const capture = await twig.captureWindow();
  await capture.getByRole('textbox', { name: 'Capture' }).fill(text);
  await capture.getByRole('button', { name: 'Save' }).click();
  return until(`${title} on the server`, async () => server.rows('note').find((row) => row.title === title), 30_000);
}

/** The note's link to that record is on the server, whatever the column is called there. */
export async function linked(server: TestTwenty, noteId: string, recordId: string | undefined): Promise<void> {
  await until('the link of the note', async () =>
    server.rows('noteTarget').some((row) => row.noteId === noteId && Object.values(row).includes(recordId)),
  );
}

/** A task with a due time is added by keyboard, set to In progress in its pane, and completed. */
export async function walkTask({ page, server }: Scene, title: string): Promise<void> {
  const task = () => server.rows('task').find((row) => row.title === title);
  const status = (wanted: string) => until(`${wanted} on the server`, async () => task()?.status === wanted, 30_000);
  await go(page, 'Tasks');
  await page.getByRole('grid', { name: 'Tasks' }).waitFor();
  await page.mouse.move(0, 0);
  await page.keyboard.press('n');
  await page.keyboard.type(`${title} 2030-05-17 15:00`);
  await page.keyboard.press('Enter');
  await status('TODO');
  expect(Date.parse(String(task()?.dueAt))).toBe(new Date(2030, 4, 17, 15).getTime());
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: new RegExp(title) }).click();
  const pane = page.getByRole('region', { name: title });
  await pane.getByRole('button', { name: 'Edit Status' }).click();
  await choose(page, pane.getByRole('combobox', { name: 'Status' }), 'In progress');
  await pane.getByRole('form', { name: 'Edit Status' }).getByRole('button', { name: /^Save/ }).click();
  await status('IN_PROGRESS');
  await page.getByRole('checkbox', { name: `Complete ${title}` }).click();
  await status('DONE');
}
