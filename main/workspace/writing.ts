import type { RecordRef } from '../../shared/app/contacts';
import type { Receipt } from '../../shared/app/outbox';
import type { Draft } from '../../shared/capture/draft';
import { recordLabel } from '../../shared/crm/names';
import { TwigError } from '../../shared/errors';
import type { Exchange } from './exchange';
import { planCreate, planLink, planTrash, planUnlink, planUpdate } from './outbox/edits';
import type { NewEntry } from './outbox/entry';
import type { WriteWindow } from './types';

/** Every write a window can ask for: refused when read-only, else kept in the outbox and shown at once. */
export class Writing {
  readonly #exchange: Exchange;
  readOnly: boolean;

  constructor(exchange: Exchange, readOnly: boolean) {
    this.#exchange = exchange;
    this.readOnly = readOnly;
  }

  /** Throws `refused` when the user has switched writing off. */
  allow(): void {
    if (!this.readOnly) return;
    throw new TwigError(
      'refused',
      'This workspace is read-only in Twig, so nothing was saved. Switch that off in Settings.',
    );
  }

  capture(draft: Draft): Receipt {
    this.allow();
    for (const link of draft.links) this.#exchange.metadata.mustLink(draft.kind, link.object, link.label);
    return this.#exchange.outbox.capture(draft);
  }

  async create(object: string, values: Record<string, unknown>, window: WriteWindow): Promise<Receipt> {
    this.allow();
    const title = recordLabel(object, { ...values, id: '' }, this.#labelField(object));
    return this.#keep(planCreate(object, values, title, window), `${title} saved`);
  }

  async update(
    ref: RecordRef,
    changes: Record<string, unknown>,
    base: Record<string, unknown>,
    window: WriteWindow,
  ): Promise<Receipt> {
    this.allow();
    const known = await this.#exchange.mirror.call('record', ref.object, ref.id);
    const title = await this.#title(ref);
    return this.#keep(planUpdate(ref, changes, base, known, title, window), `${title} changed`);
  }

  /** Soft-deletes or restores records, all kept in one durable step. */
  async trash(
    op: 'delete' | 'restore',
    object: string,
    ids: readonly string[],
    window: WriteWindow,
  ): Promise<Receipt[]> {
    this.allow();
    const plans: NewEntry[] = [];
    for (const id of new Set(ids)) {
      const ref = { object, id };
      const known = await this.#exchange.mirror.call('record', object, id);
      plans.push(planTrash(op, ref, known, await this.#title(ref), window));
    }
    return this.#exchange.outbox.add(plans, (plan) =>
      op === 'delete' ? `${plan.title} moved to Deleted` : `${plan.title} restored`,
    );
  }

  async link(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt> {
    this.allow();
    const [names, targets] = await this.#between(from, to);
    if (targets.length > 0) throw new TwigError('invalid', `${names[0]} is already linked to ${names[1]}.`);
    return this.#keep(planLink(from, to, names, window), `${names[0]} linked to ${names[1]}`);
  }

  async unlink(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt> {
    this.allow();
    const [names, targets] = await this.#between(from, to);
    return this.#keep(planUnlink(from, targets, names, window), `${names[0]} unlinked from ${names[1]}`);
  }

  #keep(plan: NewEntry, message: string): Receipt {
    const [receipt] = this.#exchange.outbox.add([plan], () => message);
    if (!receipt) throw new TwigError('invalid', 'There was nothing to keep.');
    return receipt;
  }

  async #title(ref: RecordRef): Promise<string> {
    return (await this.#exchange.mirror.call('title', ref.object, ref.id)) ?? 'a record that is not on this machine';
  }

  #labelField(object: string): string | undefined {
    return this.#exchange.metadata.object(object)?.labelField;
  }

  /** Names of a note or task and a record, and the join rows between them. */
  async #between(from: RecordRef, to: RecordRef): Promise<[[string, string], string[]]> {
    if (from.object !== 'note' && from.object !== 'task') {
      throw new TwigError('invalid', 'Only notes and tasks are linked; other records name each other in a field.');
    }
    const names: [string, string] = [await this.#title(from), await this.#title(to)];
    this.#exchange.metadata.mustLink(from.object, to.object, names[1]);
    return [names, await this.#exchange.mirror.call('targets', from, to)];
  }
}
