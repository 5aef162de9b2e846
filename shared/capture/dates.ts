import * as de from 'chrono-node/de';
import * as en from 'chrono-node/en';
import * as es from 'chrono-node/es';
import * as fr from 'chrono-node/fr';
import * as nl from 'chrono-node/nl';
import * as pt from 'chrono-node/pt';
import { atLocal, dayOnly, isoWithOffset } from '../crm/dates';
import { type DateParser, MORE_PARSERS } from './dateParsers';
import { overlaps, type Range } from './ranges';

export type DateLocale = 'en' | 'en-GB' | 'de' | 'fr' | 'es' | 'pt' | 'nl';

/** A moment read from words: `at` is ISO 8601 with the local offset. */
export interface DateWords {
  at: string;
  /** False when only a day was named; `at` is then the day-only moment (see crm/dates). */
  hasTime: boolean;
  words: string;
  /** Where the words stand, in order; two ranges for "tomorrow … at 3pm". */
  ranges: Range[];
}

type Chrono = typeof en.casual;
type Result = ReturnType<Chrono['parse']>[number];

const READERS: Readonly<Record<DateLocale, Chrono>> = {
  en: extended(en.casual, MORE_PARSERS.en),
  'en-GB': extended(en.GB, MORE_PARSERS.en),
  de: extended(de.casual, MORE_PARSERS.de),
  fr: fr.casual,
  es: es.casual,
  pt: extended(pt.casual, MORE_PARSERS.pt),
  nl: nl.casual,
};

/** Reading stops here: a date at the far end of a long body is not the task's. */
const MAX_READ = 1_000;
const LETTER = /[\p{L}\p{N}_]/u;
/** "last Friday" is behind us, whatever the calendar would make of it. */
const PAST =
  /\b(last|past|previous|ago|letzt\w*|vergangen\w*|vorig\w*|dernière?|passée?|pasad[oa]|últim[oa]|passad[oa]|afgelopen)\b/iu;
/** "the Friday report", "our Monday call": the day describes a thing. */
const DESCRIBED = /\b(the|a|an|my|our|your|their|his|her|every|each|last)\s+$/i;
const LEADS_TO =
  /\b(by|before|until|till|due|on|at|bis|vor|am|um|avant|le|à|antes de|para|hasta|el|até|em|voor|op|om)\s+$/iu;
/** Day names that are other words as well. */
const AMBIGUOUS = /^(sat|sun|wed|mar|now|may|march|so|do|mi|mo|fr|sa|jeu|ter|sex|dom)$/i;

/**
 * The moment a task is due, as its text says it; null when it says none. Past days, dates that
 * describe a thing and dismissed phrases do not count. Of several, one after "by", "until" … wins,
 * then the first.
 * @param text same length as what was typed, with everything that is no plain text blanked out
 */
export function readDate(
  text: string,
  now: Date,
  locale: DateLocale,
  dismissed: readonly string[] = [],
): DateWords | null {
  const readable = text.slice(0, MAX_READ);
  const skipped = dismissed.flatMap((phrase) => occurrences(readable, phrase));
  const results = READERS[locale]
    .parse(readable, now, { forwardDate: true })
    .filter((result) => !skipped.some((range) => overlaps(range, rangeOf(result))) && isPlausible(readable, result));
  const days = results.filter((result) => namesDay(result) && moment(result, null, now, locale).at >= startOfDay(now));
  const times = results.filter((result) => !namesDay(result) && timeOf(result, locale) !== null);
  const day = days.find((result) => LEADS_TO.test(readable.slice(0, result.index))) ?? days[0];
  if (!day) {
    const time = times[0];
    return time ? describe([time], moment(time, timeOf(time, locale), now, locale)) : null;
  }
  const own = timeOf(day, locale);
  const later = own ? undefined : times.find((time) => sameLine(readable, day, time));
  const time = own ?? (later ? timeOf(later, locale) : null);
  return describe(later ? [day, later] : [day], moment(day, time, now, locale));
}

/**
 * A date field's value in words: the whole text must be one date, and past days count too.
 * Null when it is none.
 */
export function readDay(text: string, now: Date, locale: DateLocale): DateWords | null {
  const words = text.trim();
  for (const forwardDate of [true, false]) {
    const result = READERS[locale].parse(words, now, { forwardDate })[0];
    if (!result || result.text.trim().length !== words.length || !Number.isFinite(result.start.date().getTime()))
      continue;
    return describe([result], moment(result, timeOf(result, locale), now, locale));
  }
  return null;
}

