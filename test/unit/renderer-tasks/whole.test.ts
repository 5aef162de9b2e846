// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { createWhole, type Whole } from '../../../renderer/lists/whole';
import { ListRequest } from '../../../shared/app/lists';
import type { CrmRecord } from '../../../shared/crm';
import { type BridgeDouble, id, installBridge, refusal } from '../renderer/bridge-double';

let bridge: BridgeDouble;
let rows: CrmRecord[];
let whole: Whole;

const row = (number: number, title = `Task ${number}`): CrmRecord => ({
  id: id(number),
  title,
  createdAt: null,
  updatedAt: null,
  deletedAt: null,
});
const titles = (): unknown[] => [...(whole.store.getState().records?.values() ?? [])].map((record) => record.title);
const changed = (...ids: string[]): void =>
  bridge.emit('records.changed', {
    connectionId: 'acme',
    changes: [{ object: 'task', ids: ids.length === 0 ? null : ids }],
  });

beforeEach(() => {
  rows = [row(1), row(2)];
  bridge = installBridge({
    'records.list': (input: unknown) => {
      const { filter, offset, limit } = ListRequest.parse(input);
      const named = filter?.conditions.find(({ field }) => field === 'id')?.value;
      const found = Array.isArray(named) ? rows.filter((one) => named.includes(one.id)) : rows;
      return { total: found.length, rows: found.slice(offset, offset + limit), labels: {}, pending: [] };
    },
  });
  whole = createWhole({ object: 'task', filter: null });
});

it('reads every page', async () => {
  rows = Array.from({ length: 1_201 }, (_, index) => row(index));
  const stop = whole.follow();
  await vi.waitUntil(() => whole.store.getState().records?.size === 1_201);
  expect(bridge.inputs('records.list')).toHaveLength(3);
  stop();
});

it('reads only what changed, takes out what is gone, and follows no longer than it is shown', async () => {
  const stop = whole.follow();
  await vi.waitUntil(() => titles().length === 2);
  rows = [row(1, 'New title'), row(3)];
  changed(id(1), id(2), id(3));
  await vi.waitUntil(() => titles().includes('New title'));
  expect(titles()).toEqual(['New title', 'Task 3']);
  expect(ListRequest.parse(bridge.inputs('records.list').at(-1)).filter?.conditions[0]?.value).toEqual([
    id(1),
    id(2),
    id(3),
  ]);
  stop();
  const asked = bridge.inputs('records.list').length;
  changed(id(1));
  expect(bridge.inputs('records.list')).toHaveLength(asked);
});

it('shows a record as it will be, over answers that do not know of it yet', async () => {
  const stop = whole.follow();
  await vi.waitUntil(() => titles().length === 2);
  const settle = whole.put(row(2, 'Mine'));
  expect(titles()).toEqual(['Task 1', 'Mine']);
  rows = [row(1, 'Elsewhere'), row(2)];
  changed();
  await vi.waitUntil(() => titles().includes('Elsewhere'));
  expect(titles()).toEqual(['Elsewhere', 'Mine']);
  settle();
  await vi.waitUntil(() => titles().includes('Task 2'));
  stop();
});

it('keeps what it has when reading fails, and says why', async () => {
  const stop = whole.follow();
  await vi.waitUntil(() => titles().length === 2);
  bridge.answer('records.list', () => {
    throw refusal('The local copy is busy.', 'corrupt');
  });
  changed(id(1));
  await vi.waitUntil(() => whole.store.getState().error !== null);
  expect(whole.store.getState().error).toBe('The local copy is busy.');
  expect(titles()).toHaveLength(2);
  stop();
});
