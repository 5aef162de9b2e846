import type { FieldMeta, ObjectMeta } from '../../../shared/crm';

/** A plain nullable field of the workspace; change what the test is about. */
export function field(name: string, type: FieldMeta['type'], changes: Partial<FieldMeta> = {}): FieldMeta {
  return {
    name,
    label: name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    type,
    nullable: true,
    defaultValue: null,
    options: [],
    readOnly: false,
    custom: false,
    unique: false,
    relation: null,
    ...changes,
  };
}

/** Options from `VALUE:color` words, in order. */
export function options(...words: string[]): FieldMeta['options'] {
  return words.map((word, position) => {
    const [value = '', color = 'gray'] = word.split(':');
    return { value, label: value.charAt(0) + value.slice(1).toLowerCase(), color, position };
  });
}

export function relation(name: string, object: string): FieldMeta {
  return field(name, 'RELATION', { relation: { kind: 'many-to-one', object, joinColumn: `${name}Id` } });
}

export function objectMeta(
  name: string,
  plural: string,
  fields: FieldMeta[],
  changes: Partial<ObjectMeta> = {},
): ObjectMeta {
  const words = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    name,
    plural,
    label: words(name),
    labelPlural: words(plural),
    icon: null,
    custom: false,
    labelField: 'name',
    fields: [field('id', 'UUID', { readOnly: true }), ...fields],
    canRead: null,
    canWrite: null,
    ...changes,
  };
}

export const PERSON = objectMeta('person', 'people', [
  field('name', 'FULL_NAME'),
  field('emails', 'EMAILS', { unique: true }),
  field('phones', 'PHONES'),
  field('jobTitle', 'TEXT'),
  relation('company', 'company'),
  field('noteTargets', 'RELATION', { relation: { kind: 'one-to-many', object: 'noteTarget', joinColumn: null } }),
  field('score', 'NUMBER', { custom: true }),
  field('createdAt', 'DATE_TIME', { readOnly: true }),
]);

export const OPPORTUNITY = objectMeta('opportunity', 'opportunities', [
  field('name', 'TEXT'),
  field('stage', 'SELECT', {
    nullable: false,
    defaultValue: 'LEAD',
    options: options('LEAD:gray', 'WON:green', 'LOST:red'),
  }),
  field('amount', 'CURRENCY'),
  field('lostReason', 'SELECT', { custom: true, options: options('BUDGET', 'TIMING') }),
]);
