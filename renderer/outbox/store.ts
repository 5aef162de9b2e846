import { create } from 'zustand';
import type { OutboxEntryView } from '../../shared/app/outbox';
import { invoke, listen, messageOf } from '../bridge';
import { showToast } from '../ui/toast';

interface OutboxStore {
  /** Null before the first answer. */
  entries: OutboxEntryView[] | null;
  error: string | null;
}

/** What the Outbox view shows. */
export const useOutbox = create<OutboxStore>(() => ({ entries: null, error: null }));

let asked = 0;

/** Loads the list; a later call's answer always wins. */
export async function loadOutbox(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const entries = await invoke('outbox.list');
    if (mine === asked) useOutbox.setState({ entries, error: null });
  } catch (error) {
    if (mine === asked) useOutbox.setState({ error: messageOf(error) });
  }
}

/** Loads the list and follows its changes. Returns the way to stop. */
export function followOutbox(): () => void {
  void loadOutbox();
  const stop = listen('outbox.changed', () => void loadOutbox());
  return () => {
    stop();
    asked += 1;
    useOutbox.setState({ entries: null, error: null });
  };
}

/** Sends a failed or waiting entry again now. */
export function retry(id: string): Promise<void> {
  return act(() => invoke('outbox.retry', { id }));
}

/** Opens the entry in Capture. */
export function edit(id: string): Promise<void> {
  return act(() => invoke('outbox.edit', { id }));
}

/** Takes the entry out for good; ask first. */
export function discard(id: string): Promise<void> {
  return act(() => invoke('outbox.discard', { id }));
}

/** Withdraws an unsent entry, or takes back a sent one on the server. */
export function undo(id: string): Promise<void> {
  return act(async () => {
    const { message } = await invoke('outbox.undo', { id });
    showToast(message);
  });
}

/** Settles a conflict field by field. */
export function resolve(id: string, choices: Record<string, 'mine' | 'theirs'>): Promise<void> {
  return act(() => invoke('outbox.resolve', { id, choices }));
}

async function act(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
    await loadOutbox();
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
