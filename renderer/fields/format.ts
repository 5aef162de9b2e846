import {
  domainOf,
  type FieldMeta,
  formatDay,
  formatDue,
  formatMoney,
  fullName,
  phonesOf,
  type SelectOption,
  viewPhone,
} from '../../shared/crm';
import { linksOf, objectOf, PARTS } from './draft';

/** What turns values into words: names of other records by id, and the time that "today" is counted from. */
export interface FormatContext {
  labels: Readonly<Record<string, string>>;
  now: Date;
}

/** How many stars a rating holds: 1 to 5, 0 for none. */
export function ratingOf(value: unknown): number {
  const stars = typeof value === 'string' ? /^RATING_([1-5])$/.exec(value)?.[1] : undefined;
  return stars === undefined ? 0 : Number(stars);
}

/** The option a value stands for; one that the workspace does not know (any more) shows its value. */
export function optionOf(field: FieldMeta, value: string): SelectOption {
  const known = field.options.find((option) => option.value === value);
  return known ?? { value, label: value, color: 'gray', position: field.options.length };
}

/** Any value of a field as one line of plain text; empty for nothing. Takes whatever a server may have sent. */
export function fieldText(field: FieldMeta, value: unknown, context: FormatContext): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.type) {
    case 'BOOLEAN':
      return value === true ? 'Yes' : 'No';
    case 'NUMBER':
    case 'NUMERIC':
      return numberText(value);
    case 'DATE':
      return dayText(value, context.now);
    case 'DATE_TIME':
      return typeof value === 'string' ? formatDue(value, context.now) : '';
    case 'SELECT':
      return typeof value === 'string' ? optionOf(field, value).label : '';
    case 'MULTI_SELECT':
      return listed(value)
        .map((one) => optionOf(field, one).label)
        .join(', ');
    case 'RATING':
      return ratingOf(value) === 0 ? '' : `${ratingOf(value)} of 5`;
    case 'RELATION':
    case 'MORPH_RELATION':
      return typeof value === 'string' ? (context.labels[value] ?? 'not on this machine') : '';
    default:
      return compositeText(field, value);
  }
}

function compositeText(field: FieldMeta, value: unknown): string {
  const part = objectOf(value);
  switch (field.type) {
    case 'FULL_NAME':
      return fullName(value);
    case 'EMAILS':
      return [part.primaryEmail, ...listed(part.additionalEmails)].filter(isText).join(', ');
    case 'PHONES':
      return phonesOf(value)
        .map((phone) => viewPhone(phone).display)
        .join(', ');
    case 'LINKS':
      return linksOf(value)
        .map((link) => link.label || shortAddress(link.url))
        .join(', ');
    case 'ADDRESS':
      return addressText(part);
    case 'CURRENCY':
      return formatMoney(part.amountMicros, isText(part.currencyCode) ? part.currencyCode : null);
    case 'RICH_TEXT':
      return isText(part.markdown) ? part.markdown.replace(/\s+/g, ' ').trim() : '';
    case 'ACTOR':
      return isText(part.name) ? part.name : '';
    case 'ARRAY':
      return listed(value).join(', ');
    case 'RAW_JSON':
      return JSON.stringify(value);
    default:
      return typeof value === 'object' ? '' : String(value);
  }
}

/** Street, town and country on one line, in the order of an envelope. */
function addressText(part: Record<string, unknown>): string {
  const read = (key: string): string => (isText(part[key]) ? part[key].trim() : '');
  const town = [read('addressPostcode'), read('addressCity')].filter(Boolean).join(' ');
  const lines = PARTS.ADDRESS.map(({ key }) => (key === 'addressPostcode' ? town : read(key)));
  return lines.filter((line, index) => line !== '' && PARTS.ADDRESS[index]?.key !== 'addressCity').join(', ');
}

/** An address without scheme, "www." and a closing slash; LinkedIn profiles as "in/name". */
export function shortAddress(url: string): string {
  const bare = url
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/+$/, '');
  return bare.replace(/^(?:[a-z]{2}\.)?linkedin\.com\//i, '') || domainOf(url);
}

function numberText(value: unknown): string {
  if (typeof value === 'number') return new Intl.NumberFormat('en', { maximumFractionDigits: 20 }).format(value);
  return isText(value) ? value : '';
}

/** A calendar day; never moved by a time zone. */
function dayText(value: unknown, now: Date): string {
  if (!isText(value)) return '';
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
  return day === undefined ? value : formatDay(`${day}T12:00:00`, now);
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
