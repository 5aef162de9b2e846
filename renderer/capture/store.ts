import { create } from 'zustand';
import {
  backspace,
  type CaptureEdit,
  dismissDate,
  linksAfterEdit,
  type ParsedCapture,
  parseCapture,
  toDraft,
  unlink,
} from '../../shared/capture';
import type { DraftInProgress, DraftLink } from '../../shared/capture/draft';
import { activeConnection, useApp } from '../app/state';
import { invoke, listen, messageOf } from '../bridge';

/** Typed text reaches main at the latest after so many milliseconds. */
const KEEP_MS = 40;

export interface CaptureStore {
  text: string;
  /** Where the caret stands (UTF-16). */
  caret: number;
  kind: 'note' | 'task';
  links: DraftLink[];
  dismissed: string[];
  /** `me` follows who the user is; null is nobody. */
  assignee: 'me' | string | null;
  replaces: string | null;
  parsed: ParsedCapture;
  saving: boolean;
  error: string | null;
  /** Counts the times the caret was put somewhere by the app; the field then follows `caret`. */
  placed: number;
}

type Content = Pick<CaptureStore, 'text' | 'caret' | 'kind' | 'links' | 'dismissed'>;

function parse(content: Content): ParsedCapture {
  return parseCapture(content.text, {
    kind: content.kind,
    links: content.links,
    dismissed: content.dismissed,
    now: new Date(),
    locale: useApp.getState().state?.settings.dateLocale ?? 'en',
    caret: content.caret,
  });
}

function blank(kind: 'note' | 'task'): Omit<CaptureStore, 'placed'> {
  const content: Content = { text: '', caret: 0, kind, links: [], dismissed: [] };
  return { ...content, assignee: 'me', replaces: null, parsed: parse(content), saving: false, error: null };
}

/** What the capture window shows. */
export const useCapture = create<CaptureStore>(() => ({ ...blank('note'), placed: 0 }));
const { getState: get, setState: set } = useCapture;

/** The text main is known to have; what is typed beyond it is never overwritten. */
let keptText = '';
let keepTimer: number | null = null;
/** False while main's kept draft is on its way: nothing is sent that would take its place. */
let loaded = true;
/** True once main showed a draft: it is newer than the one loaded at the start. */
let shownDraft = false;
/** True once the user chose the kind of this capture. */
let kindChosen = false;

function change(changes: Partial<CaptureStore>): void {
  const next = { ...get(), error: null, ...changes };
  set({ ...changes, error: next.error, parsed: parse(next) });
}

/** Takes the text as it stands after a key press. */
export function typed(text: string, caret: number): void {
  const before = get();
  change({ text, caret, links: text === before.text ? before.links : linksAfterEdit(before.text, text, before.links) });
  keepSoon();
}

/** The caret was moved without typing. */
export function moved(caret: number): void {
  if (caret !== get().caret) change({ caret, error: get().error });
}

/** Carries out an edit of the grammar and puts the caret where it says. */
export function applyEdit(edit: CaptureEdit): void {
  change({ ...edit, placed: get().placed + 1 });
  keepSoon();
}

/** What Backspace does at a token; false when it just takes a letter. */
export function backspaceAt(caret: number): boolean {
  const edit = backspace(get(), caret, get().parsed);
  if (edit === null) return false;
  applyEdit(edit);
  return true;
}

/** Makes the date words plain text again. */
export function removeDue(): void {
  applyEdit({ ...dismissDate(get(), get().parsed), caret: get().caret });
}

/** Takes one link away. */
export function removeLink(link: DraftLink): void {
  applyEdit({ ...unlink(get(), link), caret: get().caret });
}

export function setKind(kind: 'note' | 'task'): void {
  kindChosen = true;
  change({ kind });
  keepSoon();
}

/** Me, or nobody. */
export function toggleAssignee(): void {
  change({ assignee: get().assignee === null ? 'me' : null });
  keepSoon();
}

function inProgress(): DraftInProgress {
  const { text, kind, links, dismissed, replaces } = get();
  return { text, kind, links, dismissed, assigneeId: assigneeId(), replaces };
}

function assigneeId(): string | null {
  const { assignee } = get();
  return assignee === 'me' ? (activeConnection(useApp.getState().state)?.member?.id ?? null) : assignee;
}

