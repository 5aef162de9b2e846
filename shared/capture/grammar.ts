import { type DateLocale, type DateWords, readDate } from './dates';
import type { Draft, DraftLink } from './draft';
import { amountRanges, literalRanges } from './literals';
import { type ActiveMention, findActiveMention, findMentions, type Mention } from './mentions';
import { blankOut, cutOut, overlaps, type Range } from './ranges';

export interface CaptureContext {
  kind: 'note' | 'task';
  /** Records linked so far, in the order they were chosen. */
  links: readonly DraftLink[];
  /** Date phrases that stay plain text. */
  dismissed: readonly string[];
  now: Date;
  locale: DateLocale;
  /** Where the caret stands (UTF-16), null when the field has none. */
  caret?: number | null;
}

/** A piece of the text with a colour of its own. */
export interface CaptureToken {
  kind: 'mention' | 'date' | 'amount' | 'query';
  range: Range;
}

export interface ParsedCapture {
  /** First line that says something, as it will be saved; empty only when the text is blank. */
  title: string;
  /** The rest, markdown. */
  body: string;
  /** Null for notes, and when the text names no day or time. */
  due: DateWords | null;
  mentions: Mention[];
  /** All links: those in the text, and those made outside it ("note about"). */
  links: DraftLink[];
  activeMention: ActiveMention | null;
  /** Ordered, not overlapping: for highlighting. */
  tokens: CaptureToken[];
}

const MAX_TITLE = 2_000;
const MAX_BODY = 500_000;
const MAX_LINKS = 50;
/** Words that only introduce a date, and go with it. */
const LEADS_TO_DATE =
  /(?:^|\s)(?:due by|due on|due|by|before|until|till|on|at|for|from|bis zum|bis|am|um|vor|für|avant|pour|le|à|antes de|para|hasta|el|a las|até|em|na|no|às|voor|tegen|op|om)\s*$/iu;

/**
 * Reads a capture as it is typed. Pure and total: any text gives an answer.
 *
 * The title is the first line without the "@" of mentions; of a task, the words read as its due
 * date are left out of the title too (they are kept as the due date), with the "by" or "on" before
 * them, unless nothing else would remain. Amounts are shown and stay text.
 */
export function parseCapture(text: string, context: CaptureContext): ParsedCapture {
  const mentions = findMentions(text, context.links);
  const caret = context.caret ?? null;
  const activeMention = caret === null ? null : findActiveMention(text, Math.min(caret, text.length), mentions);
  const amounts = amountRanges(text);
  const notDates = [...mentions.map(({ range }) => range), ...amounts, ...literalRanges(text)];
  if (activeMention) notDates.push(activeMention.range);
  const due =
    context.kind === 'task' ? readDate(blankOut(text, notDates), context.now, context.locale, context.dismissed) : null;
  const { title, body } = splitText(text, mentions, due);
  return {
    title,
    body,
    due: due && { ...due, words: dateText(text, due) },
    mentions,
    links: [...context.links],
    activeMention,
    tokens: tokensOf(mentions, due, amounts, activeMention),
  };
}

/** The approved capture, ready for main; null while there is nothing to save. */
export function toDraft(
  parsed: ParsedCapture,
  about: { kind: 'note' | 'task'; assigneeId: string | null; connectionId: string; replaces?: string | null },
): Draft | null {
  if (parsed.title === '') return null;
  const task = about.kind === 'task';
  const { title, body } = fitTitle(parsed.title, parsed.body);
  return {
    kind: about.kind,
    title,
    body: body.slice(0, MAX_BODY),
    due: task && parsed.due ? { at: parsed.due.at, hasTime: parsed.due.hasTime, words: parsed.due.words } : null,
    assigneeId: task ? about.assigneeId : null,
    links: parsed.links.slice(0, MAX_LINKS),
    connectionId: about.connectionId,
    replaces: about.replaces ?? null,
  };
}

function dateText(text: string, due: DateWords): string {
  return due.ranges
    .map(([start, end]) => text.slice(start, end).trim())
    .join(' ')
    .slice(0, 200);
}

function splitText(text: string, mentions: readonly Mention[], due: DateWords | null): { title: string; body: string } {
  const start = text.search(/\S/u);
  if (start < 0) return { title: '', body: '' };
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  const ats: Range[] = mentions.map(({ range }) => [range[0], range[0] + 1]);
  const inTitle = (range: Range) => range[0] >= start && range[1] <= end;
  const dates = (due?.ranges ?? []).filter(inTitle).map((range) => withLead(text, range, start));
  const plain = tidy(line(text, start, end, ats.filter(inTitle)));
  const short =
    dates.length === 0 ? plain : tidy(line(text, start, end, joinRanges([...ats.filter(inTitle), ...dates])));
  const title = /[\p{L}\p{N}]/u.test(short) ? asBefore(short, plain) : plain;
  const rest = shift(
    ats.filter((range) => range[0] >= end),
    end,
  );
  return { title: title === '' ? text.slice(start, end).trim() : title, body: cutOut(text.slice(end), rest).trim() };
}

function line(text: string, start: number, end: number, cut: readonly Range[]): string {
  return cutOut(text.slice(start, end), shift(cut, start));
}

function shift(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(([start, end]): Range => [start - by, end - by]);
}

function withLead(text: string, range: Range, from: number): Range {
  const lead = LEADS_TO_DATE.exec(text.slice(from, range[0]));
  return lead ? [range[0] - lead[0].length, range[1]] : range;
}

function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], range[1])];
    else joined.push(range);
  }
  return joined;
}

function tidy(title: string): string {
  return title
    .replace(/\s+/gu, ' ')
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/\s+([,.;:!?)])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/^[\s,.;:–—-]+(?=\s)|^[,;:]+/u, '')
    .replace(/\s*[,;:–—-]+\s*$/u, '')
    .trim();
}

/** "Tomorrow call Jane" began with a capital; so does "Call Jane". */
function asBefore(short: string, plain: string): string {
  const first = plain.charAt(0);
  const capital = first !== first.toLowerCase();
  return capital ? short.charAt(0).toUpperCase() + short.slice(1) : short;
}

/** A first line too long for a title is cut at a word; the body then holds everything. */
function fitTitle(title: string, body: string): { title: string; body: string } {
  if (title.length <= MAX_TITLE) return { title, body };
  const cut = [...title.slice(0, MAX_TITLE - 2)]
    .join('')
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/\s+\S*$/u, '');
  return { title: `${cut}…`, body: body === '' ? title : `${title}\n\n${body}` };
}

function tokensOf(
  mentions: readonly Mention[],
  due: DateWords | null,
  amounts: readonly Range[],
  active: ActiveMention | null,
): CaptureToken[] {
  const wanted: CaptureToken[] = [
    ...mentions.map(({ range }): CaptureToken => ({ kind: 'mention', range })),
    ...(active ? [{ kind: 'query', range: active.range } as const] : []),
    ...(due?.ranges ?? []).map((range): CaptureToken => ({ kind: 'date', range })),
    ...amounts.map((range): CaptureToken => ({ kind: 'amount', range })),
  ];
  const tokens: CaptureToken[] = [];
  for (const token of wanted) {
    if (!tokens.some((other) => overlaps(other.range, token.range))) tokens.push(token);
  }
  return tokens.sort((a, b) => a.range[0] - b.range[0]);
}
