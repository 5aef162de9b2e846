import { inspect } from 'node:util';
import type { Dialect } from './dialects';
import { badRequest, codedError, ServerError } from './errors';
import type { FieldDef, ObjectDef } from './schema';
import type { Values } from './values';
import { didYouMean } from './values-suggest';

type Mode = 'Create' | 'Update';

/** What a server says when it refuses a value. Every function answers the error to throw. */
export interface Words {
  /** Several faults come in one answer. */
  listsFaults: boolean;
  /** Relations are fields of the input (and refused by their own words). */
  namesRelations: boolean;
  /** Only `source` of an actor may be written. */
  actorSourceOnly: boolean;
  dropsUnknown(name: string): boolean;
  unknownField(object: ObjectDef, name: string, mode: Mode): ServerError;
  notAnObject(object: ObjectDef, value: unknown): ServerError;
  toManyWrite(name: string): ServerError;
  notText(field: FieldDef, value: unknown): ServerError;
  nulCharacter(): ServerError;
  notNumber(field: FieldDef, value: unknown): ServerError;
  notBoolean(field: FieldDef, value: unknown): ServerError;
  notTime(field: FieldDef, value: unknown): ServerError;
  notAnOption(object: ObjectDef, field: FieldDef, value: unknown): ServerError;
  badId(value: unknown): ServerError;
  badUuid(name: string, value: unknown): ServerError;
  notNull(object: ObjectDef, column: string): ServerError;
  searchVector(field: FieldDef): ServerError;
  notComposite(field: FieldDef, value: unknown): never | undefined;
  unknownSubField(field: FieldDef, sub: string, mode: Mode): ServerError;
  nullBody(): never | undefined;
  /** Throws when a create lacks what this server asks for. */
  required(object: ObjectDef, input: Values): void;
}

/** The words of a dialect. */
export function wordsOf(dialect: Dialect): Words {
  if (dialect.traits.family === 'old') return OLD;
  return dialect.traits.family === 'mid' ? MID : CURRENT;
}

const INVALID_ARGS = { subCode: 'INVALID_ARGS_DATA', userFriendlyMessage: 'An error occurred.' };
const invalid = (message: string): ServerError => badRequest(message, INVALID_ARGS);
const shown = (value: unknown): string => inspect(value, { breakLength: Number.POSITIVE_INFINITY });

/** `FULL_NAME` as the messages spell it: `full name`. */
const spelt = (type: string): string => type.toLowerCase().replaceAll('_', ' ');

