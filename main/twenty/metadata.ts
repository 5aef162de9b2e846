import {
  CORE_OBJECTS,
  type FieldMeta,
  FieldType,
  ObjectMeta,
  PLURALS,
  type SelectOption,
  SUPPORT_OBJECTS,
} from '../../shared/crm';
import { isObject, type Json } from './json';
import { SERVER_FIELDS, TARGETS, toCanonicalName } from './names';

/** One object of the server's metadata, of either shape, before it is read. */
export type RawObject = Json;

const KNOWN_SYSTEM: ReadonlySet<string> = new Set([...CORE_OBJECTS, ...SUPPORT_OBJECTS, 'timelineActivity']);
const SERVER_TYPES: ReadonlySet<FieldType> = new Set(['ACTOR', 'TS_VECTOR', 'POSITION', 'FILES', 'UNKNOWN']);
const UNIQUE: Readonly<Record<string, string>> = { person: 'emails', company: 'domainName' };

/** The list of raw objects in a REST or GraphQL metadata answer; empty when there is none. */
export function rawObjects(body: unknown): RawObject[] {
  const data = isObject(body) ? body.data : null;
  return listed(isObject(data) ? data.objects : null);
}

/** A plain array, or GraphQL's `{edges:[{node}]}`. */
function listed(value: unknown): Json[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (isObject(value) && Array.isArray(value.edges)) {
    return value.edges.map((edge) => (isObject(edge) ? edge.node : null)).filter(isObject);
  }
  return [];
}

function rawFields(object: RawObject): Json[] {
  return listed(object.fieldsList ?? object.fields);
}

/** Field names of one object as the server calls them, with the columns of its relations. */
export function wireFieldNames(objects: readonly RawObject[], name: string): Set<string> {
  const object = objects.find((one) => one.nameSingular === name);
  return new Set((object ? rawFields(object) : []).map((field) => String(field.name)));
}

/** True when the metadata says which objects are custom: only servers before 2.x do. Null when there is none. */
export function saysCustom(objects: readonly RawObject[]): boolean | null {
  return objects.length === 0 ? null : objects.some((object) => typeof object.isCustom === 'boolean');
}

/**
 * Server metadata of either age as `ObjectMeta[]` in canonical names, without the server's own
 * bookkeeping objects and inactive ones. Malformed entries are left out, never guessed.
 */
export function readObjects(objects: readonly RawObject[]): ObjectMeta[] {
  const stock = objects.find((object) => object.nameSingular === 'person')?.applicationId;
  return objects.flatMap((object) => {
    const name = String(object.nameSingular);
    if (object.isActive === false || (object.isSystem === true && !KNOWN_SYSTEM.has(name))) return [];
    const raw = rawFields(object);
    const fields = readFields(raw, name, stock);
    const parsed = ObjectMeta.safeParse({
      name,
      plural: object.namePlural,
      label: object.labelSingular ?? name,
      labelPlural: object.labelPlural ?? object.namePlural,
      icon: typeof object.icon === 'string' ? object.icon : null,
      custom: isCustom(object, stock),
      labelField: labelField(object, raw, fields),
      fields,
      canRead: null,
      canWrite: null,
    });
    return parsed.success ? [parsed.data] : [];
  });
}

function isCustom(thing: Json, stock: unknown): boolean {
  if (typeof thing.isCustom === 'boolean') return thing.isCustom;
  return stock !== undefined && thing.applicationId !== undefined && thing.applicationId !== stock;
}

function labelField(object: RawObject, raw: readonly Json[], fields: readonly FieldMeta[]): string {
  const named = raw.find((field) => field.id !== undefined && field.id === object.labelIdentifierFieldMetadataId)?.name;
  if (typeof named === 'string' && fields.some((field) => field.name === named)) return named;
  return ['name', 'title'].find((name) => fields.some((field) => field.name === name)) ?? 'id';
}

function readFields(raw: readonly Json[], object: string, stock: unknown): FieldMeta[] {
  const names = new Set(raw.map((field) => String(field.name)));
  const fields = raw.flatMap((field) => {
    const name = String(field.name);
    if (field.isActive === false) return [];
    // Older servers list `companyId` beside `company`, and `body` beside `bodyV2`.
    if (field.type === 'UUID' && name.endsWith('Id') && names.has(name.slice(0, -2))) return [];
    if (name === 'body' && names.has('bodyV2')) return [];
    const one = readField(field, object, stock);
    return one ? [one] : [];
  });
  return fields.filter((field, index) => fields.findIndex((one) => one.name === field.name) === index);
}

