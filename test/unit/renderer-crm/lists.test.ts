// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstColumns } from '../../../renderer/lists/columns';
import { type ConditionDraft, conditionOf, draftOfCondition, filterOf } from '../../../renderer/lists/conditions';
import { createList, type List, MOST_SELECTED, PAGE } from '../../../renderer/lists/store';
import { nextSort } from '../../../renderer/lists/TableHead';
import type { ListAnswer, ListCondition, ListRequest } from '../../../shared/app/lists';
import { type BridgeDouble, id, installBridge, later } from '../renderer/bridge-double';
import { field, OPPORTUNITY, objectMeta, PERSON, relation } from './workspace';

const CONTEXT = { now: new Date(2026, 10, 22, 10, 0), dateLocale: 'en', phoneCountry: 'US' } as const;

describe('conditions', () => {
  const DEAL = objectMeta('opportunity', 'opportunities', [
    ...OPPORTUNITY.fields,
    field('closeDate', 'DATE_TIME'),
    field('employees', 'NUMBER'),
    relation('company', 'company'),
  ]);
  const draft = (changes: Partial<ConditionDraft>): ConditionDraft => ({
    key: 1,
    field: 'name',
    op: 'contains',
    text: '',
    choices: [],
    ...changes,
  });

  it.each<[Partial<ConditionDraft>, ListCondition]>([
    [{ text: 'acme' }, { field: 'name', op: 'contains', value: 'acme' }],
    [{ op: 'empty' }, { field: 'name', op: 'empty', value: null }],
    [
      { field: 'amount', op: 'gte', text: '10k' },
      { field: 'amount', op: 'gte', value: '10000000000' },
    ],
    [
      { field: 'employees', op: 'lte', text: '1,200' },
      { field: 'employees', op: 'lte', value: 1200 },
    ],
    [
      { field: 'closeDate', op: 'lte', text: 'tomorrow' },
      { field: 'closeDate', op: 'lte', value: '2026-11-23' },
    ],
    [
      { field: 'stage', op: 'anyOf', choices: ['WON'] },
      { field: 'stage', op: 'anyOf', value: ['WON'] },
    ],
    [
      { field: 'companyId', op: 'is', text: id(4) },
      { field: 'companyId', op: 'is', value: id(4) },
    ],
  ])('%o becomes a condition and comes back', (changes, condition) => {
    expect(conditionOf(draft(changes), DEAL, CONTEXT)).toEqual(condition);
    const again = draftOfCondition(condition, 1, DEAL);
    expect(conditionOf(again, DEAL, CONTEXT)).toEqual(condition);
  });

  it('says nothing while it is half typed, or when the field is gone', () => {
    for (const half of [
      { text: ' ' },
      { field: 'amount', op: 'gte', text: 'much' } as const,
      { field: 'stage', op: 'anyOf' } as const,
      { field: 'gone', text: 'x' },
    ]) {
      expect(conditionOf(draft(half), DEAL, CONTEXT)).toBeNull();
    }
    expect(filterOf('all', [draft({}), draft({ text: 'acme' })], DEAL, CONTEXT)?.conditions).toHaveLength(1);
    expect(filterOf('all', [draft({})], DEAL, CONTEXT)).toBeNull();
  });
});

it('shows what names a record first, then the customary columns', () => {
  expect(firstColumns(PERSON)).toEqual(['name', 'companyId', 'jobTitle', 'emails', 'phones', 'score']);
});

it('sorts up, down, and as it was', () => {
  const up = nextSort([], 'name');
  const down = nextSort(up, 'name');
  expect([up, down, nextSort(down, 'name')]).toEqual([
    [{ field: 'name', descending: false }],
    [{ field: 'name', descending: true }],
    [],
  ]);
});

describe('a list', () => {
  let bridge: BridgeDouble;
  let list: List;
  let ids: string[];
  const answer = ({ offset = 0, limit = 100 }: ListRequest): ListAnswer => ({
    total: ids.length,
    rows: ids.slice(offset, offset + limit).map((one) => ({ id: one })),
    labels: {},
    pending: [],
  });
  const state = () => list.store.getState();
  const settled = () => vi.waitFor(() => expect(state().total).toBe(ids.length));

  beforeEach(async () => {
    ids = Array.from({ length: 2_500 }, (_, index) => id(index + 1));
    bridge = installBridge({ 'records.list': answer });
    list = createList('person');
    list.refresh();
    await settled();
  });

  it('fetches the pages in sight, once', async () => {
    list.sight(PAGE * 3 - 10, PAGE * 3 + 10);
    list.sight(PAGE * 3 - 12, PAGE * 3 + 8);
    await vi.waitFor(() => expect(list.row(PAGE * 3)?.id).toBe(id(PAGE * 3 + 1)));
    const offsets = bridge.inputs('records.list').map((input) => (input as ListRequest).offset);
    expect(offsets).toEqual([0, PAGE * 2, PAGE * 3]);
  });

  it('keeps the active record when rows move under it', async () => {
    await list.moveTo(4, false);
    ids.unshift(id(9_000));
    list.refresh();
    await settled();
    expect(state().active).toBe(5);
    expect(list.row(5)?.id).toBe(id(5));
    ids = ids.filter((one) => one !== id(5));
    list.refresh();
    await settled();
    expect(state().active).toBe(5);
  });

  it('selects a range over pages that were not fetched, up to a limit', async () => {
    await list.moveTo(10, false);
    await list.moveTo(250, true);
    expect(state().selected.size).toBe(241);
    expect(state().selected.has(id(251))).toBe(true);
    await list.moveTo(2_400, true);
    expect(state().selected.size).toBe(MOST_SELECTED);
  });

  it('never shows the answer to an older question', async () => {
    const slow = later<ListAnswer>();
    bridge.answer('records.list', ({ text }: { text: string }) =>
      text === 'a' ? slow.promise : { total: 1, rows: [{ id: id(77) }], labels: {}, pending: [] },
    );
    list.ask({ text: 'a' });
    list.ask({ text: 'ab' });
    slow.give({ total: 9, rows: [], labels: {}, pending: [] });
    await vi.waitFor(() => expect(state().total).toBe(1));
    expect(list.row(0)?.id).toBe(id(77));
  });

  it('forgets what was chosen when another question is asked, and keeps it for another column', () => {
    list.toggle(3);
    list.ask({ columns: ['name'] });
    expect(state().selected.size).toBe(1);
    list.ask({ text: 'x' });
    expect(state().selected.size).toBe(0);
  });
});
