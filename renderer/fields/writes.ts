import type { RecordRef } from '../../shared/app/contacts';
import type { Receipt } from '../../shared/app/outbox';
import { invoke, messageOf } from '../bridge';
import { showToast } from '../ui/toast';
import { PARTS } from './draft';

const ADDRESS = PARTS.ADDRESS.map(({ key }) => key);
const PLACE = ['addressLat', 'addressLng'];

/**
 * Changes fields of a record through the outbox and offers Undo. `base` is the record as it was
 * read when the edit began; only the changed fields of it are sent along, so that a change on the
 * server is noticed. Null when no value differs: then nothing is written.
 * @param said what the toast says; main's own words when left out
 */
export async function updateFields(
  ref: RecordRef,
  changes: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, unknown>>,
  said?: string,
): Promise<Receipt | null> {
  const differing = Object.entries(changes)
    .filter(([key, value]) => !sameValue(value, base[key]))
    .map(([key, value]) => [key, withoutOldPlace(value, base[key])] as const);
  if (differing.length === 0) return null;
  const receipt = await invoke('records.update', {
    object: ref.object,
    id: ref.id,
    changes: Object.fromEntries(differing),
    base: Object.fromEntries(differing.map(([key]) => [key, base[key] ?? null])),
  });
  offerUndo([receipt], said);
  return receipt;
}

/** Makes a record through the outbox and offers Undo. Values that say nothing are left out. */
export async function createRecord(object: string, values: Readonly<Record<string, unknown>>): Promise<Receipt> {
  const said = Object.entries(values).filter(([, value]) => !isBlank(value));
  const receipt = await invoke('records.create', { object, values: Object.fromEntries(said) });
  offerUndo([receipt]);
  return receipt;
}

/** Moves records to Deleted, or back, and offers Undo. `many` names them when there are several: "12 people". */
export async function trashRecords(
  act: 'delete' | 'restore',
  object: string,
  ids: readonly string[],
  many: string,
): Promise<void> {
  const receipts = await invoke(act === 'delete' ? 'records.delete' : 'records.restore', { object, ids: [...ids] });
  const message = act === 'delete' ? `${many} moved to Deleted` : `${many} restored`;
  offerUndo(receipts, receipts.length === 1 ? undefined : message);
}

/** Says that writes were kept, with one Undo for all of them. Returns what the Undo button does. */
export function offerUndo(receipts: readonly Receipt[], message?: string): () => void {
  const [first] = receipts;
  return first ? showToast(message ?? first.message, 'info', () => void undo(receipts)) : () => undefined;
}

async function undo(receipts: readonly Receipt[]): Promise<void> {
  try {
    let last = '';
    for (const { entryId } of receipts) last = (await invoke('outbox.undo', { id: entryId })).message;
    showToast(receipts.length === 1 ? last : `${receipts.length} changes taken back.`);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

/**
 * An address that moved no longer lies where the map has it: its coordinates are cleared, as far as the record has
 * any. Every other value stays as it is.
 */
function withoutOldPlace(value: unknown, before: unknown): unknown {
  if (!isObject(value) || !isObject(before)) return value;
  const placed = PLACE.filter((part) => !isBlank(before[part]) && !(part in value));
  const moved = ADDRESS.some((part) => part in value && !sameValue(value[part], before[part]));
  return moved && placed.length > 0 ? { ...value, ...Object.fromEntries(placed.map((part) => [part, null])) } : value;
}

/** True when nothing differs that is worth a write; nothing, '' and an empty composite are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, index) => sameValue(one, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    if ('markdown' in a) return sameValue(a.markdown, b.markdown);
    return Object.keys(a).every((key) => sameValue(a[key], b[key]));
  }
  if (typeof a === 'string' && typeof b === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(a)) {
    return Date.parse(a) === Date.parse(b);
  }
  return typeof a === 'object' || typeof b === 'object' ? false : String(a) === String(b);
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isBlank);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
