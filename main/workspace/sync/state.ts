import { z } from 'zod';
import type { ObjectMeta } from '../../../shared/crm';

/** How far one object has been read; kept in the copy, in the same transaction as the rows it speaks of. */
export const ReadState = z.object({
  /** Cursor of the first pass after the last page that was kept. */
  cursor: z.string().nullable(),
  firstDone: z.boolean(),
  /** Records kept by the first pass, and how many the server said there are. */
  stored: z.number(),
  total: z.number().nullable(),
  /**
   * Newest `updatedAt` by the server's own clock up to which everything has been seen. Never taken
   * from a later page than the first: a record changed behind the cursor may be older than those ahead.
   */
  watermark: z.string().nullable(),
  /** True once a read long enough after the watermark was seen has found all that was committed around it. */
  confirmed: z.boolean(),
  /** Epoch milliseconds on this machine when the watermark was first seen. */
  watermarkAt: z.number(),
  /** Epoch milliseconds of the last comparison of ids. */
  sweptAt: z.number(),
});
export type ReadState = z.infer<typeof ReadState>;

const FRESH: ReadState = {
  cursor: null,
  firstDone: false,
  stored: 0,
  total: null,
  watermark: null,
  confirmed: false,
  watermarkAt: 0,
  sweptAt: 0,
};

/** Reads a kept state; a damaged one starts the object afresh. */
export function readState(stored: unknown): ReadState {
  const parsed = ReadState.safeParse(stored);
  return parsed.success ? parsed.data : { ...FRESH };
}

/** Commits may become visible this much later than the time they carry (milliseconds). */
export const OVERLAP = 15_000;

/** The `updatedAt` from which the next delta reads. */
export function readFrom(state: ReadState): string {
  if (state.watermark === null) return new Date(0).toISOString();
  const at = Date.parse(state.watermark);
  // Rows of the watermark's own instant are only read again until they are known to be complete.
  return new Date(state.confirmed ? at + 1 : at - OVERLAP).toISOString();
}

/**
 * The state after a complete delta that began at `startedAt` and whose first page held `newest`
 * as its latest `updatedAt` (null when empty).
 */
export function afterDelta(state: ReadState, newest: string | null, startedAt: number): ReadState {
  const known = state.watermark === null ? Number.NEGATIVE_INFINITY : Date.parse(state.watermark);
  if (newest !== null && Date.parse(newest) > known) {
    return { ...state, watermark: newest, confirmed: false, watermarkAt: startedAt };
  }
  const since = startedAt - state.watermarkAt;
  return since >= OVERLAP || since < 0 ? { ...state, confirmed: true } : state;
}

/** The latest readable `updatedAt` of some records. */
export function newestOf(records: readonly { updatedAt?: unknown }[]): string | null {
  let newest: string | null = null;
  for (const { updatedAt } of records) {
    if (typeof updatedAt !== 'string' || Number.isNaN(Date.parse(updatedAt))) continue;
    if (newest === null || Date.parse(updatedAt) > Date.parse(newest)) newest = updatedAt;
  }
  return newest;
}

/** What is read at every pass, in the order it is wanted. */
export const STOCK_ORDER = [
  'workspaceMember',
  'person',
  'company',
  'opportunity',
  'task',
  'taskTarget',
  'note',
  'noteTarget',
] as const;

/** Custom objects that the key may read, after the stock ones. */
export function customObjects(objects: readonly ObjectMeta[]): string[] {
  const stock: readonly string[] = STOCK_ORDER;
  return objects
    .filter((meta) => meta.custom && meta.canRead !== false && !stock.includes(meta.name))
    .map((meta) => meta.name);
}
