/** Half-open [start, end) UTF-16 range of a text. */
export type Range = readonly [start: number, end: number];

/** Stands for a character that must not be read as part of a date: neither a word nor a space. */
const BLANK = '\uFFFC';

/** True when the two ranges share at least one character. */
export function overlaps(a: Range, b: Range): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

/** The same text, same length, with the ranges blanked out, so that positions stay true. */
export function blankOut(text: string, ranges: readonly Range[]): string {
  let result = text;
  for (const [start, end] of ranges) {
    result = result.slice(0, start) + BLANK.repeat(end - start) + result.slice(end);
  }
  return result;
}

/** Every match of a global pattern, as ranges. */
export function matchRanges(text: string, pattern: RegExp): Range[] {
  const ranges: Range[] = [];
  for (const match of text.matchAll(pattern)) ranges.push([match.index, match.index + match[0].length]);
  return ranges;
}

/** Text without the ranges (ordered, not overlapping). */
export function cutOut(text: string, ranges: readonly Range[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of ranges) {
    result += text.slice(at, start);
    at = end;
  }
  return result + text.slice(at);
}
