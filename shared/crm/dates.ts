/**
 * Due dates. Twenty keeps a task's due date as one moment and nothing says whether a time was
 * meant. A day without a time is therefore kept as local noon and one millisecond: the same day
 * for colleagues in nearby time zones, shown in every client as that day, and told apart here
 * from a real "at noon".
 */
const DAY_ONLY = { hour: 12, minute: 0, second: 0, millisecond: 1 } as const;

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;

/** The day-only moment of a local calendar day; month 1 to 12. */
export function dayOnly(year: number, month: number, day: number): Date {
  return new Date(year, month - 1, day, DAY_ONLY.hour, DAY_ONLY.minute, DAY_ONLY.second, DAY_ONLY.millisecond);
}

/** A local time of a local calendar day; month 1 to 12. */
export function atLocal(year: number, month: number, day: number, hour: number, minute: number): Date {
  return new Date(year, month - 1, day, hour, minute);
}

/** True for a moment that means a day: the day-only moment, or local midnight as date pickers leave it. */
export function isDayOnly(at: Date): boolean {
  if (at.getMinutes() !== 0 || at.getSeconds() !== 0) return false;
  const midnight = at.getHours() === 0 && at.getMilliseconds() === 0;
  return midnight || (at.getHours() === DAY_ONLY.hour && at.getMilliseconds() === DAY_ONLY.millisecond);
}

/** ISO 8601 with the local offset, e.g. `2026-11-23T15:00:00.000+01:00`. */
export function isoWithOffset(at: Date): string {
  const offset = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${local}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Whole local calendar days from `now` to `at`; negative when it is past. */
export function daysFrom(now: Date, at: Date): number {
  // Calendar days counted in UTC: a local day may have 23 or 25 hours.
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
  return day(at) - day(now);
}

/**
 * A due date as a person says it: `Yesterday`, `Today 17:00`, `Mon 23 Nov 15:00`; the year only
 * when it is another one. Empty for a text that is no date.
 * @param iso ISO 8601
 */
export function formatDue(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const day = dayWords(at, now);
  return isDayOnly(at) ? day : `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** The day alone: `Today`, `Mon 23 Nov`, `12 Oct 2025`. Empty for a text that is no date. */
export function formatDay(iso: string, now: Date): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '' : dayWords(at, now);
}

/** How long ago: `just now`, `5 min ago`, `3 h ago`, `Yesterday`, `3 days ago`, then the day. */
export function formatAgo(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  const days = -daysFrom(now, at);
  if (minutes < 1 && days >= 0) return minutes < 0 ? dayWords(at, now) : 'just now';
  if (days < 0) return dayWords(at, now);
  if (minutes < 60) return `${minutes} min ago`;
  if (days === 0) return `${Math.floor(minutes / 60)} h ago`;
  if (days === 1) return 'Yesterday';
  return days < 7 ? `${days} days ago` : dayWords(at, now);
}

/** Past its moment, or past its day when only a day was meant. */
export function isOverdue(iso: string, now: Date): boolean {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return false;
  return isDayOnly(at) ? daysFrom(now, at) < 0 : at.getTime() < now.getTime();
}

export type DueGroup = 'overdue' | 'today' | 'week' | 'later' | 'none';

/** Days ahead that count as this week when fewer of the calendar's are left: on a Sunday, tomorrow is soon. */
const SOON_DAYS = 2;

/** The group a task stands in; `week` runs to the coming Sunday, and two days ahead at least. */
export function dueGroup(iso: string | null, now: Date): DueGroup {
  const at = iso === null ? null : new Date(iso);
  if (iso === null || at === null || Number.isNaN(at.getTime())) return 'none';
  if (isOverdue(iso, now)) return 'overdue';
  const days = daysFrom(now, at);
  if (days <= 0) return 'today';
  const untilSunday = (7 - now.getDay()) % 7;
  return days <= Math.max(untilSunday, SOON_DAYS) ? 'week' : 'later';
}

function dayWords(at: Date, now: Date): string {
  const days = daysFrom(now, at);
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return 'Yesterday';
  const month = MONTHS[at.getMonth()];
  if (at.getFullYear() !== now.getFullYear()) return `${at.getDate()} ${month} ${at.getFullYear()}`;
  return `${DAYS[at.getDay()]} ${at.getDate()} ${month}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
