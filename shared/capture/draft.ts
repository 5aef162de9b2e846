import { z } from 'zod';
import { objectName, uuid } from '../crm/records';

/** A record linked from a capture, with the label it had when it was chosen. */
export const DraftLink = z.object({ object: objectName, id: uuid, label: z.string().max(500) });
export type DraftLink = z.infer<typeof DraftLink>;

/** The moment a task is due: resolved when typed, never parsed again elsewhere. */
export const DraftDue = z.object({
  at: z.iso.datetime({ offset: true }),
  /** False when only a day was named. */
  hasTime: z.boolean(),
  /** The words that were read as the date. */
  words: z.string().max(200),
});
export type DraftDue = z.infer<typeof DraftDue>;

/** One approved capture: what Save sends to main. */
export const Draft = z.object({
  kind: z.enum(['note', 'task']),
  title: z.string().min(1).max(2_000),
  /** Markdown; empty when there is only a title. */
  body: z.string().max(500_000),
  due: DraftDue.nullable(),
  assigneeId: uuid.nullable(),
  links: z.array(DraftLink).max(50),
  /** The workspace it goes to; main refuses a draft for one that is not connected. */
  connectionId: z.string().min(1).max(64),
  /** The unsent outbox entry this one takes the place of, when it was opened for editing. */
  replaces: uuid.nullable().default(null),
});
export type Draft = z.infer<typeof Draft>;

/** The capture window as it stands, kept by main while it is typed. */
export const DraftInProgress = z.object({
  text: z.string().max(500_000),
  kind: z.enum(['note', 'task']),
  links: z.array(DraftLink).max(50),
  /** Date phrases the user dismissed; they stay plain text. */
  dismissed: z.array(z.string().max(200)).max(50),
  assigneeId: uuid.nullable(),
  replaces: uuid.nullable().default(null),
});
export type DraftInProgress = z.infer<typeof DraftInProgress>;
