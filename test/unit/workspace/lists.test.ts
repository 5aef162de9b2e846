import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from '../../../main/workspace/mirror/mirror';
import { ListRequest } from '../../../shared/app/lists';
import type { CrmRecord } from '../../../shared/crm';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const TITLES = ['CTO', 'buyer', null, 'Ärztin', 'Agent 10', 'Agent 9'];
const person = (n: number, more: Record<string, unknown> = {}): CrmRecord => ({
  id: uuid(n),
  name: { firstName: `Person${n}`, lastName: 'Example' },
  jobTitle: TITLES[n % TITLES.length] ?? '',
  emails: { primaryEmail: `p${n}@example.com`, additionalEmails: [] },
  companyId: n % 2 === 0 ? uuid(900) : null,
  createdAt: '2031-01-01T00:00:00.000Z',
  updatedAt: '2031-01-01T00:00:00.000Z',
  deletedAt: null,
  ...more,
});

describe('a list that no index orders', () => {
  let mirror: Mirror;
  let tick = 0;
  const put = (...records: CrmRecord[]) => {
    tick += 1;
    return mirror.put({ object: 'person', records, tick, answer: false, state: null });
  };
  const ask = (request: Partial<ListRequest>) => mirror.list(ListRequest.parse({ object: 'person', ...request }));
  const titles = (request: Partial<ListRequest>) => ask(request).rows.map((row) => row.jobTitle);
  const byTitle = { sort: [{ field: 'jobTitle', descending: false }] };

  beforeEach(() => {
    mirror = Mirror.open({ path: ':memory:', key: null, now: 0 });
    put(...TITLES.map((_, n) => person(n)));
  });
  afterEach(() => mirror.close());

  it('orders by any field, folded, numbers as numbers, nothing last either way', () => {
    expect(titles(byTitle)).toEqual(['Agent 9', 'Agent 10', 'Ärztin', 'buyer', 'CTO', '']);
    expect(titles({ sort: [{ field: 'jobTitle', descending: true }] })).toEqual([
      'CTO',
      'buyer',
      'Ärztin',
      'Agent 10',
      'Agent 9',
      '',
    ]);
  });

  it('follows records that come, change and go, and come back', () => {
    expect(titles(byTitle)).toHaveLength(6);
    put(person(20, { jobTitle: 'Aaa' }), person(0, { jobTitle: 'Zookeeper' }));
    mirror.remove('person', [uuid(1)]);
    put(person(3, { deletedAt: '2031-02-01T00:00:00.000Z' }));
    expect(titles(byTitle)).toEqual(['Aaa', 'Agent 9', 'Agent 10', 'Zookeeper', '']);
    expect(titles({ ...byTitle, deleted: true })).toEqual(['Ärztin']);
    put(person(3));
    expect(titles(byTitle)).toEqual(['Aaa', 'Agent 9', 'Agent 10', 'Ärztin', 'Zookeeper', '']);
  });

  it('finds a record that came back out of the trash after others were read', () => {
    put(person(3, { deletedAt: '2031-02-01T00:00:00.000Z' }));
    expect(ask({ text: 'person3' }).total).toBe(0);
    put(person(3));
    put(person(30));
    expect(ask({ text: 'person3' }).rows.map((row) => row.id)).toEqual([uuid(3), uuid(30)]);
  });

  it('looks for words in any order, and takes signs as they are', () => {
    put(person(40, { jobTitle: '100% \\ buyer_x' }));
    expect(ask({ text: 'EXAMPLE person1 ' }).rows.map((row) => row.id)).toEqual([uuid(1)]);
    expect(ask({ text: '100%' }).total).toBe(1);
    expect(ask({ text: '%' }).total).toBe(1);
    expect(ask({ text: '_' }).total).toBe(1);
    expect(ask({ text: '\\' }).total).toBe(1);
  });

  it('answers the same whether it was read in advance or not', () => {
    put(...Array.from({ length: 5_000 }, (_, n) => person(1_000 + n)));
    const filter: ListRequest['filter'] = {
      match: 'all',
      conditions: [
        { field: 'jobTitle', op: 'contains', value: 'agent' },
        { field: 'emails', op: 'contains', value: '99@' },
      ],
    };
    const cold = ask({ ...byTitle, filter });
    expect(cold.total).toBeGreaterThan(10);
    const other = Mirror.open({ path: ':memory:', key: null, now: 0 });
    other.put({ object: 'person', records: TITLES.map((_, n) => person(n)), tick: 1, answer: false, state: null });
    other.list(ListRequest.parse({ object: 'person' }));
    other.work(1);
    const records = Array.from({ length: 5_000 }, (_, n) => person(1_000 + n));
    other.put({ object: 'person', records, tick: 2, answer: false, state: null });
    while (other.work(5));
    expect(other.list(ListRequest.parse({ object: 'person', ...byTitle, filter }))).toEqual(cold);
    other.close();
  });

  it('narrows while words are typed, in the order of names', () => {
    const names = () => ask({ text: 'person' }).rows.map((row) => row.id);
    expect(names()).toEqual([0, 1, 2, 3, 4, 5].map(uuid));
    put(person(5, { name: { firstName: 'Aperson', lastName: 'Example' } }));
    expect(names()).toEqual([5, 0, 1, 2, 3, 4].map(uuid));
  });

  it('keeps the order of names among many, also after one was renamed', () => {
    put(...Array.from({ length: 4_000 }, (_, n) => person(5_000 - n)));
    const ids = (request: Partial<ListRequest>) => ask({ limit: 500, ...request }).rows.map((row) => row.id);
    expect(ids({ text: 'example' })).toEqual(ids({}));
    put(person(4_321, { name: { firstName: 'Aaron', lastName: 'Example' } }));
    expect(ids({ text: 'example' })).toEqual(ids({}));
    expect(ids({ text: 'example' })[0]).toBe(uuid(4_321));
  });
});
