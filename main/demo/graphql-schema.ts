import { buildSchema, type GraphQLSchema } from 'graphql';
import type { Dialect } from './dialects';
import { compositeOf, type FieldDef, type ObjectDef } from './schema';

/** First letter in upper case: `noteTarget` gives `NoteTarget`, as GraphQL names its types. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** One workspace schema as a server of this dialect shows it to introspection and checks queries against. */
export function workspaceSchema(dialect: Dialect): GraphQLSchema {
  return buildSchema(workspaceSdl(dialect), { assumeValidSDL: true });
}

/** What a caller without a token sees on /graphql: no records at all. */
export function anonymousSchema(): GraphQLSchema {
  return buildSchema('type Query { clientConfig: ClientConfig } type ClientConfig { frontDomain: String }');
}

const SCALARS: Readonly<Record<string, string>> = {
  UUID: 'UUID',
  DATE_TIME: 'DateTime',
  DATE: 'Date',
  NUMBER: 'Float',
  NUMERIC: 'BigFloat',
  POSITION: 'Position',
  BOOLEAN: 'Boolean',
  RAW_JSON: 'JSON',
  FILES: 'JSON',
};
const COMPOSITE_TYPES: Readonly<Record<string, string>> = {
  FULL_NAME: 'FullName',
  EMAILS: 'Emails',
  PHONES: 'Phones',
  LINKS: 'Links',
  ADDRESS: 'Address',
  CURRENCY: 'Currency',
  ACTOR: 'Actor',
  RICH_TEXT: 'RichText',
  RICH_TEXT_V2: 'RichTextV2',
};

function workspaceSdl(dialect: Dialect): string {
  const { schema, traits } = dialect;
  const id = traits.family === 'current' ? 'UUID' : 'ID';
  const idFilter = `${id}Filter`;
  const known = (field: FieldDef) => !field.relation || schema.object(field.relation.object) !== undefined;
  const query: string[] = [];
  const mutation: string[] = [];
  const types = new Map<string, string>();

  for (const object of schema.objects) {
    const type = pascal(object.name);
    const many = pascal(object.plural);
    const fields = object.fields.filter(known);
    for (const field of fields) describeField(object, field, types);

    types.set(type, `type ${type} { ${lines(fields.flatMap((field) => outputLines(object, field)))} }`);
    types.set(`${type}Edge`, `type ${type}Edge { node: ${type} cursor: Cursor }`);
    types.set(
      `${type}Connection`,
      `type ${type}Connection { edges: [${type}Edge!] pageInfo: PageInfo totalCount: Int }`,
    );
    const filters = fields.flatMap((field) => filterLines(object, field, idFilter, traits.family === 'current'));
    const group = ['and', 'or'].map((word) => `${word}: [${type}FilterInput]`);
    types.set(
      `${type}FilterInput`,
      `input ${type}FilterInput { ${lines([...filters, ...group, `not: ${type}FilterInput`])} }`,
    );
    types.set(`${type}OrderByInput`, `input ${type}OrderByInput { ${lines(fields.flatMap(orderLines))} }`);
    for (const way of ['Create', 'Update'])
      types.set(
        `${type}${way}Input`,
        `input ${type}${way}Input { ${lines(fields.flatMap((field) => inputLines(object, field, way, id)))} }`,
      );

    const page = 'first: Int, last: Int, before: String, after: String, limit: Int, offset: Int';
    query.push(
      `${object.plural}(filter: ${type}FilterInput, orderBy: [${type}OrderByInput], ${page}): ${type}Connection`,
      `${object.name}(filter: ${type}FilterInput): ${type}`,
      `${object.name}Duplicates(ids: [${id}], data: [${type}CreateInput]): [${type}Connection]`,
    );
    if (traits.family === 'old')
      query.push(`search${many}(searchInput: String, limit: Int, filter: ${type}FilterInput): ${type}Connection`);
    mutation.push(
      `create${type}(data: ${type}CreateInput!, upsert: Boolean): ${type}`,
      `create${many}(data: [${type}CreateInput!]!, upsert: Boolean): [${type}!]`,
      `update${type}(id: ${id}!, data: ${type}UpdateInput!): ${type}`,
      `update${many}(filter: ${type}FilterInput, data: ${type}UpdateInput!): [${type}!]`,
    );
    for (const verb of ['delete', 'destroy', 'restore'])
      mutation.push(`${verb}${type}(id: ${id}!): ${type}`, `${verb}${many}(filter: ${type}FilterInput!): [${type}!]`);
    if (traits.family === 'current')
      mutation.push(`merge${many}(ids: [${id}!]!, conflictPriorityIndex: Int!, dryRun: Boolean): ${type}`);
  }
  query.push('clientConfig: ClientConfig!');
  if (traits.family !== 'old') query.push(SEARCH_FIELD[traits.family]);
  if (traits.family !== 'current') query.push('currentUser: User!', 'currentWorkspace: Workspace!');
  return [
    COMMON,
    traits.family === 'old' ? '' : SEARCH_TYPES[traits.family],
    traits.family === 'current' ? '' : WHO_TYPES,
    comparisons(idFilter, id),
    ...types.values(),
    `type Query { ${lines(query)} }`,
    `type Mutation { ${lines(mutation)} }`,
  ].join('\n');
}

