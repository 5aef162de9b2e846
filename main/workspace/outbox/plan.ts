import { randomUUID } from 'node:crypto';
import type { Draft } from '../../../shared/capture/draft';
import type { Entry, NewEntry, Step } from './entry';
import { captureSummary } from './words';

/** `person` -> `targetPersonId`: the column of a join row that names a linked record. */
export function targetField(object: string): string {
  return `target${object.charAt(0).toUpperCase()}${object.slice(1)}Id`;
}

/** The join row that links a note or task to a record. */
export function linkStep(from: { object: string; id: string }, to: { object: string; id: string }): Step {
  return {
    op: 'create',
    object: `${from.object}Target`,
    id: randomUUID(),
    values: { [`${from.object}Id`]: from.id, [targetField(to.object)]: to.id },
  };
}

/** Turns a capture into its saga: the note or task, then one join row per link, all ids made now. */
export function planCapture(draft: Draft): NewEntry {
  const id = randomUUID();
  const values: Record<string, unknown> = { title: draft.title };
  if (draft.body !== '') values.bodyV2 = { markdown: draft.body, blocknote: null };
  if (draft.kind === 'task') {
    if (draft.due !== null) values.dueAt = new Date(draft.due.at).toISOString();
    if (draft.assigneeId !== null) values.assigneeId = draft.assigneeId;
  }
  const unique = draft.links.filter(
    (link, index) => draft.links.findIndex((other) => other.id === link.id && other.object === link.object) === index,
  );
  return {
    kind: 'capture',
    object: draft.kind,
    recordId: id,
    title: draft.title,
    summary: captureSummary(draft),
    links: unique,
    draft: { ...draft, replaces: null },
    window: 'capture',
    steps: [
      { op: 'create', object: draft.kind, id, values },
      ...unique.map((link) => linkStep({ object: draft.kind, id }, link)),
    ],
    undoes: null,
    before: null,
  };
}

/**
 * The steps that take back the first `count` steps of an entry. Creates become soft deletes,
 * an edit is changed back to what it was based on.
 */
function reversed(entry: Entry, count: number): Step[] {
  return entry.steps.slice(0, count).map((step): Step => {
    const { object, id } = step;
    if (step.op === 'delete') return { op: 'restore', object, id };
    if (step.op !== 'update') return { op: 'delete', object, id };
    // Fields that had no value go back to none.
    const was = Object.fromEntries(Object.keys(step.values).map((field) => [field, step.base[field] ?? null]));
    return { op: 'update', object, id, values: was, base: step.values };
  });
}

const REVERSED_KIND = {
  capture: 'delete',
  create: 'delete',
  restore: 'delete',
  delete: 'restore',
  update: 'update',
} as const;

/** The write that takes an entry back as far as it has, or may have, reached the server; null when it has not. */
export function planUndo(entry: Entry): NewEntry | null {
  const reached = Math.min(entry.steps.length, entry.done + (entry.unclear || entry.state === 'sending' ? 1 : 0));
  if (reached === 0) return null;
  const steps = reversed(entry, reached);
  const [first] = steps;
  return {
    kind: REVERSED_KIND[entry.kind],
    object: entry.object,
    recordId: entry.recordId,
    title: entry.title,
    summary: `Takes back: ${entry.summary}`,
    links: [],
    draft: null,
    window: 'outbox',
    steps,
    undoes: entry.id,
    before: first?.op === 'update' ? first.base : null,
  };
}
