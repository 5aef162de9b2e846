import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import { launchTwig, type Twig, until } from '../support/desktop';
import { chosenServers, connectServer } from '../support/servers';
import { connectTwenty, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }).click();

describe.each(chosenServers)('the CRM by mouse and keyboard on %s', (_name, options) => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const call = <N extends CommandName>(command: N, input: CommandInput<N>): Promise<CommandOutput<N>> =>
    invoke(page, command, input);
  const stored = (object: string, id: string) =>
    [...server.demo.store.table(object).inOrder()].find((row) => row.id === id);
  const called = (object: string, name: string) =>
    server.rows(object).find((row) => row.name === name || row.title === name);
  const option = (list: Locator, name: string | RegExp) => list.getByRole('option', { name }).first();

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

  it('creates a company in a form made from the workspace’s fields', async () => {
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^New company/ }).click();
    const form = page.getByRole('form', { name: 'New company' });
    await form.getByLabel('Name', { exact: true }).first().fill('Hooli, “Labs” & (Sons) 100%');
    await page.keyboard.press('Control+Enter');
    const company = await until('the company on the server', async () =>
      called('company', 'Hooli, “Labs” & (Sons) 100%'),
    );
    expect(company).toBeDefined();
    await form.waitFor({ state: 'detached' });
  });

  it('shows who is there already before a person is doubled', async () => {
    const jane = server
      .rows('person')
      .find((row) => JSON.stringify(row.name).includes('"Jane"') && JSON.stringify(row.name).includes('"Smith"'));
    const { primaryEmail: email } = (jane?.emails ?? { primaryEmail: '' }) as { primaryEmail: string };
    const found = await call('records.duplicates', {
      object: 'person',
      values: { emails: { primaryEmail: email.toUpperCase(), additionalEmails: [] } },
    });
    expect(found[0]).toMatchObject({ id: jane?.id });
    await go(page, 'People');
    await page.getByRole('button', { name: /^New person/ }).click();
    const form = page.getByRole('form', { name: 'New person' });
    await form.getByRole('textbox', { name: /first/i }).fill('Jane');
    await form.getByRole('textbox', { name: /last/i }).fill('Smith');
    await page.keyboard.press('Control+Enter');
    const warning = page.getByRole('alert', { name: 'Possible duplicates' });
    await warning
      .getByRole('button', { name: /Open that one.*Jane Smith/ })
      .first()
      .click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Jane Smith' }).first().waitFor();
  });

  it('moves a deal with ] to the next of the workspace’s own stages, and Undo takes it back', async () => {
    await go(page, 'Deals');
    const objects = await call('metadata.objects', undefined);
    const stages = [
      ...(objects.find((one) => one.name === 'opportunity')?.fields.find((one) => one.name === 'stage')?.options ?? []),
    ].sort((x, y) => x.position - y.position);
    const [first, second] = stages;
    const column = page.getByRole('listbox', { name: new RegExp(`^${first?.label},`) });
    await option(column, /./).click();
    await page.keyboard.press('Escape');
    await column.focus();
    const before = server
      .rows('opportunity')
      .filter((row) => row.stage === first?.value)
      .map((row) => row.id);
    await page.keyboard.press(']');
    const moved = await until('the deal to move on the server', async () =>
      before.find((id) => stored('opportunity', id)?.stage === second?.value),
    );
    await page.keyboard.press('Control+z');
    await until('the deal to be back', async () => stored('opportunity', moved)?.stage === first?.value);
  });

  it('keeps money exact, whatever its size', async () => {
    const amount = { amountMicros: 123_456_789_012_000, currencyCode: 'USD' };
    const { recordId } = await call('records.create', { object: 'opportunity', values: { name: 'Exact', amount } });
    const deal = await until('the deal on the server', async () => stored('opportunity', recordId));
    expect(deal.amount).toMatchObject(amount);
  });

  it('adds a task and completes it by keyboard', async () => {
    await go(page, 'Tasks');
    await page.getByRole('radio', { name: /^All/ }).check();
    await page
      .getByRole('textbox', { name: 'New task' })
      .or(page.getByRole('button', { name: /New task/ }))
      .first()
      .click();
    await page.getByRole('textbox', { name: 'New task' }).fill('Ring the caterer tomorrow');
    await page.keyboard.press('Enter');
    const task = await until('the task on the server', async () =>
      server.rows('task').find((row) => String(row.title).startsWith('Ring the caterer')),
    );
    expect(task.dueAt).toBeTruthy();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: `Complete ${String(task.title)}` })
      .or(page.getByRole('checkbox', { name: `Complete ${String(task.title)}` }))
      .first()
      .click();
    await until('the task to be done', async () => stored('task', task.id)?.status === 'DONE');
  });

  it('links a note that is there already to one more record, and takes the link away', async () => {
    await go(page, 'Notes');
    const rows = page.getByRole('grid').getByRole('row');
    await rows.nth(1).click();
    await page.keyboard.press('Enter');
    const links = page.getByRole('region', { name: 'Linked to' });
    await links.getByRole('button', { name: 'Link…' }).click();
    await page.getByRole('combobox', { name: 'Link to' }).fill('Hooli');
    await page.getByRole('option', { name: /Hooli/ }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Link', exact: true }).click();
    await links.getByRole('button', { name: /^Unlink Hooli/ }).waitFor();
    const company = called('company', 'Hooli, “Labs” & (Sons) 100%');
    const linked = () => server.rows('noteTarget').some((row) => Object.values(row).includes(company?.id));
    await until('the link on the server', async () => linked());
    // The word of what was just done stands over the lower end of the pane.
    await page.getByRole('button', { name: 'Dismiss', includeHidden: true }).first().click();
    await links.getByRole('button', { name: /^Unlink Hooli/ }).click();
    await until('the link to be gone', async () => !linked());
  });

  it('deletes softly after asking, and restores from Deleted', async () => {
    await go(page, 'Companies');
    await page
      .getByRole('textbox', { name: /^Search/ })
      .or(page.getByRole('searchbox', { name: /^Search/ }))
      .first()
      .fill('Hooli');
    await page.getByText('Hooli, “Labs” & (Sons) 100%').first().click();
    await page.getByRole('button', { name: /^More for Hooli/ }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    const id = called('company', 'Hooli, “Labs” & (Sons) 100%')?.id ?? '';
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Delete', exact: true })
      .click();
    await until('the company in the trash', async () => stored('company', id)?.deletedAt != null);
    await call('records.restore', { object: 'company', ids: [id] });
    await until('the company back', async () => stored('company', id)?.deletedAt === null);
  });

  it('merges an edit made offline, and lets the user choose where both changed the same field', async () => {
    const person = server.rows('person')[3];
    const id = person?.id ?? '';
    await server.stop();
    await call('records.update', {
      object: 'person',
      id,
      changes: { jobTitle: 'Mine' },
      base: { jobTitle: String(person?.jobTitle ?? '') },
    });
    server.demo.store.update('person', id, { jobTitle: 'Theirs' });
    await server.start();
    await call('sync.now', undefined);
    await go(page, 'Outbox');
    const conflict = await until(
      'the conflict',
      async () =>
        (await call('outbox.list', undefined)).find((entry) => entry.recordId === id && entry.state === 'conflict'),
      60_000,
    );
    expect(conflict.conflicts[0]).toMatchObject({ field: 'jobTitle', mine: 'Mine', theirs: 'Theirs' });
    expect(stored('person', id)?.jobTitle).toBe('Theirs');
    await page.getByText('Theirs').first().waitFor();
    await call('outbox.resolve', { id: conflict.id, choices: { jobTitle: 'mine' } });
    await until('my choice on the server', async () => stored('person', id)?.jobTitle === 'Mine');
  });

  it('lists what it wrote', async () => {
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    const { entries } = await call('audit.list', { offset: 0, limit: 50 });
    expect(entries.map((entry) => `${entry.action} ${entry.object}`)).toEqual(
      expect.arrayContaining([
        'create company',
        'update opportunity',
        'delete company',
        'restore company',
        'update person',
      ]),
    );
    await page.getByText('Hooli, “Labs” & (Sons) 100%').first().waitFor();
  });
});