const lines = (list: readonly string[]) => list.join('\n');

/** Name of the enum of a select field, `OpportunityStageEnum`. */
function enumName(object: ObjectDef, field: FieldDef): string {
  return `${pascal(object.name)}${pascal(field.name)}Enum`;
}

function isSelect(field: FieldDef): boolean {
  return ['SELECT', 'MULTI_SELECT', 'RATING'].includes(field.type) && (field.options?.length ?? 0) > 0;
}

function compositeType(field: FieldDef): string {
  return COMPOSITE_TYPES[field.type] ?? pascal(field.name);
}

/** The enum or composite types that a field brings with it. */
function describeField(object: ObjectDef, field: FieldDef, types: Map<string, string>): void {
  if (isSelect(field)) {
    const name = enumName(object, field);
    types.set(name, `enum ${name} { ${(field.options ?? []).map((option) => option.value).join(' ')} }`);
    types.set(`${name}Filter`, `input ${name}Filter { ${listOps(name)} containsAny: [${name}] }`);
  }
  const composite = compositeOf(field);
  if (!composite) return;
  const type = compositeType(field);
  const subs = Object.entries(composite);
  const of = (kind: (sub: string) => string) => lines(subs.map(([name, sub]) => `${name}: ${kind(sub)}`));
  const scalar = (sub: string) => SCALARS[sub] ?? 'String';
  types.set(type, `type ${type} { ${of(scalar)} }`);
  types.set(`${type}CreateInput`, `input ${type}CreateInput { ${of(scalar)} }`);
  types.set(`${type}UpdateInput`, `input ${type}UpdateInput { ${of(scalar)} }`);
  types.set(`${type}FilterInput`, `input ${type}FilterInput { ${of((sub) => scalarFilter(sub, 'UUIDFilter'))} }`);
  types.set(`${type}OrderByInput`, `input ${type}OrderByInput { ${of(() => 'OrderByDirection')} }`);
}

function scalarOf(object: ObjectDef, field: FieldDef): string {
  if (isSelect(field)) return field.type === 'MULTI_SELECT' ? `[${enumName(object, field)}]` : enumName(object, field);
  if (field.type === 'ARRAY') return '[String]';
  return SCALARS[field.type] ?? 'String';
}

function outputLines(object: ObjectDef, field: FieldDef): string[] {
  if (field.relation) {
    const other = pascal(field.relation.object);
    return field.relation.kind === 'many-to-one'
      ? [`${field.relation.joinColumn}: UUID`, `${field.name}: ${other}`]
      : [
          `${field.name}(filter: ${other}FilterInput, orderBy: [${other}OrderByInput], first: Int, after: String): ${other}Connection`,
        ];
  }
  return [`${field.name}: ${compositeOf(field) ? compositeType(field) : scalarOf(object, field)}`];
}

function inputLines(object: ObjectDef, field: FieldDef, way: string, id: string): string[] {
  if (field.relation) return field.relation.kind === 'many-to-one' ? [`${field.relation.joinColumn}: ${id}`] : [];
  if (field.type === 'TS_VECTOR') return [];
  return [`${field.name}: ${compositeOf(field) ? `${compositeType(field)}${way}Input` : scalarOf(object, field)}`];
}

function filterLines(object: ObjectDef, field: FieldDef, idFilter: string, nested: boolean): string[] {
  if (field.relation) {
    if (field.relation.kind !== 'many-to-one') return [];
    const column = `${field.relation.joinColumn}: ${idFilter}`;
    return nested ? [column, `${field.name}: ${pascal(field.relation.object)}FilterInput`] : [column];
  }
  if (isSelect(field)) return [`${field.name}: ${enumName(object, field)}Filter`];
  if (compositeOf(field)) return [`${field.name}: ${compositeType(field)}FilterInput`];
  return [`${field.name}: ${scalarFilter(field.type, idFilter)}`];
}

