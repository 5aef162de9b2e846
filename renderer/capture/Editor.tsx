import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import type { CaptureToken } from '../../shared/capture';
import { mainModifier } from '../ui/keys';
import { MATCHES_ID, matchId } from './Matches';
import { closeMatches, isOpen, lookUp, moveMatch, pick, shownMatches, useMatches } from './mention-picker';
import { backspaceAt, moved, save, typed, useCapture } from './store';

const PLACEHOLDERS = {
  note: 'A note… @ links a person, company or deal',
  task: 'A task… “tomorrow 3pm” is its due date, @ links someone',
} as const;

/**
 * The text. A plain textarea holds it, with clear letters; a layer of the same text below paints
 * the colours, so that caret, selection and input methods are the browser's own.
 */
export function Editor() {
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, kind, parsed, placed, caret } = useCapture();
  const matches = useMatches();
  const mention = parsed.activeMention;
  const open = shownMatches(mention, matches).length > 0;
  const mentionKey = mention === null ? null : `${mention.range[0]}:${mention.query}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a caret that the app placed moves the field's own.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(caret, caret);
  }, [placed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the mention.
  useEffect(() => lookUp(mention), [mentionKey]);
  useEffect(() => {
    // The next show finds the caret here, whatever had the focus when the window was hidden.
    const back = (): void => field.current?.focus();
    window.addEventListener('blur', back);
    return () => window.removeEventListener('blur', back);
  }, []);

  return (
    <div className="editor">
      <div className="editor-text">
        <div className="editor-paint" aria-hidden="true">
          <Painted text={text} tokens={parsed.tokens} />
          {/* A line that ends in a newline has a next line, which an empty text node would not show. */}
          {'\u200b'}
        </div>
        <textarea
          ref={field}
          aria-label="Capture"
          aria-autocomplete="list"
          aria-controls={open ? MATCHES_ID : undefined}
          aria-activedescendant={open ? matchId(matches.index) : undefined}
          placeholder={PLACEHOLDERS[kind]}
          spellCheck
          value={text}
          maxLength={500_000}
          onChange={(event) => typed(event.target.value, event.target.selectionStart)}
          onSelect={(event) => moved(event.currentTarget.selectionStart)}
          onKeyDown={onKey}
        />
      </div>
    </div>
  );
}

function Painted({ text, tokens }: { text: string; tokens: readonly CaptureToken[] }) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const { kind, range } of tokens) {
    if (range[0] > at) parts.push(text.slice(at, range[0]));
    parts.push(
      <span key={range[0]} className="token" data-kind={kind}>
        {text.slice(range[0], range[1])}
      </span>,
    );
    at = range[1];
  }
  parts.push(text.slice(at));
  return parts;
}

function onKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.nativeEvent.isComposing) return;
  const { selectionStart, selectionEnd } = event.currentTarget;
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    if (mainModifier(event) || !isOpen()) void save();
    else void pick().then((picked) => (picked ? undefined : save()));
    return;
  }
  if (
    event.key === 'Backspace' &&
    selectionStart === selectionEnd &&
    !event.ctrlKey &&
    !event.altKey &&
    !event.metaKey
  ) {
    if (backspaceAt(selectionStart)) event.preventDefault();
    return;
  }
  const rows = shownMatches(useCapture.getState().parsed.activeMention, useMatches.getState());
  if (rows.length === 0) return;
  if (event.key === 'ArrowDown') moveMatch(1);
  else if (event.key === 'ArrowUp') moveMatch(-1);
  else if (event.key === 'Tab' && !event.shiftKey) void pick();
  else if (event.key === 'Escape') closeMatches();
  else return;
  event.preventDefault();
}
