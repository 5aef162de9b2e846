import { z } from 'zod';
import { CrmRecord, objectName, uuid } from '../crm/records';

/** Half-open [start, end) UTF-16 ranges of a text that matched. */
export const MatchRanges = z.array(z.tuple([z.number(), z.number()]));
export type MatchRanges = z.infer<typeof MatchRanges>;

export const SearchResult = z.object({
  object: objectName,
  id: uuid,
  title: z.string(),
  titleRanges: MatchRanges,
  subtitle: z.string(),
  subtitleRanges: MatchRanges,
});
export type SearchResult = z.infer<typeof SearchResult>;

export const SearchAnswer = z.object({
  /** The text this answers, so that a late answer is never taken for a newer one. */
  query: z.string(),
  results: z.array(SearchResult),
  /** Hits in all, at most counted up to a bound. */
  total: z.number(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const RecordRef = z.object({ object: objectName, id: uuid });
export type RecordRef = z.infer<typeof RecordRef>;
export const LabelledRef = RecordRef.extend({ label: z.string(), detail: z.string() });
export type LabelledRef = z.infer<typeof LabelledRef>;

export const TimelineItem = z.object({
  kind: z.enum(['note', 'task', 'opportunity', 'change']),
  object: objectName,
  id: uuid,
  title: z.string(),
  /** Markdown, empty when there is none. */
  body: z.string(),
  /** ISO time it happened or was made. */
  at: z.string(),
  dueAt: z.string().nullable(),
  status: z.string().nullable(),
  /** True while it is only on this machine. */
  pending: z.boolean(),
  links: z.array(LabelledRef),
});
export type TimelineItem = z.infer<typeof TimelineItem>;

/** Everything the detail pane shows at once, from the local copy. */
export const Card = z.object({
  object: objectName,
  record: CrmRecord,
  title: z.string(),
  subtitle: z.string(),
  company: LabelledRef.nullable(),
  /** The people of a company or deal; of a note or task whatever it is linked to. */
  people: z.array(LabelledRef),
  deals: z.array(
    LabelledRef.extend({ stage: z.string(), stageLabel: z.string(), stageColor: z.string(), amount: z.string() }),
  ),
  timeline: z.array(TimelineItem),
  hasMoreTimeline: z.boolean(),
  /** A pending local change is shown on top of the server's values. */
  pending: z.boolean(),
});
export type Card = z.infer<typeof Card>;
