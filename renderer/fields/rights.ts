import type { ConnectionView } from '../../shared/app/connections';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';

/** Never shown: for the server's own use, or told better elsewhere. */
const HIDDEN_TYPES: ReadonlySet<FieldMeta['type']> = new Set(['TS_VECTOR', 'POSITION', 'FILES', 'UNKNOWN']);
const HIDDEN_NAMES: ReadonlySet<string> = new Set(['avatarUrl', 'deletedAt']);
/** What every record has, shown last and small. */
const SYSTEM_NAMES: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy']);

/** True for a field that a person can read as one value. To-many relations are told by the timeline and lists. */
export function isShown(field: FieldMeta): boolean {
  if (HIDDEN_TYPES.has(field.type) || HIDDEN_NAMES.has(field.name)) return false;
  return field.relation === null || field.relation.kind === 'many-to-one';
}

/** True for a field that a form can write. */
export function isWritable(field: FieldMeta): boolean {
  if (field.readOnly || !isShown(field) || field.type === 'RAW_JSON' || field.type === 'ACTOR') return false;
  // Where it points is not known, so nothing could be offered to choose from.
  return field.relation === null || (field.type === 'RELATION' && field.relation.object !== null);
}

export type FieldGroup = 'standard' | 'custom' | 'system';

/** The group a field stands in. */
export function groupOf(field: FieldMeta): FieldGroup {
  if (SYSTEM_NAMES.has(field.name)) return 'system';
  return field.custom ? 'custom' : 'standard';
}

/** Why records of this object cannot be written now, as a sentence; null when they can. */
export function whyNotWritable(connection: ConnectionView | null, object: ObjectMeta | null): string | null {
  if (connection === null) return 'No workspace is connected.';
  if (connection.readOnly) return `${connection.name} is read-only in Twig. Switch that off in Settings to change it.`;
  if (object?.canWrite === false) {
    return `Your key for ${connection.name} may not change ${object.labelPlural.toLowerCase()}. A workspace administrator can allow it.`;
  }
  return null;
}

/** Why this one field cannot be written although its record can; null when it can. */
export function whyFieldReadOnly(field: FieldMeta): string | null {
  if (isWritable(field)) return null;
  if (field.type === 'RAW_JSON') return 'JSON is shown here and changed in Twenty.';
  if (field.type === 'MORPH_RELATION') return 'This can point at several kinds of records and is changed in Twenty.';
  return 'The server sets this itself.';
}

/** The field that is asked for when a deal is lost; null when the workspace has none or the change is another one. */
export function askedWith(object: ObjectMeta, field: FieldMeta, value: unknown): FieldMeta | null {
  if (object.name !== 'opportunity' || field.name !== 'stage') return null;
  if (typeof value !== 'string' || !/^(CLOSED_)?LOST$/.test(value)) return null;
  return object.fields.find((one) => one.name === 'lostReason' && isWritable(one)) ?? null;
}