function readField(field: Json, object: string, stock: unknown): FieldMeta | null {
  const type = fieldType(field.type);
  const relation = type === 'RELATION' || type === 'MORPH_RELATION' ? readRelation(field, object) : null;
  const wireName = String(field.name);
  const target = TARGETS.has(object);
  const name =
    target && relation?.joinColumn
      ? toCanonicalName(object, relation.joinColumn).replace(/Id$/, '')
      : toCanonicalName(object, wireName);
  const serverSets =
    name === 'id' ||
    SERVER_FIELDS.has(name) ||
    SERVER_TYPES.has(type) ||
    (relation !== null && relation.kind !== 'many-to-one') ||
    (!target && (field.isUIReadOnly === true || field.isUIEditable === false));
  const options = readOptions(field.options);
  if (!/^[a-z][A-Za-z0-9]{0,62}$/.test(name)) return null;
  return {
    name,
    label: typeof field.label === 'string' ? field.label : name,
    type,
    nullable: field.isNullable !== false,
    defaultValue: readDefault(field.defaultValue),
    options,
    readOnly: serverSets,
    custom: isCustom(field, stock),
    unique: field.isUnique === true || (field.isUnique === undefined && UNIQUE[object] === name),
    relation: relation && {
      ...relation,
      joinColumn: relation.joinColumn && toCanonicalName(object, relation.joinColumn),
    },
  };
}

function fieldType(type: unknown): FieldType {
  if (type === 'RICH_TEXT_V2') return 'RICH_TEXT';
  const parsed = FieldType.safeParse(type);
  return parsed.success ? parsed.data : 'UNKNOWN';
}

/** Relations have been described in four ways; each tells the direction, most tell the other object. */
function readRelation(field: Json, object: string): NonNullable<FieldMeta['relation']> {
  const name = String(field.name);
  const settings = isObject(field.settings) ? field.settings : {};
  const definition = [field.relation, field.relationDefinition].find(isObject) ?? {};
  const from = isObject(field.fromRelationMetadata) ? field.fromRelationMetadata : null;
  const to = isObject(field.toRelationMetadata) ? field.toRelationMetadata : null;
  const type = String(settings.relationType ?? definition.type ?? definition.direction ?? from?.relationType ?? '');
  const many = from !== null ? type !== 'ONE_TO_ONE' : type === 'ONE_TO_MANY';
  const one = to !== null || type === 'MANY_TO_ONE' || typeof settings.joinColumnName === 'string';
  const other =
    singular(definition.targetObjectMetadata) ?? singular(from?.toObjectMetadata) ?? singular(to?.fromObjectMetadata);
  const column = typeof settings.joinColumnName === 'string' ? settings.joinColumnName : `${name}Id`;
  const kind = one ? 'many-to-one' : many ? 'one-to-many' : 'other';
  return { kind, object: other ?? likelyObject(name, object), joinColumn: one ? column : null };
}

function singular(meta: unknown): string | null {
  return isObject(meta) && typeof meta.nameSingular === 'string' ? meta.nameSingular : null;
}

/** What stock relations point at, for servers whose REST metadata does not tell. */
const STOCK_RELATIONS: Readonly<Record<string, string>> = {
  company: 'company',
  person: 'person',
  opportunity: 'opportunity',
  pointOfContact: 'person',
  accountOwner: 'workspaceMember',
  owner: 'workspaceMember',
  assignee: 'workspaceMember',
  note: 'note',
  task: 'task',
  people: 'person',
  opportunities: 'opportunity',
  pointOfContactForOpportunities: 'opportunity',
  noteTargets: 'noteTarget',
  taskTargets: 'taskTarget',
};

function likelyObject(name: string, object: string): string | null {
  if (TARGETS.has(object)) {
    const target = /^target([A-Z]\w*)$/.exec(name)?.[1];
    if (target) return target[0]?.toLowerCase() + target.slice(1);
  }
  return STOCK_RELATIONS[name] ?? null;
}

function readOptions(options: unknown): SelectOption[] {
  if (!Array.isArray(options)) return [];
  const read = options.filter(isObject).flatMap((option, index) =>
    typeof option.value === 'string'
      ? [
          {
            value: option.value,
            label: typeof option.label === 'string' ? option.label : option.value,
            color: typeof option.color === 'string' ? option.color : 'gray',
            position: typeof option.position === 'number' ? option.position : index,
          },
        ]
      : [],
  );
  return read.sort((a, b) => a.position - b.position);
}

/** Text defaults come quoted once more (`"'NEW'"`); words such as `now` and `uuid` are functions, not values. */
function readDefault(value: unknown): unknown {
  if (typeof value === 'string') {
    const quoted = /^'([\s\S]*)'$/.exec(value)?.[1];
    return quoted === undefined || quoted === '[]' ? null : quoted.replaceAll("''", "'");
  }
  if (Array.isArray(value)) return value.map(readDefault);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readDefault(part)]));
  return value ?? null;
}

/** Relation targets told by GraphQL metadata, put into what REST left open. */
export function addRelationTargets(objects: ObjectMeta[], graphql: readonly RawObject[]): ObjectMeta[] {
  const told = new Map(readObjects(graphql).map((object) => [object.name, object]));
  return objects.map((object) => {
    const other = new Map(told.get(object.name)?.fields.map((field) => [field.name, field.relation?.object ?? null]));
    return {
      ...object,
      fields: object.fields.map((field) =>
        field.relation
          ? { ...field, relation: { ...field.relation, object: other.get(field.name) ?? field.relation.object } }
          : field,
      ),
    };
  });
}

/** Plural of an object; stock names without metadata. Null when it is unknown. */
export function pluralOf(objects: readonly ObjectMeta[], name: string): string | null {
  const known = objects.find((object) => object.name === name)?.plural;
  if (known) return known;
  return name in PLURALS ? PLURALS[name as keyof typeof PLURALS] : null;
}
