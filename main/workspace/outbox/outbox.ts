import type { OutboxEntryView, Receipt } from '../../../shared/app/outbox';
import type { Draft } from '../../../shared/capture/draft';
import { TwigError } from '../../../shared/errors';
import type { Clock } from '../../twenty/types';
import type { Entry, NewEntry } from './entry';
import { isOpen } from './entry';
import { planCapture, planUndo } from './plan';
import type { OutboxStore } from './store';
import { viewOf } from './view';
import { captureReceipt } from './words';

export interface OutboxOptions {
  store: OutboxStore;
  clock: Clock;
  /** Entries were added, taken back or decided upon. */
  changed(entries: readonly Entry[]): void;
}

/** What a person does with approved writes: add, edit, take back, decide, try again, give up. */
export class Outbox {
  readonly #store: OutboxStore;
  readonly #clock: Clock;
  readonly #changed: (entries: readonly Entry[]) => void;

  constructor(options: OutboxOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#changed = options.changed;
  }

  /** Keeps a capture; a draft that replaces an entry takes its place in the same durable step. */
  capture(draft: Draft): Receipt {
    const plan = planCapture(draft);
    const replaced = draft.replaces === null ? null : this.#store.get(draft.replaces);
    if (replaced === null) return this.#receipt(this.#add([plan]), captureReceipt(draft));
    return this.#receipt(this.#add([...this.#takingBack(replaced), plan], replaced), captureReceipt(draft));
  }

  /** Keeps writes, all or none; `message` says what one of them does. */
  add(plans: readonly NewEntry[], message: (plan: NewEntry) => string): Receipt[] {
    const added = this.#add(plans);
    return plans.flatMap((plan, index) => {
      const entry = added[index];
      return entry ? [this.#receipt([entry], message(plan))] : [];
    });
  }

  list(): OutboxEntryView[] {
    const open = this.#store.open();
    return this.#store.list().map((entry) => viewOf(entry, open));
  }

  waiting(): number {
    return this.#store.open().length;
  }

  failed(): number {
    return this.#store.open().filter((entry) => entry.state === 'failed' || entry.state === 'conflict').length;
  }

  retry(id: string): void {
    const entry = this.#entry(id);
    if (entry.state !== 'failed' && entry.state !== 'waiting') {
      throw new TwigError('invalid', 'Only an entry that still waits can be tried again.');
    }
    this.#save(id, { state: 'waiting', error: null, nextAttemptAt: null });
  }

  /** Gives an entry up. What the server already confirmed stays there. */
  discard(id: string): void {
    const entry = this.#entry(id);
    if (!isOpen(entry)) throw new TwigError('invalid', 'This entry is already settled.');
    // A create that may have arrived without an answer must not turn up later.
    const plan = entry.done === 0 ? planUndo(entry) : null;
    this.#changed([...this.#withdraw(entry, plan === null ? [] : [plan])]);
  }

  draft(id: string): Draft {
    const entry = this.#entry(id);
    if (entry.draft === null || !isOpen(entry)) {
      throw new TwigError('invalid', 'Only a capture that was not sent yet can be edited.');
    }
    return { ...entry.draft, replaces: entry.id };
  }

  /** Takes a write back: withdraws what was not sent, reverses what was. */
  undo(id: string): { message: string } {
    const entry = this.#entry(id);
    if (entry.state === 'withdrawn' || entry.undone) throw new TwigError('invalid', 'This was already taken back.');
    const plans = this.#takingBack(entry);
    if (isOpen(entry)) {
      this.#changed(this.#withdraw(entry, plans));
      return { message: `"${entry.title}" was taken back.` };
    }
    let undone = entry;
    const added = this.#store.add(plans, this.#clock.now(), () => {
      undone = this.#store.save(id, { undone: true });
    });
    this.#changed([undone, ...added]);
    return { message: `"${entry.title}" is being taken back.` };
  }

  /** Settles conflicts field by field: `mine` overwrites what the server has, `theirs` keeps it. */
  resolve(id: string, choices: Record<string, 'mine' | 'theirs'>): void {
    const entry = this.#entry(id);
    const step = entry.steps[entry.done];
    if (entry.state !== 'conflict' || step?.op !== 'update') {
      throw new TwigError('invalid', 'There is nothing to decide about this entry.');
    }
    const values = { ...step.values };
    const base = { ...step.base };
    for (const conflict of entry.conflicts) {
      const choice = choices[conflict.field];
      if (choice === undefined) throw new TwigError('invalid', 'Choose one of the two values for every field.');
      if (choice === 'mine') base[conflict.field] = conflict.theirs;
      else delete values[conflict.field];
    }
    const steps = entry.steps.map((other, index) => (index === entry.done ? { ...step, values, base } : other));
    const nothingLeft = Object.keys(values).length === 0;
    this.#save(id, {
      steps,
      conflicts: [],
      error: null,
      nextAttemptAt: null,
      state: nothingLeft ? 'withdrawn' : 'waiting',
    });
  }

  #entry(id: string): Entry {
    const entry = this.#store.get(id);
    if (entry === null) throw new TwigError('notFound', 'This entry is no longer in the outbox.');
    return entry;
  }

  #takingBack(entry: Entry): NewEntry[] {
    if (entry.state === 'withdrawn' || entry.undone) return [];
    const plan = planUndo(entry);
    return plan === null ? [] : [plan];
  }

  #withdraw(entry: Entry, plans: readonly NewEntry[]): Entry[] {
    let withdrawn = entry;
    const added = this.#store.add(plans, this.#clock.now(), () => {
      withdrawn = this.#store.save(entry.id, { state: 'withdrawn', nextAttemptAt: null });
    });
    return [withdrawn, ...added];
  }

  #add(plans: readonly NewEntry[], replaced: Entry | null = null): Entry[] {
    let settled: Entry[] = [];
    const added = this.#store.add(plans, this.#clock.now(), () => {
      if (replaced === null || replaced.state === 'withdrawn' || replaced.undone) return;
      settled = [this.#store.save(replaced.id, isOpen(replaced) ? { state: 'withdrawn' } : { undone: true })];
    });
    this.#changed([...settled, ...added]);
    return added;
  }

  #save(id: string, change: Partial<Entry>): void {
    this.#changed([this.#store.save(id, change)]);
  }

  #receipt(added: readonly Entry[], message: string): Receipt {
    const entry = added.at(-1);
    if (!entry) throw new TwigError('invalid', 'There was nothing to keep.');
    return { entryId: entry.id, object: entry.object, recordId: entry.recordId, at: entry.createdAt, message };
  }
}
