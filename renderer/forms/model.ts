import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { draftOf, type FieldDraft, valueKey } from '../fields/draft';
import { isRequired, type ReadContext, readDraft } from '../fields/read';
import { askedWith, groupOf, isWritable } from '../fields/rights';

/** The drafts of a form by field name. */
export type Drafts = Readonly<Record<string, FieldDraft>>;

/** The fields a form asks for: what names the record, what is required, then the rest in the workspace's order. */
export function formFields(object: ObjectMeta): FieldMeta[] {
  const rank = (field: FieldMeta): number => {
    if (field.name === object.labelField) return 0;
    if (isRequired(field) || !field.nullable) return 1;
    if (field.type === 'RICH_TEXT') return 4;
    return groupOf(field) === 'custom' ? 3 : 2;
  };
  return object.fields
    .filter(isWritable)
    .map((field, index) => ({ field, index }))
    .sort((a, b) => rank(a.field) - rank(b.field) || a.index - b.index)
    .map(({ field }) => field);
}

/**
 * What stands in the form at first: the record's values, or for a new one the given values over the
 * workspace's defaults.
 * @param labels names of related records by id
 */
export function firstDrafts(
  fields: readonly FieldMeta[],
  record: Readonly<Record<string, unknown>> | null,
  given: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): Drafts {
  return Object.fromEntries(
    fields.map((field) => {
      const key = valueKey(field);
      const value = record === null ? (given[key] ?? field.defaultValue) : record[key];
      return [field.name, draftOf(field, value, typeof value === 'string' ? (labels[value] ?? '') : '')];
    }),
  );
}

export interface FormReading {
  /** Values by record key, of the fields that were read. */
  values: Record<string, unknown>;
  /** A sentence by field name; empty when everything can be saved. */
  errors: Record<string, string>;
}

/** Reads the drafts that differ from `first`, or all of them for a new record (`first` null). */
export function readForm(
  fields: readonly FieldMeta[],
  drafts: Drafts,
  first: Drafts | null,
  context: ReadContext,
): FormReading {
  const reading: FormReading = { values: {}, errors: {} };
  for (const field of fields) {
    const draft = drafts[field.name];
    if (draft === undefined || (first !== null && sameDraft(draft, first[field.name]))) continue;
    const read = readDraft(field, draft, context);
    if (read.ok) reading.values[valueKey(field)] = read.value;
    else reading.errors[field.name] = read.message;
  }
  return reading;
}

/** True when something was typed that closing would lose. */
export function isChanged(drafts: Drafts, first: Drafts): boolean {
  return Object.entries(drafts).some(([name, draft]) => !sameDraft(draft, first[name]));
}

function sameDraft(a: FieldDraft, b: FieldDraft | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** Names of fields that are shown only when another one asks for them, and are not asked for now. */
export function unasked(object: ObjectMeta, fields: readonly FieldMeta[], drafts: Drafts): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const field of fields) {
    const draft = drafts[field.name];
    const everAsked = field.options
      .map((option) => askedWith(object, field, option.value)?.name)
      .find((name) => name !== undefined);
    if (everAsked === undefined || draft?.kind !== 'choice') continue;
    const filled = drafts[everAsked];
    const empty = filled?.kind !== 'choice' || filled.value === '';
    if (askedWith(object, field, draft.value) === null && empty) hidden.add(everAsked);
  }
  return hidden;
}