function scalarFilter(type: string, idFilter: string): string {
  if (type === 'UUID') return idFilter;
  if (type === 'DATE_TIME' || type === 'DATE') return 'DateFilter';
  if (type === 'NUMBER' || type === 'NUMERIC' || type === 'POSITION') return 'FloatFilter';
  if (type === 'BOOLEAN') return 'BooleanFilter';
  if (type === 'RAW_JSON' || type === 'FILES') return 'RawJsonFilter';
  if (type === 'ARRAY') return 'ArrayFilter';
  return 'StringFilter';
}

function orderLines(field: FieldDef): string[] {
  if (field.relation)
    return field.relation.kind === 'many-to-one' ? [`${field.relation.joinColumn}: OrderByDirection`] : [];
  if (compositeOf(field)) return [`${field.name}: ${compositeType(field)}OrderByInput`];
  return [`${field.name}: OrderByDirection`];
}

const listOps = (type: string) => `eq: ${type} neq: ${type} in: [${type}] is: FilterIs`;

function comparisons(idFilter: string, id: string): string {
  const ranges = (type: string) => `${listOps(type)} gt: ${type} gte: ${type} lt: ${type} lte: ${type}`;
  const like = 'like: String ilike: String startsWith: String endsWith: String regex: String iregex: String';
  const ids = idFilter === 'UUIDFilter' ? '' : `input ${idFilter} { ${ranges(id)} }`;
  return `${ids}
input UUIDFilter { ${ranges('UUID')} }
input StringFilter { ${ranges('String')} ${like} }
input DateFilter { ${ranges('DateTime')} }
input FloatFilter { ${ranges('Float')} }
input BooleanFilter { eq: Boolean is: FilterIs }
input RawJsonFilter { is: FilterIs like: String }
input ArrayFilter { containsAny: [String] is: FilterIs containsIlike: String }`;
}

const COMMON = `
scalar UUID scalar DateTime scalar Date scalar BigFloat scalar Position scalar JSON scalar Cursor
enum FilterIs { NULL NOT_NULL }
enum OrderByDirection { AscNullsFirst AscNullsLast DescNullsFirst DescNullsLast }
type PageInfo { hasNextPage: Boolean hasPreviousPage: Boolean startCursor: Cursor endCursor: Cursor }
type ClientConfig { signInPrefilled: Boolean frontDomain: String isMultiWorkspaceEnabled: Boolean debugMode: Boolean api: ApiConfig }
type ApiConfig { mutationMaximumAffectedRecords: Float }`;

/** Types of who is signed in, shared by both endpoints of older servers. */
export const WHO_TYPES = `
type User { id: UUID! email: String! firstName: String lastName: String workspaceMember: WhoMember currentWorkspace: Workspace }
type WhoMember { id: UUID! name: WhoName userEmail: String avatarUrl: String locale: String timeZone: String colorScheme: String }
type WhoName { firstName: String! lastName: String! }
type Workspace { id: UUID! displayName: String subdomain: String logo: String }`;

const SEARCH_FIELD = {
  current:
    'search(searchInput: String!, limit: Int!, after: String, includedObjectNameSingulars: [String!], excludedObjectNameSingulars: [String!], filter: ObjectRecordFilterInput): SearchResultConnection!',
  mid: 'search(searchInput: String!, limit: Int!, includedObjectNameSingulars: [String!], excludedObjectNameSingulars: [String!]): [SearchRecord!]!',
} as const;
const RECORD =
  'recordId: String! objectNameSingular: String! label: String! imageUrl: String tsRank: Float tsRankCD: Float';
const SEARCH_TYPES = {
  current: `
type SearchResultConnection { edges: [SearchResultEdge!]! pageInfo: SearchResultPageInfo! }
type SearchResultEdge { node: SearchRecord! cursor: String! }
type SearchResultPageInfo { hasNextPage: Boolean! endCursor: String }
type SearchRecord { ${RECORD} objectLabelSingular: String! }
enum SearchFilterIs { Null NotNull }
input SearchDateFilter { eq: DateTime gt: DateTime gte: DateTime lt: DateTime lte: DateTime neq: DateTime in: [DateTime!] is: SearchFilterIs }
input SearchIdFilter { eq: UUID neq: UUID in: [UUID!] is: SearchFilterIs }
input ObjectRecordFilterInput { and: [ObjectRecordFilterInput!] or: [ObjectRecordFilterInput!] not: ObjectRecordFilterInput id: SearchIdFilter createdAt: SearchDateFilter updatedAt: SearchDateFilter deletedAt: SearchDateFilter }`,
  mid: `type SearchRecord { ${RECORD} }`,
} as const;
