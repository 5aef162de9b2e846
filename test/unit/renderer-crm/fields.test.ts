// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { draftOf, type FieldDraft } from '../../../renderer/fields/draft';
import { fieldText } from '../../../renderer/fields/format';
import { type ReadContext, readDraft } from '../../../renderer/fields/read';
import { askedWith, isShown, isWritable } from '../../../renderer/fields/rights';
import { sameValue } from '../../../renderer/fields/writes';
import type { FieldMeta } from '../../../shared/crm';
import { field, OPPORTUNITY, options, relation } from './workspace';

const NOW = new Date(2026, 10, 22, 10, 0);
const CONTEXT: ReadContext = { now: NOW, dateLocale: 'en', phoneCountry: 'GB' };
const WORDS = { labels: {}, now: NOW };
const UUID = '11111111-1111-4111-8111-111111111111';

const read = (meta: FieldMeta, draft: FieldDraft): unknown => {
  const reading = readDraft(meta, draft, CONTEXT);
  return reading.ok ? reading.value : `refused: ${reading.message}`;
};
const text = (value: string): FieldDraft => ({ kind: 'text', text: value });

describe('what every type says comes back unchanged when nothing is edited', () => {
  const stage = field('stage', 'SELECT', { options: options('LEAD', 'WON') });
  it.each<[FieldMeta, unknown]>([
    [field('jobTitle', 'TEXT'), 'CTO'],
    [field('employees', 'NUMBER'), 640],
    [field('employees', 'NUMBER'), 0.125],
    [field('vip', 'BOOLEAN'), false],
    [field('startDate', 'DATE'), '2026-11-23'],
    [field('ref', 'UUID'), UUID],
    [stage, 'WON'],
    [field('tags', 'MULTI_SELECT', { options: options('A', 'B') }), ['A', 'B']],
    [field('rating', 'RATING', { options: options('RATING_1', 'RATING_4') }), 'RATING_4'],
    [field('words', 'ARRAY'), ['one', 'two']],
    [field('name', 'FULL_NAME'), { firstName: 'Jane', lastName: 'Smith' }],
    [field('emails', 'EMAILS'), { primaryEmail: 'jane@acme.example', additionalEmails: ['j@acme.example'] }],
    [
      field('phones', 'PHONES'),
      {
        primaryPhoneNumber: '2079460000',
        primaryPhoneCountryCode: 'GB',
        primaryPhoneCallingCode: '+44',
        additionalPhones: [{ number: '3012345678', countryCode: 'DE', callingCode: '+49' }],
      },
    ],
    [
      field('linkedinLink', 'LINKS'),
      {
        primaryLinkUrl: 'https://a.example/x',
        primaryLinkLabel: '',
        secondaryLinks: [{ url: 'https://b.example', label: 'B' }],
      },
    ],
    [field('amount', 'CURRENCY'), { amountMicros: 60_000_000_000, currencyCode: 'USD' }],
    [field('amount', 'CURRENCY'), { amountMicros: '123456789012345678', currencyCode: 'JPY' }],
    [relation('company', 'company'), UUID],
  ])('%o', (meta, value) => {
    expect(read(meta, draftOf(meta, value))).toEqual(value);
  });

  it('keeps a moment, and a day that is meant as a day', () => {
    const due = field('dueAt', 'DATE_TIME');
    for (const at of [new Date(2026, 10, 23, 15, 30), new Date(2026, 10, 23, 12, 0, 0, 1)]) {
      expect(sameValue(read(due, draftOf(due, at.toISOString())), at.toISOString())).toBe(true);
    }
    expect(draftOf(due, new Date(2026, 10, 23, 12, 0, 0, 1).toISOString())).toEqual(text('2026-11-23'));
  });

  it('takes a name that an older server keeps as text, and values of a wrong shape', () => {
    expect(draftOf(field('name', 'FULL_NAME'), 'Jane')).toMatchObject({ parts: { firstName: 'Jane' } });
    expect(draftOf(field('emails', 'EMAILS'), 7)).toEqual({ kind: 'lines', lines: [] });
    expect(draftOf(field('amount', 'CURRENCY'), null)).toEqual({ kind: 'money', amount: '', code: '' });
  });
});

