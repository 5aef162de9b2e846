import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, go, optionsOf, pick } from '../support/controls';
import { launchTwig, type Twig, until } from '../support/desktop';
import { filterBy, micros, namesOf, namesShown } from '../support/lists';
import { linked, walkTask, writeNote } from '../support/notes';
import { connectTwenty, synced } from '../support/steps';
import { type Row, startTwenty, type TestTwenty } from '../support/twenty';

const STAGES = ['New', 'Screening', 'Meeting', 'Proposal', 'Customer'];
/** Fields of the users' notes that only one of the two has out of the box. */
const ONLY_OLD = { company: ['X'], person: ['X', 'City'] };

describe.each(['current', 'old'] as const)('what the users’ notes ask of a stock workspace, %s', (dialect) => {
  const old = dialect === 'old';
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  const called = (object: string, name: string) =>
    server.rows(object).find((row) => row.name === name || row.title === name);
  const arrived = (object: string, name: string) =>
    until(`${name} on the server`, async () => called(object, name), 30_000);
  const company = () => called('company', 'Quayside Films');
  const ines = () => server.rows('person').find((row) => JSON.stringify(row.name).includes('Peña'));
  const newOne = async (view: string, name: string): Promise<Locator> => {
    await go(page, view);
    await page.getByRole('button', { name: new RegExp(`^New ${name}`) }).click();
    return page.getByRole('form', { name: `New ${name}` });
  };
  const fill = async (form: Locator, texts: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(texts)) await form.getByRole('textbox', { name, exact: true }).fill(text);
  };
  const create = async (form: Locator) => {
    await form.getByRole('button', { name: /^Create/ }).click();
    await form.waitFor({ state: 'detached' });
  };

  const scene = () => ({ page, twig, server });

  beforeAll(async () => {
    server = await startTwenty({ dialect });
    twig = await launchTwig();
    page = await connectTwenty(twig, server);
    await synced(page);
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });

  it('creates a company and a person with every field it has', async () => {
    const form = await newOne('Companies', 'company');
    for (const name of ONLY_OLD.company)
      expect(await form.getByRole('textbox', { name, exact: true }).count()).toBe(old ? 1 : 0);
    await fill(form, {
      Name: 'Quayside Films',
      'Domain Name': 'quayside.example',
      Linkedin: 'linkedin.com/company/quayside',
      Employees: '42',
      City: 'Portland',
      State: 'OR',
      Country: 'United States',
      ...(old ? { X: 'https://x.com/quayside' } : {}),
    });
    await create(form);
    expect(await arrived('company', 'Quayside Films')).toMatchObject({
      domainName: { primaryLinkUrl: 'https://quayside.example' },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/company/quayside' },
      address: { addressCity: 'Portland', addressState: 'OR', addressCountry: 'United States' },
      employees: 42,
      ...(old ? { xLink: { primaryLinkUrl: 'https://x.com/quayside' } } : {}),
    });

    const person = await newOne('People', 'person');
    for (const name of ONLY_OLD.person)
      expect(await person.getByRole('textbox', { name, exact: true }).count()).toBe(old ? 1 : 0);
    await fill(person, {
      'First name': 'Inés',
      'Last name': 'Peña',
      Emails: 'ines@quayside.example',
      Linkedin: 'https://linkedin.com/in/ines',
      'Job Title': 'Producer',
      ...(old ? { X: 'x.com/ines', City: 'Sevilla' } : {}),
    });
    await person.getByRole('button', { name: 'Add another' }).first().click();
    await fill(person, { 'Emails 2': 'ines@home.example' });
    await choose(page, person.getByRole('combobox', { name: 'Phones, country' }), 'United States +1');
    await fill(person, { Phones: '(555) 123-4567' });
    await pick(page, person.getByRole('combobox', { name: 'Company', exact: true }), 'quayside', /Quayside Films/);
    await create(person);
    expect(await until('Inés on the server', async () => ines())).toMatchObject({
      name: { firstName: 'Inés', lastName: 'Peña' },
      emails: { primaryEmail: 'ines@quayside.example', additionalEmails: ['ines@home.example'] },
      phones: { primaryPhoneNumber: '5551234567', primaryPhoneCountryCode: 'US', primaryPhoneCallingCode: '+1' },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/in/ines' },
      jobTitle: 'Producer',
      companyId: company()?.id,
      ...(old ? { xLink: { primaryLinkUrl: 'https://x.com/ines' }, city: 'Sevilla' } : {}),
    });
  });

  it('creates a deal in micros and walks it through every stage', async () => {
    const form = await newOne('Deals', 'deal');
    expect(await optionsOf(page, form.getByRole('combobox', { name: 'Stage' }))).toEqual(STAGES);
    await fill(form, { Name: 'Quayside retainer', Amount: '60,000', 'Close date': '2031-02-03' });
    await choose(page, form.getByRole('combobox', { name: 'Amount, currency' }), 'USD US Dollar');
    await pick(page, form.getByRole('combobox', { name: 'Company', exact: true }), 'quayside', /Quayside Films/);
    await pick(page, form.getByRole('combobox', { name: 'Point of contact' }), 'peña', /Inés Peña/);
    await create(form);
    const deal = await arrived('opportunity', 'Quayside retainer');
    expect(deal).toMatchObject({
      stage: 'NEW',
      amount: { amountMicros: 60_000_000_000, currencyCode: 'USD' },
      companyId: company()?.id,
      pointOfContactId: ines()?.id,
    });
    expect(String(deal.closeDate)).toMatch(/^2031-02-0[23]T/);
    await page.getByRole('option', { name: /Quayside retainer/ }).click();
    await page.keyboard.press('Escape');
    for (const stage of STAGES.slice(1)) {
      await page.keyboard.press(']');
      await until(stage, async () => called('opportunity', 'Quayside retainer')?.stage === stage.toUpperCase());
    }
  });

  it('writes a note with its body and link, and takes a task to In progress and Done', async () => {
    await page.keyboard.press('Control+1');
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('quayside films');
    const card = page.getByRole('region', { name: 'Contact' });
    await card.getByRole('heading', { name: 'Quayside Films' }).waitFor();
    const note = await writeNote(scene(), 'Contact', 'Wants the pilot in May\nThey asked for **two** cuts');
    expect(JSON.stringify(old ? note.body : note.bodyV2)).toContain('They asked for');
    await linked(server, note.id, company()?.id);
    await walkTask(scene(), 'Send the reel');
  });

  it('finds by name, e-mail, last name, amount and stage, newest first', async () => {
    await go(page, 'People');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await filterBy(page, 'Name', 'contains', 'peña', ['Inés Peña']);
    await filterBy(page, 'Emails', 'is', 'ines@quayside.example', ['Inés Peña']);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('button', { name: /^Filter/ }).click();

    await go(page, 'Deals');
    await page.getByRole('radio', { name: 'List' }).check({ force: true });
    await page.getByRole('button', { name: /^Filter/ }).click();
    const deals = (fits: (row: Row) => boolean) => namesOf(server.rows('opportunity').filter(fits));
    await filterBy(
      page,
      'Amount',
      'is at least',
      '60k',
      deals((row) => (micros(row) ?? 0) >= 60_000_000_000),
    );
    await filterBy(
      page,
      'Stage',
      'is any of',
      ['Customer'],
      deals((row) => row.stage === 'CUSTOMER'),
    );
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Add Creation date' }).click();
    await page.keyboard.press('Escape');
    const created = page.getByRole('columnheader', { name: 'Creation date' });
    await created.getByRole('button').click();
    await created.getByRole('button').click();
    await expect.poll(() => created.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await namesShown(page))[0]).toBe('Quayside retainer');
    await page.getByRole('radio', { name: 'Board' }).check({ force: true });
  });

  it('moves a deal offline, and sends it once when the server is back', async () => {
    await server.stop();
    await page.getByRole('option', { name: /Quayside retainer/ }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('[');
    await page
      .getByRole('listbox', { name: /^Proposal,/ })
      .getByRole('option', { name: /Quayside retainer/ })
      .waitFor();
    await server.start();
    await page.getByRole('button', { name: 'Sync now' }).click();
    await until(
      'the move on the server',
      async () => called('opportunity', 'Quayside retainer')?.stage === 'PROPOSAL',
      40_000,
    );
    expect(server.rows('opportunity').filter((row) => row.name === 'Quayside retainer')).toHaveLength(1);
  });
});
