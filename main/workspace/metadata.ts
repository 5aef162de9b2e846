import type { ObjectMeta } from '../../shared/crm';
import { LINKABLE_OBJECTS } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import type { Clock } from '../twenty/types';
import { Access } from './access';
import type { MirrorChannel } from './mirror/channel';
import { targetField } from './outbox/plan';
import { calledAsPeopleDo, objectWord } from './outbox/words';

/** The workspace's objects as last learned and what the key may do to them: at hand, and kept in the copy. */
export class Metadata {
  readonly #mirror: MirrorChannel;
  readonly #clock: Clock;
  readonly #access = new Access();
  #objects: ObjectMeta[] = [];

  constructor(mirror: MirrorChannel, clock: Clock) {
    this.#mirror = mirror;
    this.#clock = clock;
  }

  /** Reads what the copy has kept. */
  async load(): Promise<void> {
    this.#objects = (await this.#mirror.call('objects')).map(calledAsPeopleDo);
    this.#access.restore(await this.#mirror.call('state', 'access'));
  }

  /** All objects, with what the key is known to be allowed; empty before anything was learned. */
  objects(): ObjectMeta[] {
    return this.#access.applied(this.#objects, this.#clock.now());
  }

  object(name: string): ObjectMeta | null {
    return this.#objects.find((one) => one.name === name) ?? null;
  }

  /** Keeps what the server told. */
  async learned(objects: readonly ObjectMeta[]): Promise<void> {
    this.#objects = objects.map(calledAsPeopleDo);
    await this.#mirror.call('setObjects', objects);
  }

  /**
   * Notes that the server did, or refused, what it was asked for with this object's records. True when
   * windows have something else to offer than before.
   */
  async answered(object: string, what: 'read' | 'write', allowed: boolean): Promise<boolean> {
    const before = this.#access.of(object)?.[what] ?? null;
    if (!this.#access.note(object, what, allowed, this.#clock.now())) return false;
    await this.#mirror.call('setState', 'access', this.#access.stored());
    return before === false || !allowed;
  }

  /** Another key came: what the old one was refused says nothing about it. */
  async keyChanged(): Promise<void> {
    this.#access.forget();
    await this.#mirror.call('setState', 'access', this.#access.stored());
  }

  /** Tells a copy that had to start anew what is known. */
  async tellAgain(): Promise<void> {
    if (this.#objects.length > 0) await this.#mirror.call('setObjects', this.#objects);
    await this.#mirror.call('setState', 'access', this.#access.stored());
  }

  /** True when notes (or tasks) can be linked to records of `to`: stock ones always, others where the server has a column. */
  linkable(from: 'note' | 'task', to: string): boolean {
    if ((LINKABLE_OBJECTS as readonly string[]).includes(to)) return true;
    const targets = this.object(`${from}Target`);
    // Nothing is known before the first sync: then the server decides.
    return targets?.fields.some((field) => field.relation?.joinColumn === targetField(to)) ?? true;
  }

  /** What a note or task can be linked to: the stock objects, then the workspace's own. */
  linkableObjects(): string[] {
    const own = this.objects().filter((meta) => meta.custom && meta.canRead !== false);
    const linked = own.filter(({ name }) => this.linkable('note', name) || this.linkable('task', name));
    return [...LINKABLE_OBJECTS, ...linked.map(({ name }) => name)];
  }

  /** Throws `refused` when this workspace has no place for such a link. */
  mustLink(from: 'note' | 'task', to: string, label: string): void {
    if (this.linkable(from, to)) return;
    const records = this.object(to)?.labelPlural.toLowerCase() ?? `${objectWord(to).toLowerCase()} records`;
    throw new TwigError(
      'refused',
      `In this workspace a ${from} cannot be linked to ${records}, so nothing was saved. Take ${label} out and save again.`,
    );
  }
}
