import type { Deal } from './deal';
import { isOpen } from './deal';
import type { Stage } from './stages';

/** One bar of a chart and row of its table. Amounts in micros of one currency. */
export interface Bar {
  key: string;
  label: string;
  deals: number;
  total: bigint;
  /** The total by the likelihood of each deal's stage, to the nearest micro. */
  weighted: bigint;
}

const MONTHS = 12;
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Currencies of the deals' amounts, the most frequent first. */
export function currenciesOf(deals: readonly Deal[]): string[] {
  const counts = new Map<string, number>();
  for (const { amount, currency } of deals) {
    if (amount !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
}

/**
 * What the deals of one currency are expected to bring, by the month they close: the open ones that
 * are late, this month and the eleven after it, what is later, and what has no date. Lost deals, and
 * those won in months gone by, are no forecast.
 * @param weights percent by stage
 */
export function forecastOf(
  deals: readonly Deal[],
  weights: ReadonlyMap<string, number>,
  currency: string,
  now: Date,
): Bar[] {
  const tallies = new Map<string, Tally>(['late', ...monthKeys(now), 'later', 'none'].map((key) => [key, tally()]));
  for (const deal of deals) {
    const weight = weights.get(deal.stage) ?? 0;
    if (deal.amount === null || deal.currency !== currency || weight === 0) continue;
    const key = bucketOf(deal, isOpen(weight), now);
    if (key !== null) add(tallies.get(key), deal.amount, weight);
  }
  return [...tallies].map(([key, one]) => barOf(key, labelOf(key), one));
}

/** Deals and amounts of one currency by stage, in the workspace's order. */
export function funnelOf(
  deals: readonly Deal[],
  stages: readonly Stage[],
  weights: ReadonlyMap<string, number>,
  currency: string,
): Bar[] {
  const tallies = new Map<string, Tally>(stages.map((stage) => [stage.value, tally()]));
  for (const deal of deals) {
    if (deal.amount !== null && deal.currency !== currency) continue;
    add(tallies.get(deal.stage), deal.amount ?? 0n, weights.get(deal.stage) ?? 0);
  }
  return stages.map(({ value, label }) => barOf(value, label, tallies.get(value) ?? tally()));
}

/** All bars as one, for the last row of a table. */
export function totalOf(bars: readonly Bar[]): Bar {
  const sum: Bar = { key: 'total', label: 'Total', deals: 0, total: 0n, weighted: 0n };
  for (const bar of bars) {
    sum.deals += bar.deals;
    sum.total += bar.total;
    sum.weighted += bar.weighted;
  }
  return sum;
}

/** Micros as whole units, for the length of a bar alone: an amount is never read back from it. */
export function lengthOf(micros: bigint): number {
  return Number(micros / 1_000n) / 1_000;
}

interface Tally {
  deals: number;
  total: bigint;
  /** Micros times percent: divided once, at the end, so that no cent is lost on the way. */
  percents: bigint;
}

const tally = (): Tally => ({ deals: 0, total: 0n, percents: 0n });

function add(to: Tally | undefined, amount: bigint, weight: number): void {
  if (!to) return;
  to.deals += 1;
  to.total += amount;
  to.percents += amount * BigInt(weight);
}

function barOf(key: string, label: string, { deals, total, percents }: Tally): Bar {
  const half = percents < 0n ? -50n : 50n;
  return { key, label, deals, total, weighted: (percents + half) / 100n };
}

function bucketOf(deal: Deal, open: boolean, now: Date): string | null {
  if (deal.closesAt === null) return 'none';
  const at = new Date(deal.closesAt);
  const months = (at.getFullYear() - now.getFullYear()) * 12 + at.getMonth() - now.getMonth();
  if (months < 0) return open ? 'late' : null;
  return months >= MONTHS ? 'later' : monthKey(at.getFullYear(), at.getMonth());
}

function monthKeys(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const first = new Date(now.getFullYear(), now.getMonth() + index, 1);
    return monthKey(first.getFullYear(), first.getMonth());
  });
}

function monthKey(year: number, month: number): string {
  return `${year}-${String(month + 1).padStart(2, '0')}`;
}

const WORDS: Readonly<Record<string, string>> = { late: 'Overdue', later: 'Later', none: 'No date' };

function labelOf(key: string): string {
  const [year = '', month = ''] = key.split('-');
  return WORDS[key] ?? `${MONTH_NAMES[Number(month) - 1]} ${year}`;
}
