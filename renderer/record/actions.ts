import type { KeyboardEvent } from 'react';
import type { Card, RecordRef } from '../../shared/app/contacts';
import { activeConnection, useApp } from '../app/state';
import { invoke, messageOf } from '../bridge';
import { whyNotWritable } from '../fields/rights';
import { mainModifier } from '../ui/keys';
import { showToast } from '../ui/toast';
import { type CopyWhat, cardRows, type OpenWhat } from './fields';

/** Copies a value of the record; main reads it from the local copy. */
export async function copyFrom(ref: RecordRef, what: CopyWhat, index: number): Promise<void> {
  await tell(async () => {
    const { copied } = await invoke('contacts.copy', { object: ref.object, id: ref.id, what, index });
    return `Copied ${copied}`;
  });
}

/** Opens a value of the record in the program for it, or the record itself in Twenty. */
export async function openFrom(ref: RecordRef, what: OpenWhat | 'twenty', index: number): Promise<void> {
  await tell(async () => {
    await invoke('contacts.open', { object: ref.object, id: ref.id, what, index });
    return null;
  });
}

/** Opens Capture with the record already linked. */
export async function captureAbout(ref: RecordRef, kind: 'note' | 'task'): Promise<void> {
  const locked = whyNotWritable(activeConnection(useApp.getState().state), null);
  if (locked !== null) {
    showToast(locked, 'warning');
    return;
  }
  await tell(async () => {
    await invoke('capture.about', { object: ref.object, id: ref.id, kind });
    return null;
  });
}

async function tell(act: () => Promise<string | null>): Promise<void> {
  try {
    const done = await act();
    if (done !== null) showToast(done);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

/** The record a card shows. */
export function refOf(card: Card): RecordRef {
  return { object: card.object, id: card.record.id };
}

/** Could this key press be a shortcut of a card, whichever it is? What is typed into a field is none. */
export function mayBeCardKey(event: KeyboardEvent): boolean {
  if (mainModifier(event)) return !['Control', 'Meta', 'Shift'].includes(event.key);
  return (event.code === 'KeyN' || event.code === 'KeyT') && !isTextField(event.target);
}

/** Carries out the card's shortcut for this key press; false when it has none. */
export function runCardKey(event: KeyboardEvent, card: Card): boolean {
  const ref = refOf(card);
  if (!mainModifier(event)) {
    if (event.altKey || event.ctrlKey || event.metaKey || isTextField(event.target)) return false;
    if (event.code !== 'KeyN' && event.code !== 'KeyT') return false;
    // A note is about people, companies and deals, not about another note.
    if (card.object === 'note' || card.object === 'task') return false;
    void captureAbout(ref, event.code === 'KeyN' ? 'note' : 'task');
    return true;
  }
  if (event.altKey) return false;
  if (event.code === 'KeyO' && !event.shiftKey) {
    void openFrom(ref, 'twenty', 0);
    return true;
  }
  // Selected text keeps the ordinary meaning of copy.
  if (event.code === 'KeyC' && hasSelection(event.target)) return false;
  const pressed = `CommandOrControl+${event.shiftKey ? 'Shift+' : ''}${event.code.replace(/^Key/, '')}`;
  for (const row of cardRows(card)) {
    if (row.copy !== null && row.copyKeys === pressed) void copyFrom(ref, row.copy, row.index);
    else if (row.open !== null && row.openKeys === pressed) void openFrom(ref, row.open, row.index);
    else continue;
    return true;
  }
  return false;
}

function isTextField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function hasSelection(target: EventTarget): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return target.selectionStart !== target.selectionEnd;
  }
  return window.getSelection()?.isCollapsed === false;
}
