import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Entry } from './entry';

const Settled = z.object({ settled: z.string() });

/** Sixteen hex digits that tell whether a text is still what was written. */
export function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * A second, plain copy of what waits, a line each, beside the database. The database alone is what
 * makes a write durable; this one gives back what damage to that file would take.
 */
export class SpareCopy {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Entries that are in the copy and not known to be settled. Damaged lines are passed over. */
  read(): Entry[] {
    let lines: string[];
    try {
      lines = readFileSync(this.#path, 'utf8').split('\n');
    } catch {
      return [];
    }
    const entries = new Map<string, Entry>();
    for (const line of lines) {
      const text = line.slice(17);
      if (line.length < 18 || sumOf(text) !== line.slice(0, 16)) continue;
      const value: unknown = JSON.parse(text);
      const entry = Entry.safeParse(value);
      const settled = Settled.safeParse(value);
      if (entry.success) entries.set(entry.data.id, entry.data);
      else if (settled.success) entries.delete(settled.data.settled);
    }
    return [...entries.values()];
  }

  /** Starts the copy anew with what waits now. */
  rewrite(entries: readonly Entry[]): void {
    try {
      const next = `${this.#path}.next`;
      writeFileSync(next, entries.map(lineOf).join(''), { mode: 0o600 });
      renameSync(next, this.#path);
    } catch {
      // Without the spare copy the database still holds everything.
    }
  }

  add(entries: readonly Entry[]): void {
    this.#append(entries.map(lineOf).join(''));
  }

  settle(id: string): void {
    this.#append(lineOf({ settled: id }));
  }

  #append(lines: string): void {
    try {
      appendFileSync(this.#path, lines, { mode: 0o600 });
    } catch {
      // As above.
    }
  }
}

function lineOf(value: unknown): string {
  const text = JSON.stringify(value);
  return `${sumOf(text)} ${text}\n`;
}
