/**
 * A time as a client may write it, as stored UTC text (`digits` after the second); null when it is
 * none. A date alone is midnight UTC.
 */
export function readTime(value: unknown, digits: 3 | 6): string | null {
  if (typeof value !== 'string') return null;
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      value.trim(),
    );
  if (!match) return null;
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
  const epoch = Date.parse(`${date}T${minutes}:${seconds}${offset}`);
  if (Number.isNaN(epoch)) return null;
  return `${new Date(epoch).toISOString().slice(0, 20)}${fraction.padEnd(digits, '0').slice(0, digits)}Z`;
}

/** A stored time as every server answers it: three digits. */
export function shownTime(stored: string): string {
  return stored.length === 27 ? `${stored.slice(0, 23)}Z` : stored;
}
