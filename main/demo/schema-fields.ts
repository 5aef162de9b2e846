import type { SelectOption } from '../../shared/crm';
import { type FieldDef, type ObjectDef, type RelationDef, Schema, stableId } from './schema';

/** A field before it has its metadata id. */
export type FieldSpec = Omit<FieldDef, 'id'>;
export type ObjectSpec = Omit<ObjectDef, 'id' | 'fields'> & { fields: FieldSpec[] };

type More = Partial<
  Pick<FieldSpec, 'nullable' | 'unique' | 'custom' | 'system' | 'defaultValue' | 'options' | 'icon' | 'label'>
>;

/** A plain or composite field; nullable unless said otherwise. */
export function field(name: string, type: string, more: More = {}): FieldSpec {
  return {
    name,
    type,
    label: words(name),
    icon: 'IconBox',
    nullable: true,
    unique: false,
    custom: false,
    system: false,
    defaultValue: undefined,
    options: null,
    relation: null,
    ...more,
  };
}

/** A list of records of `object` that point here by `joinColumn`. */
export function many(name: string, object: string, joinColumn: string, more: More = {}): FieldSpec {
  return relationField(name, { kind: 'one-to-many', object, joinColumn, onDelete: 'SET_NULL', morph: false }, more);
}

/** One record of `object`, by the column `<name>Id`. */
export function one(
  name: string,
  object: string,
  relation: Partial<Pick<RelationDef, 'onDelete' | 'morph'>> = {},
  more: More = {},
): FieldSpec {
  return relationField(
    name,
    { kind: 'many-to-one', object, joinColumn: `${name}Id`, onDelete: 'SET_NULL', morph: false, ...relation },
    more,
  );
}

function relationField(name: string, relation: RelationDef, more: More): FieldSpec {
  return { ...field(name, relation.morph ? 'MORPH_RELATION' : 'RELATION', more), relation };
}

/** Options of a select from `VALUE:color:Label` lines, in board order. */
export function options(...lines: string[]): SelectOption[] {
  return lines.map((line, position) => {
    const [value = '', color = 'gray', label] = line.split(':');
    return { value, label: label ?? words(value.toLowerCase().replaceAll('_', ' ')), color, position };
  });
}

/** An object spec; the label field is `name` unless said otherwise. */
export function object(
  name: string,
  plural: string,
  fields: FieldSpec[],
  more: Partial<Omit<ObjectSpec, 'name' | 'plural' | 'fields'>> = {},
): ObjectSpec {
  return {
    name,
    plural,
    label: words(name),
    labelPlural: words(plural),
    description: `A ${words(name).toLowerCase()}`,
    icon: 'IconBox',
    custom: false,
    system: false,
    searchable: true,
    labelField: 'name',
    duplicateCriteria: [],
    fields,
    ...more,
  };
}

/** `pointOfContact` or `to do` as people read it: `Point of contact`, `To do`. */
function words(name: string): string {
  const spaced = name.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Gives every object and field its metadata id, always the same for the same workspace. */
export function buildSchema(workspace: string, specs: readonly ObjectSpec[]): Schema {
  return new Schema(
    specs.map((spec) => ({
      ...spec,
      id: stableId(workspace, spec.name),
      fields: spec.fields.map((one) => ({ ...one, id: stableId(workspace, spec.name, one.name) })),
    })),
  );
}

/** The specs with some fields added, replaced (same name) or, by name, left out. */
export function altered(
  specs: readonly ObjectSpec[],
  changes: Readonly<Record<string, { add?: FieldSpec[]; drop?: string[] }>>,
): ObjectSpec[] {
  return specs.map((spec) => {
    const change = changes[spec.name];
    if (!change) return spec;
    const gone = new Set([...(change.drop ?? []), ...(change.add ?? []).map((one) => one.name)]);
    return { ...spec, fields: [...spec.fields.filter((one) => !gone.has(one.name)), ...(change.add ?? [])] };
  });
}
