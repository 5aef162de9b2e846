import { matchRanges, type Range } from './ranges';

const QUOTED = /"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|`[^`\n]+`/g;
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const SIGN = '[$€£¥₹₩₽₺₴₪฿]|\\b(?:US|A|C|NZ|HK|S|R)\\$|\\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|INR|BRL|SEK|NOK|DKK|PLN|CZK)';
const DIGITS = "\\d{1,3}(?:[.,'’ \\u00A0\\u202F]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,6})?";
const SCALE = '(?:\\s?(?:k|m|mn|mio|bn)\\b)?';
const PERIOD =
  '(?:\\s?\\/\\s?(?:month|monat|mois|mes|mês|maand|mo|year|jahr|jaar|yr|an|año|ano|y|m|week|wk|h|hour)\\b)?';
const MONEY = new RegExp(
  `(?:${SIGN})\\s?(?:${DIGITS})${SCALE}${PERIOD}|(?<![\\p{L}\\p{N}.,])(?:${DIGITS})${SCALE}\\s?(?:${SIGN})(?![\\p{L}\\p{N}])${PERIOD}`,
  'giu',
);
const PHONE =
  /(?<![\p{L}\p{N}])\+\d[\d ().-]{6,}\d|\(\d{2,5}\) ?\d[\d -]{4,}\d|(?<![\p{L}\p{N}])\d{3}[ -]\d{3,4}[ -]\d{4}\b/gu;
/** "24/7" is a way of saying always, and a version is no day. */
const FIXED = /(?<![\d/])24\/7(?![\d/])|(?<![\p{L}\p{N}])v\d+(?:\.\d+)+/giu;

/** Amounts of money such as `$5k/mo` or `12.000 €`; shown, never interpreted. */
export function amountRanges(text: string): Range[] {
  return matchRanges(text, MONEY);
}

/** Text that means itself: quotations, links, e-mail addresses, phone numbers. No date is read inside. */
export function literalRanges(text: string): Range[] {
  return [QUOTED, ADDRESS, PHONE, FIXED].flatMap((pattern) => matchRanges(text, pattern));
}
