import type { ListCondition } from '../../../shared/app/lists';
import { type Comparable, exactNumber, foldedText, type ListField } from './fields';
import { fold } from './labels';

function sameText(value: Comparable, wanted: string): boolean {
  if (Array.isArray(value)) return value.some((one) => fold(one) === fold(wanted));
  return foldedText(value) === fold(wanted);
}

/** -1, 0, 1, or null when the two cannot be ordered. */
function order(field: ListField, value: Comparable, wanted: string): number | null {
  if (value === null || Array.isArray(value)) return null;
  if (typeof value === 'bigint' || typeof value === 'number') {
    const other = exactNumber(wanted);
    return other === null ? null : value < other ? -1 : value > other ? 1 : 0;
  }
  if (field.type === 'DATE_TIME' || field.type === 'DATE') {
    const [a, b] = [Date.parse(value), Date.parse(wanted)];
    // A day without a time means the whole day, compared by its date.
    if (/^\d{4}-\d{2}-\d{2}$/.test(wanted)) {
      const day = value.slice(0, 10);
      return day < wanted ? -1 : day > wanted ? 1 : 0;
    }
    return Number.isNaN(a) || Number.isNaN(b) ? null : Math.sign(a - b);
  }
  const [a, b] = [exactNumber(value), exactNumber(wanted)];
  if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [foldedText(value), fold(wanted)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function equals(field: ListField, value: Comparable, wanted: string): boolean {
  if (typeof value === 'bigint' || typeof value === 'number' || field.type === 'DATE_TIME' || field.type === 'DATE') {
    return order(field, value, wanted) === 0;
  }
  return sameText(value, wanted);
}

/** True when a value meets one condition of a list's filter. An empty value meets only "empty" and negations. */
export function meets(condition: ListCondition, field: ListField, value: Comparable): boolean {
  const wanted = Array.isArray(condition.value) ? condition.value : [String(condition.value ?? '')];
  const first = wanted[0] ?? '';
  switch (condition.op) {
    case 'empty':
      return value === null;
    case 'notEmpty':
      return value !== null;
    case 'is':
      return first === '' ? value === null : equals(field, value, first);
    case 'isNot':
      return first === '' ? value !== null : !equals(field, value, first);
    case 'anyOf':
      return wanted.some((one) => equals(field, value, one));
    case 'contains':
      return foldedText(value).includes(fold(first));
    case 'notContains':
      return !foldedText(value).includes(fold(first));
    case 'startsWith':
      return foldedText(value).startsWith(fold(first));
    default: {
      const compared = order(field, value, first);
      if (compared === null) return false;
      if (condition.op === 'gt') return compared > 0;
      if (condition.op === 'gte') return compared >= 0;
      if (condition.op === 'lt') return compared < 0;
      return compared <= 0;
    }
  }
}
