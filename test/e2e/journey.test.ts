import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import { launchTwig, pressGlobal, type Twig, typeGlobal, until } from '../support/desktop';
import { chosenServers, connectServer } from '../support/servers';
import { invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

describe.each(chosenServers)('the journey on %s', (name, options) => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const call = <N extends CommandName>(command: N, input: CommandInput<N>): Promise<CommandOutput<N>> =>
    invoke(page, command, input);
  const jane = () =>
    server
      .rows('person')
      .find((row) => JSON.stringify(row.name).includes('"Jane"') && JSON.stringify(row.name).includes('"Smith"'));

  beforeAll(async () => {
    server = await startTwenty(options);
    twig = await launchTwig({ env: { TWIG_MATON_ORIGIN: server.url } });
    page = await connectServer(twig, options, server);
    await synced(page);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('syncs every person and company', async () => {
    const state = await call('app.state', undefined);
    expect(state.connections[0]?.counts).toMatchObject({
      people: server.rows('person').length,
      companies: server.rows('company').length,
    });
  });

  it('captures a task with a body and a link, which arrives once', async () => {
    await until('the main window to be focused', async () => (await twig.shown('Twig')).focused);
    await pressGlobal('ctrl+shift+j');
    await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
    const capture = await twig.captureWindow();
    await capture.getByRole('radio', { name: 'Task' }).check({ force: true });
    const text = capture.getByRole('textbox', { name: 'Capture' });
    await text.focus();
    await typeGlobal(`Journey ${name} @Jane Smi`);
    await capture
      .getByRole('option', { name: /Jane Smith/ })
      .first()
      .waitFor();
    await pressGlobal('Return');
    await pressGlobal('shift+Return');
    await typeGlobal('- **first** point');
    await expect.poll(() => text.inputValue()).toContain('first');
    await pressGlobal('Return');
    const task = await until('the task on the server', async () =>
      server.rows('task').find((row) => String(row.title).startsWith('Journey')),
    );
    const target = await until('its link', async () => server.rows('taskTarget').find((row) => row.taskId === task.id));
    expect(Object.values(target)).toContain(jane()?.id);
    expect(server.rows('task').filter((row) => row.title === task.title)).toHaveLength(1);
    // Whatever form this server keeps text in, it comes back as what was typed.
    await expect
      .poll(async () => (await call('records.get', { object: 'task', id: task.id }))?.bodyV2)
      .toMatchObject({ markdown: expect.stringContaining('**first** point') });
    expect(JSON.stringify(task)).toContain('first');
  });

  it('finds her and shows the task in her timeline', async () => {
    await pressGlobal('ctrl+shift+k');
    await until('the main window to be focused', async () => (await twig.shown('Twig')).focused);
    await until('the caret in Search', () =>
      page.getByRole('searchbox', { name: 'Search' }).evaluate((field) => field === document.activeElement),
    );
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await typeGlobal('jan smi');
    const first = page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first();
    await expect.poll(() => first.innerText()).toContain('Jane Smith');
    await pressGlobal('Return');
    await page.getByRole('region', { name: 'Contact' }).getByText(`Journey ${name}`).first().waitFor();
  });

  it('edits her job title and nothing else', async () => {
    const before = jane();
    const id = before?.id ?? '';
    await call('records.update', {
      object: 'person',
      id,
      changes: { jobTitle: 'Chief Scientist' },
      base: { jobTitle: String(before?.jobTitle ?? '') },
    });
    await expect.poll(() => jane()?.jobTitle).toBe('Chief Scientist');
    const after = jane();
    expect({ ...after, jobTitle: 0, updatedAt: 0, updatedBy: 0, searchVector: 0 }).toEqual({
      ...before,
      jobTitle: 0,
      updatedAt: 0,
      updatedBy: 0,
      searchVector: 0,
    });
  });

  it('moves her to the trash and back, never destroying anything', async () => {
    const id = jane()?.id ?? '';
    const stored = () => [...server.demo.store.table('person').inOrder()].find((row) => row.id === id);
    await call('records.delete', { object: 'person', ids: [id] });
    await expect.poll(() => stored()?.deletedAt).not.toBeNull();
    expect(stored()).toBeDefined();
    await expect
      .poll(async () =>
        (await call('contacts.search', { query: 'jane smith', objects: ['person'], limit: 5 })).results.some(
          (hit) => hit.id === id,
        ),
      )
      .toBe(false);
    await call('records.restore', { object: 'person', ids: [id] });
    await expect.poll(() => stored()?.deletedAt).toBeNull();
    await expect
      .poll(async () =>
        (await call('contacts.search', { query: 'jane smith', objects: ['person'], limit: 5 })).results.some(
          (hit) => hit.id === id,
        ),
      )
      .toBe(true);
  });

  it('never sent a call that could hurt', () => {
    for (const { method, path } of server.demo.faults.journal) {
      if (method === 'DELETE') expect(path).toMatch(/soft_delete=true/);
      if (method === 'PATCH' || method === 'DELETE')
        expect(path).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/);
      expect(path).not.toContain(server.key);
    }
    expect(server.demo.faults.journal.some(({ body }) => /destroy/i.test(body))).toBe(false);
  });
});
