import { type DueGroup, dueGroup } from '../../shared/crm';
import type { Task } from './task';

export type Group = DueGroup | 'done';

/** The groups in the order they stand in, with their words. */
export const GROUPS: readonly { group: Group; label: string }[] = [
  { group: 'overdue', label: 'Overdue' },
  { group: 'today', label: 'Today' },
  { group: 'week', label: 'This week' },
  { group: 'later', label: 'Later' },
  { group: 'none', label: 'No date' },
  { group: 'done', label: 'Done' },
];

/** A line of the list: the head of a group, or a task in it. */
export type Line =
  | { kind: 'head'; group: Group; label: string; tasks: number; more: boolean }
  | { kind: 'task'; group: Group; task: Task }
  /** Below the done ones: there are older ones than are held. */
  | { kind: 'more'; group: Group };

/** A task completed a moment ago: it keeps its place, faded, so that it can be taken back. */
export interface Fading {
  task: Task;
  group: Group;
}

/**
 * The lines of the list. Open tasks stand by when they are due, what is due first on top; the done
 * ones by when they were changed, the last on top; groups without tasks are left out.
 * @param folded groups of which only the head is shown
 * @param older true when there are done tasks beyond those given
 */
export function linesOf(
  open: readonly Task[],
  done: readonly Task[],
  fading: ReadonlyMap<string, Fading>,
  folded: ReadonlySet<Group>,
  now: Date,
  older = false,
): Line[] {
  const groups = new Map<Group, Task[]>(GROUPS.map(({ group }) => [group, []]));
  for (const { task, group } of fading.values()) groups.get(group)?.push(task);
  for (const task of open) {
    if (!fading.has(task.id)) groups.get(dueGroup(task.dueAt, now))?.push(task);
  }
  for (const task of done) if (!fading.has(task.id)) groups.get('done')?.push(task);
  return GROUPS.flatMap(({ group, label }) => {
    const tasks = groups.get(group) ?? [];
    if (tasks.length === 0) return [];
    tasks.sort(group === 'done' ? lastChanged : firstDue);
    const more = older && group === 'done';
    const head: Line = { kind: 'head', group, label, tasks: tasks.length, more };
    if (folded.has(group)) return [head];
    const rows = tasks.map((task): Line => ({ kind: 'task', group, task }));
    return more ? [head, ...rows, { kind: 'more', group }] : [head, ...rows];
  });
}

/** The group an open task stands in. */
export function groupOf(task: Task, now: Date): Group {
  return dueGroup(task.dueAt, now);
}

/** The task a key leads to from the active one; the first or last when there is none, null in an empty list. */
export function taskAfter(lines: readonly Line[], activeId: string | null, by: number): Task | null {
  const tasks = tasksIn(lines);
  const at = tasks.findIndex((task) => task.id === activeId);
  const from = at < 0 ? (by > 0 ? -1 : tasks.length) : at;
  return tasks[Math.max(0, Math.min(tasks.length - 1, from + by))] ?? null;
}

/** The task to stand on now: the active one, or when it left the list the one that took its place. */
export function activeNow(lines: readonly Line[], activeId: string | null, place: number): Task | null {
  const tasks = tasksIn(lines);
  const same = tasks.find((task) => task.id === activeId);
  return same ?? (activeId === null ? null : (tasks[Math.min(place, tasks.length - 1)] ?? null));
}

/** Ids of the tasks between two, both included, as they stand in the list. */
export function between(lines: readonly Line[], a: string | null, b: string): string[] {
  const ids = tasksIn(lines).map((task) => task.id);
  const [from, to] = [a === null ? -1 : ids.indexOf(a), ids.indexOf(b)];
  if (from < 0) return to < 0 ? [] : [b];
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** All tasks in sight, in the order they stand in. */
export function tasksIn(lines: readonly Line[]): Task[] {
  return lines.flatMap((line) => (line.kind === 'task' ? [line.task] : []));
}

function firstDue(a: Task, b: Task): number {
  if (a.dueAt !== b.dueAt) return due(a) - due(b);
  return a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1);
}

function due(task: Task): number {
  return task.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(task.dueAt);
}

/** What waits to be sent has no time of change yet: it is the latest. */
function lastChanged(a: Task, b: Task): number {
  return (Date.parse(b.updatedAt) || Number.MAX_SAFE_INTEGER) - (Date.parse(a.updatedAt) || Number.MAX_SAFE_INTEGER);
}
