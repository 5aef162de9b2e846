import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, go, optionsOf, pick, tabTo } from '../support/controls';
import { launchTwig, type Twig, until } from '../support/desktop';
import { filterBy, namesOf, namesShown } from '../support/lists';
import { linked, writeNote } from '../support/notes';
import { connectServer } from '../support/servers';
import { synced } from '../support/steps';
import { type Row, startTwenty, type TestTwenty } from '../support/twenty';

const STAGES = ['Screening', 'Meeting', 'Proposal', 'Negotiation', 'Won', 'Lost'];

describe('what the users of the Maton gateway do', () => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const called = (object: string, name: string) =>
    server.rows(object).find((row) => row.name === name || row.title === name);
  const arrived = (object: string, name: string) =>
    until(`${name} on the server`, async () => called(object, name), 30_000);
  /** Fills the first condition of the filter and waits for the rows it leaves. */
  const filter = async (field: string, comparison: string, value: string | null, fits: (row: Row) => boolean) => {
    await choose(page, page.getByRole('combobox', { name: 'Field of condition 1' }), field);
    await choose(page, page.getByRole('combobox', { name: 'Comparison of condition 1' }), comparison);
    if (value !== null) await page.getByRole('textbox', { name: `${field} to compare with` }).fill(value);
    const wanted = server.rows('company').filter(fits).length;
    expect(wanted).toBeGreaterThan(0);
    const words = wanted === 1 ? '1 match' : `${wanted} matches`;
    await page.getByRole('status').filter({ hasText: words }).first().waitFor();
  };

  beforeAll(async () => {
    const options = { dialect: 'b' as const, maton: true, people: 150 };
    server = await startTwenty(options);
    twig = await launchTwig({ env: { TWIG_MATON_ORIGIN: server.url } });
    page = await connectServer(twig, options, server);
    await synced(page);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('creates a company with its employees and address, and a deal with its close date, by mouse', async () => {
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^New company/ }).click();
    const form = page.getByRole('form', { name: 'New company' });
    await form.getByLabel('Name', { exact: true }).first().fill('Harbour Logistics');
    await form.getByRole('textbox', { name: 'Domain Name', exact: true }).fill('harbour.example');
    await form.getByRole('textbox', { name: 'Employees' }).fill('1,250');
    await form.getByRole('textbox', { name: 'Street', exact: true }).fill('1 Quay “Road”, 100%');
    await form.getByRole('button', { name: /^Create/ }).click();
    const company = await arrived('company', 'Harbour Logistics');
    expect(company).toMatchObject({
      employees: 1250,
      domainName: { primaryLinkUrl: 'https://harbour.example' },
      address: { addressStreet1: '1 Quay “Road”, 100%' },
    });

    await go(page, 'Deals');
    await page.getByRole('button', { name: /^New deal/ }).click();
    const deal = page.getByRole('form', { name: 'New deal' });
    expect(await optionsOf(page, deal.getByRole('combobox', { name: 'Stage' }))).toEqual(STAGES);
    await deal.getByLabel('Name', { exact: true }).first().fill('Harbour rollout');
    await deal.getByRole('textbox', { name: 'Amount' }).fill('800.25');
    await choose(page, deal.getByRole('combobox', { name: 'Amount, currency' }), 'USD US Dollar');
    await deal.getByRole('textbox', { name: 'Close date' }).fill('2031-02-03');
    await pick(page, deal.getByRole('combobox', { name: 'Company', exact: true }), 'harbour', /Harbour Logistics/);
    await deal.getByRole('button', { name: /^Create/ }).click();
    const made = await arrived('opportunity', 'Harbour rollout');
    expect(made).toMatchObject({
      stage: 'SCREENING',
      amount: { amountMicros: 800_250_000, currencyCode: 'USD' },
      companyId: company.id,
    });
    expect(String(made.closeDate)).toMatch(/^2031-02-0[23]T/);
  });

  it('has everybody although the gateway tells sixty at a time, and writes a person and a note about her', async () => {
    const pages = server.demo.faults.journal.filter(({ path }) => path.startsWith('/twenty/rest/people'));
    expect(pages.filter(({ path }) => path.includes('starting_after=')).length).toBeGreaterThan(1);
    await go(page, 'People');
    await page
      .getByRole('status')
      .filter({ hasText: `${server.rows('person').length}` })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^New person/ }).click();
    const form = page.getByRole('form', { name: 'New person' });
    await form.getByRole('textbox', { name: 'First name' }).fill('Oda');
    await form.getByRole('textbox', { name: 'Last name' }).fill('Nygaard');
    await form.getByRole('textbox', { name: 'Emails', exact: true }).fill('oda@harbour.example');
    await pick(page, form.getByRole('combobox', { name: 'Company', exact: true }), 'harbour', /Harbour Logistics/);
    await form.getByRole('button', { name: /^Create/ }).click();
    const oda = await until('Oda on the server', async () =>
      server.rows('person').find((row) => JSON.stringify(row.name).includes('Nygaard')),
    );
    expect(oda).toMatchObject({
      name: { firstName: 'Oda', lastName: 'Nygaard' },
      emails: { primaryEmail: 'oda@harbour.example' },
      companyId: called('company', 'Harbour Logistics')?.id,
    });
    const note = await writeNote({ page, twig, server }, 'Oda Nygaard', 'Knows the port\nSpeaks for **both** quays');
    expect(note.bodyV2).toMatchObject({ markdown: expect.stringContaining('**both** quays') });
    await linked(server, note.id, oda.id);
  });

  it('walks the deal to the last stage by keyboard', async () => {
    await go(page, 'Deals');
    await page.getByRole('option', { name: /Harbour rollout/ }).click();
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    for (const stage of STAGES.slice(1)) {
      await page.keyboard.press(']');
      await until(stage, async () => called('opportunity', 'Harbour rollout')?.stage === stage.toUpperCase());
    }
  });

  it('lists the deals of some stages', async () => {
    await page.getByRole('radio', { name: 'List' }).check({ force: true });
    await page.getByRole('button', { name: /^Filter/ }).click();
    const wanted = server.rows('opportunity').filter((row) => row.stage === 'LOST' || row.stage === 'MEETING');
    await filterBy(page, 'Stage', 'is any of', ['Lost', 'Meeting'], namesOf(wanted));
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('radio', { name: 'Board' }).check({ force: true });
  });

  it('compares in every way the list of the gateway names', async () => {
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^Filter/ }).click();
    const name = (row: Row) => String(row.name).toLowerCase();
    const employees = (row: Row) => (typeof row.employees === 'number' ? row.employees : null);
    await filter('Name', 'is', 'Harbour Logistics', (row) => row.name === 'Harbour Logistics');
    await filter('Name', 'is not', 'Harbour Logistics', (row) => row.name !== 'Harbour Logistics');
    await filter('Name', 'contains', 'BOUR', (row) => name(row).includes('bour'));
    await filter('Name', 'does not contain', 'harbour', (row) => !name(row).includes('harbour'));
    await filter('Name', 'starts with', 'harb', (row) => name(row).startsWith('harb'));
    await filter('Employees', 'is', '1250', (row) => employees(row) === 1250);
    await filter('Employees', 'is at least', '1,250', (row) => (employees(row) ?? 0) >= 1250);
    await filter('Employees', 'is at most', '60', (row) => (employees(row) ?? 61) <= 60);
    await filter('Employees', 'is more than', '1250', (row) => (employees(row) ?? 0) > 1250);
    await filter('Employees', 'is less than', '60', (row) => (employees(row) ?? 60) < 60);
    await filter('Account owner', 'is empty', null, (row) => row.accountOwnerId === null);
    await filter('Account owner', 'is not empty', null, (row) => row.accountOwnerId !== null);
    await filter('Name', 'is', 'Harbour Logistics', (row) => row.name === 'Harbour Logistics');
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByRole('radio', { name: 'any condition' }).check({ force: true });
    await page.getByRole('textbox', { name: 'Name to compare with' }).nth(1).fill('Acme Corp');
    await expect.poll(async () => (await namesShown(page)).sort()).toEqual(['Acme Corp', 'Harbour Logistics']);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
  });

  it('keeps a task with its due date, status and assignee from the members, offline, by keyboard alone', async () => {
    await server.stop();
    await page.keyboard.press('Control+5');
    await page.getByRole('grid', { name: 'Tasks' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Book the crane 2030-05-17');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Book the crane/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('grid', { name: 'Tasks' }).and(page.locator(':focus')).waitFor();
    while ((await active(page)).includes('Book the crane') === false) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Assignee of Book the crane' });
    await tabTo(page, dialog.getByRole('combobox'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('noah');
    await page.getByRole('option', { name: /Noah Kim/ }).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByRole('button', { name: /^Save/ }));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await server.start();
    await page.getByRole('button', { name: 'Sync now' }).click();
    const noah = server.rows('workspaceMember').find((row) => JSON.stringify(row.name).includes('Noah'));
    await until(
      'the task and its assignee',
      async () => called('task', 'Book the crane')?.assigneeId === noah?.id,
      40_000,
    );
    expect(called('task', 'Book the crane')).toMatchObject({
      status: 'TODO',
      dueAt: expect.stringMatching(/^2030-05-1[67]/),
    });
    expect(server.rows('task').filter((row) => row.title === 'Book the crane')).toHaveLength(1);
  });

  it('goes through the gateway, names its connection each time, and never puts the key into an address', () => {
    const calls = server.demo.faults.journal.filter(({ path }) => path.startsWith('/twenty/'));
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.every(({ path }) => !path.includes(server.key))).toBe(true);
    const [connectionId] = server.demo.maton?.connections.keys() ?? [];
    expect(calls.filter(({ connection }) => connection !== connectionId)).toEqual([]);
  });
});

/** The words of the row that the keys are on. */
function active(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant');
    return (id && document.getElementById(id)?.textContent) || '';
  });
}
