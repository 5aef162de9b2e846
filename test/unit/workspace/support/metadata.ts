import type { FieldMeta, FieldType, ObjectMeta } from '../../../../shared/crm';

/** A field of the workspace's metadata; `more` for what matters to a test. */
export function field(name: string, type: FieldType, more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    name,
    label: name.charAt(0).toUpperCase() + name.slice(1),
    type,
    nullable: true,
    defaultValue: null,
    options: [],
    readOnly: false,
    custom: false,
    unique: false,
    relation: null,
    ...more,
  };
}

/** A field that names a record of `object`. */
export function relation(name: string, object: string): FieldMeta {
  return field(name, 'RELATION', { relation: { kind: 'many-to-one', object, joinColumn: `${name}Id` } });
}

/** An object of the workspace's metadata. */
export function object(name: string, plural: string, fields: FieldMeta[], more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    name,
    plural,
    label: name,
    labelPlural: plural,
    icon: null,
    custom: false,
    labelField: 'name',
    fields,
    canRead: null,
    canWrite: null,
    ...more,
  };
}
