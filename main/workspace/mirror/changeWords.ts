import type { FieldMeta, ObjectMeta } from '../../../shared/crm';
import { isDayOnly } from '../../../shared/crm/dates';
import { formatMoney } from '../../../shared/crm/money';
import { fullName } from '../../../shared/crm/names';
import { fieldWord } from '../outbox/words';
import { emailsOf, part, phonesOf, text } from './labels';
import type { RecordStore } from './store';

/** Moves with every change and says nothing about it. */
const SILENT = new Set([
  'updatedAt',
  'updatedBy',
  'createdAt',
  'createdBy',
  'deletedAt',
  'position',
  'searchVector',
  'id',
]);
const LONGEST = 80;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export interface FieldChange {
  label: string;
  /** `Stage: New → Proposal`, or `Body changed` where the values would not fit a line. */
  line: string;
}

/**
 * What changed between two states of a record, in the workspace's own words. `before` null means
 * that nothing is known of it; fields that stayed the same are left out.
 */
export function fieldChanges(
  store: RecordStore,
  meta: ObjectMeta | null,
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): FieldChange[] {
  return Object.keys(after).flatMap((name) => {
    if (SILENT.has(name)) return [];
    const field = meta?.fields.find((one) => one.name === name || one.relation?.joinColumn === name);
    const label = field?.label ?? capital(fieldWord(name));
    if (field?.type === 'RICH_TEXT' || field?.type === 'RAW_JSON' || name === 'bodyV2') {
      return [{ label, line: `${label} changed` }];
    }
    const now = valueWords(store, field ?? null, name, after[name]);
    if (before === null) return [{ label, line: `${label}: ${now}` }];
    const was = valueWords(store, field ?? null, name, before[name]);
    return was === now ? [] : [{ label, line: `${label}: ${was} → ${now}` }];
  });
}

/** A value as one short text; `empty` for none. */
function valueWords(store: RecordStore, field: FieldMeta | null, name: string, value: unknown): string {
  const words = short(plainWords(store, field, name, value));
  return words === '' ? 'empty' : words;
}

function plainWords(store: RecordStore, field: FieldMeta | null, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value))
    return value
      .map((one) => plainWords(store, field, name, one))
      .filter(Boolean)
      .join(', ');
  if (typeof value === 'string') {
    const option = field?.options.find((one) => one.value === value);
    if (option) return option.label;
    if (field?.relation || /Id$/.test(name)) return titleOf(store, value);
    return field?.type === 'DATE' || field?.type === 'DATE_TIME' || /^(dueAt|closeDate)$/.test(name)
      ? momentWords(value)
      : value;
  }
  return compositeWords(part(value), name);
}

function compositeWords(value: Record<string, unknown>, name: string): string {
  if ('amountMicros' in value) {
    return value.amountMicros === null ? '' : formatMoney(value.amountMicros, text(value.currencyCode));
  }
  if ('firstName' in value || 'lastName' in value) return fullName(value);
  if ('primaryEmail' in value) return emailsOf({ id: '', emails: value }).join(', ');
  if ('primaryPhoneNumber' in value) return phonesOf({ id: '', phones: value }).join(', ');
  if ('primaryLinkUrl' in value) return text(value.primaryLinkUrl);
  const parts = Object.keys(value)
    .filter((key) => /^address(Street1|Postcode|City|State|Country)$/.test(key))
    .map((key) => text(value[key]));
  return parts.length > 0 ? parts.filter(Boolean).join(', ') : text(value.name) || `${fieldWord(name)} set`;
}

function titleOf(store: RecordStore, id: string): string {
  return store.titleOfAny(id) ?? 'a record that is not on this machine';
}

function momentWords(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  // A date without a time is that day everywhere; parsed as UTC it could be the day before here.
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return DAY.format(new Date(`${value}T12:00`));
  return isDayOnly(at) ? DAY.format(at) : `${DAY.format(at)}, ${TIME.format(at)}`;
}

function short(words: string): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  const letters = [...line.slice(0, LONGEST * 2)];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : line;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
