import type { OutboxEntryView } from '../../../shared/app/outbox';
import type { Overlay, OverlayOp } from '../mirror/overlay';
import { blockedBy } from './blocking';
import type { Entry } from './entry';

/**
 * True when a capture can be opened and saved anew: while nothing of it has been confirmed, or when it
 * got stuck, for example at a link; what was confirmed is then taken back.
 */
function canEdit(entry: Entry): boolean {
  return entry.draft !== null && (entry.state === 'failed' || (entry.state === 'waiting' && entry.done === 0));
}

/** An entry as the Outbox list shows it. */
export function viewOf(entry: Entry, open: readonly Entry[]): OutboxEntryView {
  const blocker = entry.state === 'waiting' ? blockedBy(entry, open) : null;
  const waits =
    blocker !== null && (blocker.state === 'failed' || blocker.state === 'conflict')
      ? {
          kind: 'refused' as const,
          message: `Waits for "${blocker.title}", which could not be sent. Settle that entry first.`,
          field: null,
          retryAt: null,
        }
      : null;
  return {
    id: entry.id,
    kind: entry.kind,
    object: entry.object,
    recordId: entry.recordId,
    title: entry.title,
    summary: entry.summary,
    links: entry.links,
    state: entry.state,
    createdAt: entry.createdAt,
    sentAt: entry.sentAt,
    attempts: entry.attempts,
    nextAttemptAt: entry.nextAttemptAt,
    error: waits ?? entry.error,
    conflicts: entry.conflicts,
    done: entry.done,
    steps: entry.steps.length,
    canUndo: entry.state !== 'withdrawn' && !entry.undone,
    canEdit: canEdit(entry),
  };
}

/** What an entry lays over the copy until the server has confirmed it. */
export function overlayOf(entry: Entry): Overlay {
  const at = new Date(entry.createdAt).toISOString();
  const open = entry.state !== 'sent' && entry.state !== 'withdrawn';
  const ops = entry.steps.slice(entry.done).map(({ object, id, ...step }): OverlayOp => {
    if (step.op === 'create') {
      const defaults = {
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        ...(object === 'task' ? { status: 'TODO' } : {}),
      };
      return { object, id, change: { op: 'create', values: { ...defaults, ...step.values } } };
    }
    if (step.op === 'update') return { object, id, change: { op: 'update', values: step.values } };
    return { object, id, change: step.op === 'delete' ? { op: 'delete', at } : { op: 'restore' } };
  });
  return { entryId: entry.id, seq: entry.seq, ops: open ? ops : [] };
}
