import { z } from 'zod';
import { CURRENT, type Dialect, MID, OLD } from '../../main/demo/dialects';
import { type RelationDef, Schema } from '../../main/demo/schema';
import { buildSchema, type FieldSpec, field, type ObjectSpec, object } from '../../main/demo/schema-fields';
import { SelectOption } from '../../shared/crm';
import { type Exchange, type Recorded, readJson } from './server-recordings';

const CORE = ['person', 'company', 'opportunity', 'note', 'task', 'noteTarget', 'taskTarget', 'workspaceMember'];

const RecordedObject = z.looseObject({
  object: z.string(),
  namePlural: z.string(),
  labelIdentifierField: z.string(),
  fields: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      stock: z.boolean(),
      isSystem: z.boolean().optional(),
      isNullable: z.boolean(),
      isUnique: z.boolean().optional(),
      defaultValue: z.unknown().optional(),
      options: z.array(SelectOption.extend({ color: z.string().default('gray') })).nullish(),
      settings: z
        .looseObject({
          relationType: z.string().optional(),
          joinColumnName: z.string().optional(),
          onDelete: z.enum(['SET_NULL', 'CASCADE']).optional(),
        })
        .nullish(),
      relation: z.looseObject({ side: z.string(), targetObject: z.string() }).nullish(),
    }),
  ),
});
type RecordedField = z.infer<typeof RecordedObject>['fields'][number];

/** The dialect of a recorded server with the workspace it had, as far as its answers tell. */
export function recordedDialect(server: Recorded, exchanges: readonly Exchange[]): Dialect {
  const specs = CORE.map((name) => recordedObject(server === 'mid' ? 'old' : server, name)).map((spec) =>
    // 0.51 had the objects of 0.41 and one field more.
    server === 'mid' && (spec.name === 'note' || spec.name === 'task')
      ? { ...spec, fields: [...spec.fields, field('bodyV2', 'RICH_TEXT_V2')] }
      : spec,
  );
  for (const extra of [...embeddedObjects(exchanges), petObject(exchanges)])
    if (!specs.some((spec) => spec.name === extra.name)) specs.push(extra);
  return {
    name: server,
    traits: { current: CURRENT, mid: MID, old: OLD }[server],
    schema: withRecordedIds(buildSchema(`recorded ${server}`, specs), exchanges),
  };
}

/** The ids that were asked for, where an answer tells them. */
function withRecordedIds(schema: Schema, exchanges: readonly Exchange[]): Schema {
  const known = exchanges.flatMap(({ name, response }) => {
    const answer = name.startsWith('metadata/') ? ById.safeParse(response.body) : null;
    return answer?.success ? [answer.data.data] : [];
  });
  return new Schema(
    schema.objects.map((object) => ({
      ...object,
      id: known.find((one) => one.object?.nameSingular === object.name)?.object?.id ?? object.id,
      fields: object.fields.map((field) => ({
        ...field,
        id: known.find((one) => one.field?.name === field.name && field.options)?.field?.id ?? field.id,
      })),
    })),
  );
}

