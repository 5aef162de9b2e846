import type { DraftLink } from './draft';
import { overlaps, type Range } from './ranges';

/** A linked record named in the text: the range covers "@" and the label. */
export interface Mention {
  link: DraftLink;
  range: Range;
}

/** The name being typed after "@" at the caret: what the picker searches for. */
export interface ActiveMention {
  /** Covers "@" up to the caret; replaced when a record is picked. */
  range: Range;
  query: string;
}

const WORD = /[\p{L}\p{N}_]/u;
/** Longest name worth looking up, and how many words it may have. */
const MAX_QUERY = 60;
const MAX_SPACES = 2;

/** The label as it stands in the text: on one line, no double spaces. */
export function mentionText(link: DraftLink): string {
  return `@${link.label.replace(/\s+/g, ' ').trim() || 'unnamed'}`;
}

/**
 * Where the links stand in the text. Longer labels win; of two records with one label the first
 * mention is the first link's.
 */
export function findMentions(text: string, links: readonly DraftLink[]): Mention[] {
  const found: Mention[] = [];
  const byText = new Map<string, DraftLink[]>();
  for (const link of links) {
    const key = mentionText(link);
    byText.set(key, [...(byText.get(key) ?? []), link]);
  }
  const labels = [...byText.keys()].sort((a, b) => b.length - a.length);
  for (const label of labels) {
    const candidates = byText.get(label) ?? [];
    let nth = 0;
    for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
      const range: Range = [at, at + label.length];
      const glued = WORD.test(text.slice(range[1], range[1] + 2)[0] ?? '') || WORD.test(text[at - 1] ?? '');
      if (glued || found.some((other) => overlaps(other.range, range))) continue;
      const link = candidates[Math.min(nth, candidates.length - 1)];
      nth += 1;
      if (link) found.push({ link, range });
    }
  }
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

/** The mention being typed at the caret, or null. An "@" counts at a start, after a space or after punctuation. */
export function findActiveMention(text: string, caret: number, mentions: readonly Mention[]): ActiveMention | null {
  const from = Math.max(0, caret - MAX_QUERY - 1);
  const at = text.lastIndexOf('@', caret - 1);
  if (caret <= 0 || at < from) return null;
  if (at > 0 && !/[\s\p{P}\p{S}]/u.test(text[at - 1] ?? '')) return null;
  if (mentions.some(({ range }) => at >= range[0] && at < range[1])) return null;
  const query = text.slice(at + 1, caret);
  if (/^\s|\s\s|[\n,;:!?()]/u.test(query)) return null;
  if ((query.match(/\s/g)?.length ?? 0) > MAX_SPACES) return null;
  return { range: [at, caret], query };
}

/** Links that stay after an edit: one whose mention was in the text and is gone goes with it. */
export function linksAfterEdit(before: string, after: string, links: readonly DraftLink[]): DraftLink[] {
  const key = (link: DraftLink) => `${link.object}:${link.id}`;
  const had = new Set(findMentions(before, links).map((mention) => key(mention.link)));
  const has = new Set(findMentions(after, links).map((mention) => key(mention.link)));
  return links.filter((link) => has.has(key(link)) || !had.has(key(link)));
}
