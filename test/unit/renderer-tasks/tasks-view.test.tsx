// @vitest-environment happy-dom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionView } from '../../../shared/app/connections';
import { ListRequest } from '../../../shared/app/lists';
import { type CrmRecord, dayOnly, FieldMeta } from '../../../shared/crm';
import { appState, type BridgeDouble, connection, id, installBridge, refusal } from '../renderer/bridge-double';
import { field, object, options } from '../renderer-deals/deals';

configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

const ME = id(900);
const OTHER = id(901);
const TASK = object('task', 'Task', [
  field('title'),
  field('status', { type: 'SELECT', options: options('TODO', 'DONE'), nullable: false, defaultValue: 'TODO' }),
  field('dueAt', { type: 'DATE_TIME', label: 'Due date' }),
  FieldMeta.parse({
    ...field('assignee', { type: 'RELATION', label: 'Assignee' }),
    relation: { kind: 'many-to-one', object: 'workspaceMember', joinColumn: 'assigneeId' },
  }),
]);

let bridge: BridgeDouble;
let rows: CrmRecord[];

/** A task of mine, due so many days from today; null for no date. */
function task(number: number, days: number | null, more: Record<string, unknown> = {}): CrmRecord {
  const now = new Date();
  const due = days === null ? null : dayOnly(now.getFullYear(), now.getMonth() + 1, now.getDate() + days);
  return {
    id: id(number),
    title: `Task ${number}`,
    status: 'TODO',
    dueAt: due?.toISOString() ?? null,
    assigneeId: ME,
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
    ...more,
  };
}

function answer(input: unknown): unknown {
  const { object: name, filter, offset, limit } = ListRequest.parse(input);
  const none = { total: 0, rows: [], labels: {}, pending: [] };
  if (name === 'taskTarget') {
    const target = {
      id: id(700),
      taskId: id(1),
      targetPersonId: id(701),
      createdAt: null,
      updatedAt: null,
      deletedAt: null,
    };
    return { ...none, total: 1, rows: [target], labels: { [id(701)]: 'Jane Smith', [id(1)]: 'Task 1' } };
  }
  if (name !== 'task') return none;
  const found = rows.filter((row) =>
    (filter?.conditions ?? []).every(({ field: key, op, value }) => {
      if (op === 'anyOf') return Array.isArray(value) && value.includes(String(row[key]));
      return op === 'isNot' ? row[key] !== value : row[key] === value;
    }),
  );
  return {
    ...none,
    total: found.length,
    rows: found.slice(offset, offset + limit),
    labels: { [ME]: 'Ada Meier', [OTHER]: 'Tim Apple' },
  };
}

async function open(more: Partial<ConnectionView> = {}): Promise<void> {
  bridge = installBridge({
    'metadata.objects': () => [TASK],
    'records.list': answer,
    'records.update': ({ id: recordId, changes }: { id: string; changes: Record<string, unknown> }) => {
      rows = rows.map((row) => (row.id === recordId ? { ...row, ...changes } : row));
      bridge.emit('records.changed', { connectionId: 'acme', changes: [{ object: 'task', ids: [recordId] }] });
      return {
        entryId: id(500 + bridge.inputs('records.update').length),
        object: 'task',
        recordId,
        at: 0,
        message: 'Kept',
      };
    },
    'records.create': () => ({ entryId: id(500), object: 'task', recordId: id(50), at: 0, message: 'Task saved' }),
    'outbox.undo': () => ({ message: 'Taken back.' }),
  });
  const { useApp } = await import('../../../renderer/app/state');
  const { TasksView } = await import('../../../renderer/tasks/TasksView');
  useApp.setState({ state: appState({ connections: [connection(more)] }) });
  render(<TasksView />);
}

const grid = () => screen.findByRole('grid', { name: 'Tasks' });
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: `Key${key.toUpperCase()}`, ...more });
const row = (name: RegExp) => screen.findByRole('row', { name });
const updates = () => bridge.inputs('records.update');
const ready = async () => waitFor(async () => expect(document.activeElement).toBe(await grid()));

beforeEach(() => {
  vi.resetModules();
  // Nothing is laid out here; without heights a virtualised list would be empty.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
  rows = [
    task(1, -1),
    task(2, 0),
    task(3, null),
    task(4, -3, { assigneeId: OTHER }),
    task(5, null, { status: 'DONE' }),
  ];
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('shows mine by when they are due, with what they belong to', async () => {
  await open();
  await ready();
  const names = screen.getAllByRole('row').map((one) => one.textContent);
  expect(names.map((name) => name?.replace(/Yesterday|Today$/, ''))).toEqual([
    'Overdue 1',
    expect.stringContaining('Task 1'),
    'Today 1',
    'Task 2',
    'No date 1',
    'Task 3',
    'Done 1',
  ]);
  expect(await screen.findByText('Jane Smith')).toBeTruthy();
  expect(screen.getByText('3 to do, 1 overdue')).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: 'All' }));
  expect(await row(/Task 4.*Tim Apple/)).toBeTruthy();
});

