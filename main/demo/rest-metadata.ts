import { CORE_OBJECTS } from '../../shared/crm';
import { ServerError } from './errors';
import type { RestCall } from './rest-call';
import type { Answer } from './rest-records';
import { type FieldDef, type ObjectDef, type Schema, stableId } from './schema';

const STOCK_APPLICATION = stableId('application', 'stock');
const CUSTOM_APPLICATION = stableId('application', 'custom');
const WORKSPACE = stableId('workspace');
const DATA_SOURCE = stableId('data source');
const MADE = '2026-01-05T08:00:00.000Z';

/** GET of `/rest/metadata/objects|fields`, whole, paged or by id. */
export function metadataAnswer(call: RestCall, kind: string, id: string | null): Answer {
  const { store } = call;
  const old = store.traits.family !== 'current';
  if (kind !== 'objects' && kind !== 'fields') {
    // Old servers fall over `relations`.
    if (old) return { status: 500, body: undefined };
    throw new ServerError(
      400,
      `Query path '/rest/metadata/${kind}' invalid. Metadata path must be one of: objects, fields`,
    );
  }
  const shown = shownObjects(store.schema, old);
  const all: Record<string, unknown>[] =
    kind === 'objects' ? shown : shown.flatMap((object) => object.fields as Record<string, unknown>[]);
  const ordered = [...all].sort((a, b) => (String(a.id) > String(b.id) ? -1 : 1));
  if (id !== null) {
    const found = ordered.find((entry) => entry.id === id);
    if (!found) throw new ServerError(404, 'Record not found', { word: 'NotFoundException' });
    return { status: 200, body: { data: { [kind === 'objects' ? 'object' : 'field']: found } } };
  }
  const cursor = (entry: Record<string, unknown>, at: number): string =>
    old ? Buffer.from(`arrayconnection:${at}`).toString('base64') : String(entry.id);
  const cursors = ordered.map(cursor);
  const after = call.query.text('starting_after');
  const start =
    after === undefined ? 0 : old ? cursors.indexOf(after) + 1 : ordered.filter(({ id }) => String(id) >= after).length;
  const limit = Number(call.query.text('limit') ?? '1000') || 1000;
  const page = ordered.slice(start, start + limit);
  return {
    status: 200,
    body: {
      data: { [kind]: page },
      pageInfo: {
        hasNextPage: start + limit < ordered.length,
        startCursor: cursors[start] ?? null,
        endCursor: cursors[start + page.length - 1] ?? null,
      },
      ...(old ? {} : { totalCount: ordered.length }),
    },
  };
}

function shownObjects(schema: Schema, old: boolean): Record<string, unknown>[] {
  return schema.objects.map((object) => (old ? oldObject(schema, object) : currentObject(object)));
}

const labelFieldId = (object: ObjectDef): string | undefined =>
  object.fields.find((field) => field.name === object.labelField)?.id;

const imageFieldId = (object: ObjectDef): string | null =>
  object.name === 'person' ? (object.fields.find((field) => /^avatar/.test(field.name))?.id ?? null) : null;

function currentObject(object: ObjectDef): Record<string, unknown> {
  return {
    id: object.id,
    universalIdentifier: stableId('universal', object.name),
    applicationId: object.custom ? CUSTOM_APPLICATION : STOCK_APPLICATION,
    nameSingular: object.name,
    namePlural: object.plural,
    labelSingular: object.label,
    labelPlural: object.labelPlural,
    description: object.description,
    icon: object.icon,
    ...(CORE_OBJECTS.some((name) => name === object.name) ? { shortcut: object.label.charAt(0) } : {}),
    isRemote: false,
    isActive: true,
    isSystem: object.system,
    isUIEditable: true,
    isUICreatable: !object.system,
    isUIReadOnly: false,
    isSearchable: object.searchable,
    isLabelSyncedWithName: false,
    workspaceId: WORKSPACE,
    labelIdentifierFieldMetadataId: labelFieldId(object),
    ...(imageFieldId(object) === null ? {} : { imageIdentifierFieldMetadataId: imageFieldId(object) }),
    ...(object.duplicateCriteria.length > 0 ? { duplicateCriteria: criteria(object) } : {}),
    createdAt: MADE,
    updatedAt: MADE,
    fields: object.fields.map((field) => currentField(object, field)),
  };
}

/** `name.firstName` is told as the column it is stored in: `nameFirstName`. */
function criteria(object: ObjectDef): string[][] {
  return object.duplicateCriteria.map((paths) =>
    paths.map((path) => path.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase())),
  );
}

