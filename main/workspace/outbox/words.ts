import type { Draft } from '../../../shared/capture/draft';
import type { ObjectMeta } from '../../../shared/crm';

const NAMES: Record<string, string> = {
  person: 'Person',
  company: 'Company',
  opportunity: 'Deal',
  note: 'Note',
  task: 'Task',
  noteTarget: 'Link of a note',
  taskTarget: 'Link of a task',
};

/** An object as a person calls it: `Deal` for opportunity, `Survey result` for surveyResult. */
export function objectWord(object: string): string {
  const spaced = object.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return NAMES[object] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The object as screens and sentences name it: nobody says opportunity of a deal. */
export function calledAsPeopleDo(meta: ObjectMeta): ObjectMeta {
  return meta.name === 'opportunity' ? { ...meta, label: 'Deal', labelPlural: 'Deals' } : meta;
}

/** `Jane Smith`, `Jane Smith and Acme`, `Jane Smith and 2 more`. */
export function namesOf(labels: readonly string[]): string {
  const [first, second] = labels;
  if (first === undefined) return '';
  if (second === undefined) return first;
  return labels.length === 2 ? `${first} and ${second}` : `${first} and ${labels.length - 1} more`;
}

const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
const DAY_AND_TIME: Intl.DateTimeFormatOptions = { ...DAY, hour: '2-digit', minute: '2-digit' };

/** `Task for Jane Smith, due Mon 23 Nov, 15:00`. */
export function captureSummary(draft: Draft): string {
  const links = namesOf(draft.links.map((link) => link.label));
  const due =
    draft.due === null
      ? ''
      : `, due ${new Intl.DateTimeFormat('en-GB', draft.due.hasTime ? DAY_AND_TIME : DAY).format(new Date(draft.due.at))}`;
  return `${objectWord(draft.kind)}${links ? ` for ${links}` : ''}${due}`;
}

/** `Task saved for Jane Smith`. */
export function captureReceipt(draft: Draft): string {
  const links = namesOf(draft.links.map((link) => link.label));
  return `${objectWord(draft.kind)} saved${links ? ` for ${links}` : ''}`;
}

/** `jobTitle` as a person reads it: `job title`. */
export function fieldWord(field: string): string {
  return field
    .replace(/Id$/, '')
    .replace(/V2$/, '')
    .replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** `Changes job title and city of Jane Smith`. */
export function updateSummary(title: string, fields: readonly string[]): string {
  return `Changes ${namesOf(fields.map(fieldWord))} of ${title}`;
}