describe('reading what was typed', () => {
  it('reads numbers as people write them and refuses what is none', () => {
    const employees = field('employees', 'NUMBER');
    expect(read(employees, text('1,200'))).toBe(1200);
    expect(read(employees, text(' 1200.5 '))).toBe(1200.5);
    expect(read(employees, text(''))).toBeNull();
    expect(read(employees, text('many'))).toBe('refused: This is not a number.');
    expect(read(employees, text('12345678901234567890'))).toMatch(/too large/);
  });

  it('reads dates in words and in figures, also past ones', () => {
    const start = field('startDate', 'DATE');
    expect(read(start, text('tomorrow'))).toBe('2026-11-23');
    expect(read(start, text('next friday'))).toBe('2026-11-27');
    expect(read(start, text('12 Oct 2020'))).toBe('2020-10-12');
    expect(read(start, text('yesterday'))).toBe('2026-11-21');
    expect(read(start, text('2026-02-30'))).toMatch(/^refused: This is not a date/);
    expect(read(start, text('soon, maybe'))).toMatch(/^refused: This is not a date/);
  });

  it('keeps the time that was named', () => {
    const due = field('dueAt', 'DATE_TIME');
    expect(new Date(String(read(due, text('tomorrow 3pm')))).getTime()).toBe(new Date(2026, 10, 23, 15).getTime());
    expect(new Date(String(read(due, text('2026-11-23 08:15')))).getTime()).toBe(
      new Date(2026, 10, 23, 8, 15).getTime(),
    );
    expect(read(due, text('2026-11-23 25:00'))).toMatch(/^refused/);
  });

  it('refuses e-mail addresses, phones and links that a server would refuse', () => {
    const emails = field('emails', 'EMAILS');
    expect(read(emails, { kind: 'lines', lines: ['jane@acme.example', '', 'JANE@acme.example'] })).toEqual({
      primaryEmail: 'jane@acme.example',
      additionalEmails: [],
    });
    for (const wrong of ['jane', 'jane@acme', 'a b@acme.example', 'jane@@acme.example']) {
      expect(read(emails, { kind: 'lines', lines: [wrong] })).toBe(`refused: “${wrong}” is not an e-mail address.`);
    }
    const phones = field('phones', 'PHONES');
    expect(read(phones, { kind: 'phones', phones: [{ text: '020 7946 0000', country: '' }] })).toMatchObject({
      primaryPhoneNumber: '2079460000',
      primaryPhoneCountryCode: 'GB',
      primaryPhoneCallingCode: '+44',
    });
    expect(read(phones, { kind: 'phones', phones: [{ text: '12', country: 'US' }] })).toMatch(/^refused: “12”/);
    const links = field('domainName', 'LINKS');
    expect(read(links, { kind: 'links', links: [{ url: 'acme.example', label: '' }] })).toMatchObject({
      primaryLinkUrl: 'https://acme.example',
    });
    for (const wrong of ['acme', 'javascript://alert', 'two words.example']) {
      expect(read(links, { kind: 'links', links: [{ url: wrong, label: '' }] })).toMatch(/is not a web address/);
    }
  });

  it('keeps money exact to the micro and asks for the currency', () => {
    const amount = field('amount', 'CURRENCY');
    const money = (typed: string, code: string): unknown => read(amount, { kind: 'money', amount: typed, code });
    expect(money('0.000001', 'USD')).toEqual({ amountMicros: 1, currencyCode: 'USD' });
    expect(money('999999999999.999999', 'EUR')).toEqual({ amountMicros: '999999999999999999', currencyCode: 'EUR' });
    expect(money('$5k', 'usd')).toEqual({ amountMicros: 5_000_000_000, currencyCode: 'USD' });
    expect(money('1000000000000', 'USD')).toMatch(/12 digits and 6 decimals/);
    expect(money('5', '')).toBe('refused: Choose a currency for the amount.');
    expect(money('', 'USD')).toBeNull();
  });

  it('refuses options that the workspace does not have', () => {
    const stage = field('stage', 'SELECT', { nullable: false, options: options('LEAD') });
    expect(read(stage, { kind: 'choice', value: 'GONE' })).toMatch(/not a choice of this workspace/);
    expect(read(stage, { kind: 'choice', value: '' })).toBe('refused: Stage is required.');
    const tags = field('tags', 'MULTI_SELECT', { options: options('A') });
    expect(read(tags, { kind: 'choices', values: ['A', 'GONE'] })).toMatch(/“GONE” is not a choice/);
    expect(read(tags, { kind: 'choices', values: [] })).toBeNull();
  });

  it('asks for what is required', () => {
    const name = field('name', 'TEXT', { nullable: false });
    expect(read(name, text('  '))).toBe('refused: Name is required.');
    expect(read(field('name', 'TEXT', { nullable: false, defaultValue: '' }), text(''))).toBe('');
    expect(read(field('phones', 'PHONES', { nullable: false }), { kind: 'phones', phones: [] })).toBeNull();
  });
});

