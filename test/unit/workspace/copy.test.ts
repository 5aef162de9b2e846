import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from '../../../main/workspace/mirror/mirror';
import { ListRequest } from '../../../shared/app/lists';
import type { FieldMeta, ObjectMeta } from '../../../shared/crm';
import { newId } from './support/bench';

const field = (name: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  label: name,
  type,
  nullable: true,
  defaultValue: null,
  options: [],
  readOnly: false,
  custom: false,
  unique: false,
  relation: null,
  ...more,
});
const stage = (value: string, position: number) => ({ value, label: value.toLowerCase(), color: 'blue', position });
const DEALS: ObjectMeta = {
  name: 'opportunity',
  plural: 'opportunities',
  label: 'Deal',
  labelPlural: 'Deals',
  icon: null,
  custom: false,
  labelField: 'name',
  canRead: null,
  canWrite: null,
  fields: [
    field('name', 'TEXT'),
    field('amount', 'CURRENCY'),
    field('closeDate', 'DATE_TIME'),
    field('stage', 'SELECT', { options: [stage('WON', 2), stage('NEW', 0), stage('MEETING', 1)] }),
    field('tags', 'MULTI_SELECT'),
    field('company', 'RELATION', {
      relation: { kind: 'many-to-one', object: 'company', joinColumn: 'companyId' },
    }),
  ],
};

let mirror: Mirror;
beforeEach(() => {
  mirror = Mirror.open({ path: join(mkdtempSync(join(tmpdir(), 'twig-copy-')), 'mirror.db'), key: null, now: 0 });
  return () => mirror.close();
});

function put(object: string, record: Record<string, unknown>): string {
  const id = newId();
  const at = '2026-11-01T00:00:00.000Z';
  const full = { id, createdAt: at, updatedAt: at, ...record };
  mirror.put({ object, records: [full], tick: 0, answer: false, state: null });
  return full.id;
}

const names = (request: Partial<ListRequest>) =>
  mirror
    .list(ListRequest.parse({ object: 'opportunity', ...request }))
    .rows.map((row) => (typeof row.name === 'string' ? row.name : row.id));

describe('lists of deals', () => {
  let acme: string;
  beforeEach(() => {
    mirror.setObjects([DEALS]);
    acme = put('company', { name: 'Äcme' });
    const zeta = put('company', { name: 'Zeta' });
    put('opportunity', {
      name: 'big',
      amount: { amountMicros: '999999999999000001', currencyCode: 'USD' },
      stage: 'WON',
      companyId: zeta,
      closeDate: '2026-12-01T10:00:00.000Z',
      tags: ['A', 'B'],
    });
    put('opportunity', {
      name: 'Bigger',
      amount: { amountMicros: '999999999999000002', currencyCode: 'USD' },
      stage: 'NEW',
      companyId: acme,
      closeDate: '2026-11-01T10:00:00.000Z',
      tags: [],
    });
    put('opportunity', { name: 'none', stage: 'MEETING', amount: null });
  });

  it('sort by name without regard to case, both ways', () => {
    expect(names({})).toEqual(['big', 'Bigger', 'none']);
    expect(names({ sort: [{ field: 'name', descending: true }] })).toEqual(['none', 'Bigger', 'big']);
  });

  it('sort money exactly where a float could not, what has none last', () => {
    expect(names({ sort: [{ field: 'amount', descending: true }] })).toEqual(['Bigger', 'big', 'none']);
    expect(names({ sort: [{ field: 'amount', descending: false }] })).toEqual(['big', 'Bigger', 'none']);
  });

  it('sort stages in their own order and relations by name', () => {
    expect(names({ sort: [{ field: 'stage', descending: false }] })).toEqual(['Bigger', 'none', 'big']);
    expect(names({ sort: [{ field: 'company', descending: false }] })).toEqual(['Bigger', 'big', 'none']);
  });

  it.each([
    [{ field: 'stage', op: 'anyOf', value: ['NEW', 'WON'] }, ['big', 'Bigger']],
    [{ field: 'amount', op: 'gt', value: '999999999999000001' }, ['Bigger']],
    [{ field: 'amount', op: 'empty', value: null }, ['none']],
    [{ field: 'amount.currencyCode', op: 'is', value: 'USD' }, ['big', 'Bigger']],
    [{ field: 'closeDate', op: 'lt', value: '2026-11-15' }, ['Bigger']],
    [{ field: 'closeDate', op: 'is', value: '2026-12-01' }, ['big']],
    [{ field: 'name', op: 'contains', value: 'BÍG' }, ['big', 'Bigger']],
    [{ field: 'tags', op: 'contains', value: 'b' }, ['big']],
    [{ field: 'tags', op: 'empty', value: null }, ['Bigger', 'none']],
    [{ field: 'stage', op: 'isNot', value: 'NEW' }, ['big', 'none']],
  ] as const)('filter by %o', (condition, expected) => {
    const filter = { match: 'all' as const, conditions: [{ ...condition, value: structuredClone(condition.value) }] };
    expect(names({ filter: filter as ListRequest['filter'] })).toEqual(expected);
  });

  it('match any of several, look for text, count and page, and name what rows point at', () => {
    const conditions: NonNullable<ListRequest['filter']>['conditions'] = [
      { field: 'stage', op: 'is', value: 'NEW' },
      { field: 'companyId', op: 'empty', value: null },
    ];
    expect(names({ filter: { match: 'any', conditions } })).toEqual(['Bigger', 'none']);
    expect(names({ text: 'big_' })).toEqual([]);
    const page = mirror.list(ListRequest.parse({ object: 'opportunity', offset: 1, limit: 1 }));
    expect(page).toMatchObject({ total: 3, rows: [{ name: 'Bigger' }], labels: { [acme]: 'Äcme' } });
  });

  it('are sorted anew when something changes', () => {
    const sort = [{ field: 'stage', descending: false }];
    expect(names({ sort })).toHaveLength(3);
    put('opportunity', { name: 'first', stage: 'NEW' });
    expect(names({ sort })).toHaveLength(4);
  });
});

