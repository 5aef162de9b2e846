import { create } from 'zustand';
import type { Card, RecordRef, SearchAnswer, SearchResult } from '../../shared/app/contacts';
import { invoke, listen, messageOf } from '../bridge';

/** As many results as one answer may hold. */
const LIMIT = 200;
/** Pixels of a row at the usual text size; larger text shows fewer. */
const ROW = 49;
/** Milliseconds without another letter after which the rest of the list is read. */
const REST_AFTER = 150;
/** Milliseconds of quiet after which the card of the first hit is read: drawing one for each letter would hold the list up. */
const CARD_AFTER = 180;
const OBJECTS = ['person', 'company'];

interface ContactsStore {
  query: string;
  /** The latest answer; it may still be the one to an older text. Null before the first. */
  answer: SearchAnswer | null;
  selected: RecordRef | null;
  /** The record in the detail pane: the last one that loaded, so that the pane never flickers. */
  card: Card | null;
  /** True when the selected record is not in the local copy. */
  missing: boolean;
  error: string | null;
  /** Counts the requests to put the caret into the search field. */
  focusRequests: number;
  /** Counts the requests to move the focus into the detail pane. */
  detailRequests: number;
}

const EMPTY: ContactsStore = {
  query: '',
  answer: null,
  selected: null,
  card: null,
  missing: false,
  error: null,
  focusRequests: 0,
  detailRequests: 0,
};

/** What the Contacts view shows. */
export const useContacts = create<ContactsStore>(() => EMPTY);
const { getState: get, setState: set } = useContacts;

let asked = 0;
let searching: Promise<void> = Promise.resolve();
let cardAsked = 0;
let cardTimer: number | undefined;
/** True while no answer to the text as it stands has come; the next one selects its first hit, whoever asked for it. */
let unanswered = false;

/** Takes the text as it is typed; the list follows with the first hit selected. */
export function setQuery(query: string): void {
  set({ query });
  unanswered = true;
  searching = search();
}

async function search(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const answer = await ask(unanswered ? inSight() : LIMIT);
    if (mine !== asked) return;
    const typed = unanswered;
    unanswered = false;
    const first = answer.results[0] ?? null;
    if (first === null && typed) forgetSelection();
    const selected = first !== null && (typed || get().selected === null) ? refOf(first) : get().selected;
    set({ answer, selected, error: null });
    if (answer.results.length < Math.min(answer.total, LIMIT)) setTimeout(() => void readRest(mine), REST_AFTER);
    if (typed) loadCardSoon();
    else if (selected !== null && !isCurrent()) void loadCard(selected, false);
  } catch (error) {
    if (mine === asked) set({ error: messageOf(error) });
  }
}

/** As many as the window shows: what is asked for while typing, so that each letter is answered at once. */
function inSight(): number {
  return Math.min(LIMIT, Math.ceil(window.innerHeight / ROW) + 2);
}

function ask(limit: number): Promise<SearchAnswer> {
  return invoke('contacts.search', { query: get().query, objects: OBJECTS, limit });
}

/** Reads what the first rows left out, unless something else was typed meanwhile. */
async function readRest(mine: number): Promise<void> {
  if (mine !== asked) return;
  try {
    const answer = await ask(LIMIT);
    if (mine === asked) set({ answer });
  } catch {
    // The first rows stay; the next letter asks again.
  }
}

/** Searches again with the same text, for example after a failure; the selection stays. */
export function searchAgain(): void {
  searching = search();
}

function forgetSelection(): void {
  cardAsked += 1;
  window.clearTimeout(cardTimer);
  set({ selected: null, card: null, missing: false });
}

/** Shows a record in the detail pane without counting it as opened. */
export function select(ref: RecordRef): void {
  if (sameRef(get().selected, ref) && isCurrent()) return;
  set({ selected: ref });
  void loadCard(ref, false);
}

/** Does the detail pane show the selected record? */
function isCurrent(): boolean {
  const { card, selected } = get();
  return card !== null && selected !== null && card.object === selected.object && card.record.id === selected.id;
}

/** Reads the card of the selected record once nobody types any more. */
function loadCardSoon(): void {
  window.clearTimeout(cardTimer);
  if (isCurrent()) return;
  cardTimer = window.setTimeout(() => {
    const { selected } = get();
    if (selected !== null && !isCurrent()) void loadCard(selected, false);
  }, CARD_AFTER);
}

