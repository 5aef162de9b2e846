import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { focused, focusOn, tabTo } from '../support/controls';
import { launchTwig, type Twig, until } from '../support/desktop';
import { connectTwenty, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

const VIEWS = ['Contacts', 'People', 'Companies', 'Deals', 'Tasks', 'Notes', 'Outbox', 'Deleted', 'Audit'];

describe('the main window by keyboard alone', () => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const stored = (object: string, id: string) =>
    [...server.demo.store.table(object).inOrder()].find((row) => row.id === id);
  const called = (object: string, name: string) =>
    server.rows(object).find((row) => row.name === name || row.title === name);
  const arrived = (object: string, name: string) => until(name, async () => called(object, name));
  /** Presses keys one after the other; each must leave the focus somewhere in the page. */
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await until(`the focus after ${key}`, async () => (await focused(page)) !== 'body', 5_000);
    }
  };
  const row = () =>
    page.evaluate(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant');
      return (id && document.getElementById(id)?.closest('[role="row"], [role="option"]')?.textContent) || '';
    });
  /** Goes down until the keys are on the row with these words. */
  const downTo = async (words: string) => {
    for (let pressed = 0; !(await row()).includes(words); pressed += 1) {
      if (pressed > 200) throw new Error(`No row says ${words}; the last is ${await row()}`);
      await press('ArrowDown');
    }
  };

  beforeAll(async () => {
    server = await startTwenty({ dialect: 'a' });
    twig = await launchTwig();
    page = await connectTwenty(twig, server);
    await synced(page);
    // A pointer left on the page would choose what opens below it.
    await page.mouse.move(0, 0);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('reaches every view, and shows where the focus is on the way through each', async () => {
    for (const [index, view] of VIEWS.entries()) {
      await page.keyboard.press(`Control+${index + 1}`);
      await page.getByRole('heading', { name: view, level: 1 }).waitFor();
      for (let tab = 0; tab < 25; tab += 1) {
        await press('Tab');
        const bare = await page.evaluate(() => {
          const at = document.activeElement;
          if (at === null || !at.matches(':focus-visible')) return at?.outerHTML ?? 'nothing';
          // A caret shows where typing goes.
          if (at.matches('input:not([type=checkbox], [type=radio]), textarea')) return null;
          const seen = [at, ...at.querySelectorAll('*'), at.parentElement, at.nextElementSibling].some((one) => {
            if (!one) return false;
            const { outlineStyle, boxShadow } = getComputedStyle(one);
            return outlineStyle !== 'none' || boxShadow !== 'none';
          });
          return seen ? null : at.outerHTML.slice(0, 300);
        });
        expect(bare, view).toBeNull();
      }
    }
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  it('creates, edits, deletes and restores a company', async () => {
    await page.keyboard.press('Control+3');
    await tabTo(page, page.getByRole('button', { name: /^New company/ }));
    await press('Enter');
    await focusOn(page, page.getByRole('form', { name: 'New company' }).getByLabel('Name', { exact: true }).first());
    await page.keyboard.type('Quill & Sons');
    await press('Control+Enter');
    const { id } = await arrived('company', 'Quill & Sons');
    const grid = page.getByRole('grid', { name: 'Companies' });
    await tabTo(page, page.getByRole('searchbox', { name: 'Search companies' }), 'Shift+Tab');
    await page.keyboard.type('quill');
    await page.getByRole('status').filter({ hasText: '1 match' }).first().waitFor();
    await press('ArrowDown');
    await focusOn(page, grid);
    await press('Enter');
    const pane = page.getByRole('region', { name: 'Quill & Sons' });
    await focusOn(page, pane);
    await tabTo(page, pane.getByRole('button', { name: /^All fields/ }));
    await press('Enter');
    await tabTo(page, pane.getByRole('button', { name: 'Edit Employees' }), 'Shift+Tab');
    await press('Enter');
    await page.keyboard.type('77');
    await press('Control+Enter');
    await focusOn(page, pane.getByRole('button', { name: 'Edit Employees' }));
    await until('the number on the server', async () => stored('company', id)?.employees === 77);
    await tabTo(page, pane.getByRole('button', { name: /^More for/ }), 'Shift+Tab');
    // What is open inside closes first.
    await press('Enter');
    await page.getByRole('menuitem', { name: /^Delete/ }).waitFor();
    await press('Escape');
    await focusOn(page, pane.getByRole('button', { name: /^More for/ }));
    await press('Escape');
    await focusOn(page, grid);
    await press('Delete');
    const ask = page.getByRole('alertdialog');
    await tabTo(page, ask.getByRole('button', { name: 'Delete', exact: true }));
    await press('Enter');
    await until('the company in the trash', async () => stored('company', id)?.deletedAt != null);
    await until('the focus', async () => (await focused(page)) !== 'body', 5_000);

    await page.keyboard.press('Control+8');
    await tabTo(page, page.getByRole('combobox', { name: 'Kind of record' }));
    await press('Enter');
    await page.keyboard.type('Compan');
    await press('Enter');
    const deleted = page.getByRole('grid', { name: 'Deleted companies' });
    await page.getByText('Quill & Sons').first().waitFor();
    await tabTo(page, deleted);
    await downTo('Quill & Sons');
    await press('Enter');
    await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Restore', exact: true }));
    await press('Enter');
    await until('the company back', async () => stored('company', id)?.deletedAt === null);
  });

  it('filters, keeps the filter as a view, and asks where an export goes', async () => {
    await page.keyboard.press('Control+3');
    await tabTo(page, page.getByRole('searchbox', { name: 'Search companies' }));
    await press('Control+a', 'Delete');
    await tabTo(page, page.getByRole('button', { name: /^Filter/ }));
    await press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Name to compare with' }));
    await page.keyboard.type('quill');
    await page.getByRole('status').filter({ hasText: '1 match' }).first().waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Views' }), 'Shift+Tab');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Save as a view…' }).waitFor();
    await press('End', 'Enter');
    const dialog = page.getByRole('dialog', { name: 'Save as a view' });
    await focusOn(page, dialog.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('Quills');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Quills' }).waitFor();
    await until('the focus', async () => (await focused(page)) !== 'body', 5_000);
    await twig.app.evaluate(({ dialog: system }) => {
      const asked: unknown[] = [];
      Object.assign(globalThis, { asked });
      system.showSaveDialog = async (...given: unknown[]) => {
        asked.push(given.at(-1));
        return { canceled: true, filePath: '' };
      };
    });
    await tabTo(page, page.getByRole('button', { name: 'Export' }));
    await press('Enter');
    const asked = () => twig.app.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked.length);
    await expect.poll(asked).toBe(1);
  });

  it('makes a column wider, which the next window knows', async () => {
    await page.keyboard.press('Control+2');
    const edge = page.getByRole('separator', { name: 'Width of Name' });
    const width = () => edge.evaluate((one) => Math.round(one.parentElement?.getBoundingClientRect().width ?? 0));
    await tabTo(page, edge);
    const before = await width();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight');
    await expect.poll(width).toBeGreaterThan(before + 30);
    const wide = await width();
    await tabTo(page, page.getByRole('button', { name: 'Columns' }), 'Shift+Tab');
    await press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Remove Job Title' }));
    await page.keyboard.press('Enter');
    await press('Escape');
    await page.reload();
    // Keys are heard again only once the page is drawn.
    await until('People', async () => {
      await page.keyboard.press('Control+2');
      return edge.isVisible();
    });
    await expect.poll(width).toBe(wide);
    expect(await page.getByRole('columnheader', { name: 'Job Title' }).count()).toBe(0);
  });

  it('moves a deal, and takes it back with Undo', async () => {
    await page.keyboard.press('Control+4');
    await tabTo(page, page.getByRole('listbox', { name: /^Lead,/ }), 'Shift+Tab');
    const before = server.rows('opportunity').filter((one) => one.stage === 'LEAD');
    await press(']');
    const moved = await until('the deal to move', async () =>
      before.find(({ id }) => stored('opportunity', id)?.stage === 'PROSPECT'),
    );
    await page.getByRole('button', { name: /^Undo/ }).first().waitFor();
    await press('F6');
    await tabTo(page, page.getByRole('button', { name: /^Undo/ }).first());
    await page.keyboard.press('Enter');
    await until('the deal to be back', async () => stored('opportunity', moved.id)?.stage === 'LEAD');
    await until('the focus', async () => (await focused(page)) !== 'body', 5_000);
  });

  it('re-dates a task in words, and completes many at once', async () => {
    await page.keyboard.press('Control+5');
    await tabTo(page, page.getByRole('radio', { name: 'Mine' }));
    await press('ArrowRight');
    const grid = page.getByRole('grid', { name: 'Tasks' });
    await tabTo(page, grid);
    const title = (await row()).replace(/\s+/g, ' ');
    const task = server.rows('task').find((one) => title.includes(String(one.title)) && one.status !== 'DONE');
    await press('d');
    await page.keyboard.type('in two weeks 3pm');
    await page.keyboard.press('Enter');
    await until('the new date', async () => {
      const due = new Date(String(stored('task', task?.id ?? '')?.dueAt));
      return due.getHours() === 15 && due.getTime() > Date.now() + 12 * 86_400_000;
    });
    await focusOn(page, grid);
    await press('Home', 'Shift+ArrowDown', 'Shift+ArrowDown');
    const done = () => server.rows('task').filter((one) => one.status === 'DONE').length;
    const had = done();
    await press('x');
    await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Complete 3' }));
    await page.keyboard.press('Enter');
    await expect.poll(done, { timeout: 20_000 }).toBe(had + 3);
    await until('the focus', async () => (await focused(page)) !== 'body', 5_000);
  });

  it('chooses between two versions of a field', async () => {
    const person = server.rows('person')[3];
    const id = person?.id ?? '';
    await server.stop();
    const base = { jobTitle: String(person?.jobTitle ?? '') };
    await invoke(page, 'records.update', { object: 'person', id, changes: { jobTitle: 'Mine' }, base });
    server.demo.store.update('person', id, { jobTitle: 'Theirs' });
    await server.start();
    await page.keyboard.press('Control+7');
    await tabTo(page, page.getByRole('button', { name: 'Sync now' }), 'Shift+Tab');
    await press('Enter');
    const mine = page.getByRole('radio', { name: 'Yours' });
    await mine.waitFor({ timeout: 40_000 });
    await tabTo(page, mine);
    await press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Save the choice' }));
    await page.keyboard.press('Enter');
    await until('my choice on the server', async () => stored('person', id)?.jobTitle === 'Mine');
    await until('the focus', async () => (await focused(page)) !== 'body', 5_000);
  });
});
