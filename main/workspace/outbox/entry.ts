import { z } from 'zod';
import { AuditEntry } from '../../../shared/app/lists';
import { Conflict, OutboxEntryView, OutboxState } from '../../../shared/app/outbox';
import { Draft, DraftLink } from '../../../shared/capture/draft';
import { fieldName, objectName, uuid } from '../../../shared/crm';
import { AppError } from '../../../shared/errors';

const values = z.record(fieldName, z.unknown());

/** One call of a saga; ids are made when the write is approved, so repeating a step never doubles it. */
export const Step = z.discriminatedUnion('op', [
  z.object({ op: z.literal('create'), object: objectName, id: uuid, values }),
  z.object({ op: z.literal('update'), object: objectName, id: uuid, values, base: values }),
  z.object({ op: z.literal('delete'), object: objectName, id: uuid }),
  z.object({ op: z.literal('restore'), object: objectName, id: uuid }),
]);
export type Step = z.infer<typeof Step>;

/** One approved write and how far it has come. */
export const Entry = z.object({
  id: uuid,
  /** Order of approval; given when it is stored. */
  seq: z.number(),
  kind: OutboxEntryView.shape.kind,
  object: objectName,
  recordId: uuid,
  title: z.string(),
  summary: z.string(),
  links: z.array(DraftLink),
  draft: Draft.nullable(),
  window: AuditEntry.shape.window,
  steps: z.array(Step).min(1),
  /** Steps the server has confirmed. */
  done: z.number(),
  state: OutboxState,
  /** True when the next step may have reached the server without an answer. */
  unclear: z.boolean(),
  attempts: z.number(),
  /** Epoch milliseconds, as all times here. */
  createdAt: z.number(),
  sentAt: z.number().nullable(),
  nextAttemptAt: z.number().nullable(),
  error: AppError.nullable(),
  conflicts: z.array(Conflict),
  /** The record as it was, for the audit list. */
  before: z.record(fieldName, z.unknown()).nullable(),
  /** The entry this one takes back. */
  undoes: uuid.nullable(),
  undone: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;

/** A write as it is approved, before it has a place in the order. */
export type NewEntry = Pick<
  Entry,
  'kind' | 'object' | 'recordId' | 'title' | 'summary' | 'links' | 'draft' | 'window' | 'steps' | 'undoes' | 'before'
>;

/** True while an entry still has something to do. */
export function isOpen(entry: Entry): boolean {
  return entry.state !== 'sent' && entry.state !== 'withdrawn';
}

/** The line of the audit list that tells of an entry. */
export function auditOf(entry: Entry): AuditEntry {
  const [first] = entry.steps;
  return {
    id: entry.id,
    at: entry.createdAt,
    window: entry.window,
    action: entry.kind === 'capture' ? 'create' : entry.kind,
    object: entry.object,
    recordId: entry.recordId,
    title: entry.title,
    before: entry.before,
    after: first && 'values' in first ? first.values : null,
    outcome: outcomeOf(entry),
  };
}

function outcomeOf(entry: Entry): AuditEntry['outcome'] {
  if (entry.undone) return 'undone';
  if (entry.state === 'sent') return 'sent';
  if (entry.state === 'withdrawn') return 'withdrawn';
  return entry.state === 'failed' || entry.state === 'conflict' ? 'failed' : 'waiting';
}
