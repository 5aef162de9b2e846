import { useEffect, useState } from 'react';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { invoke } from '../bridge';
import { valueKey } from '../fields/draft';
import { type ReadContext, readDraft } from '../fields/read';
import { sameValue } from '../fields/writes';
import type { Duplicate } from './Duplicates';
import type { Drafts } from './model';

/** Where a second record of the same thing is looked for before one is made. */
const CHECKED: ReadonlySet<string> = new Set(['person', 'company']);
/** Milliseconds without a key after which what was typed is looked for. */
const PAUSE = 400;
const NONE: readonly Duplicate[] = [];

/** True when a new record of this object may repeat one. */
export function isChecked(object: ObjectMeta): boolean {
  return CHECKED.has(object.name);
}

/** What of a form tells who or what it is about, as far as it is complete: name, e-mail, phone, website. */
export function tellingValues(
  object: ObjectMeta,
  fields: readonly FieldMeta[],
  drafts: Drafts,
  context: ReadContext,
): Record<string, unknown> {
  const telling = fields.filter(
    ({ name, type }) => name === object.labelField || name === 'domainName' || type === 'EMAILS' || type === 'PHONES',
  );
  return Object.fromEntries(
    telling.flatMap((field) => {
      const draft = drafts[field.name];
      const reading = draft && readDraft(field, draft, context);
      return reading?.ok && !sameValue(reading.value, null) ? [[valueKey(field), reading.value]] : [];
    }),
  );
}

/** Records of the local copy that these values would repeat, looked for when typing pauses. Null looks for none. */
export function useAlike(object: string, values: Record<string, unknown> | null): readonly Duplicate[] {
  const [found, setFound] = useState(NONE);
  const wanted = values === null || Object.keys(values).length === 0 ? '' : JSON.stringify(values);
  useEffect(() => {
    let over = false;
    const look = async (): Promise<void> => {
      const given = JSON.parse(wanted) as Record<string, unknown>;
      // Whoever saves is told again, and then also what went wrong.
      const alike = await invoke('records.duplicates', { object, values: given, here: true }).catch(() => NONE);
      if (!over) setFound(alike);
    };
    const timer = setTimeout(() => (wanted === '' ? setFound(NONE) : void look()), PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [object, wanted]);
  return found;
}

/** What is said of them while someone types: short, since it is read out between two fields. */
export function alikeWords(alike: readonly Duplicate[]): string {
  const [first] = alike;
  if (first === undefined) return '';
  const more = alike.length === 1 ? '' : `, and ${alike.length - 1} more`;
  return `This may be here already: ${first.title}, ${first.why.toLowerCase()}${more}.`;
}
