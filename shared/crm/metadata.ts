import { z } from 'zod';
import { fieldName, objectName } from './records';

/** Twenty's field types that Twig can show; any other arrives as `UNKNOWN` and is read-only. */
export const FIELD_TYPES = [
  'TEXT',
  'NUMBER',
  'NUMERIC',
  'BOOLEAN',
  'DATE',
  'DATE_TIME',
  'UUID',
  'SELECT',
  'MULTI_SELECT',
  'RATING',
  'ARRAY',
  'RAW_JSON',
  'FULL_NAME',
  'EMAILS',
  'PHONES',
  'LINKS',
  'ADDRESS',
  'CURRENCY',
  'RICH_TEXT',
  'ACTOR',
  'RELATION',
  'MORPH_RELATION',
  'POSITION',
  'TS_VECTOR',
  'FILES',
  'UNKNOWN',
] as const;
export const FieldType = z.enum(FIELD_TYPES);
export type FieldType = z.infer<typeof FieldType>;

export const SelectOption = z.object({
  value: z.string(),
  label: z.string(),
  color: z.string(),
  position: z.number(),
});
export type SelectOption = z.infer<typeof SelectOption>;

export const FieldMeta = z.object({
  name: fieldName,
  label: z.string(),
  type: FieldType,
  nullable: z.boolean(),
  /** Parsed default (Twenty quotes select defaults twice); null when there is none. */
  defaultValue: z.unknown(),
  options: z.array(SelectOption),
  /** True when the server sets it, or when writing it is not known to be safe. */
  readOnly: z.boolean(),
  custom: z.boolean(),
  unique: z.boolean(),
  relation: z
    .object({
      kind: z.enum(['many-to-one', 'one-to-many', 'other']),
      /** Singular name of the object at the other end, null when the server does not tell. */
      object: z.string().nullable(),
      /** The column written, e.g. `companyId`; null for to-many. */
      joinColumn: z.string().nullable(),
    })
    .nullable(),
});
export type FieldMeta = z.infer<typeof FieldMeta>;

export const ObjectMeta = z.object({
  name: objectName,
  plural: objectName,
  label: z.string(),
  labelPlural: z.string(),
  icon: z.string().nullable(),
  custom: z.boolean(),
  /** Field whose value names a record (`name`, `title`). */
  labelField: fieldName,
  fields: z.array(FieldMeta),
  /** What the current key may do; null while unknown (then offered, and learned from a refusal). */
  canRead: z.boolean().nullable(),
  canWrite: z.boolean().nullable(),
});
export type ObjectMeta = z.infer<typeof ObjectMeta>;
