import { describe, expect, it } from 'vitest';
import { exactMicros } from '../../../main/twenty/composites';
import { NEWEST } from '../../../main/twenty/dialect';
import { stockObjects } from '../../../main/twenty/metadata-stock';
import type { Dialect } from '../../../main/twenty/types';
import { type BodyForm, createBody, fromWire, updateBody } from '../../../main/twenty/wire';

const OLDER: Dialect = { ...NEWEST, source: 'introspection', body: 'body', targets: 'plain' };
const id = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const context = (object: string, dialect = NEWEST, bodyForm: BodyForm = 'markdown') => ({
  object,
  dialect,
  meta: stockObjects().find((one) => one.name === object),
  bodyForm,
});

describe('a new record', () => {
  it('carries its id and what says something, nothing the server sets', () => {
    const record = {
      id,
      name: { firstName: 'Ada', lastName: '' },
      emails: { primaryEmail: '', additionalEmails: [] },
      phones: { primaryPhoneNumber: '+33612345678', primaryPhoneCountryCode: '', primaryPhoneCallingCode: '' },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/in/ada' },
      jobTitle: '',
      city: 'Lyon',
      companyId: other,
      company: { id: other, name: 'Embedded' },
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      deletedAt: null,
      position: 3,
      searchVector: 'x',
      createdBy: { source: 'API' },
    };
    expect(createBody(record, context('person'))).toEqual({
      id,
      name: { firstName: 'Ada', lastName: '' },
      phones: {
        primaryPhoneNumber: '612345678',
        primaryPhoneCountryCode: 'FR',
        primaryPhoneCallingCode: '+33',
        additionalPhones: [],
      },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/in/ada', primaryLinkLabel: '', secondaryLinks: [] },
      city: 'Lyon',
      companyId: other,
    });
  });

  it('speaks the server’s names for links', () => {
    const target = { id, noteId: other, targetPersonId: other, targetSurveyResultId: other };
    expect(createBody(target, context('noteTarget'))).toEqual(target);
    expect(createBody(target, context('noteTarget', OLDER))).toEqual({
      id,
      noteId: other,
      personId: other,
      surveyResultId: other,
    });
  });

  it('writes rich text as the way of writing needs it', () => {
    const note = { id, title: 'x', bodyV2: { markdown: 'Hello', blocknote: '[]', richOnly: true } };
    const body = (form: BodyForm, dialect = NEWEST) => createBody(note, context('note', dialect, form));
    expect(body('markdown')).toEqual({ id, title: 'x', bodyV2: { markdown: 'Hello' } });
    expect(body('markdownAndNull')).toMatchObject({ bodyV2: { markdown: 'Hello', blocknote: null } });
    expect(body('both')).toMatchObject({
      bodyV2: { markdown: 'Hello', blocknote: expect.stringMatching(/^\[\{.*Hello/) },
    });
    expect(body('blocknote', OLDER)).toEqual({ id, title: 'x', body: expect.stringMatching(/^\[\{.*Hello/) });
  });

  it('brings e-mail addresses into the form that every server compares', () => {
    const emails = { primaryEmail: ' Ada@Example.TEST', additionalEmails: ['B@Example.test'] };
    expect(createBody({ id, emails }, context('person'))).toEqual({
      id,
      emails: { primaryEmail: 'ada@example.test', additionalEmails: ['b@example.test'] },
    });
  });

  it('leaves a number alone that it cannot read', () => {
    const phones = { primaryPhoneNumber: 'ext. 12', primaryPhoneCountryCode: 'FR', primaryPhoneCallingCode: '+33' };
    expect(createBody({ id, phones }, context('person'))).toEqual({ id, phones: { ...phones, additionalPhones: [] } });
  });

  it('drops the one character that no server stores', () => {
    expect(createBody({ id, title: 'a\0b' }, context('note'))).toEqual({ id, title: 'ab' });
    const name = { firstName: 'A\0da', lastName: 'Half \ud83d, whole \u{1f389}, \u05e9\u05dc\u05d5\u05dd' };
    expect(createBody({ id, name }, context('person'))).toEqual({
      id,
      name: { firstName: 'Ada', lastName: 'Half \ufffd, whole \u{1f389}, \u05e9\u05dc\u05d5\u05dd' },
    });
  });
});

describe('a change', () => {
  it('clears with empty sub-fields, since a bare null changes nothing on many servers', () => {
    expect(
      updateBody({ emails: null, name: null, amount: null, dueAt: null }, { ...context('person'), meta: undefined }),
    ).toEqual({
      emails: null,
      name: null,
      amount: null,
      dueAt: null,
    });
    expect(updateBody({ emails: null, name: null }, context('person'))).toEqual({
      emails: { primaryEmail: '', additionalEmails: [] },
      name: { firstName: '', lastName: '' },
    });
    expect(updateBody({ amount: null, stage: 'NEW' }, context('opportunity'))).toEqual({
      amount: { amountMicros: null, currencyCode: null },
      stage: 'NEW',
    });
    expect(updateBody({ bodyV2: null, title: null }, context('note', OLDER, 'blocknote'))).toEqual({
      body: '',
      title: '',
    });
  });

  it('never sends times, ids or embedded records', () => {
    const changes = { id, updatedAt: 'x', createdAt: 'x', deletedAt: null, company: { id: other }, jobTitle: 'CTO' };
    expect(updateBody(changes, context('person'))).toEqual({ jobTitle: 'CTO' });
  });
});

describe('money', () => {
  it.each([
    ['12500000', 12_500_000],
    [12_500_000, 12_500_000],
    [12_500_000n, 12_500_000],
    ['9007199254740993000', '9007199254740993000'],
    [9007199254740993000n, '9007199254740993000'],
    ['-1', -1],
    ['5.000', 5],
    [null, null],
    ['', null],
  ])('writes %s exactly', (value, written) => {
    expect(exactMicros(value)).toBe(written);
  });

  it.each([12.5, '12.5', 'a lot', Number.NaN])('does not write %s', (value) => {
    expect(() => exactMicros(value)).toThrow(/whole number/);
  });
});

describe('a record of the server', () => {
  it('needs an id', () => {
    expect(fromWire('person', { id, createdAt: 7, deletedAt: undefined })).toEqual({
      id,
      createdAt: null,
      deletedAt: null,
    });
    expect([fromWire('person', null), fromWire('person', { id: 'x' }), fromWire('person', [])]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('has canonical names and no search vector', () => {
    const row = { id, personId: other, noteId: other, companyId: null, searchVector: 'x', odd: 1 };
    expect(fromWire('noteTarget', row)).toEqual({
      id,
      targetPersonId: other,
      noteId: other,
      targetCompanyId: null,
      odd: 1,
    });
  });

  it.each([
    ['markdown as it is', { bodyV2: { markdown: '* a', blocknote: '[]' } }, '* a'],
    [
      'blocks where there is no markdown',
      { bodyV2: { markdown: '', blocknote: '[{"type":"paragraph","content":"b"}]' } },
      'b',
    ],
    ['the older body', { body: '[{"type":"paragraph","content":"c"}]' }, 'c'],
    [
      'the older body beside an empty new one',
      { bodyV2: { markdown: '', blocknote: '' }, body: '[{"type":"paragraph","content":"d"}]' },
      'd',
    ],
    ['plain text that someone stored', { body: 'e' }, 'e'],
    ['nothing', { body: null }, ''],
  ])('gives a note’s text: %s', (_, row, markdown) => {
    expect(fromWire('note', { id, ...row })?.bodyV2).toMatchObject({ markdown });
  });

  it('warns when markdown would lose something', () => {
    const blocknote = '[{"type":"paragraph","content":[{"type":"text","text":"x","styles":{"textColor":"red"}}]}]';
    expect(fromWire('note', { id, bodyV2: { markdown: 'x', blocknote } })?.bodyV2).toMatchObject({ richOnly: true });
  });

  it('drops fractions of micros, as newer servers do', () => {
    expect(fromWire('opportunity', { id, amount: { amountMicros: 12.5, currencyCode: 'USD' } })?.amount).toEqual({
      amountMicros: 12,
      currencyCode: 'USD',
    });
  });
});
