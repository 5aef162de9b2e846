import type { CrmRecord } from '../../../shared/crm';

/** What an unsent write does to one record, laid over what the server said. */
export type OverlayChange =
  | { op: 'create'; values: Record<string, unknown> }
  | { op: 'update'; values: Record<string, unknown> }
  | { op: 'delete'; at: string }
  | { op: 'restore' };

export interface OverlayOp {
  object: string;
  id: string;
  change: OverlayChange;
}

/** All unsent changes of one outbox entry; `seq` orders entries as they were approved. */
export interface Overlay {
  entryId: string;
  seq: number;
  ops: OverlayOp[];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets fields; a composite keeps the sub-fields that are not named. */
export function mergeValues(record: Record<string, unknown>, values: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...record };
  for (const [field, value] of Object.entries(values)) {
    const before = merged[field];
    merged[field] = isPlain(value) && isPlain(before) ? { ...before, ...value } : value;
  }
  return merged;
}

/** The record as the user sees it, or null when neither the server nor an unsent create knows it. */
export function effective(id: string, server: CrmRecord | null, changes: readonly OverlayChange[]): CrmRecord | null {
  let record: CrmRecord | null = server;
  for (const change of changes) {
    if (change.op === 'create') record ??= { ...change.values, id };
    else if (record === null) continue;
    else if (change.op === 'update') record = { ...mergeValues(record, change.values), id };
    else record = { ...record, deletedAt: change.op === 'delete' ? change.at : null };
  }
  return record;
}
