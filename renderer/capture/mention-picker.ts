import { create } from 'zustand';
import type { SearchAnswer, SearchResult } from '../../shared/app/contacts';
import { type ActiveMention, insertMention } from '../../shared/capture';
import { invoke } from '../bridge';
import { applyEdit, useCapture } from './store';

const LIMIT = 6;

interface MatchesStore {
  /** The latest answer; it may be the one to an older text. */
  answer: SearchAnswer | null;
  /** The row the arrow keys stand on. */
  index: number;
  /** Position of the "@" whose list was closed with Esc. */
  closedAt: number | null;
}

/** The list under the text while a name is typed after "@". */
export const useMatches = create<MatchesStore>(() => ({ answer: null, index: 0, closedAt: null }));
const { getState: get, setState: set } = useMatches;

let asked = 0;
let searching: Promise<void> = Promise.resolve();

/** Looks up what is typed now; called whenever the mention at the caret changes. */
export function lookUp(mention: ActiveMention | null): void {
  if (mention === null) {
    asked += 1;
    set({ answer: null, index: 0, closedAt: null });
    return;
  }
  if (get().closedAt !== null && get().closedAt !== mention.range[0]) set({ closedAt: null });
  searching = search(mention.query);
}

async function search(query: string): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const answer = await invoke('contacts.search', { query, objects: 'linkable', limit: LIMIT });
    if (mine === asked) set({ answer, index: 0 });
  } catch {
    // Without a list the name simply stays text; Save works as ever.
    if (mine === asked) set({ answer: null, index: 0 });
  }
}

/** The rows on show; empty while the list is closed. */
export function shownMatches(mention: ActiveMention | null, store: MatchesStore): readonly SearchResult[] {
  if (mention === null || store.closedAt === mention.range[0]) return [];
  return store.answer?.results ?? [];
}

/** True when the list for the mention at the caret is open or about to be. */
export function isOpen(): boolean {
  const mention = useCapture.getState().parsed.activeMention;
  return mention !== null && get().closedAt !== mention.range[0];
}

export function moveMatch(by: number): void {
  const count = get().answer?.results.length ?? 0;
  if (count > 0) set({ index: (get().index + by + count) % count });
}

/** Closes the list for this "@"; typing goes on as text. */
export function closeMatches(): void {
  const mention = useCapture.getState().parsed.activeMention;
  if (mention !== null) set({ closedAt: mention.range[0] });
}

/**
 * Links the chosen row, or the one at `index`. Waits for the answer to the text as it stands, so
 * that an older list is never picked from. False when nothing matches.
 */
export async function pick(index?: number): Promise<boolean> {
  await searching;
  const typedNow = useCapture.getState().parsed.activeMention;
  if (typedNow !== null && get().answer?.query !== typedNow.query) await search(typedNow.query);
  const { answer } = get();
  const mention = useCapture.getState().parsed.activeMention;
  const result = answer?.results[index ?? get().index];
  if (mention === null || result === undefined || answer?.query !== mention.query) return false;
  applyEdit(
    insertMention(useCapture.getState(), mention.range, { object: result.object, id: result.id, label: result.title }),
  );
  return true;
}