describe('duplicates', () => {
  beforeEach(() => {
    put('person', {
      name: { firstName: 'Zoë', lastName: 'Weiß' },
      emails: { primaryEmail: 'zoe@example.com', additionalEmails: ['z.weiss@example.com'] },
    });
    put('company', { name: 'Acme, Inc.', domainName: { primaryLinkUrl: 'https://www.acme.example/' } });
  });
  const why = (object: string, values: Record<string, unknown>) =>
    mirror.duplicates(object, values, []).map((one) => one.why);

  it('are told with their reason', () => {
    expect(why('person', { emails: { primaryEmail: 'Z.Weiss@example.com' } })).toEqual([
      'Same e-mail address: z.weiss@example.com',
    ]);
    expect(why('person', { name: { firstName: 'Zoe', lastName: 'Weiss' } })).toEqual(['Same name']);
    expect(why('person', { name: { firstName: 'Zoe', lastName: 'Weis' } })).toEqual(['Very similar name']);
    expect(why('company', { name: 'ACME GmbH' })).toEqual(['Same name']);
    expect(why('company', { name: 'Other', domainName: { primaryLinkUrl: 'acme.example' } })).toEqual([
      'Same website: acme.example',
    ]);
    expect(why('person', { name: { firstName: 'Somebody', lastName: 'Else' } })).toEqual([]);
  });
});

describe('a card', () => {
  it('has company, people, deals with exact amounts, and a timeline in pages', () => {
    mirror.setObjects([DEALS]);
    const acme = put('company', { name: 'Acme' });
    const jane = put('person', { name: { firstName: 'Jane', lastName: 'Smith' }, jobTitle: 'CTO', companyId: acme });
    const amount = { amountMicros: 60_000_000_000, currencyCode: 'USD' };
    put('opportunity', { name: 'Renewal', stage: 'WON', amount, companyId: acme, pointOfContactId: jane });
    for (let n = 0; n < 40; n += 1) {
      const note = put('note', { title: `Note ${n}`, createdAt: new Date(Date.UTC(2026, 9, 1, n)).toISOString() });
      put('noteTarget', { noteId: note, targetPersonId: jane });
    }
    const card = mirror.card({ object: 'person', id: jane }, 1, []);
    expect(card).toMatchObject({
      title: 'Jane Smith',
      subtitle: 'CTO · Acme',
      company: { id: acme, label: 'Acme' },
      deals: [{ label: 'Renewal', stageLabel: 'won', stageColor: 'blue', amount: '$60,000' }],
      hasMoreTimeline: true,
    });
    expect(card?.timeline[0]).toMatchObject({ kind: 'opportunity', title: 'Renewal' });
    const last = card?.timeline.at(-1);
    const more = mirror.timeline({ object: 'person', id: jane }, last?.at ?? null, 30, []);
    expect((card?.timeline.length ?? 0) + more.items.length).toBe(41);
    expect(more.hasMore).toBe(false);
    expect(mirror.card({ object: 'company', id: acme }, null, [])?.people).toMatchObject([{ id: jane, detail: 'CTO' }]);
  });
});

describe('search', () => {
  it('opens from the kept index and catches up with what came after', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'twig-copy-')), 'mirror.db');
    const open = () => Mirror.open({ path, key: 'ab'.repeat(32), now: 0 });
    const idle = (copy: Mirror) => {
      while (copy.work(5));
    };
    const at = '2026-11-01T00:00:00.000Z';
    const people = Array.from({ length: 600 }, (_, n) => ({
      id: newId(),
      createdAt: at,
      updatedAt: at,
      name: { firstName: `First${n}`, lastName: `Last${n}` },
    }));
    const first = open();
    first.put({ object: 'person', records: people, tick: 0, answer: false, state: null });
    idle(first);
    first.keepIndex();
    idle(first);
    const late = { ...people[7], id: newId(), name: { firstName: 'Late', lastName: 'Comer' } };
    first.put({ object: 'person', records: [late], tick: 0, answer: false, state: null });
    first.remove('person', [people[0]?.id ?? '']);
    first.close();
    const second = open();
    const find = (query: string) => second.search(query, null, 5, 0).results[0]?.title;
    expect(find('last599')).toBe('First599 Last599');
    idle(second);
    expect(find('late comer')).toBe('Late Comer');
    expect(find('first0 last0')).not.toBe('First0 Last0');
    second.close();
  });

  it('follows renames of what a record points at, and survives a restart', () => {
    const acme = put('company', { name: 'Acme' });
    const jane = put('person', { name: { firstName: 'Jane', lastName: 'Smith' }, companyId: acme });
    mirror.put({ object: 'company', records: [{ id: acme, name: 'Globex' }], tick: 1, answer: false, state: null });
    while (mirror.work(5));
    const find = (query: string) => mirror.search(query, ['person'], 5, 0).results.map((result) => result.id);
    expect(find('jane globex')).toEqual([jane]);
    expect(mirror.search('', null, 10, 0).results.map((result) => result.title)).toEqual(['Jane Smith', 'Globex']);
    mirror.card({ object: 'company', id: acme }, 5, []);
    expect(mirror.search('', null, 10, 0).results.map((result) => result.title)).toEqual(['Globex', 'Jane Smith']);
  });
});