/** Phrases still in the text; the rest need not be remembered. */
export function keepDismissed(text: string, dismissed: readonly string[]): string[] {
  return dismissed.filter((phrase) => occurrences(text, phrase).length > 0);
}

function extended(chrono: Chrono, parsers: readonly DateParser[]): Chrono {
  const copy = chrono.clone();
  copy.parsers.unshift(...parsers);
  return copy;
}

function describe(results: Result[], due: { at: Date; hasTime: boolean }): DateWords {
  const ordered = [...results].sort((a, b) => a.index - b.index);
  const words = ordered.map((result) => result.text.trim()).join(' ');
  return {
    at: isoWithOffset(due.at),
    hasTime: due.hasTime,
    words: words.slice(0, 200),
    ranges: ordered.map(rangeOf),
  };
}

function rangeOf(result: Result): Range {
  const text = result.text.replace(/[\s,;]+$/u, '');
  return [result.index, result.index + text.length];
}

function namesDay(result: Result): boolean {
  return (
    (['day', 'weekday', 'month'] as const).some((part) => result.start.isCertain(part)) ||
    /week|woche|semain|seman/i.test(result.text)
  );
}

/** Hours and minutes the words name; null when they name none. */
function timeOf(result: Result, locale: DateLocale): { hour: number; minute: number } | null {
  const hour = result.start.get('hour') ?? 0;
  const minute = result.start.get('minute') ?? 0;
  if (result.start.isCertain('hour')) {
    // "at 5" is five in the afternoon to whoever plans a day in English.
    const afternoon = locale.startsWith('en') && !result.start.isCertain('meridiem') && hour >= 1 && hour <= 6;
    return { hour: afternoon && !/\b0\d/.test(result.text) ? hour + 12 : hour, minute };
  }
  const partOfDay = /morning|evening|afternoon|night|noon|midnight/.exec([...result.tags()].join(' '))?.[0];
  if (partOfDay === undefined) return null;
  return { hour: partOfDay === 'morning' ? 9 : hour, minute: 0 };
}

function moment(
  result: Result,
  time: { hour: number; minute: number } | null,
  now: Date,
  locale: DateLocale,
): { at: Date; hasTime: boolean } {
  const start = result.start;
  const year = start.get('year') ?? now.getFullYear();
  const month = start.get('month') ?? now.getMonth() + 1;
  const day = start.get('day') ?? now.getDate();
  const wanted = time ?? timeOf(result, locale);
  if (!wanted) return { at: dayOnly(year, month, day), hasTime: false };
  if (namesDay(result)) return { at: atLocal(year, month, day, wanted.hour, wanted.minute), hasTime: true };
  const today = atLocal(now.getFullYear(), now.getMonth() + 1, now.getDate(), wanted.hour, wanted.minute);
  if (today.getTime() > now.getTime()) return { at: today, hasTime: true };
  const next = atLocal(now.getFullYear(), now.getMonth() + 1, now.getDate() + 1, wanted.hour, wanted.minute);
  return { at: next, hasTime: true };
}

function isPlausible(text: string, result: Result): boolean {
  const before = text.slice(0, result.index);
  const after = text.slice(result.index + result.text.length);
  // The reader's word boundary knows ASCII only: "fr" in "früh" is no Friday.
  if (LETTER.test(before.slice(-1)) || LETTER.test(after.slice(0, 1))) return false;
  if (/^['’]s\b/u.test(after) || PAST.test(result.text)) return false;
  if (/^\p{L}/u.test(result.text) && DESCRIBED.test(before)) return false;
  const monthOnly =
    result.start.isCertain('month') && !result.start.isCertain('day') && !result.start.isCertain('weekday');
  if (AMBIGUOUS.test(result.text) || (monthOnly && !/\s/.test(result.text.trim()))) {
    return LEADS_TO.test(before) || (/\S\s+$/.test(before) && /^\s*$/.test(after) && !monthOnly);
  }
  return Number.isFinite(result.start.date().getTime());
}

function sameLine(text: string, a: Result, b: Result): boolean {
  const [first, second] = a.index < b.index ? [a, b] : [b, a];
  return !text.slice(first.index, second.index).includes('\n');
}

function startOfDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

function occurrences(text: string, phrase: string): Range[] {
  const words = phrase.trim().toLowerCase();
  if (words === '') return [];
  const lower = text.toLowerCase();
  // Lower-casing may change the length of rare letters; then positions cannot be trusted.
  if (lower.length !== text.length) return [];
  const ranges: Range[] = [];
  for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + 1)) ranges.push([at, at + words.length]);
  return ranges;
}
