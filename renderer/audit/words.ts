import type { AuditEntry } from '../../shared/app/lists';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { valueKey } from '../fields/draft';
import { groupOf } from '../fields/rights';
import { sameValue } from '../fields/writes';
import { fieldWords } from '../outbox/ConflictChooser';

export const WINDOWS: Readonly<Record<AuditEntry['window'], string>> = {
  capture: 'Capture',
  main: 'the main window',
  outbox: 'the Outbox',
};

export const OUTCOMES: Readonly<Record<AuditEntry['outcome'], string>> = {
  waiting: 'waiting to be sent',
  sent: 'arrived',
  failed: 'not accepted',
  withdrawn: 'taken back before it was sent',
  undone: 'undone',
};

const ACTIONS: Readonly<Record<AuditEntry['action'], string>> = {
  create: 'Created',
  update: 'Changed',
  delete: 'Deleted',
  restore: 'Restored',
};

/** What was done, in one word. */
export function actionWords(action: AuditEntry['action']): string {
  return ACTIONS[action];
}

/** Local date and time to the second, as an audit needs it. */
export function momentText(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

export interface ValueChange {
  key: string;
  label: string;
  /** Null where the workspace does not know the field (any more). */
  field: FieldMeta | null;
  before: unknown;
  after: unknown;
}

/** The values a write changed; for a delete, what the record held. */
export function changedFields(entry: AuditEntry, meta: ObjectMeta | null): ValueChange[] {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  // A change names what it touches; what else the record held before says nothing about it.
  const keys = Object.keys(entry.action === 'delete' ? before : after).filter((key) => key !== 'id');
  return keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (sameValue(is, was)) return [];
    const field = meta?.fields.find((one) => valueKey(one) === key) ?? null;
    if (field !== null && groupOf(field) === 'system') return [];
    return [{ key, label: field?.label ?? fieldWords(key), field, before: was, after: is }];
  });
}
