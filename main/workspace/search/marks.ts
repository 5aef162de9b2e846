import { fold, foldedWords } from './fold';
import type { QueryWord } from './query';
import { initialsOf } from './records';

/** A letter for letter comparison is not worth more than this. */
const MAX_LETTERS = 40;

/** Letters of a shown text that a query matched: half-open UTF-16 ranges, in order, not touching. */
export function mark(text: string, words: readonly QueryWord[]): [number, number][] {
  if (words.length === 0 || text === '') return [];
  const shown = foldedWords(text);
  const marked = new Uint8Array(text.length);
  for (const word of words) {
    for (const form of word.forms) markForm(text, shown, form, marked);
  }
  return rangesOf(marked);
}

function markForm(text: string, shown: ReturnType<typeof foldedWords>, form: string, marked: Uint8Array): void {
  let best: { word: (typeof shown)[number]; at: number[]; errors: number } | null = null;
  for (const word of shown) {
    const { at, errors } = align(form, word.text);
    const allowed = form.length >= 8 ? 2 : form.length >= 3 ? 1 : 0;
    if (errors <= allowed && at.length > 0 && (best === null || errors < best.errors)) best = { word, at, errors };
  }
  if (best) {
    const places = originalPlaces(text, best.word.start, best.word.end);
    for (const letter of best.at) {
      const [from, to] = places[letter] ?? [0, 0];
      marked.fill(1, from, to);
    }
    return;
  }
  if (initialsOf(shown.map((word) => word.text)).includes(form)) {
    for (const word of shown) {
      const [from, to] = originalPlaces(text, word.start, word.end)[0] ?? [0, 0];
      if (form.includes(word.text.charAt(0))) marked.fill(1, from, to);
    }
  }
}

/** Which letters of `word` the typed ones are, comparing with its beginning; and how many errors that takes. */
function align(typed: string, word: string): { at: number[]; errors: number } {
  const a = typed.slice(0, MAX_LETTERS);
  const b = word.slice(0, a.length + 2);
  const width = b.length + 1;
  const cost = new Uint8Array((a.length + 1) * width);
  const cell = (i: number, j: number): number => cost[i * width + j] ?? 0;
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = 0; j <= b.length; j += 1) {
      if (i === 0 || j === 0) {
        cost[i * width + j] = i + j;
        continue;
      }
      let least = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      least = Math.min(least, cell(i - 1, j) + 1, cell(i, j - 1) + 1);
      if (isSwap(a, b, i, j)) least = Math.min(least, cell(i - 2, j - 2) + 1);
      cost[i * width + j] = least;
    }
  }
  let end = 0;
  for (let j = 1; j <= b.length; j += 1) if (cell(a.length, j) <= cell(a.length, end)) end = j;
  const at: number[] = [];
  let [i, j] = [a.length, end];
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1] && cell(i, j) === cell(i - 1, j - 1)) {
      at.push(j - 1);
      i -= 1;
      j -= 1;
    } else if (isSwap(a, b, i, j) && cell(i, j) === cell(i - 2, j - 2) + 1) {
      at.push(j - 1, j - 2);
      i -= 2;
      j -= 2;
    } else if (cell(i, j) === cell(i - 1, j - 1) + 1) {
      i -= 1;
      j -= 1;
    } else if (cell(i, j) === cell(i - 1, j) + 1) i -= 1;
    else j -= 1;
  }
  return { at, errors: cell(a.length, end) };
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
}

/** For each unit of the folded word, where the letter it came from stands in the text. */
function originalPlaces(text: string, start: number, end: number): [number, number][] {
  const places: [number, number][] = [];
  let at = start;
  for (const letter of text.slice(start, end)) {
    const folded = fold(letter);
    if (letter === "'" || letter === '’') {
      at += letter.length;
      continue;
    }
    for (let unit = 0; unit < folded.length; unit += 1) places.push([at, at + letter.length]);
    const last = places.at(-1);
    // A combining accent belongs to the letter before it.
    if (folded === '' && last && last[1] === at) last[1] = at + letter.length;
    at += letter.length;
  }
  return places;
}

function rangesOf(marked: Uint8Array): [number, number][] {
  const ranges: [number, number][] = [];
  for (let at = 0; at < marked.length; at += 1) {
    if (marked[at] === 0) continue;
    const last = ranges.at(-1);
    if (last && last[1] === at) last[1] = at + 1;
    else ranges.push([at, at + 1]);
  }
  return ranges;
}
