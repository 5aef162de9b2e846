import {
  type CrmRecord,
  currencyDecimals,
  daysFrom,
  formatMoney,
  monthlyMicros,
  type ObjectMeta,
  readMicros,
  recordLabel,
} from '../../shared/crm';
import { objectOf } from '../fields/draft';

/** A deal as the board and the charts read it. */
export interface Deal {
  id: string;
  record: CrmRecord;
  name: string;
  /** The stage's value; empty for none. */
  stage: string;
  /** Micros; null when there is no amount. */
  amount: bigint | null;
  /** ISO 4217, or empty. */
  currency: string;
  /** Epoch milliseconds; null for none. */
  closesAt: number | null;
  companyId: string | null;
  contractType: string;
}

const read = new WeakMap<CrmRecord, Deal>();

/** Reads a record of whatever shape; the same record is read once. */
export function dealOf(record: CrmRecord): Deal {
  const known = read.get(record);
  if (known) return known;
  const amount = objectOf(record.amount);
  const closes = typeof record.closeDate === 'string' ? Date.parse(record.closeDate) : Number.NaN;
  const deal: Deal = {
    id: record.id,
    record,
    name: recordLabel('opportunity', record),
    stage: text(record.stage),
    amount: readMicros(amount.amountMicros),
    currency: text(amount.currencyCode),
    closesAt: Number.isNaN(closes) ? null : closes,
    companyId: text(record.companyId) || null,
    contractType: text(record.contractType),
  };
  read.set(record, deal);
  return deal;
}

/** Exact sums of the deals' amounts by currency, in the order the currencies first appear. */
export function sumsOf(deals: readonly Deal[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of deals) {
    if (amount !== null) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  }
  return sums;
}

/** Sums as words: `$172,000`, `$172,000 + €5,000`; empty when there are none. */
export function sumsText(sums: ReadonlyMap<string, bigint>): string {
  return [...sums].map(([currency, micros]) => formatMoney(micros, currency)).join(' + ');
}

/** True where the workspace tells retainers apart: their amount is annual. */
export function keepsContractTypes(object: ObjectMeta): boolean {
  const field = object.fields.find((one) => one.name === 'contractType');
  return field?.options.some((option) => option.value === 'RETAINER') ?? false;
}

/** A retainer with an amount, which is annual. */
export function isRetainer(deal: Deal): boolean {
  return deal.contractType === 'RETAINER' && deal.amount !== null;
}

/** A retainer's monthly part, `$5,000/mo`, to the currency's smallest coin; empty for any other deal. */
export function monthlyText(deal: Deal): string {
  if (!isRetainer(deal) || deal.amount === null) return '';
  const coin = 10n ** BigInt(Math.max(0, 6 - currencyDecimals(deal.currency)));
  return `${formatMoney(rounded(monthlyMicros(deal.amount), coin), deal.currency)}/mo`;
}

/** Micros to the nearest multiple of `unit` micros, half away from zero. */
export function rounded(micros: bigint, unit: bigint): bigint {
  return ((micros + (micros < 0n ? -unit : unit) / 2n) / unit) * unit;
}

/** Past the day it should have closed. Only a deal that is neither won nor lost can be late. */
export function isLate(deal: Deal, weight: number, now: Date): boolean {
  return isOpen(weight) && deal.closesAt !== null && daysFrom(now, new Date(deal.closesAt)) < 0;
}

/** A stage of 0 percent counts as lost, one of 100 as won; what is between is open. */
export function isOpen(weight: number): boolean {
  return weight > 0 && weight < 100;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
