import type { DraftLink } from './draft';
import type { ParsedCapture } from './grammar';
import { mentionText } from './mentions';
import type { Range } from './ranges';

/** The text field after a step that is more than a typed letter. */
export interface CaptureEdit {
  text: string;
  caret: number;
  links: DraftLink[];
  dismissed: string[];
}

interface Before {
  text: string;
  links: readonly DraftLink[];
  dismissed: readonly string[];
}

/** Puts a picked record in the place of the name being typed, with a space after it, and links it once. */
export function insertMention(before: Before, range: Range, link: DraftLink): CaptureEdit {
  const mention = mentionText(link);
  const after = before.text.slice(range[1]);
  const gap = /^[\s,.;:!?)]/u.test(after) ? '' : ' ';
  const text = before.text.slice(0, range[0]) + mention + gap + after;
  const known = before.links.some((other) => other.object === link.object && other.id === link.id);
  return {
    text,
    caret: range[0] + mention.length + (gap === '' && after.startsWith(' ') ? 1 : gap.length),
    links: known ? [...before.links] : [...before.links, link],
    dismissed: [...before.dismissed],
  };
}

/**
 * What Backspace does right after a token: a mention goes as a whole, with its link; a date
 * becomes plain text again. Null when Backspace just takes a letter.
 */
export function backspace(before: Before, caret: number, parsed: ParsedCapture): CaptureEdit | null {
  const mention = parsed.mentions.find(({ range }) => range[1] === caret);
  if (mention) {
    const [start, end] = mention.range;
    const last = parsed.mentions.filter(({ link }) => link === mention.link).length === 1;
    return {
      text: before.text.slice(0, start) + before.text.slice(end),
      caret: start,
      links: last ? before.links.filter((link) => link !== mention.link) : [...before.links],
      dismissed: [...before.dismissed],
    };
  }
  const onDate = parsed.due?.ranges.some((range) => range[1] === caret) ?? false;
  return onDate ? { ...dismissDate(before, parsed), caret } : null;
}

/** Makes the words of the due date plain text again (the chip's own remove button). */
export function dismissDate(before: Before, parsed: ParsedCapture): Omit<CaptureEdit, 'caret'> {
  const words = (parsed.due?.ranges ?? []).map(([start, end]) => before.text.slice(start, end).trim().slice(0, 200));
  return {
    text: before.text,
    links: [...before.links],
    dismissed: [...before.dismissed, ...words.filter((phrase) => phrase !== '')].slice(-50),
  };
}

/** Takes a link away; its mention, if it has one, stays in the text as plain words. */
export function unlink(before: Before, link: DraftLink): Omit<CaptureEdit, 'caret'> {
  return {
    text: before.text,
    links: before.links.filter((other) => other.object !== link.object || other.id !== link.id),
    dismissed: [...before.dismissed],
  };
}