const ById = z.object({
  data: z.object({
    object: z.object({ id: z.string(), nameSingular: z.string() }).optional(),
    field: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
});

function recordedObject(server: Recorded, name: string): ObjectSpec {
  const recorded = RecordedObject.parse(readJson(server, 'fields', `${name}.json`));
  const columns = new Set(recorded.fields.map((one) => one.name));
  const fields = recorded.fields
    .filter((one) => !(one.type === 'UUID' && isColumn(one.name, columns)))
    .map((one) => recordedField(server, name, one));
  const duplicateCriteria: Record<string, string[][]> = {
    person: [['name.firstName', 'name.lastName'], ['emails.primaryEmail']],
    company: [['name'], ['domainName.primaryLinkUrl']],
  };
  return object(name, recorded.namePlural, fields, {
    labelField: recorded.labelIdentifierField,
    duplicateCriteria: duplicateCriteria[name] ?? [],
  });
}

/** Old metadata lists `companyId` beside `company`. */
const isColumn = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('Id') && names.has(name.slice(0, -2));

const LABELS: Readonly<Record<string, string>> = { domainName: 'Domain Name' };

function recordedField(server: Recorded, owner: string, recorded: RecordedField): FieldSpec {
  const spec = field(recorded.name, recorded.type, {
    label: LABELS[recorded.name] ?? recorded.label,
    nullable: recorded.isNullable,
    // Old metadata does not tell what is unique.
    unique: server === 'old' ? isOldUnique(owner, recorded.name) : (recorded.isUnique ?? false),
    custom: !recorded.stock,
    system: recorded.isSystem ?? false,
    defaultValue: recorded.defaultValue,
    options: recorded.options?.map(({ value, label, color, position }) => ({ value, label, color, position })) ?? null,
  });
  return { ...spec, relation: relationOf(owner, recorded) };
}

const isOldUnique = (owner: string, name: string): boolean =>
  (owner === 'person' && name === 'emails') || (owner === 'company' && name === 'domainName');

const TARGETS: Readonly<Record<string, string>> = {
  accountOwner: 'workspaceMember',
  owner: 'workspaceMember',
  assignee: 'workspaceMember',
  pointOfContact: 'person',
};

const LISTS: Readonly<Record<string, [object: string, column: string]>> = {
  people: ['person', 'companyId'],
  opportunities: ['opportunity', 'companyId'],
  pointOfContactForOpportunities: ['opportunity', 'pointOfContactId'],
  accountOwnerForCompanies: ['company', 'accountOwnerId'],
  ownedOpportunities: ['opportunity', 'ownerId'],
  assignedTasks: ['task', 'assigneeId'],
  connectedAccounts: ['connectedAccount', 'accountOwnerId'],
};

function relationOf(owner: string, recorded: RecordedField): RelationDef | null {
  if (recorded.type !== 'RELATION' && recorded.type !== 'MORPH_RELATION') return null;
  const { name, settings, relation } = recorded;
  const toOne = settings?.relationType === 'MANY_TO_ONE' || relation?.side === 'to';
  const morph = recorded.type === 'MORPH_RELATION';
  if (toOne) {
    const plain = name.replace(/^target([A-Z])/, (_, letter: string) => letter.toLowerCase());
    return {
      kind: 'many-to-one',
      object: relation?.targetObject ?? TARGETS[name] ?? plain,
      joinColumn: settings?.joinColumnName ?? `${name}Id`,
      onDelete: settings?.onDelete ?? 'SET_NULL',
      morph,
    };
  }
  const [object, joinColumn] = LISTS[name] ?? [
    relation?.targetObject ?? singular(name),
    targetColumn(owner, name, !relation),
  ];
  return { kind: 'one-to-many', object, joinColumn, onDelete: 'SET_NULL', morph };
}

function targetColumn(owner: string, list: string, prefixed: boolean): string {
  if (owner === 'note' || owner === 'task') if (list === `${owner}Targets`) return `${owner}Id`;
  if (owner === 'workspaceMember') return 'workspaceMemberId';
  const capital = owner.charAt(0).toUpperCase() + owner.slice(1);
  return prefixed && /Targets$|Activities$|^attachments$/.test(list) ? `target${capital}Id` : `${owner}Id`;
}

const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/s$/, '');

/** Objects that are only known from rows embedded in answers (timeline, participants ...). */
function embeddedObjects(exchanges: readonly Exchange[]): ObjectSpec[] {
  const keys = new Map<string, Set<string>>();
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (Array.isArray(inner)) {
        for (const row of inner)
          if (row !== null && typeof row === 'object' && 'id' in row && 'createdAt' in row) {
            const known = keys.get(key) ?? new Set();
            for (const name of Object.keys(row)) known.add(name);
            keys.set(key, known);
          }
      }
      visit(inner);
    }
  };
  for (const exchange of exchanges)
    if (exchange.request.method !== 'POST' || !isGraphql(exchange)) visit(exchange.response.body);
  return [...keys]
    .filter(([plural]) => /Activities$|Participants$|^attachments$|^favorites$|^connectedAccounts$/.test(plural))
    .map(([plural, names]) => object(singular(plural), plural, [...names].map(rawField), { labelField: 'id' }));
}

/** A column of unknown type: kept as it is; ids of other records can be looked up. */
function rawField(name: string): FieldSpec {
  const target = /^(?:target([A-Z]\w*)|(person|company|note|task|opportunity|workspaceMember|accountOwner))Id$/.exec(
    name,
  );
  const word = target?.[1] ?? (target?.[2] === 'accountOwner' ? 'workspaceMember' : target?.[2]);
  if (!word) return field(name, name === 'searchVector' ? 'TS_VECTOR' : 'RAW_JSON');
  const relation: RelationDef = {
    kind: 'many-to-one',
    object: word.charAt(0).toLowerCase() + word.slice(1),
    joinColumn: name,
    onDelete: 'SET_NULL',
    morph: false,
  };
  return { ...field(name.replace(/Id$/, ''), 'RELATION'), relation };
}

const isGraphql = (exchange: Exchange): boolean => /^\/(graphql|metadata)$/.test(exchange.request.path);

function petObject(exchanges: readonly Exchange[]): ObjectSpec {
  const names = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'comments']);
  for (const { response } of exchanges) {
    const rows = z.looseObject({ data: z.object({ updatePets: z.array(z.looseObject({})) }) }).safeParse(response.body);
    if (rows.success) for (const row of rows.data.data.updatePets) for (const name of Object.keys(row)) names.add(name);
  }
  return object('pet', 'pets', [...names].map(rawField), { custom: true });
}
