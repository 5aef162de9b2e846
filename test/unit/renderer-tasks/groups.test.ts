import { describe, expect, it } from 'vitest';
import {
  activeNow,
  between,
  type Fading,
  type Group,
  type Line,
  linesOf,
  taskAfter,
} from '../../../renderer/tasks/groups';
import { statusesOf, type Task, taskOf } from '../../../renderer/tasks/task';
import { dayOnly } from '../../../shared/crm';
import { id } from '../renderer/bridge-double';
import { field, object, options } from '../renderer-deals/deals';

/** A Wednesday afternoon. */
const NOW = new Date(2026, 10, 25, 15);
const NONE = new Map<string, Fading>();
const FOLDED = new Set<Group>(['done']);

const day = (number: number): string => dayOnly(2026, 11, number).toISOString();

function task(number: number, dueAt: string | null = null, more: Record<string, unknown> = {}): Task {
  return taskOf({
    id: id(number),
    title: `Task ${number}`,
    status: 'TODO',
    dueAt,
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
    ...more,
  });
}

const words = (lines: readonly Line[]): string[] =>
  lines.map((line) =>
    line.kind === 'head' ? `${line.label} ${line.tasks}` : line.kind === 'task' ? line.task.title : 'more',
  );

describe('the lines', () => {
  it('stand by when they are due; groups without tasks are left out', () => {
    const open = [task(1), task(2, day(30)), task(3, day(24)), task(4, day(25)), task(5, day(27)), task(6, day(20))];
    expect(words(linesOf(open, [], NONE, FOLDED, NOW))).toEqual([
      'Overdue 2',
      'Task 6',
      'Task 3',
      'Today 1',
      'Task 4',
      'This week 1',
      'Task 5',
      'Later 1',
      'Task 2',
      'No date 1',
      'Task 1',
    ]);
  });

  it('show what was done last first, and only its count when folded', () => {
    const done = [
      task(1, null, { status: 'DONE', updatedAt: '2026-11-20T10:00:00Z' }),
      task(2, null, { status: 'DONE', updatedAt: '2026-11-24T10:00:00Z' }),
      task(3, null, { status: 'DONE' }),
    ];
    expect(words(linesOf([], done, NONE, FOLDED, NOW))).toEqual(['Done 3']);
    expect(words(linesOf([], done, NONE, new Set(), NOW))).toEqual(['Done 3', 'Task 3', 'Task 2', 'Task 1']);
  });

  it('keep a task that was just completed where it stood, once', () => {
    const before = task(1, day(24));
    const after = task(1, day(24), { status: 'DONE' });
    const fading = new Map<string, Fading>([[before.id, { task: before, group: 'overdue' }]]);
    const expected = ['Overdue 1', 'Task 1'];
    expect(words(linesOf([before], [], fading, FOLDED, NOW))).toEqual(expected);
    expect(words(linesOf([], [after], fading, FOLDED, NOW))).toEqual(expected);
    expect(words(linesOf([], [after], NONE, FOLDED, NOW))).toEqual(['Done 1']);
  });
});

describe('the keys', () => {
  const lines = linesOf([task(1, day(24)), task(2, day(25)), task(3)], [], NONE, FOLDED, NOW);

  it('step from task to task across the heads, and stop at the ends', () => {
    expect(taskAfter(lines, id(1), 1)?.id).toBe(id(2));
    expect(taskAfter(lines, id(3), 1)?.id).toBe(id(3));
    expect(taskAfter(lines, id(1), -5)?.id).toBe(id(1));
    expect(taskAfter(lines, null, 1)?.id).toBe(id(1));
    expect(taskAfter(lines, null, -1)?.id).toBe(id(3));
    expect(taskAfter([], null, 1)).toBeNull();
  });

  it('choose everything between two tasks, in either direction', () => {
    expect(between(lines, id(1), id(3))).toEqual([id(1), id(2), id(3)]);
    expect(between(lines, id(3), id(2))).toEqual([id(2), id(3)]);
    expect(between(lines, null, id(2))).toEqual([id(2)]);
    expect(between(lines, id(9), id(8))).toEqual([]);
  });

  it('take the task that moved up when the active one left', () => {
    expect(activeNow(lines, id(2), 0)?.id).toBe(id(2));
    expect(activeNow(lines, id(9), 1)?.id).toBe(id(2));
    expect(activeNow(lines, id(9), 7)?.id).toBe(id(3));
    expect(activeNow(lines, null, 1)).toBeNull();
  });
});

describe('the statuses', () => {
  const of = (values: string[], defaultValue: unknown = null) =>
    statusesOf(
      object('task', 'Task', [field('status', { type: 'SELECT', options: options(...values), defaultValue })]),
    );

  it('are the workspace’s own', () => {
    expect(of(['TODO', 'IN_PROGRESS', 'DONE'])).toMatchObject({ open: 'TODO', done: 'DONE' });
    expect(of(['DONE', 'BACKLOG', 'NEXT'], 'NEXT')).toMatchObject({ open: 'NEXT', done: 'DONE' });
    expect(of(['OFFEN', 'ERLEDIGT'])).toMatchObject({ open: 'OFFEN', done: 'ERLEDIGT' });
  });

  it('are none where nothing can be completed', () => {
    expect(of([])).toBeNull();
    expect(statusesOf(object('task', 'Task', [field('title')]))).toBeNull();
  });
});
