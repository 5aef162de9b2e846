import { z } from 'zod';
import { DraftLink } from '../capture/draft';
import { objectName, uuid } from '../crm/records';
import { AppError } from '../errors';

export const OutboxState = z.enum(['waiting', 'sending', 'sent', 'failed', 'conflict', 'withdrawn']);
export type OutboxState = z.infer<typeof OutboxState>;

/** A field that changed on the server while an edit of it waited here. */
export const Conflict = z.object({ field: z.string(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown() });
export type Conflict = z.infer<typeof Conflict>;

/** One approved write, as the Outbox list shows it. */
export const OutboxEntryView = z.object({
  id: uuid,
  kind: z.enum(['capture', 'create', 'update', 'delete', 'restore']),
  object: objectName,
  recordId: uuid,
  title: z.string(),
  /** One sentence of what it does: "Task for Jane Smith, due Mon 23 Nov 15:00". */
  summary: z.string(),
  links: z.array(DraftLink),
  state: OutboxState,
  /** Epoch milliseconds. */
  createdAt: z.number(),
  sentAt: z.number().nullable(),
  attempts: z.number(),
  nextAttemptAt: z.number().nullable(),
  error: AppError.nullable(),
  conflicts: z.array(Conflict),
  /** Steps done and in all, e.g. note created, one of two links made. */
  done: z.number(),
  steps: z.number(),
  canUndo: z.boolean(),
  canEdit: z.boolean(),
});
export type OutboxEntryView = z.infer<typeof OutboxEntryView>;

/** Proof that a write is on this machine's disk. */
export const Receipt = z.object({
  entryId: uuid,
  object: objectName,
  recordId: uuid,
  /** Epoch milliseconds. */
  at: z.number(),
  /** What the toast says: "Task saved for Jane Smith". */
  message: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;