describe('what the key may not do', () => {
  it('is refused with a reason, keeps what was written, and is not offered again', async () => {
    const server = await startTwenty();
    const twig = await launchTwig();
    try {
      const page = await connectTwenty(twig, { url: server.url, key: server.demo.keys.readOnly });
      await synced(page);
      const { activeConnectionId } = await invoke(page, 'app.state', undefined);
      await invoke(page, 'capture.save', {
        kind: 'note',
        title: 'Not allowed',
        body: '',
        due: null,
        assigneeId: null,
        links: [],
        connectionId: activeConnectionId ?? '',
      });
      const refused = await until('the refusal', async () =>
        (await invoke(page, 'outbox.list', undefined)).find((entry) => entry.state === 'failed'),
      );
      expect(refused.error).toMatchObject({ kind: 'forbidden' });
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Outbox', exact: true }).click();
      await page.getByText('Not allowed').first().waitFor();
      expect((await invoke(page, 'metadata.objects', undefined)).find((one) => one.name === 'note')?.canWrite).toBe(
        false,
      );
    } finally {
      await twig.close();
      await server.stop();
    }
  });

  it('read-only mode refuses before anything is kept', async () => {
    const server = await startTwenty();
    const twig = await launchTwig();
    try {
      const page = await connectTwenty(twig, server);
      await synced(page);
      const id = (await invoke(page, 'app.state', undefined)).activeConnectionId ?? '';
      await invoke(page, 'connections.readOnly', { id, readOnly: true });
      const draft = {
        kind: 'note' as const,
        title: 'Never',
        body: '',
        due: null,
        assigneeId: null,
        links: [],
        connectionId: id,
      };
      await expect(invoke(page, 'capture.save', draft)).rejects.toThrow(/read.only/i);
      expect(await invoke(page, 'outbox.list', undefined)).toEqual([]);
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('button', { name: 'Companies', exact: true })
        .click();
      await page.getByText('Acme Corp').first().waitFor();
      expect(await page.getByRole('button', { name: /^New company/ }).isVisible()).toBe(false);
    } finally {
      await twig.close();
      await server.stop();
    }
  });
});
