import type { CrmRecord } from './records';

/** How many avatar colours there are. */
export const AVATAR_COLORS = 8;

/** First and last name as one; empty when there is none. Takes any value a server may have sent. */
export function fullName(name: unknown): string {
  if (typeof name === 'string') return clean(name);
  if (typeof name !== 'object' || name === null) return '';
  const { firstName, lastName } = name as { firstName?: unknown; lastName?: unknown };
  return clean([firstName, lastName].filter((part) => typeof part === 'string').join(' '));
}

/**
 * What a record is called: its name or title, else its first e-mail address or domain, else
 * "Unnamed person".
 * @param labelField field that names records of a custom object
 */
export function recordLabel(object: string, record: CrmRecord, labelField?: string): string {
  for (const field of [labelField, 'name', 'title']) {
    if (field === undefined) continue;
    const label = fullName(record[field]);
    if (label !== '') return label;
  }
  const emails = record.emails as { primaryEmail?: unknown } | null | undefined;
  if (typeof emails?.primaryEmail === 'string' && emails.primaryEmail.trim() !== '') return emails.primaryEmail.trim();
  const domain = record.domainName as { primaryLinkUrl?: unknown } | null | undefined;
  if (typeof domain?.primaryLinkUrl === 'string' && domain.primaryLinkUrl.trim() !== '') {
    return domainOf(domain.primaryLinkUrl);
  }
  return `Unnamed ${object === 'opportunity' ? 'deal' : object.replace(/([A-Z])/g, ' $1').toLowerCase()}`;
}

/** One or two letters for an avatar: `JS` for Jane Smith, `Ma` for Martindale; `?` for nothing. */
export function initials(name: string): string {
  const words = clean(name)
    .split(/[\s._-]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.at(-1);
  if (words.length === 1 || last === undefined) return letters(first, 2);
  return (letters(first, 1) + letters(last, 1)).toUpperCase();
}

/** A colour that stays with a record: 0 to AVATAR_COLORS - 1. */
export function avatarColor(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % AVATAR_COLORS;
}

/** Host of a link as people say it: `https://www.acme.com/x` -> `acme.com`. */
export function domainOf(url: string): string {
  const host = url
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .split(/[/?#]/)[0];
  return (host ?? '')
    .replace(/^[^@]*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./i, '')
    .toLowerCase();
}

function letters(word: string, count: number): string {
  return [...word].slice(0, count).join('');
}

function clean(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
