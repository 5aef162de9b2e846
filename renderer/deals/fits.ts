import type { Deal } from './deal';

/** Letters that people type without their stroke or ligature. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** True when the deal or its company has every word of the text, accents and case aside. */
export function fits(deal: Deal, labels: Readonly<Record<string, string>>, text: string): boolean {
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const hay = folded(`${deal.name} ${deal.companyId === null ? '' : (labels[deal.companyId] ?? '')}`);
  return words.every((word) => hay.includes(word));
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[æøœßłđðþ]/gu, (letter) => PLAIN[letter] ?? letter);
}