function keepSoon(): void {
  if (!loaded) return;
  keepTimer ??= window.setTimeout(() => void flush(), KEEP_MS);
}

/** Sends what is typed to main now, if anything is not there yet. */
export async function flush(): Promise<void> {
  if (keepTimer === null) return;
  forgetTimer();
  await keep();
}

async function keep(): Promise<void> {
  const draft = inProgress();
  keptText = draft.text;
  try {
    await invoke('capture.keep', draft);
  } catch (error) {
    set({ error: messageOf(error) });
  }
}

function forgetTimer(): void {
  if (keepTimer !== null) window.clearTimeout(keepTimer);
  keepTimer = null;
}

/** Hides the window; everything typed is in main before. */
export async function hide(): Promise<void> {
  const kept = flush();
  const hidden = invoke('capture.hide');
  await kept;
  await hidden.catch(() => undefined);
}

/** Shows a draft of main's, with whatever was typed since main last heard of the text. */
export function restore(draft: DraftInProgress): void {
  const { text } = get();
  const since = text.startsWith(keptText) ? text.slice(keptText.length) : '';
  const whole = draft.text + since;
  keptText = draft.text;
  const member = activeConnection(useApp.getState().state)?.member?.id ?? null;
  const fresh = whole.trim() === '';
  const mine = fresh || draft.assigneeId === member;
  change({
    text: whole,
    caret: whole.length,
    kind: draft.kind,
    links: draft.links,
    dismissed: draft.dismissed,
    assignee: mine ? 'me' : draft.assigneeId,
    replaces: draft.replaces,
    placed: get().placed + 1,
  });
}

/** Saves what is typed. Main hides the window when it is durable; a refusal keeps the text and says why. */
export async function save(): Promise<void> {
  const { saving, text, kind, parsed, replaces } = get();
  if (saving) return;
  const connection = activeConnection(useApp.getState().state);
  if (connection === null) {
    set({ error: 'Connect a workspace first. What you typed stays here.' });
    return;
  }
  const draft = toDraft(parsed, { kind, assigneeId: assigneeId(), connectionId: connection.id, replaces });
  if (draft === null) {
    set({ error: 'Write something first.' });
    return;
  }
  forgetTimer();
  set({ saving: true, error: null });
  try {
    await invoke('capture.save', draft);
    startAfresh(text);
  } catch (error) {
    set({ saving: false, error: messageOf(error) });
    void keep();
  }
}

/** An empty capture; letters typed while the last one was being saved begin it. */
function startAfresh(saved: string): void {
  const { text, placed } = get();
  const since = text.startsWith(saved) ? text.slice(saved.length) : '';
  kindChosen = false;
  set({ ...blank(defaultKind()), placed: placed + 1 });
  if (since !== '') change({ text: since, caret: since.length });
  forgetTimer();
  void keep();
}

function defaultKind(): 'note' | 'task' {
  return useApp.getState().state?.settings.defaultKind ?? 'note';
}

/** Restores the kept draft and follows main. Call once. */
export function followCapture(): void {
  listen('capture.shown', ({ draft }) => {
    if (draft !== null) {
      shownDraft = true;
      kindChosen = true;
      restore(draft);
      // Main made this draft to be shown; from here on it is the one to keep.
      keepSoon();
    } else {
      // Days pass while the window is hidden: "tomorrow" is read anew.
      change({ error: get().error, placed: get().placed + 1 });
    }
  });
  useApp.subscribe(() => {
    const { text, links, kind } = get();
    const untouched = text === '' && links.length === 0 && !kindChosen;
    if (untouched && kind !== defaultKind()) change({ kind: defaultKind(), error: get().error });
  });
  window.addEventListener('blur', () => void flush());
  window.addEventListener('pagehide', () => void flush());
  void load();
}

async function load(): Promise<void> {
  loaded = false;
  try {
    const draft = await invoke('capture.draft');
    loaded = true;
    if (!shownDraft && (draft.text !== '' || draft.links.length > 0)) {
      kindChosen = true;
      restore(draft);
    }
  } catch (error) {
    loaded = true;
    set({ error: messageOf(error) });
  }
  if (shownDraft || get().text !== keptText) keepSoon();
}
