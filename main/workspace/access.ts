import { z } from 'zod';
import type { ObjectMeta } from '../../shared/crm';
import { objectName } from '../../shared/crm';

/** A refused write is believed this long (milliseconds): roles are changed without anybody telling. */
const BELIEVED_FOR = 24 * 3_600_000;

const Known = z.record(
  objectName,
  z.object({ read: z.boolean().nullable(), write: z.boolean().nullable(), writeAt: z.number() }),
);
type Known = z.infer<typeof Known>;

/** What the key may read and write, learned from what the server answered; null until it has shown. */
export class Access {
  #known: Known = {};

  /** Takes what an earlier run had learned; anything unreadable counts as nothing. */
  restore(stored: unknown): void {
    const parsed = Known.safeParse(stored);
    this.#known = parsed.success ? parsed.data : {};
  }

  /** What is known, to be kept for the next start. */
  stored(): unknown {
    return this.#known;
  }

  /** Notes one answer at `now` (epoch milliseconds); true when it says something new. */
  note(object: string, what: 'read' | 'write', allowed: boolean, now: number): boolean {
    const before = this.#known[object] ?? { read: null, write: null, writeAt: 0 };
    if (before[what] === allowed && (what === 'read' || allowed)) return false;
    this.#known[object] = what === 'read' ? { ...before, read: allowed } : { ...before, write: allowed, writeAt: now };
    return before[what] !== allowed;
  }

  /** What is known of one object. */
  of(object: string): Known[string] | undefined {
    return this.#known[object];
  }

  /** Another key may do other things. */
  forget(): void {
    this.#known = {};
  }

  /** The objects with what the key may do to them at `now`. */
  applied(objects: readonly ObjectMeta[], now: number): ObjectMeta[] {
    return objects.map((meta) => {
      const known = this.#known[meta.name];
      if (known === undefined) return meta;
      const old = Math.abs(now - known.writeAt) > BELIEVED_FOR;
      const write = known.write === false && old ? null : known.write;
      return { ...meta, canRead: known.read ?? meta.canRead, canWrite: write ?? meta.canWrite };
    });
  }
}