describe('values as words', () => {
  it.each<[FieldMeta, unknown, string]>([
    [field('employees', 'NUMBER'), 12000, '12,000'],
    [field('vip', 'BOOLEAN'), true, 'Yes'],
    [field('startDate', 'DATE'), '2026-11-23', 'Tomorrow'],
    [field('stage', 'SELECT', { options: options('LEAD') }), 'LEAD', 'Lead'],
    [field('stage', 'SELECT', { options: options('LEAD') }), 'OTHER', 'OTHER'],
    [field('rating', 'RATING'), 'RATING_3', '3 of 5'],
    [field('name', 'FULL_NAME'), { firstName: 'Jane', lastName: null }, 'Jane'],
    [field('amount', 'CURRENCY'), { amountMicros: '1500000', currencyCode: 'USD' }, '$1.50'],
    [field('domainName', 'LINKS'), { primaryLinkUrl: 'https://www.acme.example/' }, 'acme.example'],
    [
      field('address', 'ADDRESS'),
      { addressStreet1: '1 Main St', addressCity: 'Lyon', addressPostcode: '69001', addressCountry: 'France' },
      '1 Main St, 69001 Lyon, France',
    ],
    [
      field('phones', 'PHONES'),
      { primaryPhoneNumber: '2079460000', primaryPhoneCallingCode: '+44' },
      '+44 20 7946 0000',
    ],
    [field('createdBy', 'ACTOR'), { name: 'Ada' }, 'Ada'],
    [field('bodyV2', 'RICH_TEXT'), { markdown: '# Hi\n\nthere' }, '# Hi there'],
    [field('jobTitle', 'TEXT'), null, ''],
  ])('%o', (meta, value, words) => {
    expect(fieldText(meta, value, WORDS)).toBe(words);
  });

  it('names related records, and says when one is not here', () => {
    const company = relation('company', 'company');
    expect(fieldText(company, UUID, { labels: { [UUID]: 'Acme' }, now: NOW })).toBe('Acme');
    expect(fieldText(company, UUID, WORDS)).toBe('not on this machine');
  });
});

describe('what is offered', () => {
  it('leaves out what only the server uses, and lists of other records', () => {
    expect(isShown(field('searchVector', 'TS_VECTOR'))).toBe(false);
    expect(
      isShown(field('people', 'RELATION', { relation: { kind: 'one-to-many', object: 'person', joinColumn: null } })),
    ).toBe(false);
    expect(isWritable(field('data', 'RAW_JSON'))).toBe(false);
    expect(isWritable(field('createdAt', 'DATE_TIME', { readOnly: true }))).toBe(false);
  });

  it('asks for the reason when a deal is lost, where the workspace has it', () => {
    const stage = OPPORTUNITY.fields.find((one) => one.name === 'stage');
    if (!stage) throw new Error('no stage');
    expect(askedWith(OPPORTUNITY, stage, 'LOST')?.name).toBe('lostReason');
    expect(askedWith(OPPORTUNITY, stage, 'WON')).toBeNull();
    expect(askedWith({ ...OPPORTUNITY, fields: [stage] }, stage, 'LOST')).toBeNull();
  });
});