function currentField(object: ObjectDef, field: FieldDef): Record<string, unknown> {
  return {
    id: field.id,
    universalIdentifier: stableId('universal', object.name, field.name),
    applicationId: field.custom || object.custom ? CUSTOM_APPLICATION : STOCK_APPLICATION,
    type: field.type,
    name: field.name,
    label: field.label,
    description: field.label,
    icon: field.icon,
    isActive: true,
    isSystem: field.system,
    isUIEditable: !READ_ONLY.has(field.name),
    isUIReadOnly: READ_ONLY.has(field.name),
    isNullable: field.nullable,
    isUnique: field.unique,
    ...(field.defaultValue === undefined ? {} : { defaultValue: field.defaultValue }),
    ...(field.options ? { options: shownOptions(object, field) } : {}),
    ...settingsOf(field),
    workspaceId: WORKSPACE,
    objectMetadataId: object.id,
    isLabelSyncedWithName: false,
    createdAt: MADE,
    updatedAt: MADE,
  };
}

const READ_ONLY = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'createdBy', 'updatedBy']);

function settingsOf({ relation, system, type, unique }: FieldDef): { settings?: Record<string, unknown> } {
  if (relation?.kind === 'one-to-many') return { settings: { relationType: 'ONE_TO_MANY' } };
  if (relation) {
    const { onDelete, joinColumn } = relation;
    return { settings: { onDelete, relationType: 'MANY_TO_ONE', joinColumnName: joinColumn } };
  }
  if (type === 'DATE_TIME' && system) return { settings: { displayFormat: 'RELATIVE' } };
  const single = type === 'EMAILS' || type === 'PHONES' || type === 'FILES' || (type === 'LINKS' && unique);
  return single && !system ? { settings: { maxNumberOfValues: 1 } } : {};
}

function shownOptions(object: ObjectDef, field: FieldDef): Record<string, unknown>[] {
  return (field.options ?? []).map(({ value, label, color, position }) => ({
    id: stableId('option', object.name, field.name, value),
    color,
    label,
    value,
    position,
  }));
}

function oldObject(schema: Schema, object: ObjectDef): Record<string, unknown> {
  return {
    id: object.id,
    dataSourceId: DATA_SOURCE,
    nameSingular: object.name,
    namePlural: object.plural,
    icon: object.icon,
    isCustom: object.custom,
    isActive: true,
    isSystem: object.system,
    createdAt: MADE,
    updatedAt: MADE,
    labelIdentifierFieldMetadataId: labelFieldId(object) ?? null,
    imageIdentifierFieldMetadataId: imageFieldId(object),
    labelSingular: object.label,
    labelPlural: object.labelPlural,
    description: object.description,
    fields: object.fields.flatMap((field) => oldFields(schema, object, field)),
  };
}

/** A many-to-one relation is two fields there: itself and its column. */
function oldFields(schema: Schema, object: ObjectDef, field: FieldDef): Record<string, unknown>[] {
  const { relation } = field;
  const base = {
    description: field.label,
    icon: field.icon,
    isCustom: field.custom,
    isActive: true,
    isSystem: field.system,
    isNullable: field.nullable,
    createdAt: MADE,
    updatedAt: MADE,
    defaultValue: field.defaultValue ?? null,
    options: field.options ? shownOptions(object, field) : null,
    fromRelationMetadata: null,
    toRelationMetadata: null,
  };
  const own = { id: field.id, type: field.type, name: field.name, label: field.label, ...base };
  if (!relation) return [own];
  const other = schema.object(relation.object);
  const far = {
    id: other?.id ?? stableId('unplayed', relation.object),
    dataSourceId: DATA_SOURCE,
    nameSingular: relation.object,
    namePlural: other?.plural ?? `${relation.object}s`,
    isSystem: other?.system ?? true,
    isRemote: false,
  };
  const link = { id: stableId('relation', object.name, field.name), relationType: 'ONE_TO_MANY' };
  const farField = stableId('far field', object.name, field.name);
  if (relation.kind === 'one-to-many')
    return [{ ...own, fromRelationMetadata: { ...link, toFieldMetadataId: farField, toObjectMetadata: far } }];
  return [
    { ...own, toRelationMetadata: { ...link, fromFieldMetadataId: farField, fromObjectMetadata: far } },
    {
      ...own,
      id: stableId('column', object.name, field.name),
      type: 'UUID',
      name: relation.joinColumn,
      label: `${field.label} id (foreign key)`,
      isSystem: true,
    },
  ];
}