it('completes a task, which keeps its place with its Undo', async () => {
  await open();
  await ready();
  press('x');
  await waitFor(() =>
    expect(updates()).toEqual([expect.objectContaining({ changes: { status: 'DONE' }, base: { status: 'TODO' } })]),
  );
  const done = await row(/Task 1.*Done/);
  expect(within(done).getByRole('checkbox').getAttribute('aria-checked')).toBe('true');
  fireEvent.click(within(done).getByRole('button', { name: 'Undo, Task 1 is not done' }));
  await waitFor(() => expect(bridge.inputs('outbox.undo')).toEqual([{ id: id(501) }]));
  expect(screen.queryByRole('button', { name: /is not done/ })).toBeNull();
});

it('lets a completed task go when its Undo is over', async () => {
  await open();
  await ready();
  vi.useFakeTimers();
  press('x');
  await act(() => vi.advanceTimersByTimeAsync(9_000));
  expect(screen.getByRole('checkbox', { name: 'Complete Task 1' })).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  vi.useRealTimers();
  await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Complete Task 1' })).toBeNull());
  expect(await row(/Done 2/)).toBeTruthy();
});

it('shows a task as it was when completing it was refused', async () => {
  await open();
  await ready();
  bridge.answer('records.update', () => {
    throw refusal('Your key may not change tasks.', 'forbidden');
  });
  press('x');
  await waitFor(() => expect(updates()).toHaveLength(1));
  await waitFor(() =>
    expect(screen.getByRole('checkbox', { name: 'Complete Task 1' }).getAttribute('aria-checked')).toBe('false'),
  );
});

it('re-dates in words', async () => {
  await open();
  await ready();
  press('d');
  const dialog = await screen.findByRole('dialog', { name: 'Due date of Task 1' });
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Due date' }), {
    target: { value: '2026-12-01 15:00' },
  });
  fireEvent.click(within(dialog).getByRole('button', { name: /^Save/ }));
  await waitFor(() => expect(updates()).toHaveLength(1));
  const [{ changes }] = updates() as [{ changes: { dueAt: string } }];
  expect(Date.parse(changes.dueAt)).toBe(new Date(2026, 11, 1, 15).getTime());
});

it('never takes dates away from many by an empty field', async () => {
  await open();
  await ready();
  press('a', { ctrlKey: true });
  press('d');
  const dialog = await screen.findByRole('dialog', { name: 'Due date of 3 tasks' });
  fireEvent.click(within(dialog).getByRole('button', { name: /^Save 3/ }));
  expect(within(dialog).getByRole('alert').textContent).toBe('Write a date, or choose “No date”.');
  fireEvent.click(within(dialog).getByRole('button', { name: 'No date' }));
  // The third has none already.
  await waitFor(() => expect(updates()).toHaveLength(2));
});

it('says how many and which before many are completed, and takes all back at once', async () => {
  await open();
  await ready();
  press('ArrowDown', { shiftKey: true });
  expect(await screen.findByText('2 tasks chosen')).toBeTruthy();
  press('x');
  const dialog = await screen.findByRole('alertdialog', { name: 'Complete 2 tasks?' });
  expect(within(dialog).getByText('Task 2')).toBeTruthy();
  expect(updates()).toHaveLength(0);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Complete 2' }));
  await waitFor(() => expect(updates()).toHaveLength(2));
  fireEvent.click(within(await row(/Task 1.*Done/)).getByRole('button', { name: /^Undo/ }));
  await waitFor(() => expect(bridge.inputs('outbox.undo')).toHaveLength(2));
});

it('adds a task in one line, for me, with its date in words', async () => {
  await open();
  await ready();
  press('n');
  const input = await screen.findByRole('textbox', { name: 'New task' });
  fireEvent.change(input, { target: { value: 'Send the proposal tomorrow 3pm' } });
  fireEvent.submit(screen.getByRole('form', { name: 'New task' }));
  await waitFor(() => expect(bridge.inputs('records.create')).toHaveLength(1));
  expect(bridge.inputs('records.create')[0]).toMatchObject({
    object: 'task',
    values: { title: 'Send the proposal', status: 'TODO', assigneeId: ME, dueAt: expect.stringContaining('T15:00') },
  });
});

it('changes nothing where that is not allowed, and says why', async () => {
  await open({ readOnly: true });
  await ready();
  press('x');
  press('n');
  expect(screen.queryByRole('textbox', { name: 'New task' })).toBeNull();
  expect(screen.getAllByText(/is read-only in Twig/).length).toBeGreaterThan(0);
  expect(updates()).toHaveLength(0);
});

it('asks who I am where mine is not known', async () => {
  await open({ member: null });
  expect(await screen.findByRole('heading', { name: 'Which tasks are yours?' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show all tasks' }));
  expect(await row(/Task 4/)).toBeTruthy();
});

it('shows older done tasks when asked', async () => {
  rows = [
    task(1, null),
    ...Array.from({ length: 250 }, (_, index) => task(1_000 + index, null, { status: 'DONE', updatedAt: 'x' })),
  ];
  await open();
  await ready();
  const head = await screen.findByRole('button', { name: /^Done/ });
  expect(head.textContent).toBe('Done 200+');
  fireEvent.click(head);
  // Nothing scrolls by itself where nothing is laid out.
  const list = await grid();
  list.scrollTop = 100_000;
  fireEvent.scroll(list);
  fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(screen.queryByText('Done 200+')).toBeNull());
  await waitFor(async () => expect((await grid()).getAttribute('aria-rowcount')).toBe(String(2 + 1 + 250)));
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  expect(document.activeElement).toBe(await grid());
});
