import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bar, currenciesOf, forecastOf, funnelOf, lengthOf, totalOf } from '../../../renderer/deals/forecast';
import { deal, STAGES } from './deals';

const NOW = new Date(2026, 10, 23, 15);
const WEIGHTS = new Map([
  ['LEAD', 30],
  ['PROPOSAL', 70],
  ['WON', 100],
  ['LOST', 0],
]);
const on = (year: number, month: number, day: number): string => new Date(year, month - 1, day, 12).toISOString();
const bar = (bars: readonly Bar[], key: string): Bar | undefined => bars.find((one) => one.key === key);

describe('the forecast', () => {
  it('has the late ones, twelve months from this one, later and no date', () => {
    const keys = forecastOf([], WEIGHTS, 'USD', NOW).map(({ key, label }) => `${key} ${label}`);
    expect(keys).toHaveLength(15);
    expect(keys.slice(0, 3)).toEqual(['late Overdue', '2026-11 Nov 2026', '2026-12 Dec 2026']);
    expect(keys.slice(-3)).toEqual(['2027-10 Oct 2027', 'later Later', 'none No date']);
  });

  it('weighs each amount by its stage, in the month it closes', () => {
    const bars = forecastOf(
      [
        deal(1, { amount: 100, closeDate: on(2026, 12, 1) }),
        deal(2, { amount: 200, stage: 'PROPOSAL', closeDate: on(2026, 12, 31) }),
        deal(3, { amount: 400, stage: 'LOST', closeDate: on(2026, 12, 31) }),
        deal(4, { amount: 800, currency: 'EUR', closeDate: on(2026, 12, 31) }),
      ],
      WEIGHTS,
      'USD',
      NOW,
    );
    expect(bar(bars, '2026-12')).toMatchObject({ deals: 2, total: 300_000_000n, weighted: 170_000_000n });
  });

  it('counts open deals of months gone by as overdue, and forgets those that were won', () => {
    const bars = forecastOf(
      [
        deal(1, { amount: 10, closeDate: on(2026, 10, 31) }),
        deal(2, { amount: 20, stage: 'WON', closeDate: on(2026, 10, 31) }),
        deal(3, { amount: 40, stage: 'WON', closeDate: on(2026, 11, 2) }),
        deal(4, { amount: 80, closeDate: on(2027, 11, 1) }),
        deal(5, { amount: 160 }),
      ],
      WEIGHTS,
      'USD',
      NOW,
    );
    expect(bar(bars, 'late')?.total).toBe(10_000_000n);
    expect(bar(bars, '2026-11')?.weighted).toBe(40_000_000n);
    expect(bar(bars, 'later')?.total).toBe(80_000_000n);
    expect(bar(bars, 'none')?.weighted).toBe(48_000_000n);
    expect(totalOf(bars)).toMatchObject({ deals: 4, total: 290_000_000n });
  });

  it('loses no micro, whatever the amounts', () => {
    const micros = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
    fc.assert(
      fc.property(fc.array(micros, { maxLength: 30 }), fc.integer({ min: 1, max: 99 }), (amounts, percent) => {
        const deals = amounts.map((amount, index) =>
          deal(index, { more: { amount: { amountMicros: amount.toString(), currencyCode: 'USD' } } }),
        );
        const none = bar(forecastOf(deals, new Map([['LEAD', percent]]), 'USD', NOW), 'none');
        const sum = amounts.reduce((all, amount) => all + amount, 0n);
        expect(none?.total).toBe(sum);
        expect(none?.weighted).toBe((sum * BigInt(percent) + 50n) / 100n);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the funnel', () => {
  it('has each stage with its deals, also those without an amount', () => {
    const bars = funnelOf(
      [
        deal(1, { amount: 100 }),
        deal(2),
        deal(3, { amount: 50, stage: 'LOST' }),
        deal(4, { amount: 1, currency: 'EUR' }),
      ],
      STAGES,
      WEIGHTS,
      'USD',
    );
    expect(bars.map(({ key, deals, total, weighted }) => [key, deals, total, weighted])).toEqual([
      ['LEAD', 2, 100_000_000n, 30_000_000n],
      ['PROPOSAL', 0, 0n, 0n],
      ['WON', 0, 0n, 0n],
      ['LOST', 1, 50_000_000n, 0n],
    ]);
  });

  it('offers the currencies of the deals, the most frequent first', () => {
    const euro = { amount: 1, currency: 'EUR' };
    expect(currenciesOf([deal(1, { amount: 1 }), deal(2, euro), deal(3, euro), deal(4)])).toEqual(['EUR', 'USD']);
  });

  it('draws bars by their length alone', () => {
    expect(lengthOf(1_500_000n)).toBe(1.5);
    expect(lengthOf(10n ** 18n)).toBe(1e12);
  });
});
