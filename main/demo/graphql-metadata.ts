import { buildSchema, type GraphQLSchema } from 'graphql';
import { WHO_TYPES } from './graphql-schema';
import { type FieldDef, type ObjectDef, stableId } from './schema';
import type { Store } from './store';

/** The workspace as `currentWorkspace` tells it. */
export interface WorkspaceInfo {
  id: string;
  displayName: string;
  subdomain: string;
}

/** The schema of /metadata: objects and fields of the workspace, and who is signed in. */
export function metadataSchema(store: Store): GraphQLSchema {
  const current = store.traits.family === 'current';
  return buildSchema(
    `scalar UUID scalar DateTime scalar JSON scalar ConnectionCursor
type Query {
  objects(paging: CursorPaging, filter: JSON): ObjectConnection!
  object(id: UUID!): Object!
  fields(paging: CursorPaging, filter: JSON): FieldConnection!
  currentUser: User!
  currentWorkspace: Workspace!
}
input CursorPaging { first: Int after: ConnectionCursor last: Int before: ConnectionCursor }
type PageInfo { hasNextPage: Boolean hasPreviousPage: Boolean startCursor: ConnectionCursor endCursor: ConnectionCursor }
type ObjectConnection { edges: [ObjectEdge!]! pageInfo: PageInfo! ${current ? 'totalCount: Int' : ''} }
type ObjectEdge { node: Object! cursor: ConnectionCursor! }
type FieldConnection { edges: [FieldEdge!]! pageInfo: PageInfo! }
type FieldEdge { node: Field! cursor: ConnectionCursor! }
type Object {
  id: UUID! nameSingular: String! namePlural: String! labelSingular: String! labelPlural: String!
  description: String icon: String isActive: Boolean! isSystem: Boolean! isRemote: Boolean!
  createdAt: DateTime! updatedAt: DateTime! labelIdentifierFieldMetadataId: UUID
  fields(paging: CursorPaging, filter: JSON): FieldConnection!
  ${current ? 'fieldsList: [Field!]! applicationId: UUID isSearchable: Boolean' : 'isCustom: Boolean!'}
}
type Field {
  id: UUID! name: String! type: String! label: String! description: String icon: String
  isActive: Boolean isSystem: Boolean isNullable: Boolean isUnique: Boolean
  createdAt: DateTime! updatedAt: DateTime! defaultValue: JSON options: JSON settings: JSON
  ${current ? 'applicationId: UUID relation: Relation' : 'isCustom: Boolean relationDefinition: RelationDefinition'}
}
type Named { nameSingular: String! id: UUID! namePlural: String! }
type NamedField { name: String! id: UUID! }
type Relation { type: String! sourceObjectMetadata: Named! targetObjectMetadata: Named! sourceFieldMetadata: NamedField! targetFieldMetadata: NamedField! }
type RelationDefinition { direction: String! sourceObjectMetadata: Named! targetObjectMetadata: Named! sourceFieldMetadata: NamedField! targetFieldMetadata: NamedField! }
${WHO_TYPES}`,
    { assumeValidSDL: true },
  );
}

const EPOCH = '2026-01-05T09:00:00.000Z';
const STOCK_APPLICATION = stableId('application', 'stock');
const CUSTOM_APPLICATION = stableId('application', 'custom');

interface Paging {
  first?: unknown;
  after?: unknown;
}

/** `objects` as plain JSON with every field a client may ask for. */
export function objectsConnection(store: Store, paging: unknown): Record<string, unknown> {
  const objects = store.schema.objects;
  return { ...paged(objects, paging, (object) => objectNode(store, object)), totalCount: objects.length };
}

/** `fields` of every object as plain JSON. */
export function fieldsConnection(store: Store, paging: unknown): Record<string, unknown> {
  const all = store.schema.objects.flatMap((object) => object.fields.map((field) => ({ object, field, id: field.id })));
  return paged(all, paging, ({ object, field }) => fieldNode(store, object, field));
}

/** One object with its fields as plain JSON. */
export function objectNode(store: Store, object: ObjectDef): Record<string, unknown> {
  const fields = object.fields.map((field) => fieldNode(store, object, field));
  return {
    id: object.id,
    nameSingular: object.name,
    namePlural: object.plural,
    labelSingular: object.label,
    labelPlural: object.labelPlural,
    description: object.description,
    icon: object.icon,
    isActive: true,
    isSystem: object.system,
    isRemote: false,
    isCustom: object.custom,
    isSearchable: object.searchable,
    applicationId: object.custom ? CUSTOM_APPLICATION : STOCK_APPLICATION,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    labelIdentifierFieldMetadataId: object.fields.find((field) => field.name === object.labelField)?.id ?? null,
    fieldsList: fields,
    fields: {
      edges: fields.map((node, index) => ({ node, cursor: cursorAt(index) })),
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: cursorAt(0),
        endCursor: cursorAt(fields.length - 1),
      },
    },
  };
}

function fieldNode(store: Store, object: ObjectDef, field: FieldDef): Record<string, unknown> {
  const relation = relationNode(store, object, field);
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    label: field.label,
    description: null,
    icon: field.icon,
    isActive: true,
    isSystem: field.system,
    isCustom: field.custom,
    isNullable: field.nullable,
    isUnique: field.unique,
    applicationId: field.custom ? CUSTOM_APPLICATION : STOCK_APPLICATION,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    defaultValue: field.defaultValue ?? null,
    options: field.options,
    settings: null,
    relation: relation && { ...relation, type: relation.direction },
    relationDefinition: relation,
  };
}

function relationNode(store: Store, object: ObjectDef, field: FieldDef): Record<string, unknown> | null {
  const other = field.relation && store.schema.object(field.relation.object);
  if (!field.relation || !other) return null;
  const { joinColumn, kind } = field.relation;
  const back = other.fields.find(
    (candidate) => candidate.relation?.joinColumn === joinColumn && candidate.relation.kind !== kind,
  );
  const name = (of: ObjectDef) => ({ id: of.id, nameSingular: of.name, namePlural: of.plural });
  return {
    direction: kind === 'many-to-one' ? 'MANY_TO_ONE' : 'ONE_TO_MANY',
    sourceObjectMetadata: name(object),
    targetObjectMetadata: name(other),
    sourceFieldMetadata: { id: field.id, name: field.name },
    targetFieldMetadata: { id: back?.id ?? field.id, name: back?.name ?? object.plural },
  };
}

/** Cursors count rows here (`arrayconnection:0`). */
function paged<T extends { id: string }>(
  all: readonly T[],
  paging: unknown,
  node: (item: T) => Record<string, unknown>,
): Record<string, unknown> {
  const { first, after } = (paging !== null && typeof paging === 'object' ? paging : {}) as Paging;
  const from = typeof after === 'string' ? positionOf(after) + 1 : 0;
  const count = typeof first === 'number' ? first : all.length;
  const page = all.slice(from, from + count);
  return {
    edges: page.map((item, index) => ({ node: node(item), cursor: cursorAt(from + index) })),
    pageInfo: {
      hasNextPage: from + page.length < all.length,
      hasPreviousPage: from > 0,
      startCursor: page.length > 0 ? cursorAt(from) : null,
      endCursor: page.length > 0 ? cursorAt(from + page.length - 1) : null,
    },
  };
}

const cursorAt = (index: number) => Buffer.from(`arrayconnection:${index}`).toString('base64');

function positionOf(cursor: string): number {
  const match = /^arrayconnection:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return match ? Number(match[1]) : -1;
}
