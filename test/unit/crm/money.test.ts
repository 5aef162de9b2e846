import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyDecimals,
  formatDecimal,
  formatMoney,
  monthlyMicros,
  parseAmount,
  readMicros,
  sumByCurrency,
  writeMicros,
} from '../../../shared/crm';

describe('parseAmount', () => {
  it.each([
    ['60000', 60_000_000_000n],
    ['$60,000', 60_000_000_000n],
    ['12,000.50', 12_000_500_000n],
    ['12.000,50', 12_000_500_000n],
    ['12 000,5 €', 12_000_500_000n],
    ["CHF 3'500", 3_500_000_000n],
    ['5k', 5_000_000_000n],
    ['$1.5m', 1_500_000_000_000n],
    ['1.234', 1_234_000_000n],
    ['0.234', 234_000n],
    ['1.23', 1_230_000n],
    ['1,234,567', 1_234_567_000_000n],
    ['0.000001', 1n],
    ['-3', -3_000_000n],
    ['999999999999.999999', 999_999_999_999_999_999n],
    ['US$20', 20_000_000n],
    ['1,00,000', 100_000_000_000n],
  ])('%s', (text, micros) => {
    expect(parseAmount(text)).toBe(micros);
  });

  it.each(['', 'abc', '1.2.3', '12,34.5,6', '0.0000001', '1000000000000', '5kk', '.', '--1'])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  it('reads back what formatDecimal writes, exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n) + 1n, 10n ** 18n - 1n), (micros) => {
        expect(parseAmount(formatDecimal(micros))).toBe(micros);
      }),
    );
  });
});

describe('formatMoney', () => {
  it.each([
    [60_000_000_000, 'USD', '$60,000'],
    [1_500_000, 'USD', '$1.50'],
    [1_234_567, 'USD', '$1.234567'],
    [800_000_000, 'JPY', '¥800'],
    [1_500_000, 'JPY', '¥1.5'],
    [1_500_000, 'KWD', 'KWD 1.500'],
    [-500_000, 'EUR', '-€0.50'],
    [-12_500_000, 'EUR', '-€12.50'],
    ['999999999999999999', 'USD', '$999,999,999,999.999999'],
    [1_000_000, 'nonsense', '1 nonsense'],
    [1_000_000, '', '1'],
    [null, 'USD', ''],
    [1.5, 'USD', ''],
  ])('%s %s', (micros, code, text) => {
    expect(formatMoney(micros, code).replace(/\u00A0/g, ' ')).toBe(text);
  });

  it('knows the decimals of currencies', () => {
    expect(['USD', 'JPY', 'KWD', 'XXQ', ''].map(currencyDecimals)).toEqual([2, 0, 3, 2, 2]);
  });
});

it('goes over the wire exactly', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), (micros) => {
      expect(readMicros(JSON.parse(JSON.stringify(writeMicros(micros))))).toBe(micros);
    }),
  );
  expect([readMicros('12.5'), readMicros('x'), readMicros(undefined), readMicros('12.000')]).toEqual([
    null,
    null,
    null,
    12n,
  ]);
});

it('splits an annual amount into months, to the nearest micro', () => {
  expect(monthlyMicros(60_000_000_000n)).toBe(5_000_000_000n);
  expect(monthlyMicros(100_000_000n)).toBe(8_333_333n);
  expect(monthlyMicros(-100_000_000n)).toBe(-8_333_333n);
});

it('sums per currency', () => {
  const sums = sumByCurrency([
    { amountMicros: 1, currencyCode: 'EUR' },
    { amountMicros: '2', currencyCode: 'EUR' },
    { amountMicros: 5, currencyCode: 'USD' },
    { amountMicros: null, currencyCode: 'USD' },
    null,
  ]);
  expect([...sums]).toEqual([
    ['EUR', 3n],
    ['USD', 5n],
  ]);
});