/** Waits for the answer to the text as it stands; false when none came. */
async function answered(): Promise<boolean> {
  for (let latest: Promise<void> | null = null; latest !== searching; ) {
    latest = searching;
    await latest;
  }
  return !unanswered;
}

/** The card of what the text says now; what a key acts on while the pane may still show another one. */
export async function cardNow(): Promise<Card | null> {
  if (!(await answered())) return null;
  const { selected } = get();
  if (selected !== null && !isCurrent()) await loadCard(selected, false);
  return isCurrent() ? get().card : null;
}

/** True when the detail pane is what the text says now. */
export function isSettled(): boolean {
  return !unanswered && isCurrent();
}

async function loadCard(ref: RecordRef, opened: boolean): Promise<void> {
  window.clearTimeout(cardTimer);
  cardAsked += 1;
  const mine = cardAsked;
  try {
    const card = await invoke('contacts.card', { ...ref, opened });
    if (mine === cardAsked) set({ card, missing: card === null });
  } catch (error) {
    if (mine === cardAsked) set({ error: messageOf(error) });
  }
}

/** Moves the selection by so many rows, staying inside the list. */
export function moveSelection(by: number): void {
  const results = get().answer?.results ?? [];
  if (results.length === 0) return;
  const at = selectedIndex();
  const next = results[Math.max(0, Math.min(results.length - 1, at < 0 ? 0 : at + by))];
  if (next) select(refOf(next));
}

/** The row of the selected record, or -1 when it is not in the list. */
export function selectedIndex(): number {
  const { answer, selected } = get();
  return answer?.results.findIndex((result) => sameRef(result, selected)) ?? -1;
}

/** Opens what the text says now: waits for its answer, then moves into the detail pane. */
export async function openSelected(): Promise<void> {
  if (!(await answered())) return;
  const { selected } = get();
  if (selected === null) return;
  await loadCard(selected, true);
  set((store) => ({ detailRequests: store.detailRequests + 1 }));
}

/** Puts the caret into the search field. */
export function focusSearch(): void {
  set((store) => ({ focusRequests: store.focusRequests + 1 }));
}

/** Shows a record that was asked for from elsewhere, and moves into it. */
export function openRecord(ref: RecordRef): void {
  set({ selected: ref });
  void loadCard(ref, true).then(() => set((store) => ({ detailRequests: store.detailRequests + 1 })));
}

/** Loads the list and follows the changes of the local copy. Returns the way to stop. */
export function followContacts(): () => void {
  let again = false;
  let running = false;
  const refresh = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      searching = search();
      await searching;
    } while (again);
    running = false;
  };
  void refresh();
  // What changed while another view was shown.
  const { selected: before } = get();
  if (before !== null) void loadCard(before, false);
  return listen('records.changed', ({ changes }) => {
    void refresh();
    const { selected, card } = get();
    if (selected === null) return;
    const shown = new Set([selected.id, ...(card ? idsOn(card) : [])]);
    const touched = changes.some(({ ids }) => ids === null || ids.some((id) => shown.has(id)));
    const linked = changes.some(({ object }) => RELATED.has(object));
    if (touched || linked) void loadCard(selected, false);
  });
}

/** Objects whose changes may add something to a card that does not name them yet. */
const RELATED: ReadonlySet<string> = new Set(['note', 'task', 'noteTarget', 'taskTarget', 'opportunity']);

function idsOn(card: Card): string[] {
  return [
    ...card.timeline.map((item) => item.id),
    ...card.deals.map((deal) => deal.id),
    ...card.people.map((person) => person.id),
    ...(card.company ? [card.company.id] : []),
  ];
}

/** Forgets everything shown: another workspace became active. */
export function resetContacts(): void {
  asked += 1;
  cardAsked += 1;
  unanswered = false;
  window.clearTimeout(cardTimer);
  set({ ...EMPTY, focusRequests: get().focusRequests });
}

function sameRef(a: RecordRef | null, b: RecordRef | null): boolean {
  return a !== null && b !== null && a.id === b.id && a.object === b.object;
}

function refOf(result: SearchResult): RecordRef {
  return { object: result.object, id: result.id };
}
