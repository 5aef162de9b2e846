import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, chooseByKeys, focusOn, go, optionsOf, pick, tabTo } from '../support/controls';
import { launchTwig, type Twig, until } from '../support/desktop';
import { filterBy, micros, namesOf } from '../support/lists';
import { linked, walkTask, writeNote } from '../support/notes';
import { combinations, LOST, labelOf, SELECTS, STAGES, valuesOf } from '../support/selects';
import { connectTwenty, synced } from '../support/steps';
import { type Row, startTwenty, type TestTwenty } from '../support/twenty';

describe('what the users of a self-hosted workspace do', () => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const called = (object: string, name: string) =>
    server.rows(object).find((row) => row.name === name || row.title === name);
  const arrived = (object: string, name: string) =>
    until(`${name} on the server`, async () => called(object, name), 30_000);
  const company = () => called('company', 'Northlight Films');
  const mika = () => server.rows('person').find((row) => JSON.stringify(row.name).includes('Østergård'));
  const deal = () => called('opportunity', 'Northlight retainer');
  const shows = (object: 'company' | 'opportunity', field: string, value: string) =>
    until(
      `${field} ${value} on the server`,
      async () => (object === 'company' ? company() : deal())?.[field] === value,
    );

  const scene = () => ({ page, twig, server });

  beforeAll(async () => {
    server = await startTwenty({ dialect: 'a' });
    twig = await launchTwig();
    page = await connectTwenty(twig, server);
    await synced(page);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('creates a company with every field, by mouse', async () => {
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^New company/ }).click();
    const form = page.getByRole('form', { name: 'New company' });
    await form.getByLabel('Name', { exact: true }).first().fill('Northlight Films');
    await form.getByRole('textbox', { name: 'Domain Name', exact: true }).fill('northlight.example');
    await form.getByRole('textbox', { name: 'Linkedin', exact: true }).fill('linkedin.com/company/northlight');
    await form.getByRole('textbox', { name: 'X', exact: true }).fill('https://x.com/northlight');
    await form.getByRole('textbox', { name: 'City' }).fill('Portland');
    await form.getByRole('textbox', { name: 'State' }).fill('OR');
    await form.getByRole('textbox', { name: 'Country' }).fill('United States');
    await form.getByRole('textbox', { name: 'Employees' }).fill('42');
    for (const [field, options] of Object.entries(SELECTS.company)) {
      const select = form.getByRole('combobox', { name: labelOf(field) });
      expect(await optionsOf(page, select)).toEqual(['Not set', ...Object.values(options)]);
    }
    await choose(page, form.getByRole('combobox', { name: 'Company industry' }), 'Media entertainment');
    await form.getByRole('button', { name: /^Create/ }).click();
    expect(await arrived('company', 'Northlight Films')).toMatchObject({
      domainName: { primaryLinkUrl: 'https://northlight.example' },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/company/northlight' },
      xLink: { primaryLinkUrl: 'https://x.com/northlight' },
      address: { addressCity: 'Portland', addressState: 'OR', addressCountry: 'United States' },
      employees: 42,
      companyIndustry: 'MEDIA_ENTERTAINMENT',
    });
  });

  it('sets the selects of a company in place, by mouse, and every option in new ones', async () => {
    const pane = page.getByRole('region', { name: 'Northlight Films' });
    await pane.getByRole('button', { name: /^All fields/ }).click();
    for (const [field, options] of Object.entries(SELECTS.company)) {
      const [value = '', label = ''] = Object.entries(options).at(-1) ?? [];
      await pane.getByRole('button', { name: `Edit ${labelOf(field)}` }).click();
      const form = pane.getByRole('form', { name: `Edit ${labelOf(field)}` });
      await choose(page, form.getByRole('combobox'), label);
      await form.getByRole('button', { name: /^Save/ }).click();
      await form.waitFor({ state: 'detached' });
      await until(`${value} on the server`, async () => company()?.[field] === value);
    }
    for (const [index, one] of combinations(SELECTS.company).entries()) {
      await page.getByRole('button', { name: /^New company/ }).click();
      const form = page.getByRole('form', { name: 'New company' });
      await form
        .getByLabel('Name', { exact: true })
        .first()
        .fill(`Quarry ${'abcdefgh'[index]?.repeat(6)}`);
      for (const { field, label } of one)
        await choose(page, form.getByRole('combobox', { name: labelOf(field) }), label);
      await form.getByRole('button', { name: /^Create/ }).click();
      await form.waitFor({ state: 'detached' });
      expect(await arrived('company', `Quarry ${'abcdefgh'[index]?.repeat(6)}`)).toMatchObject(valuesOf(one));
    }
  });

  it('creates a person with every field, by keyboard alone', async () => {
    // A pointer left on the page would choose what opens below it.
    await page.mouse.move(0, 0);
    await page.keyboard.press('Control+2');
    await page.getByRole('heading', { name: 'People', exact: true }).waitFor();
    await tabTo(page, page.getByRole('button', { name: /^New person/ }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'New person' });
    const type = async (name: string, text: string) => {
      await tabTo(
        page,
        form.getByRole('textbox', { name, exact: true }).or(form.getByRole('combobox', { name, exact: true })),
      );
      await page.keyboard.type(text);
    };
    await type('First name', 'Mika');
    await type('Last name', 'Østergård');
    await type('Emails', 'mika@northlight.example');
    await tabTo(page, form.getByRole('button', { name: 'Add another' }).first());
    await page.keyboard.press('Enter');
    await type('Emails 2', 'mika.o@home.example');
    await type('Linkedin', 'https://linkedin.com/in/mika');
    await type('Job Title', 'Producer');
    await tabTo(page, form.getByRole('combobox', { name: 'Phones, country' }));
    await chooseByKeys(page, 'Denmark +45');
    await type('Phones', '32 12 34 56');
    await type('Company', 'northlight');
    await page.getByRole('option', { name: /Northlight Films/ }).waitFor();
    await page.keyboard.press('Enter');
    await type('City', 'Aarhus');
    await type('X', 'x.com/mika');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    expect(await until('Mika on the server', async () => mika())).toMatchObject({
      name: { firstName: 'Mika', lastName: 'Østergård' },
      emails: { primaryEmail: 'mika@northlight.example', additionalEmails: ['mika.o@home.example'] },
      phones: { primaryPhoneNumber: '32123456', primaryPhoneCountryCode: 'DK', primaryPhoneCallingCode: '+45' },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/in/mika' },
      xLink: { primaryLinkUrl: 'https://x.com/mika' },
      city: 'Aarhus',
      jobTitle: 'Producer',
      companyId: company()?.id,
    });
  });

  it('creates a retainer whose amount is its annual value, shown by month', async () => {
    await go(page, 'Deals');
    await page.getByRole('button', { name: /^New deal/ }).click();
    const form = page.getByRole('form', { name: 'New deal' });
    await form.getByLabel('Name', { exact: true }).first().fill('Northlight retainer');
    expect(await optionsOf(page, form.getByRole('combobox', { name: 'Stage' }))).toEqual(STAGES);
    await form.getByRole('textbox', { name: 'Amount' }).fill('60,000');
    await choose(page, form.getByRole('combobox', { name: 'Amount, currency' }), 'USD US Dollar');
    await pick(page, form.getByRole('combobox', { name: 'Company', exact: true }), 'northlight', /Northlight Films/);
    await pick(page, form.getByRole('combobox', { name: 'Point of contact' }), 'mika', /Mika Østergård/);
    await choose(page, form.getByRole('combobox', { name: 'Contract type' }), 'Retainer');
    await choose(page, form.getByRole('combobox', { name: 'Lead source' }), 'Referral');
    await form.getByRole('textbox', { name: 'Use case' }).fill('$5,000/month retainer, referred via Northlight’s Jane');
    expect(await form.getByRole('combobox', { name: 'Lost reason' }).count()).toBe(0);
    await form.getByRole('button', { name: /^Create/ }).click();
    expect(await arrived('opportunity', 'Northlight retainer')).toMatchObject({
      stage: 'LEAD',
      amount: { amountMicros: 60_000_000_000, currencyCode: 'USD' },
      companyId: company()?.id,
      pointOfContactId: mika()?.id,
      contractType: 'RETAINER',
      leadSource: 'REFERRAL',
      useCase: '$5,000/month retainer, referred via Northlight’s Jane',
    });
    await page.getByRole('option', { name: /Northlight retainer.*\$5,000\/mo/ }).waitFor();
  });

  it('sets the selects of a deal in place, and every option in new ones, by keyboard alone', async () => {
    await page.mouse.move(0, 0);
    const pane = page.getByRole('region', { name: 'Northlight retainer' });
    await tabTo(page, pane.getByRole('button', { name: /^All fields/ }));
    await page.keyboard.press('Enter');
    for (const [field, options] of Object.entries(SELECTS.opportunity)) {
      const [value = '', label = ''] = Object.entries(options).at(-1) ?? [];
      const pencil = pane.getByRole('button', { name: `Edit ${labelOf(field)}` });
      await tabTo(page, pencil, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await chooseByKeys(page, label);
      await page.keyboard.press('Control+Enter');
      await focusOn(page, pencil);
      await until(`${value} on the server`, async () => deal()?.[field] === value);
    }
    await page.keyboard.press('Escape');
    for (const [index, one] of combinations(SELECTS.opportunity).entries()) {
      await page.keyboard.press('n');
      const form = page.getByRole('form', { name: 'New deal' });
      await tabTo(page, form.getByLabel('Name', { exact: true }).first());
      await page.keyboard.type(`Pitch ${index}`);
      for (const { field, label } of one) {
        await tabTo(page, form.getByRole('combobox', { name: labelOf(field) }));
        await chooseByKeys(page, label);
      }
      await page.keyboard.press('Control+Enter');
      await form.waitFor({ state: 'detached' });
      expect(await arrived('opportunity', `Pitch ${index}`)).toMatchObject(valuesOf(one));
    }
  });

  it('walks a deal through every stage with ], and asks why it was lost', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('listbox', { name: /^Lead,/ }).waitFor();
    await page.getByRole('option', { name: /Northlight retainer/ }).click();
    await page.keyboard.press('Escape');
    for (const stage of STAGES.slice(1, -1)) {
      await page.keyboard.press(']');
      await shows('opportunity', 'stage', stage.toUpperCase());
    }
    await page.keyboard.press(']');
    const asked = page.getByRole('dialog', { name: 'Lost reason of Northlight retainer' });
    expect(await optionsOf(page, asked.getByRole('combobox'))).toEqual(['Not set', ...LOST]);
    await tabTo(page, asked.getByRole('combobox'));
    await chooseByKeys(page, 'Bad fit');
    await tabTo(page, asked.getByRole('button', { name: /^Save/ }));
    await page.keyboard.press('Enter');
    await shows('opportunity', 'stage', 'LOST');
    await shows('opportunity', 'lostReason', 'BAD_FIT');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('region', { name: 'Northlight retainer' });
    await pane.getByRole('button', { name: 'Edit Lost reason' }).click();
    const form = pane.getByRole('form', { name: 'Edit Lost reason' });
    await choose(page, form.getByRole('combobox'), 'Internal change');
    await form.getByRole('button', { name: /^Save/ }).click();
    await shows('opportunity', 'lostReason', 'INTERNAL_CHANGE');
  });

  it('keeps notes and tasks: a note about the company, a task with its status and due time', async () => {
    await page.keyboard.press('Control+1');
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('northlight films');
    const card = page.getByRole('region', { name: 'Contact' });
    await card.getByRole('heading', { name: 'Northlight Films' }).waitFor();
    const note = await writeNote(scene(), 'Contact', 'Wants the pilot in May\nThey asked for **two** cuts');
    expect(note.bodyV2).toMatchObject({ markdown: expect.stringContaining('**two** cuts') });
    await linked(server, note.id, company()?.id);
    await walkTask(scene(), 'Send the reel');
  });

  it('finds by name, e-mail and last name, orders by creation, and asks for amounts and options', async () => {
    await go(page, 'People');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await filterBy(page, 'Name', 'contains', 'østergård', ['Mika Østergård']);
    await filterBy(page, 'Emails', 'is', 'mika@northlight.example', ['Mika Østergård']);
    await filterBy(page, 'City', 'starts with', 'aar', ['Mika Østergård']);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('button', { name: /^Filter/ }).click();

    await go(page, 'Deals');
    await page.getByRole('radio', { name: 'List' }).check({ force: true });
    await page.getByRole('button', { name: /^Filter/ }).click();
    await filterBy(page, 'Name', 'starts with', 'Pitch 0', ['Pitch 0']);
    await filterBy(page, 'Use case', 'contains', 'Northlight’s', ['Northlight retainer']);
    const deals = (fits: (row: Row) => boolean) => namesOf(server.rows('opportunity').filter(fits));
    await filterBy(
      page,
      'Amount',
      'is at least',
      '60,000',
      deals((row) => (micros(row) ?? 0) >= 60_000_000_000),
    );
    await filterBy(
      page,
      'Amount',
      'is at most',
      '15k',
      deals((row) => (micros(row) ?? 1e15) <= 15_000_000_000),
    );
    await filterBy(
      page,
      'Contract type',
      'is any of',
      ['Hybrid', 'TBD'],
      deals((row) => ['HYBRID', 'TBD'].includes(String(row.contractType))),
    );
    await filterBy(
      page,
      'Stage',
      'is any of',
      ['Lost'],
      deals((row) => row.stage === 'LOST'),
    );
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Add Creation date' }).click();
    await page.keyboard.press('Escape');
    const created = page.getByRole('columnheader', { name: 'Creation date' });
    await created.getByRole('button').click();
    await created.getByRole('button').click();
    await expect.poll(() => created.getAttribute('aria-sort')).toBe('descending');
    const newest = [...server.rows('opportunity')].sort((a, b) => (String(a.createdAt) < String(b.createdAt) ? 1 : -1));
    await expect
      .poll(() => page.getByRole('grid').getByRole('row').nth(1).innerText())
      .toContain(String(newest[0]?.name));
  });

  it('takes everything offline too, and sends each once when the server is back', async () => {
    await server.stop();
    await go(page, 'Deals');
    await page.getByRole('radio', { name: 'Board' }).check({ force: true });
    await page.getByRole('option', { name: /Northlight retainer/ }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('[');
    const done = page.getByRole('listbox', { name: /^Done,/ });
    await done.getByRole('option', { name: /Northlight retainer/ }).waitFor();
    expect(deal()?.stage).toBe('LOST');
    await go(page, 'Companies');
    await page.getByRole('button', { name: /^New company/ }).click();
    const form = page.getByRole('form', { name: 'New company' });
    await form.getByLabel('Name', { exact: true }).first().fill('Offline Outfitters');
    await page.keyboard.press('Control+Enter');
    const pane = page.getByRole('region', { name: 'Offline Outfitters' });
    await pane.getByText('Waiting to be sent').waitFor();
    await pane.getByRole('button', { name: /^Edit$/ }).click();
    const edit = page.getByRole('form', { name: 'Edit Offline Outfitters' });
    await edit.getByRole('textbox', { name: 'City' }).fill('Tromsø');
    await edit.getByRole('button', { name: /^Save/ }).click();
    await edit.waitFor({ state: 'detached' });
    await pane.getByText('Tromsø').first().waitFor();
    await server.start();
    await page.getByRole('button', { name: 'Sync now' }).click();
    const made = await arrived('company', 'Offline Outfitters');
    await until('the city on the server', async () =>
      JSON.stringify(called('company', 'Offline Outfitters')?.address).includes('Tromsø'),
    );
    expect(server.rows('company').filter((row) => row.name === made.name)).toHaveLength(1);
    await shows('opportunity', 'stage', 'DONE');
    expect(server.rows('opportunity').filter((row) => row.name === 'Northlight retainer')).toHaveLength(1);
  });
});
