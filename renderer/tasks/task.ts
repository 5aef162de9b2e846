import { type CrmRecord, type FieldMeta, type ObjectMeta, recordLabel } from '../../shared/crm';

/** A task as the list reads it. */
export interface Task {
  id: string;
  record: CrmRecord;
  title: string;
  /** ISO 8601; null for none. */
  dueAt: string | null;
  assigneeId: string | null;
  status: string;
  /** ISO 8601; empty while it is only on this machine. */
  updatedAt: string;
}

const read = new WeakMap<CrmRecord, Task>();

/** Reads a record of whatever shape; the same record is read once. */
export function taskOf(record: CrmRecord): Task {
  const known = read.get(record);
  if (known) return known;
  const dueAt = text(record.dueAt);
  const task: Task = {
    id: record.id,
    record,
    title: recordLabel('task', record),
    dueAt: Number.isNaN(Date.parse(dueAt)) ? null : dueAt,
    assigneeId: text(record.assigneeId) || null,
    status: text(record.status),
    updatedAt: text(record.updatedAt),
  };
  read.set(record, task);
  return task;
}

/** What a workspace calls a task that is to be done, and one that is done. */
export interface Statuses {
  field: FieldMeta;
  open: string;
  done: string;
}

const DONE = /^(DONE|COMPLETED?|CLOSED|FINISHED)$/;

/** The statuses by the workspace's own options; null when it has none, so that nothing can be completed. */
export function statusesOf(object: ObjectMeta): Statuses | null {
  const field = object.fields.find((one) => one.name === 'status' && one.type === 'SELECT');
  if (!field) return null;
  const options = [...field.options].sort((a, b) => a.position - b.position);
  const done = options.find(({ value }) => DONE.test(value)) ?? options.at(-1);
  const usual = options.find(({ value }) => value === field.defaultValue && value !== done?.value);
  const open = usual ?? options.find(({ value }) => value !== done?.value);
  return done && open ? { field, open: open.value, done: done.value } : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
