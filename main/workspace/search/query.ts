import { digitsOf } from '../../../shared/crm/phones';
import { foldedWords, foldSpelled } from './fold';

/** One word of what was typed. */
export interface QueryWord {
  /** Folded; the forms of one word are as good as each other ("muller", "mueller"). */
  forms: readonly string[];
  /** Digits of a phone number or a piece of one, null when it cannot be one. */
  digits: string | null;
  /** Part of an e-mail address. */
  inEmail: boolean;
}

const EMAIL = /[^\s@]+@\S*/g;
const MAX_QUERY_WORDS = 8;
const MIN_DIGITS = 3;
/** Digits with what people put between them, not glued to letters. */
const PHONE_RUN = /(?<![\p{L}\p{N}])[+(]?\d[\d\s()./-]*(?![\p{L}\p{N}])/gu;

/**
 * Words of a query, in order, each once. A run of digits, spaces and brackets is one phone
 * fragment: `+1 (555) 123` is `1555123`, a trunk zero or `00` in front is left out.
 */
export function parseQuery(query: string): QueryWord[] {
  const words: QueryWord[] = [];
  let at = 0;
  for (const match of query.matchAll(PHONE_RUN)) {
    const digits = fragment(match[0]);
    if (digits.length < MIN_DIGITS) continue;
    words.push(...plainWords(query.slice(at, match.index)));
    words.push({ forms: [digitsOf(match[0])], digits, inEmail: false });
    at = match.index + match[0].length;
  }
  words.push(...plainWords(query.slice(at)));
  return distinct(words);
}

/** The same query read without phone numbers, for names with several numbers in them. */
export function parseQueryPlainly(query: string): QueryWord[] {
  return distinct(plainWords(query));
}

/**
 * Other ways the same letters may have been meant: a space too few ("janesmith") or too many
 * ("ja ne smith").
 * @param isWord whether a folded text is a known word, or the beginning of one
 */
export function respaced(
  words: readonly QueryWord[],
  isWord: (text: string, whole: boolean) => boolean,
): QueryWord[][] {
  const ways: QueryWord[][] = [];
  for (const [at, word] of words.entries()) {
    const [text = ''] = word.forms;
    const before = words.slice(0, at);
    const after = words.slice(at + 1);
    for (let cut = 2; cut <= text.length - 3; cut += 1) {
      const [left, right] = [text.slice(0, cut), text.slice(cut)];
      if (isWord(left, true) && isWord(right, false)) ways.push([...before, plain(left), plain(right), ...after]);
    }
    const next = words[at + 1]?.forms[0];
    if (next !== undefined && isWord(text + next, false)) {
      ways.push([...before, plain(text + next), ...words.slice(at + 2)]);
    }
  }
  return ways.slice(0, 12);
}

function plain(text: string): QueryWord {
  return { forms: [text], digits: null, inEmail: false };
}

function plainWords(text: string): QueryWord[] {
  const emails = [...text.matchAll(EMAIL)].map((match) => [match.index, match.index + match[0].length] as const);
  return foldedWords(text).map((word) => {
    const spelled = foldSpelled(text.slice(word.start, word.end));
    const digits = /^\d+$/.test(word.text) && word.text.length >= MIN_DIGITS ? fragment(word.text) : null;
    const inEmail = emails.some(([start, end]) => word.start >= start && word.end <= end);
    return { forms: spelled === null || spelled === word.text ? [word.text] : [word.text, spelled], digits, inEmail };
  });
}

function distinct(words: readonly QueryWord[]): QueryWord[] {
  const seen = new Set<string>();
  const result: QueryWord[] = [];
  for (const word of words) {
    const key = word.forms[0] ?? '';
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    result.push(word);
  }
  return result.slice(0, MAX_QUERY_WORDS);
}

function fragment(text: string): string {
  const digits = digitsOf(text.replace(/\(0\)/g, ''));
  const bare = digits.replace(/^0{1,2}/, '');
  return bare.length >= MIN_DIGITS ? bare : digits;
}
