import type { SearchDoc } from '../../main/workspace/search/documents';
import { ascii, seeded } from './corpus';

export const QUERY_KINDS = [
  'clean',
  'prefix',
  'oneEdit',
  'oneEditPrefix',
  'twoEdits',
  'swapped',
  'initials',
  'phone',
  'accents',
  'email',
] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

export interface BenchQuery {
  kind: QueryKind;
  text: string;
  /** The record looked for. */
  target: SearchDoc;
}

/**
 * Look-ups as people make them, each for one record and spoilt in one of ten ways; the same for
 * the same seed. A name that several records share is typed with the company, as one would.
 */
export function benchQueries(docs: readonly SearchDoc[], perKind: number, seed = 11): BenchQuery[] {
  const random = seeded(seed);
  const sameName = new Map<string, number>();
  for (const doc of docs) sameName.set(ascii(doc.title), (sameName.get(ascii(doc.title)) ?? 0) + 1);
  const queries: BenchQuery[] = [];
  for (const kind of QUERY_KINDS) {
    let made = 0;
    while (made < perKind) {
      const target = docs[Math.floor(random() * docs.length)];
      const text = target && write(kind, target, (sameName.get(ascii(target.title)) ?? 0) > 1, random);
      if (!target || !text) continue;
      queries.push({ kind, text, target });
      made += 1;
    }
  }
  return queries;
}

function write(kind: QueryKind, doc: SearchDoc, shared: boolean, random: () => number): string | null {
  const [first = '', ...rest] = doc.title.toLowerCase().split(' ');
  const brand = doc.company.toLowerCase().split(' ')[0] ?? '';
  const words = [first, ...rest, ...(shared && brand !== '' ? [brand] : [])];
  const last = words.length - 1;
  const short = (word: string): string => word.slice(0, Math.max(3, Math.ceil(word.length * 0.6)));
  switch (kind) {
    case 'clean':
      return words.join(' ');
    case 'prefix':
      return words.map((word, at) => (at === last ? short(word) : word)).join(' ');
    case 'oneEdit':
      return edit(words, random);
    case 'oneEditPrefix':
      return edit(
        words.map((word, at) => (at === last ? short(word) : word)),
        random,
      );
    case 'twoEdits':
      return edit((edit(words, random) ?? '').split(' '), random);
    case 'swapped':
      return [...words].reverse().join(' ');
    case 'initials':
      return brand === '' || rest.length !== 1 ? null : `${first.charAt(0)}${rest[0]?.charAt(0)} ${brand}`;
    case 'phone': {
      const phone = doc.phones[0];
      if (!phone) return null;
      const part = phone.slice(phone.length - 7 - Math.floor(random() * 2));
      return random() < 0.5 ? part : `${part.slice(0, 3)}-${part.slice(3, 5)} ${part.slice(5)}`;
    }
    case 'accents':
      return /[^\0-\x7f]/.test(doc.title)
        ? doc.title.toLowerCase().split(' ').map(ascii).concat(words.slice(2)).join(' ')
        : null;
    case 'email': {
      const email = doc.emails[0];
      if (!email) return null;
      const at = email.indexOf('@');
      return email.slice(0, Math.min(email.length, at + 3 + Math.floor(random() * 5)));
    }
  }
}

/** One letter dropped, doubled in, swapped with the next or wrong, anywhere in a word of four letters or more. */
function edit(words: readonly string[], random: () => number): string | null {
  const long = words.map((word, at) => ({ word, at })).filter(({ word }) => word.length >= 4);
  const chosen = long[Math.floor(random() * long.length)];
  if (!chosen) return null;
  const { word } = chosen;
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const at = Math.floor(random() * word.length);
  const swapAt = Math.min(at, word.length - 2);
  const ways = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, swapAt) + word.charAt(swapAt + 1) + word.charAt(swapAt) + word.slice(swapAt + 2),
    word.slice(0, at) + letter + word.slice(at + 1),
  ];
  const spoilt = ways[Math.floor(random() * ways.length)] ?? word;
  return words.map((other, index) => (index === chosen.at ? spoilt : other)).join(' ');
}

/** Place of the record looked for, or of one that nobody could tell from it; 0 when it is not there. */
export function rankOf(query: BenchQuery, results: readonly { id: string; title: string }[]): number {
  const title = ascii(query.target.title);
  const told = query.kind === 'phone' || query.kind === 'email' || query.kind === 'initials';
  return results.findIndex((hit) => hit.id === query.target.id || (!told && ascii(hit.title) === title)) + 1;
}
