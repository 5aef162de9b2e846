import { describe, expect, it } from 'vitest';
import {
  backspace,
  type DraftLink,
  dismissDate,
  insertMention,
  keepDismissed,
  linksAfterEdit,
  parseCapture,
} from '../../../shared/capture';

const jane: DraftLink = { object: 'person', id: '20202020-1111-4111-8111-111111111111', label: 'Jane Smith' };
const other: DraftLink = { ...jane, id: '20202020-3333-4333-8333-333333333333' };
const janet: DraftLink = { object: 'person', id: '20202020-4444-4444-8444-444444444444', label: 'Jane Smithers' };
const state = (text: string, links: DraftLink[] = [], dismissed: string[] = []) => ({ text, links, dismissed });
const parse = (before: ReturnType<typeof state>, caret: number | null = null) =>
  parseCapture(before.text, {
    kind: 'task',
    links: before.links,
    dismissed: before.dismissed,
    now: new Date(2026, 10, 22, 17),
    locale: 'en',
    caret,
  });
const queryAt = (text: string, links: DraftLink[] = [], caret = text.length) =>
  parse(state(text, links), caret).activeMention?.query ?? null;

describe('the name being typed after "@"', () => {
  it.each([
    ['@', ''],
    ['@mar', 'mar'],
    ['cc @mar', 'mar'],
    ['(@mar', 'mar'],
    ['Call @Jane Sm', 'Jane Sm'],
    ['@anna maria von', 'anna maria von'],
    ['a@b', null],
    ['@ jane', null],
    ['@Jane, and', null],
    ['@one two three four', null],
    ['@jane\n', null],
    ['jane', null],
  ])('%j', (text, query) => {
    expect(queryAt(text)).toBe(query);
  });

  it('ends where a linked name stands', () => {
    expect(queryAt('@Jane Smith', [jane])).toBeNull();
    expect(queryAt('@Jane Smith and @Jo', [jane])).toBe('Jo');
  });
});

describe('mentions', () => {
  it('puts a picked record in place and links it once', () => {
    const before = state('Call @ja');
    const active = parse(before, 8).activeMention;
    const edit = insertMention(before, active?.range ?? [0, 0], jane);
    expect(edit).toMatchObject({ text: 'Call @Jane Smith ', caret: 17, links: [jane] });
    const again = insertMention({ ...edit, text: `${edit.text}@` }, [17, 18], jane);
    expect(again.links).toEqual([jane]);
  });

  it('adds no second space', () => {
    const edit = insertMention(state('Call @ja today'), [5, 8], jane);
    expect(edit).toMatchObject({ text: 'Call @Jane Smith today', caret: 17 });
  });

  it('tells a longer name from a shorter one, and two records with one name by order', () => {
    const mentions = parse(state('@Jane Smithers, @Jane Smith, @Jane Smith', [jane, other, janet])).mentions;
    expect(mentions.map(({ link }) => link.id)).toEqual([janet.id, jane.id, other.id]);
  });

  it('go with their link on one Backspace', () => {
    const before = state('Call @Jane Smith now', [jane]);
    expect(backspace(before, 16, parse(before))).toMatchObject({ text: 'Call  now', caret: 5, links: [] });
    expect(backspace(before, 10, parse(before))).toBeNull();
  });

  it('lose their link when their text is edited away; links made elsewhere stay', () => {
    expect(linksAfterEdit('Call @Jane Smith', 'Call @Jane Smit', [jane, janet])).toEqual([janet]);
    expect(linksAfterEdit('Call', 'Call her', [jane])).toEqual([jane]);
  });
});

describe('the date', () => {
  it('becomes plain text on Backspace right after it', () => {
    const before = state('Call tomorrow');
    const edit = backspace(before, 13, parse(before));
    expect(edit).toMatchObject({ text: 'Call tomorrow', caret: 13, dismissed: ['tomorrow'] });
    expect(edit && parse(state(edit.text, [], edit.dismissed)).due).toBeNull();
  });

  it('in two places is dismissed as a whole', () => {
    const before = state('Lunch tomorrow with Jo at 1pm');
    const edit = dismissDate(before, parse(before));
    expect(parse(state(edit.text, [], edit.dismissed)).due).toBeNull();
  });

  it('may be read again once the words are gone', () => {
    expect(keepDismissed('Call', ['tomorrow'])).toEqual([]);
    expect(keepDismissed('Call Tomorrow', ['tomorrow'])).toEqual(['tomorrow']);
  });
});
