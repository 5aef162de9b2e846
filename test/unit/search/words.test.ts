import { describe, expect, it } from 'vitest';
import { phoneForms, toSearchDoc } from '../../../main/workspace/search/documents';
import { fold, foldedWords, foldSpelled } from '../../../main/workspace/search/fold';
import { parseQuery, parseQueryPlainly } from '../../../main/workspace/search/query';
import { initialsOf } from '../../../main/workspace/search/records';

const id = '20202020-1111-4111-8111-111111111111';
const companyId = '20202020-2222-4222-8222-222222222222';

it.each([
  ['Müller', 'muller', 'mueller'],
  ['Straße', 'strasse', null],
  ['Łódź', 'lodz', null],
  ['Søren', 'soren', 'soeren'],
  ['Ærø', 'aero', 'aeroe'],
  ['Åsa', 'asa', 'aasa'],
  ['Ünsal', 'unsal', 'uensal'],
  ['ﬁt', 'fit', null],
])('folds %s', (text, folded, spelled) => {
  expect(fold(text)).toBe(folded);
  expect(fold(text.normalize('NFD'))).toBe(folded);
  expect(foldSpelled(text)).toBe(spelled);
});

it('takes words apart and says where they stand', () => {
  expect(foldedWords("O'Brien-Smith, J. 💼 42").map(({ text, start, end }) => [text, start, end])).toEqual([
    ['obrien', 0, 7],
    ['smith', 8, 13],
    ['j', 15, 16],
    ['42', 21, 23],
  ]);
});

it('makes initials', () => {
  expect(initialsOf(['jane', 'smith'])).toEqual(['js']);
  expect(initialsOf(['jan', 'van', 'dijk'])).toEqual(['jvd', 'jd']);
  expect(initialsOf(['acme'])).toEqual([]);
});

describe('queries', () => {
  const read = (query: string) => parseQuery(query).map(({ forms, digits }) => digits ?? forms.join('/'));

  it.each([
    ['Jane  SMITH jane', ['jane', 'smith']],
    ['müller', ['muller/mueller']],
    ['smith 555 123 4567', ['smith', '5551234567']],
    ['+49 (0)30 12', ['493012']],
    ['0049 30', ['4930']],
    ['030 12', ['3012']],
    ['studio 54', ['studio', '54']],
    ['a1234', ['a1234']],
  ])('%s', (query, words) => {
    expect(read(query)).toEqual(words);
  });

  it('can be read without phone numbers', () => {
    expect(parseQueryPlainly('plan 2025 2026').map((word) => word.forms[0])).toEqual(['plan', '2025', '2026']);
  });

  it('knows parts of an e-mail address', () => {
    expect(parseQuery('ask jane@ac').map((word) => word.inEmail)).toEqual([false, true, true]);
  });
});

describe('documents', () => {
  const labelOf = (object: string, of: string) => (object === 'company' && of === companyId ? 'Acme Corp' : null);

  it('are made from a person', () => {
    const record = {
      id,
      name: { firstName: 'Jane', lastName: 'Smith' },
      emails: { primaryEmail: 'jane@acme.com', additionalEmails: ['j@home.org', ''] },
      phones: { primaryPhoneNumber: '2015550123', primaryPhoneCallingCode: '+1', additionalPhones: [] },
      jobTitle: 'CTO',
      city: 'Miami',
      companyId,
    };
    expect(toSearchDoc('person', record, labelOf)).toEqual({
      object: 'person',
      id,
      title: 'Jane Smith',
      subtitle: 'CTO · Acme Corp',
      emails: ['jane@acme.com', 'j@home.org'],
      phones: ['12015550123'],
      company: 'Acme Corp',
      jobTitle: 'CTO',
      city: 'Miami',
      domain: '',
    });
  });

  it('are made from a company, a deal and anything else', () => {
    const company = {
      id,
      name: 'Acme',
      domainName: { primaryLinkUrl: 'https://www.acme.com' },
      address: { addressCity: 'Oslo' },
    };
    expect(toSearchDoc('company', company, labelOf)).toMatchObject({ subtitle: 'acme.com · Oslo', domain: 'acme.com' });
    const deal = { id, name: 'Renewal', companyId };
    expect(toSearchDoc('opportunity', deal, labelOf)).toMatchObject({ title: 'Renewal', subtitle: 'Acme Corp' });
    const odd = { id, name: 7, emails: 'x', phones: [], companyId: 3 };
    expect(toSearchDoc('person', odd, labelOf)).toMatchObject({ title: 'Unnamed person', subtitle: '', emails: [] });
  });

  it('hold phones with and without a trunk zero', () => {
    expect(phoneForms('0301234567', '+49')).toEqual(['49301234567', '0301234567']);
    expect(phoneForms('2015550123', '+1')).toEqual(['12015550123']);
    expect(phoneForms('+44 20 7946 0018', '+44')).toEqual(['442079460018']);
  });
});
