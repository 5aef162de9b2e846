/**
 * Money as Twenty keeps it: whole micros (one unit = 1,000,000) and an ISO 4217 code. Always
 * bigint here; floating point never touches an amount.
 */
const MICROS = 1_000_000n;
const FRACTION = 6;
/** 12 digits before the point and 6 after: what Twenty's column can hold. */
const LIMIT = 10n ** 18n;
const SCALES: Readonly<Record<string, bigint>> = {
  k: 1_000n,
  m: 1_000_000n,
  mn: 1_000_000n,
  mio: 1_000_000n,
  bn: 1_000_000_000n,
};

/** Micros from the wire, which sends numbers or decimal strings; null for anything else. */
export function readMicros(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : null;
  if (typeof value !== 'string') return null;
  const match = /^\s*(-?\d{1,30})(?:\.0*)?\s*$/.exec(value);
  return match?.[1] === undefined ? null : BigInt(match[1]);
}

/** Micros for the wire: a number where that is exact, else a decimal string. */
export function writeMicros(micros: bigint): number | string {
  const number = Number(micros);
  return Number.isSafeInteger(number) ? number : micros.toString();
}

/**
 * An amount as a person types it: `60000`, `12,000.50`, `12.000,50`, `$5k`, `1.5m`, `-3 €`. One
 * separator before exactly three digits groups, otherwise the last one is the decimal point.
 * @returns micros; null when it is no amount, finer than micros or longer than 12 digits
 */
export function parseAmount(text: string): bigint | null {
  const match = /^(-?)([\d.,'’]*\d)(k|m|mn|mio|bn)?$/iu.exec(
    text.replace(/[\s\u00A0\u202F]|[A-Z]{3}\b|\p{Sc}|\b(?:US|A|C|NZ|HK|S|R)(?=\$)/gu, ''),
  );
  if (!match) return null;
  const digits = plainDecimal(match[2] ?? '');
  if (digits === null) return null;
  const [whole = '', fraction = ''] = digits.split('.');
  const scale = SCALES[(match[3] ?? '').toLowerCase()] ?? 1n;
  // Scaled before the micros are cut, so that 1.2345678m is exact.
  const scaled = BigInt(`${whole}${fraction}` || '0') * scale * MICROS;
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) return null;
  const micros = scaled / divisor;
  if (micros >= LIMIT) return null;
  return match[1] === '-' ? -micros : micros;
}

/** Micros as a plain decimal for an edit field: `60000`, `0.5`. */
export function formatDecimal(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const short = (size % MICROS).toString().padStart(FRACTION, '0').replace(/0+$/, '');
  // Three digits after the point would be read back as a group of thousands.
  const fraction = short.length === 3 ? `${short}0` : short;
  return `${micros < 0n ? '-' : ''}${size / MICROS}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Decimals of a currency by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; 2 for an unknown code. */
export function currencyDecimals(code: string): number {
  return numberFormat(code, 'en-US', undefined)?.resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Money in its currency: `$60,000`, `$1.50`, `¥800`. Whole amounts lose their zeros; decimals
 * beyond the currency's own are shown, never rounded away. Empty for null.
 * @param value micros, as bigint or as the wire sent them
 */
export function formatMoney(value: unknown, currencyCode: string | null | undefined, locale = 'en-US'): string {
  const micros = readMicros(value);
  if (micros === null) return '';
  const code = currencyCode ?? '';
  const size = micros < 0n ? -micros : micros;
  const exact = (size % MICROS).toString().padStart(FRACTION, '0').replace(/0+$/, '');
  const digits = exact === '' ? 0 : Math.max(exact.length, currencyDecimals(code));
  const format = numberFormat(code, locale, digits) ?? new Intl.NumberFormat(locale, fractionDigits(digits));
  // Only the whole part goes through Intl as bigint; it has no exact way to take the fraction.
  const whole = size / MICROS;
  const parts = format.formatToParts(micros < 0n && whole > 0n ? -whole : whole);
  const text = parts.map((part) => (part.type === 'fraction' ? exact.padEnd(digits, '0') : part.value)).join('');
  const signed = micros < 0n && whole === 0n ? `-${text}` : text;
  return numberFormat(code, locale, digits) || code === '' ? signed : `${signed} ${code}`;
}

/** Monthly part of an annual amount, to the nearest micro (half away from zero). */
export function monthlyMicros(annual: bigint): bigint {
  return (annual + (annual < 0n ? -6n : 6n)) / 12n;
}

/** Sums per currency, in the order the currencies first appear; amounts without a value are left out. */
export function sumByCurrency(
  amounts: Iterable<{ amountMicros?: unknown; currencyCode?: string | null } | null | undefined>,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const amount of amounts) {
    const micros = readMicros(amount?.amountMicros);
    if (micros === null) continue;
    const code = amount?.currencyCode ?? '';
    sums.set(code, (sums.get(code) ?? 0n) + micros);
  }
  return sums;
}

/** Digits with at most one ".", or null when the separators make no sense. */
function plainDecimal(text: string): string | null {
  const plain = text.replace(/['’]/gu, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (last < 0) return plain;
  const separator = plain[last] ?? '.';
  const before = plain.slice(0, last);
  const after = plain.slice(last + 1);
  const other = separator === '.' ? ',' : '.';
  const groups = after.length === 3 && !before.includes(other) && /^[1-9]\d{0,2}(?:[.,]\d{2,3})*$/.test(before);
  if (groups) return plain.replaceAll(separator, '');
  const whole = before.replaceAll(other, '');
  return /^\d*$/.test(whole) && (!before.includes(other) || wellGrouped(before, other)) ? `${whole}.${after}` : null;
}

function wellGrouped(text: string, separator: string): boolean {
  const [first = '', ...rest] = text.split(separator);
  return first.length >= 1 && first.length <= 3 && rest.every((group) => group.length === 3 || group.length === 2);
}

function fractionDigits(digits: number | undefined): Intl.NumberFormatOptions {
  return digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

const formats = new Map<string, Intl.NumberFormat | null>();

/** Null for a code that is no currency. Kept, because making one is slow. */
function numberFormat(code: string, locale: string, digits: number | undefined): Intl.NumberFormat | null {
  const key = `${code} ${locale} ${digits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = /^[A-Za-z]{3}$/.test(code)
    ? new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: code,
        currencyDisplay: 'narrowSymbol',
        ...fractionDigits(digits),
      })
    : null;
  formats.set(key, format);
  return format;
}
