import type { Entry, Step } from './entry';

/** Ids a step's values point at. */
function referenced(step: Step): string[] {
  if (step.op !== 'create' && step.op !== 'update') return [];
  return Object.entries(step.values).flatMap(([field, value]) =>
    field.endsWith('Id') && typeof value === 'string' ? [value] : [],
  );
}

function overlaps(a: Step, b: Step): boolean {
  return a.op !== 'update' || b.op !== 'update' || Object.keys(a.values).some((field) => field in b.values);
}

/**
 * The earlier entry that the next step of `entry` has to wait for, or null. Writes of one record
 * keep their order and nothing points at a record before it exists; everything else goes its own
 * way, so that an entry the server refuses stops only itself.
 */
export function blockedBy(entry: Entry, open: readonly Entry[]): Entry | null {
  const step = entry.steps[entry.done];
  if (!step) return null;
  const wanted = referenced(step);
  for (const earlier of open) {
    if (earlier.seq >= entry.seq || earlier.id === entry.id) continue;
    for (const other of earlier.steps.slice(earlier.done)) {
      if (other.op === 'create' && (other.id === step.id || wanted.includes(other.id))) return earlier;
      if (other.id !== step.id) continue;
      const settledByUser = earlier.state === 'failed' || (earlier.state === 'conflict' && !overlaps(other, step));
      if (!settledByUser) return earlier;
    }
  }
  return null;
}
