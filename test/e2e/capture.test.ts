import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  focusOtherWindow,
  launchTwig,
  type OtherWindow,
  pressGlobal,
  type Twig,
  typeGlobal,
  until,
} from '../support/desktop';
import { connectTwenty, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

/** Every byte of every file of a profile, with Chromium's own caches. */
function* filesOf(folder: string): Generator<Buffer> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) yield* filesOf(path);
    else if (stats?.isFile()) yield readFileSync(path);
  }
}

describe('a note by hotkey', () => {
  let server: TestTwenty;
  let twig: Twig;
  let other: OtherWindow;

  beforeAll(async () => {
    server = await startTwenty();
    twig = await launchTwig();
    await synced(await connectTwenty(twig, server));
    other = await focusOtherWindow();
  });
  afterAll(async () => {
    other.close();
    await twig.close();
    await server.stop();
  });

  it('goes from a key pressed in another app to a linked record in Twenty, and gives the focus back', async () => {
    await pressGlobal('ctrl+shift+j');
    // No pause: what is typed at once must not be lost.
    await typeGlobal('Asked for the security paper @Jane Sm');
    const capture = await twig.captureWindow();
    await capture
      .getByRole('option', { name: /Jane Smith/ })
      .first()
      .waitFor();
    expect(await capture.getByRole('textbox', { name: 'Capture' }).inputValue()).toBe(
      'Asked for the security paper @Jane Sm',
    );
    await pressGlobal('Return');
    await pressGlobal('Return');
    await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
    await until('the focus to go back', () => other.focused());

    const note = await until('the note on the server', async () =>
      server.rows('note').find((row) => String(row.title).startsWith('Asked for')),
    );
    const jane = server
      .rows('person')
      .find(
        (row) =>
          (row.name as { lastName: string; firstName: string }).lastName === 'Smith' &&
          (row.name as { firstName: string }).firstName === 'Jane',
      );
    const target = await until('its link', async () => server.rows('noteTarget').find((row) => row.noteId === note.id));
    expect(target.targetPersonId).toBe(jane?.id);
    expect(note.title).toBe('Asked for the security paper Jane Smith');
    expect(server.rows('noteTarget').filter((row) => row.noteId === note.id)).toHaveLength(1);
    expect(other.typed()).toBe('');
  });

  it('reads a task and its due date in words, and assigns it to me', async () => {
    await pressGlobal('ctrl+shift+j');
    const capture = await twig.captureWindow();
    const text = capture.getByRole('textbox', { name: 'Capture' });
    await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
    await pressGlobal('ctrl+t');
    await expect.poll(() => capture.getByRole('radio', { name: 'Task' }).isChecked()).toBe(true);
    await typeGlobal('Send the proposal tomorrow 3pm');
    await expect.poll(() => text.inputValue()).toBe('Send the proposal tomorrow 3pm');
    await pressGlobal('Return');
    const task = await until('the task on the server', async () =>
      server.rows('task').find((row) => row.title === 'Send the proposal'),
    );
    const due = new Date(String(task.dueAt));
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    expect([due.getDate(), due.getHours(), due.getMinutes()]).toEqual([tomorrow.getDate(), 15, 0]);
    expect(server.demo.members).toContain(task.assigneeId);
  });

  it('keeps what was typed through Escape, and shows it again', async () => {
    await pressGlobal('ctrl+shift+j');
    await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
    await typeGlobal('Half a thought');
    await pressGlobal('Escape');
    await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
    await until('the focus to go back', () => other.focused());
    await pressGlobal('ctrl+shift+j');
    const text = (await twig.captureWindow()).getByRole('textbox', { name: 'Capture' });
    await expect.poll(() => text.inputValue()).toBe('Half a thought');
    await text.fill('');
    await pressGlobal('Escape');
    await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
  });

  it('keeps the key out of every file and every page', async () => {
    const forms = [
      server.key,
      Buffer.from(server.key).toString('base64').replace(/=+$/, ''),
      encodeURIComponent(server.key),
    ];
    let files = 0;
    for (const bytes of filesOf(twig.userDataDir)) {
      files += 1;
      for (const form of forms) {
        expect(bytes.includes(form)).toBe(false);
        expect(bytes.includes(Buffer.from(form, 'utf16le'))).toBe(false);
      }
    }
    expect(files).toBeGreaterThan(5);
    for (const page of [await twig.mainWindow(), await twig.captureWindow()]) {
      const seen = await page.evaluate(async () => {
        const bridge = (window as unknown as { twig: { invoke(name: string): Promise<unknown> } }).twig;
        const answers = await Promise.all(
          ['app.state', 'capture.draft', 'outbox.list', 'metadata.objects'].map((name) => bridge.invoke(name)),
        );
        return JSON.stringify([answers, { ...localStorage }, document.documentElement.outerHTML]);
      });
      expect(seen).not.toContain(server.key);
    }
  });
});

describe('offline', () => {
  it('a capture waits through a restart and arrives once when the server is back', async () => {
    const server = await startTwenty();
    let twig = await launchTwig();
    try {
      await synced(await connectTwenty(twig, server));
      const { userDataDir } = twig;
      await server.stop();
      await twig.kill();

      twig = await launchTwig({ userDataDir });
      const restarted = await twig.mainWindow();
      await until('the main window to be focused', async () => (await twig.shown('Twig')).focused);
      await restarted.getByRole('searchbox', { name: 'Search' }).waitFor();
      const capture = await twig.captureWindow();
      await pressGlobal('ctrl+shift+j');
      await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
      await typeGlobal('Written on the train');
      await expect
        .poll(() => capture.getByRole('textbox', { name: 'Capture' }).inputValue())
        .toBe('Written on the train');
      await pressGlobal('Return');
      await until('Capture to hide', async () => !(await twig.shown('Twig Capture')).visible);
      // Killed right after the receipt: what was acknowledged is on disk.
      await twig.kill();

      twig = await launchTwig({ userDataDir });
      const page = await twig.mainWindow();
      await page.getByRole('button', { name: 'Outbox' }).click();
      await page.getByText('Written on the train').first().waitFor();
      await server.start();
      await until(
        'the note on the server',
        async () => server.rows('note').some((row) => row.title === 'Written on the train'),
        90_000,
      );
      await page
        .getByText(/arrived/)
        .first()
        .waitFor();
      expect(server.rows('note').filter((row) => row.title === 'Written on the train')).toHaveLength(1);
    } finally {
      await twig.close();
      await server.stop();
    }
  }, 180_000);
});