const CURRENT: Words = {
  listsFaults: false,
  namesRelations: true,
  actorSourceOnly: false,
  dropsUnknown: () => false,
  unknownField: (object, name) => invalid(`Object ${object.name} doesn't have any "${name}" field.`),
  notAnObject: (_object, value) =>
    new ServerError(400, `Cannot create property 'position' on string '${String(value)}'`, { word: 'TypeError' }),
  toManyWrite: (name) => invalid(`One-to-many relation ${name} field does not support write operations.`),
  notText: (field, value) => invalid(`Invalid string value ${shown(value)} for text field "${field.name}"`),
  nulCharacter: () => new ServerError(500, 'Data validation error.', { word: 'InternalServerErrorException' }),
  notNumber: (field, value) => invalid(`Invalid number value ${shown(value)} for field "${field.name}"`),
  notBoolean: (field, value) => invalid(`Invalid boolean value ${shown(value)} for field "${field.name}"`),
  notTime: (field, value) =>
    invalid(
      `Invalid value ${shown(value)} for date-time field "${field.name}". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
    ),
  notAnOption: (_object, field, value) =>
    invalid(
      `Invalid value "${String(value)}" for field "${field.name}". Valid values are: ${(field.options ?? [])
        .map((option) => option.value)
        .join(', ')}`,
    ),
  badId: (value) => codedError('INVALID_QUERY_INPUT', `Value "${String(value)}" is not a valid UUID`),
  badUuid: (name, value) => invalid(`Invalid UUID value ${shown(value)} for field "${name}"`),
  notNull: (object, column) =>
    badRequest(`null value in column "${column}" of relation "${object.name}" violates not-null constraint`),
  searchVector: (field) => invalid(`${field.name} TS_VECTOR-typed field does not support write operations`),
  notComposite: (field, value) => {
    throw invalid(`Invalid object value ${shown(value)} for field "${field.name}"`);
  },
  unknownSubField: (field, sub) => invalid(`Invalid subfield ${sub} for ${spelt(field.type)} field "${field.name}"`),
  nullBody: () => {
    throw new ServerError(400, "Cannot read properties of null (reading 'blocknote')", { word: 'TypeError' });
  },
  required: (object) => {
    if (object.name === 'workspaceMember')
      throw codedError('PERMISSION_DENIED', 'Entity performing the request does not have permission');
  },
};

/** `noteTarget` as types are called: `NoteTarget`. */
const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const COMPOSITE_TYPES: Readonly<Record<string, string>> = {
  FULL_NAME: 'FullName',
  EMAILS: 'Emails',
  PHONES: 'Phones',
  LINKS: 'Links',
  ADDRESS: 'Address',
  CURRENCY: 'Currency',
  ACTOR: 'Actor',
};

const OLD: Words = {
  ...CURRENT,
  listsFaults: true,
  namesRelations: false,
  actorSourceOnly: true,
  unknownField: (object, name, mode) =>
    badRequest(
      `Field "${name}" is not defined by type "${typeName(object.name)}${mode}Input".${didYouMean(name, inputNames(object))}`,
    ),
  notAnObject: (object, value) =>
    badRequest(`Invalid value ${quoted(value)}; Expected type "${typeName(object.name)}CreateInput" to be an object.`),
  notText: (field, value) =>
    badRequest(
      `Invalid value ${quoted(value)} at "data.${field.name}"; String cannot represent a non string value: ${quoted(value)}`,
    ),
  nulCharacter: () => badRequest('invalid byte sequence for encoding "UTF8": 0x00'),
  notNumber: (field, value) =>
    badRequest(
      `Invalid value ${quoted(value)} at "data.${field.name}"; Float cannot represent non numeric value: ${quoted(value)}`,
    ),
  notBoolean: (field, value) =>
    badRequest(
      `Invalid value ${quoted(value)} at "data.${field.name}"; Boolean cannot represent a non boolean value: ${quoted(value)}`,
    ),
  notTime: (_field, value) => badRequest(`invalid input syntax for type timestamp with time zone: "${String(value)}"`),
  notAnOption: (object, field, value) =>
    badRequest(
      `Invalid value ${quoted(value)} at "data.${field.name}"; Value ${quoted(value)} does not exist in "${typeName(object.name)}${typeName(field.name)}Enum" enum.`,
    ),
  badId: (value) => badRequest(`Value "${String(value)}" is not a valid UUID`),
  badUuid: () => badRequest('Invalid UUID'),
  searchVector: (field) => badRequest(`column "${field.name}" can only be updated to DEFAULT`),
  notComposite: (field, value) => {
    throw badRequest(
      `Invalid value ${quoted(value)} at "data.${field.name}"; Expected type "${COMPOSITE_TYPES[field.type]}CreateInput" to be an object.`,
    );
  },
  unknownSubField: (field, sub, mode) =>
    badRequest(`Field "${sub}" is not defined by type "${COMPOSITE_TYPES[field.type]}${mode}Input".`),
  required: (object, input) => {
    if (object.name === 'workspaceMember' && !('userId' in input))
      throw badRequest(`Invalid value ${quoted(input)}; Field "userId" of required type "UUID!" was not provided.`);
  },
};

const MID: Words = {
  ...OLD,
  listsFaults: false,
  actorSourceOnly: false,
  unknownField: (_object, name) =>
    new ServerError(400, `Field metadata for field "${name}" is missing in object metadata`, { word: 'Error' }),
  // 0.51 answers 201 to a plain text in bodyV2 and stores nothing of it.
  notComposite: () => undefined,
  nullBody: () => undefined,
};

/** A value as GraphQL prints it in messages. */
function quoted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${quoted(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function inputNames(object: ObjectDef): string[] {
  return object.fields.flatMap((field) => {
    if (!field.relation) return [field.name];
    return field.relation.kind === 'many-to-one' ? [field.relation.joinColumn] : [];
  });
}
