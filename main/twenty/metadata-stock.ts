import { type FieldMeta, type FieldType, type ObjectMeta, PLURALS } from '../../shared/crm';

type StockName = keyof typeof PLURALS;

/** Fields that every Twenty has had, by type; relations as `name>object`. */
const STOCK: Record<StockName, Partial<Record<FieldType, readonly string[]>>> = {
  person: {
    FULL_NAME: ['name'],
    EMAILS: ['emails'],
    PHONES: ['phones'],
    LINKS: ['linkedinLink'],
    TEXT: ['jobTitle', 'avatarUrl'],
    RELATION: ['company>company'],
  },
  company: {
    TEXT: ['name'],
    LINKS: ['domainName', 'linkedinLink'],
    ADDRESS: ['address'],
    RELATION: ['accountOwner>workspaceMember'],
  },
  opportunity: {
    TEXT: ['name'],
    CURRENCY: ['amount'],
    DATE_TIME: ['closeDate'],
    SELECT: ['stage'],
    RELATION: ['company>company', 'pointOfContact>person'],
  },
  note: { TEXT: ['title'], RICH_TEXT: ['bodyV2'] },
  task: {
    TEXT: ['title'],
    RICH_TEXT: ['bodyV2'],
    SELECT: ['status'],
    DATE_TIME: ['dueAt'],
    RELATION: ['assignee>workspaceMember'],
  },
  noteTarget: {
    RELATION: ['note>note', 'targetPerson>person', 'targetCompany>company', 'targetOpportunity>opportunity'],
  },
  taskTarget: {
    RELATION: ['task>task', 'targetPerson>person', 'targetCompany>company', 'targetOpportunity>opportunity'],
  },
  workspaceMember: { FULL_NAME: ['name'], TEXT: ['userEmail', 'avatarUrl', 'timeZone'] },
};

const SYSTEM: readonly [string, FieldType][] = [
  ['id', 'UUID'],
  ['createdAt', 'DATE_TIME'],
  ['updatedAt', 'DATE_TIME'],
  ['deletedAt', 'DATE_TIME'],
];

/**
 * What is safe to expect of a workspace whose metadata could not be read: stock objects and their
 * oldest fields. Options are left empty, since every workspace has its own.
 */
export function stockObjects(): ObjectMeta[] {
  return (Object.keys(STOCK) as StockName[]).map((name) => {
    const fields = Object.entries(STOCK[name]).flatMap(([type, names]) =>
      names.map((spec) => stockField(spec, type as FieldType)),
    );
    return {
      name,
      plural: PLURALS[name],
      label: words(name),
      labelPlural: words(PLURALS[name]),
      icon: null,
      custom: false,
      labelField: fields.find((field) => field.name === 'name' || field.name === 'title')?.name ?? 'id',
      fields: [...SYSTEM.map(([field, type]) => ({ ...stockField(field, type), readOnly: true })), ...fields],
      canRead: null,
      canWrite: null,
    };
  });
}

function stockField(spec: string, type: FieldType): FieldMeta {
  const [name = '', object] = spec.split('>');
  return {
    name,
    label: words(name),
    type,
    nullable: true,
    defaultValue: null,
    options: [],
    readOnly: false,
    custom: false,
    unique: false,
    relation: object ? { kind: 'many-to-one', object, joinColumn: `${name}Id` } : null,
  };
}

/** `jobTitle` -> `Job title`. */
function words(name: string): string {
  const spaced = name.replace(/V2$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return (spaced[0] ?? '').toUpperCase() + spaced.slice(1);
}
