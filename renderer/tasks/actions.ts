import type { RecordRef } from '../../shared/app/contacts';
import type { Receipt } from '../../shared/app/outbox';
import { countText } from '../app/sync-text';
import { invoke, messageOf } from '../bridge';
import { offerUndo, sameValue } from '../fields/writes';
import { showToast } from '../ui/toast';
import { type Fading, groupOf } from './groups';
import type { Tasks, TasksState } from './store';
import type { Statuses, Task } from './task';

/** How long a completed task keeps its place, faded: as long as its Undo is offered. */
const FADE_MS = 10_000;

/** `Send the proposal`, or `3 tasks`. */
export function tasksText(tasks: readonly Task[]): string {
  const [only] = tasks;
  return tasks.length === 1 && only ? only.title : countText(tasks.length, 'task', 'tasks');
}

/**
 * Writes the same values to each task, with one Undo for all of them. Tasks that hold them already
 * are left alone. A refusal stops there and says why; what was written before it can be undone.
 * @param said what the toast says, of the tasks that were written
 * @returns the tasks that were written, and what the Undo button does
 */
export async function changeTasks(
  tasks: Tasks,
  chosen: readonly Task[],
  changes: Readonly<Record<string, unknown>>,
  said: (tasks: string) => string,
): Promise<{ written: Task[]; undo: () => void }> {
  const differing = chosen.filter(({ record }) =>
    Object.entries(changes).some(([key, value]) => !sameValue(value, record[key])),
  );
  const written: Task[] = [];
  const receipts: Receipt[] = [];
  try {
    for (const task of differing) {
      const base = Object.fromEntries(Object.keys(changes).map((key) => [key, task.record[key] ?? null]));
      receipts.push(await invoke('records.update', { object: 'task', id: task.id, changes: { ...changes }, base }));
      written.push(task);
    }
  } catch (error) {
    tasks.open.refresh();
    showToast(messageOf(error), 'error');
  }
  return { written, undo: offerUndo(receipts, said(tasksText(written))) };
}

/** Completes tasks: they keep their place, faded, until their Undo is gone. */
export async function completeTasks(
  tasks: Tasks,
  chosen: readonly Task[],
  statuses: Statuses,
  now: Date,
): Promise<void> {
  const open = chosen.filter((task) => task.status !== statuses.done);
  const undo: { take: () => void } = { take: () => undefined };
  const fades = open.map((task): [string, Fading & { undo: () => void }] => [
    task.id,
    { task, group: groupOf(task, now), undo: () => undo.take() },
  ]);
  fade(tasks, (fading) => new Map([...fading, ...fades]));
  const settle = (settled: readonly Task[]): void => {
    const ids = new Set(settled.map((task) => task.id));
    fade(tasks, (fading) => new Map([...fading].filter(([id]) => !ids.has(id))));
  };
  const change = await changeTasks(tasks, open, { status: statuses.done }, (words) => `${words} done`);
  settle(open.filter((task) => !change.written.includes(task)));
  undo.take = () => {
    settle(open);
    change.undo();
  };
  setTimeout(() => settle(open), FADE_MS);
}

/** Puts done tasks back among what is to be done. */
export async function reopenTasks(tasks: Tasks, chosen: readonly Task[], statuses: Statuses): Promise<void> {
  await changeTasks(tasks, chosen, { status: statuses.open }, (words) => `${words} to do again`);
}

type FadingById = TasksState['fading'];

function fade(tasks: Tasks, change: (fading: FadingById) => FadingById): void {
  tasks.view.setState((state) => ({ fading: change(state.fading) }));
}

/** Links each task to a record; tasks that have the link already are left alone. */
export async function linkTasks(tasks: Tasks, chosen: readonly Task[], to: RecordRef, label: string): Promise<void> {
  const known = tasks.links.store.getState();
  const unlinked = chosen.filter((task) => !known.get(task.id)?.some((link) => link.id === to.id));
  const receipts: Receipt[] = [];
  try {
    for (const task of unlinked) receipts.push(await invoke('records.link', { object: 'task', id: task.id, to }));
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
  if (receipts.length > 0) {
    offerUndo(receipts, `${tasksText(unlinked.slice(0, receipts.length))} linked to ${label}`);
  } else if (unlinked.length === 0) showToast(`${tasksText(chosen)} linked to ${label} already`);
}

/** Takes the link between a task and a record away, with Undo. */
export async function unlinkTask(task: Task, to: RecordRef): Promise<void> {
  try {
    offerUndo([await invoke('records.unlink', { object: 'task', id: task.id, to })]);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
