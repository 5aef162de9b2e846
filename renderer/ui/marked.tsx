import type { ReactNode } from 'react';
import type { MatchRanges } from '../../shared/app/contacts';

/** The text with its matched letters marked. Ranges that do not fit the text are ignored. */
export function Marked({ text, ranges }: { text: string; ranges: MatchRanges }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) parts.push(text.slice(at, start));
    parts.push(<mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
