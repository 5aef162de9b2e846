import { z } from 'zod';
import { CrmRecord, fieldName, objectName, uuid } from '../crm/records';

/** A field, or `field.subField` of a composite. */
const listField = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/);

/** One condition of a saved filter, in the words of the workspace's own fields. */
export const ListCondition = z.object({
  field: listField,
  op: z.enum([
    'is',
    'isNot',
    'contains',
    'notContains',
    'startsWith',
    'gt',
    'gte',
    'lt',
    'lte',
    'anyOf',
    'empty',
    'notEmpty',
  ]),
  value: z.union([z.string().max(1_000), z.number(), z.boolean(), z.array(z.string().max(500)).max(200)]).nullable(),
});
export type ListCondition = z.infer<typeof ListCondition>;
export const ListFilter = z.object({ match: z.enum(['all', 'any']), conditions: z.array(ListCondition).max(20) });
export type ListFilter = z.infer<typeof ListFilter>;

export const ListRequest = z.object({
  object: objectName,
  text: z.string().max(500).default(''),
  filter: ListFilter.nullable().default(null),
  sort: z
    .array(z.object({ field: listField.max(130), descending: z.boolean() }))
    .max(3)
    .default([]),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
  /** The Deleted list instead of the live one. */
  deleted: z.boolean().default(false),
});
export type ListRequest = z.infer<typeof ListRequest>;
export const ListAnswer = z.object({
  total: z.number(),
  rows: z.array(CrmRecord),
  /** Labels of records that the rows point at, by id. */
  labels: z.record(z.string(), z.string()),
  /** Ids with changes that still wait to be sent. */
  pending: z.array(uuid),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/** How narrow and how wide a column can be drawn, in rem. */
export const LEAST_WIDTH = 4;
export const MOST_WIDTH = 60;

export const SavedView = z.object({
  id: uuid,
  object: objectName,
  name: z.string().min(1).max(100),
  columns: z.array(z.string().max(130)).max(60),
  filter: ListFilter.nullable(),
  sort: ListRequest.shape.sort.unwrap(),
});
export type SavedView = z.infer<typeof SavedView>;

/** How a list of one object is laid out where no saved view is in use; kept by itself. */
export const ListLayout = z.object({
  /** Null until someone chose. */
  columns: SavedView.shape.columns.nullable(),
  sort: SavedView.shape.sort,
  /** In rem, by column; the rest keep the width their field suggests. */
  widths: z.record(z.string().max(130), z.number().min(LEAST_WIDTH).max(MOST_WIDTH)),
});
export type ListLayout = z.infer<typeof ListLayout>;

/** One line of the audit list: something this app wrote. */
export const AuditEntry = z.object({
  id: uuid,
  at: z.number(),
  window: z.enum(['capture', 'main', 'outbox']),
  action: z.enum(['create', 'update', 'delete', 'restore']),
  object: objectName,
  recordId: uuid,
  title: z.string(),
  before: z.record(fieldName, z.unknown()).nullable(),
  after: z.record(fieldName, z.unknown()).nullable(),
  outcome: z.enum(['waiting', 'sent', 'failed', 'withdrawn', 'undone']),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
