import { createHash } from 'node:crypto';
import type { SelectOption } from '../../shared/crm';

/** A relation as the server holds it: the column is on the many side, whichever side this field is. */
export interface RelationDef {
  kind: 'many-to-one' | 'one-to-many';
  /** Singular name of the object at the other end. It need not exist here: then nothing is embedded. */
  object: string;
  /** `companyId` of this object (many-to-one) or of the other one (one-to-many). */
  joinColumn: string;
  onDelete: 'SET_NULL' | 'CASCADE';
  /** True for targets of notes and tasks on current servers (`MORPH_RELATION`). */
  morph: boolean;
}

export interface FieldDef {
  /** Metadata id. */
  id: string;
  name: string;
  label: string;
  /** Twenty's own type word (`TEXT`, `FULL_NAME`, `RELATION` ...). */
  type: string;
  icon: string;
  nullable: boolean;
  unique: boolean;
  custom: boolean;
  system: boolean;
  /** As metadata gives it: texts quoted twice (`"'NEW'"`). Undefined when there is none. */
  defaultValue: unknown;
  options: SelectOption[] | null;
  relation: RelationDef | null;
}

export interface ObjectDef {
  /** Metadata id. */
  id: string;
  name: string;
  plural: string;
  label: string;
  labelPlural: string;
  description: string;
  icon: string;
  custom: boolean;
  system: boolean;
  searchable: boolean;
  /** Field whose value names a record. */
  labelField: string;
  fields: FieldDef[];
  /** Groups of paths (`emails.primaryEmail`) that make two records likely duplicates. */
  duplicateCriteria: string[][];
}

/** The objects of one workspace, with the look-ups that every request needs. */
export class Schema {
  readonly objects: readonly ObjectDef[];
  private readonly byName: Map<string, ObjectDef>;
  private readonly byPlural: Map<string, ObjectDef>;
  private readonly fieldsOf = new Map<string, Map<string, FieldDef>>();
  private readonly joinsOf = new Map<string, Map<string, FieldDef>>();

  constructor(objects: readonly ObjectDef[]) {
    this.objects = objects;
    this.byName = new Map(objects.map((object) => [object.name, object]));
    this.byPlural = new Map(objects.map((object) => [object.plural, object]));
    for (const object of objects) {
      this.fieldsOf.set(object.name, new Map(object.fields.map((field) => [field.name, field])));
      const joins = object.fields.filter((field) => field.relation?.kind === 'many-to-one');
      this.joinsOf.set(object.name, new Map(joins.map((field) => [field.relation?.joinColumn ?? '', field])));
    }
  }

  /** By singular name. */
  object(name: string): ObjectDef | undefined {
    return this.byName.get(name);
  }

  objectByPlural(plural: string): ObjectDef | undefined {
    return this.byPlural.get(plural);
  }

  /** By singular name; throws when this workspace has no such object. */
  mustObject(name: string): ObjectDef {
    const object = this.byName.get(name);
    if (!object) throw new Error(`The demo schema has no object ${name}.`);
    return object;
  }

  field(object: string, name: string): FieldDef | undefined {
    return this.fieldsOf.get(object)?.get(name);
  }

  /** The many-to-one field that owns a column such as `companyId`. */
  join(object: string, column: string): FieldDef | undefined {
    return this.joinsOf.get(object)?.get(column);
  }

  /** Every many-to-one field of every object that points at `object`. */
  pointingAt(object: string): { object: ObjectDef; relation: RelationDef }[] {
    return this.objects.flatMap((other) =>
      other.fields.flatMap((field) =>
        field.relation?.kind === 'many-to-one' && field.relation.object === object
          ? [{ object: other, relation: field.relation }]
          : [],
      ),
    );
  }
}

/** A UUID (version 4 form) that is always the same for the same words: metadata ids, constraint names. */
export function stableId(...words: string[]): string {
  const hex = createHash('sha256').update(words.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Sub-fields of Twenty's composite types, in the server's order, with the type of each. */
export const COMPOSITES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FULL_NAME: { firstName: 'TEXT', lastName: 'TEXT' },
  EMAILS: { primaryEmail: 'TEXT', additionalEmails: 'RAW_JSON' },
  PHONES: {
    primaryPhoneNumber: 'TEXT',
    primaryPhoneCountryCode: 'TEXT',
    primaryPhoneCallingCode: 'TEXT',
    additionalPhones: 'RAW_JSON',
  },
  LINKS: { primaryLinkLabel: 'TEXT', primaryLinkUrl: 'TEXT', secondaryLinks: 'RAW_JSON' },
  ADDRESS: {
    addressStreet1: 'TEXT',
    addressStreet2: 'TEXT',
    addressCity: 'TEXT',
    addressPostcode: 'TEXT',
    addressState: 'TEXT',
    addressCountry: 'TEXT',
    addressLat: 'NUMERIC',
    addressLng: 'NUMERIC',
  },
  CURRENCY: { amountMicros: 'NUMERIC', currencyCode: 'TEXT' },
  ACTOR: { source: 'SELECT', workspaceMemberId: 'UUID', name: 'TEXT', context: 'RAW_JSON' },
  RICH_TEXT_V2: { blocknote: 'TEXT', markdown: 'TEXT' },
};

/** The composite behind a field, or null for a plain one. `bodyV2` is a composite whatever its type word. */
export function compositeOf(field: FieldDef): Readonly<Record<string, string>> | null {
  if (field.type === 'RICH_TEXT' && field.name === 'bodyV2') return COMPOSITES.RICH_TEXT_V2 ?? null;
  return COMPOSITES[field.type] ?? null;
}

/** The sub-field that is held unique for a unique field; null when the field itself is the key. */
export function uniqueSubField(field: FieldDef): string | null {
  if (field.type === 'EMAILS') return 'primaryEmail';
  if (field.type === 'LINKS') return 'primaryLinkUrl';
  return null;
}
