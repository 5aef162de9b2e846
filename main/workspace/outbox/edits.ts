import { randomUUID } from 'node:crypto';
import type { RecordRef } from '../../../shared/app/contacts';
import type { CrmRecord } from '../../../shared/crm';
import { fieldName } from '../../../shared/crm';
import { TwigError } from '../../../shared/errors';
import type { WriteWindow } from '../types';
import type { NewEntry } from './entry';
import { linkStep } from './plan';
import { objectWord, updateSummary } from './words';

/** Set by the server alone; sending them back would hide the record from everyone who syncs. */
const SYSTEM_FIELDS = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'searchVector',
  'position',
  'createdBy',
  'updatedBy',
]);

function writable(values: Record<string, unknown>): Record<string, unknown> {
  for (const field of Object.keys(values)) {
    if (SYSTEM_FIELDS.has(field) || !fieldName.safeParse(field).success) {
      throw new TwigError('invalid', `The field ${field} cannot be written.`, { field });
    }
  }
  return values;
}

/** A new record of any object; its id is made now. */
export function planCreate(
  object: string,
  values: Record<string, unknown>,
  title: string,
  window: WriteWindow,
): NewEntry {
  const id = randomUUID();
  return {
    kind: 'create',
    object,
    recordId: id,
    title,
    summary: `New ${objectWord(object).toLowerCase()}: ${title}`,
    links: [],
    draft: null,
    window,
    steps: [{ op: 'create', object, id, values: writable(values) }],
    undoes: null,
    before: null,
  };
}

/** An edit; fields without a given base are based on what the copy holds. */
export function planUpdate(
  ref: RecordRef,
  changes: Record<string, unknown>,
  base: Record<string, unknown>,
  known: CrmRecord | null,
  title: string,
  window: WriteWindow,
): NewEntry {
  const fields = Object.keys(writable(changes));
  if (fields.length === 0) throw new TwigError('invalid', 'Nothing was changed.');
  const based = Object.fromEntries(
    fields.map((field) => [field, (field in base ? base[field] : known?.[field]) ?? null]),
  );
  return {
    kind: 'update',
    object: ref.object,
    recordId: ref.id,
    title,
    summary: updateSummary(title, fields),
    links: [],
    draft: null,
    window,
    steps: [{ op: 'update', object: ref.object, id: ref.id, values: changes, base: based }],
    undoes: null,
    before: based,
  };
}

/** Moves a record to the trash, or brings it back. */
export function planTrash(
  op: 'delete' | 'restore',
  ref: RecordRef,
  known: CrmRecord | null,
  title: string,
  window: WriteWindow,
): NewEntry {
  return {
    kind: op,
    object: ref.object,
    recordId: ref.id,
    title,
    summary: op === 'delete' ? `Moves ${title} to Deleted` : `Brings ${title} back from Deleted`,
    links: [],
    draft: null,
    window,
    steps: [{ op, object: ref.object, id: ref.id }],
    undoes: null,
    before: op === 'delete' ? known : null,
  };
}

/** Links a note or task to a record. */
export function planLink(from: RecordRef, to: RecordRef, names: [string, string], window: WriteWindow): NewEntry {
  const step = linkStep(from, to);
  return {
    kind: 'create',
    object: step.object,
    recordId: step.id,
    title: names[0],
    summary: `Links ${names[0]} to ${names[1]}`,
    links: [{ object: to.object, id: to.id, label: names[1] }],
    draft: null,
    window,
    steps: [step],
    undoes: null,
    before: null,
  };
}

/** Takes the link between a note or task and a record away; `targets` are its join rows. */
export function planUnlink(
  from: RecordRef,
  targets: readonly string[],
  names: [string, string],
  window: WriteWindow,
): NewEntry {
  const object = `${from.object}Target`;
  const [first] = targets;
  if (first === undefined) throw new TwigError('notFound', `${names[0]} is not linked to ${names[1]}.`);
  return {
    kind: 'delete',
    object,
    recordId: first,
    title: names[0],
    summary: `Unlinks ${names[0]} from ${names[1]}`,
    links: [],
    draft: null,
    window,
    steps: targets.map((id) => ({ op: 'delete', object, id })),
    undoes: null,
    before: null,
  };
}
