import { type CrmRecord, type FieldType, type ObjectMeta, uuid } from '../../shared/crm';
import { blocknoteOf } from './blocknote';
import { readBlocknote } from './blocknote-read';
import { compositeOf, isEmptyComposite, isEmptyValue, readMicros, writeComposite } from './composites';
import { isObject, type Json } from './json';
import { SERVER_FIELDS, toCanonicalName, toWireName } from './names';
import type { Dialect } from './types';

/**
 * How rich text is written: `markdown` where the server converts it, `markdownAndNull` for GraphQL
 * of any age that has bodyV2, `both` where nothing is converted, `blocknote` where only `body` exists.
 */
export type BodyForm = 'markdown' | 'markdownAndNull' | 'both' | 'blocknote';

const TIMES = new Set(['createdAt', 'updatedAt', 'deletedAt']);

/** A server's record in canonical form; null when it has no id. Never throws: odd values stay as they are. */
export function fromWire(object: string, raw: unknown): CrmRecord | null {
  if (!isObject(raw) || !uuid.safeParse(raw.id).success) return null;
  const record: Json = {};
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'searchVector' || key === '__typename') continue;
    if (TIMES.has(key) && typeof value !== 'string') {
      record[key] = null;
      continue;
    }
    const name = toCanonicalName(object, key);
    if (key === 'body' && name === 'bodyV2') {
      if (!isObject(raw.bodyV2)) record.bodyV2 = readBody(null, value);
    } else if (name === 'bodyV2' && isObject(value)) {
      record.bodyV2 = readBody(value, raw.body);
    } else if (isObject(value) && 'markdown' in value) {
      record[name] = readBody(value, null);
    } else if (isObject(value) && 'amountMicros' in value) {
      record[name] = { ...value, amountMicros: readMicros(value.amountMicros) };
    } else {
      record[name] = value;
    }
  }
  return record as CrmRecord;
}

/** Rich text from its markdown, else its BlockNote, else the older `body`. `richOnly` warns of what markdown cannot carry. */
function readBody(rich: Json | null, body: unknown): Json {
  const markdown = typeof rich?.markdown === 'string' ? rich.markdown : '';
  const given = typeof rich?.blocknote === 'string' ? rich.blocknote : '';
  const blocknote = given !== '' && given !== '[]' ? given : typeof body === 'string' ? body : '';
  const read = blocknote === '' ? null : readBlocknote(blocknote);
  const said = markdown !== '' ? markdown : (read?.markdown ?? blocknote);
  return { markdown: said, blocknote: read ? blocknote : null, ...(read?.richOnly ? { richOnly: true } : {}) };
}

export interface WriteContext {
  object: string;
  dialect: Dialect;
  meta: ObjectMeta | undefined;
  bodyForm: BodyForm;
}

/**
 * A new record as the server takes it: its own id, no system fields, empty values and composites
 * left out. Throws TwigError `invalid` for a value that does not fit.
 */
export function createBody(record: CrmRecord, context: WriteContext): Json {
  const body: Json = { id: record.id };
  for (const [name, value] of writable(record, context)) {
    const composite = compositeOf(fieldType(context.meta, name), value);
    if (isEmptyValue(value) || (composite && isEmptyComposite(value))) continue;
    if (composite === 'RICH_TEXT') Object.assign(body, richText(name, value, context));
    else
      body[toWireName(context.object, name, context.dialect)] = composite
        ? clean(writeComposite(composite, value))
        : clean(value);
  }
  return body;
}

/** Changed fields as the server takes them; null clears. */
export function updateBody(changes: Readonly<Json>, context: WriteContext): Json {
  const body: Json = {};
  for (const [name, value] of writable(changes, context)) {
    const type = fieldType(context.meta, name);
    const composite = compositeOf(type, value);
    const field = toWireName(context.object, name, context.dialect);
    if (composite === 'RICH_TEXT') Object.assign(body, richText(name, value, context));
    else body[field] = composite ? clean(writeComposite(composite, value)) : plain(value, type);
  }
  return body;
}

/** True when the values hold rich text, which only some ways of writing convert. */
export function hasRichText(values: Readonly<Json>, meta: ObjectMeta | undefined): boolean {
  return Object.entries(values).some(
    ([name, value]) => value !== undefined && compositeOf(fieldType(meta, name), value) === 'RICH_TEXT',
  );
}

/** What may be written: not what the server sets, not embedded records. */
function writable(values: Readonly<Json>, { meta }: WriteContext): [string, unknown][] {
  return Object.entries(values).filter(([name, value]) => {
    if (value === undefined || name === 'id' || SERVER_FIELDS.has(name)) return false;
    // A related record that came embedded with a read.
    if (isObject(value) && 'id' in value) return false;
    const type = fieldType(meta, name);
    return type !== 'RELATION' && type !== 'MORPH_RELATION';
  });
}

function fieldType(meta: ObjectMeta | undefined, name: string): FieldType | undefined {
  return meta?.fields.find((field) => field.name === name)?.type;
}

function richText(name: string, value: unknown, context: WriteContext): Json {
  const said = isObject(value) ? value.markdown : value;
  const markdown = typeof said === 'string' ? (clean(said) as string) : '';
  const field = toWireName(context.object, name, context.dialect);
  switch (context.bodyForm) {
    case 'blocknote':
      return { [field]: blocknoteOf(markdown) };
    case 'both':
      return { [field]: { markdown, blocknote: blocknoteOf(markdown) || null } };
    case 'markdownAndNull':
      return { [field]: { markdown, blocknote: null } };
    default:
      return { [field]: { markdown } };
  }
}

/** A cleared text is the empty one: older servers refuse null there, newer ones store it as empty. */
function plain(value: unknown, type: FieldType | undefined): unknown {
  return value === null && type === 'TEXT' ? '' : clean(value);
}

/** No server stores a NUL character, which is invisible and is taken out, or half a character, which is marked. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
  if (Array.isArray(value)) return value.map(clean);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)])) : value;
}
