/** A word of a text: folded for comparing, and where it stands in the text as typed. */
export interface FoldedWord {
  text: string;
  /** Half-open UTF-16 range of the original. */
  start: number;
  end: number;
}

/** Longer words are cut: nobody types more, and a pasted blob must not fill the vocabulary. */
export const MAX_WORD = 40;

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};
const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const WORD_UNIT = /[\p{L}\p{N}\p{M}]/u;

/** Lower case without accents: `Müller` -> `muller`, `Straße` -> `strasse`, `Łódź` -> `lodz`. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter);
}

/** The other way to write a word with umlauts, folded: `Müller` -> `mueller`; null when there is none. */
export function foldSpelled(text: string): string | null {
  if (isAscii(text)) return null;
  const lower = text.toLowerCase().normalize('NFC');
  const spelled = lower.replace(/[äöüåø]/g, (letter) => SPELLED[letter] ?? letter);
  return spelled === lower ? null : fold(spelled);
}

/** Words of a text, folded, in order. Letters and digits make words; an apostrophe inside one is dropped. */
export function foldedWords(text: string): FoldedWord[] {
  const words: FoldedWord[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at < text.length ? unitAt(text, at) : 'other';
    if (unit === 'word') {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0 && unit === 'apostrophe' && at + 1 < text.length && unitAt(text, at + 1) === 'word') continue;
    if (start >= 0) {
      const folded = fold(text.slice(start, at).replace(/['’]/g, '')).slice(0, MAX_WORD);
      if (folded !== '') words.push({ text: folded, start, end: at });
    }
    start = -1;
  }
  return words;
}

function unitAt(text: string, at: number): 'word' | 'apostrophe' | 'other' {
  const code = text.charCodeAt(at);
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return 'word';
  if (code === 39 || code === 0x2019) return 'apostrophe';
  if (code < 0x80) return 'other';
  // Halves of a pair are judged together: letters beyond the basic plane exist.
  if (code >= 0xd800 && code <= 0xdfff) {
    const first = code >= 0xdc00 ? at - 1 : at;
    return WORD_UNIT.test(String.fromCodePoint(text.codePointAt(Math.max(0, first)) ?? 0)) ? 'word' : 'other';
  }
  return WORD_UNIT.test(String.fromCharCode(code)) ? 'word' : 'other';
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
