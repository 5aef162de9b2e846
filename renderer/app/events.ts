import { invoke, listen, messageOf } from '../bridge';
import { openRecord, focusSearch as putCaretInSearch } from '../contacts/store';
import { mainModifier } from '../ui/keys';
import { showToast, undoLatest } from '../ui/toast';
import { activate } from './actions';
import { goTo } from './navigation';
import { useApp } from './state';
import { VIEWS } from './views';

/** Follows what main tells the main window, and its window-wide keys. Returns the way to stop. */
export function followMainWindow(): () => void {
  const stops = [
    listen('main.show', ({ view, focusSearch, record }) => {
      goTo(view);
      if (record !== null) openRecord(record);
      if (focusSearch) putCaretInSearch();
    }),
    listen('toast', ({ message, undoEntryId, level }) => {
      showToast(message, level, undoEntryId === null ? undefined : () => void undo(undoEntryId));
    }),
  ];
  window.addEventListener('keydown', onKey);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('keydown', onKey);
  };
}

async function undo(id: string): Promise<void> {
  try {
    const { message } = await invoke('outbox.undo', { id });
    showToast(message);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

function onKey(event: KeyboardEvent): void {
  if (!mainModifier(event) || event.altKey) return;
  if (event.code === 'KeyZ' && !event.shiftKey) {
    // Typing keeps its own undo; everywhere else it takes back the last write.
    if (!isTyping(event.target) && undoLatest()) event.preventDefault();
    return;
  }
  if (event.code === 'Comma' && !event.shiftKey) {
    event.preventDefault();
    goTo('settings');
    return;
  }
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit === undefined) return;
  event.preventDefault();
  if (event.shiftKey) {
    const connection = useApp.getState().state?.connections[Number(digit) - 1];
    if (connection) void activate(connection.id);
  } else {
    const entry = VIEWS.filter(({ place }) => place !== 'hidden')[Number(digit) - 1];
    if (entry) goTo(entry.view);
  }
}

/** True in a text field that holds text, where the undo key belongs to the text. */
function isTyping(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '';
}
