import { type Deal, dealOf } from '../../../renderer/deals/deal';
import type { Stage } from '../../../renderer/deals/stages';
import { type CrmRecord, FieldMeta, ObjectMeta } from '../../../shared/crm';
import { id } from '../renderer/bridge-double';

/** A stage the workspace offers. */
export const stage = (value: string, offered = true): Stage => ({
  value,
  label: value.charAt(0) + value.slice(1).toLowerCase(),
  color: 'blue',
  offered,
});

/** Stages of a small workspace. */
export const STAGES = ['LEAD', 'PROPOSAL', 'WON', 'LOST'].map((value) => stage(value));

interface Given {
  stage?: string;
  /** Whole units. */
  amount?: number | null;
  currency?: string;
  /** ISO 8601. */
  closeDate?: string | null;
  more?: Record<string, unknown>;
}

/** A record of a deal; its number becomes its id. */
export function record(number: number, given: Given = {}): CrmRecord {
  const { amount = null, currency = 'USD', closeDate = null, more } = given;
  return {
    id: id(number),
    name: `Deal ${number}`,
    stage: given.stage ?? 'LEAD',
    amount: amount === null ? null : { amountMicros: String(amount * 1_000_000), currencyCode: currency },
    closeDate,
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
    ...more,
  };
}

export const deal = (number: number, given: Given = {}): Deal => dealOf(record(number, given));

/** A field of an object as metadata tells it. */
export function field(name: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return FieldMeta.parse({
    name,
    label: name.charAt(0).toUpperCase() + name.slice(1),
    type: 'TEXT',
    nullable: true,
    defaultValue: null,
    options: [],
    readOnly: false,
    custom: false,
    unique: false,
    relation: null,
    ...more,
  });
}

/** The options of a SELECT, in this order. */
export const options = (...values: string[]): FieldMeta['options'] =>
  values.map((value, position) => ({ value, label: stage(value).label, color: 'blue', position }));

/** An object of a workspace with these fields. */
export function object(name: string, label: string, fields: FieldMeta[]): ObjectMeta {
  return ObjectMeta.parse({
    name,
    plural: `${name}s`,
    label,
    labelPlural: `${label}s`,
    icon: null,
    custom: false,
    labelField: name === 'task' ? 'title' : 'name',
    fields,
    canRead: true,
    canWrite: true,
  });
}
