import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DraftInProgress } from '../../shared/capture/draft';
import { TwigError } from '../../shared/errors';

const EMPTY: DraftInProgress = { text: '', kind: 'note', links: [], dismissed: [], assigneeId: null, replaces: null };

/** The half-typed capture, on disk as it is typed (0600), so that it outlives hide, restart and crash. */
export class DraftFile {
  readonly #path: string;
  #current: DraftInProgress;

  constructor(path: string) {
    this.#path = path;
    this.#current = this.#load();
  }

  get current(): DraftInProgress {
    return this.#current;
  }

  /** Synchronous on purpose: a few kilobytes, and a later version can never overtake a newer one. */
  keep(draft: DraftInProgress): void {
    this.#current = draft;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeFileSync(`${this.#path}.tmp`, JSON.stringify(draft), { mode: 0o600 });
      renameSync(`${this.#path}.tmp`, this.#path);
    } catch {
      throw new TwigError(
        'corrupt',
        'Twig cannot write to its folder, so this draft would not survive a restart. Check disk space and permissions.',
      );
    }
  }

  /** After Save: nothing is being typed any more. */
  clear(kind: DraftInProgress['kind']): void {
    this.keep({ ...EMPTY, kind });
  }

  #load(): DraftInProgress {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return EMPTY;
    }
    try {
      return DraftInProgress.parse(JSON.parse(text));
    } catch {
      try {
        renameSync(this.#path, `${this.#path}.damaged-${Date.now()}`);
      } catch {
        // Nothing better to do: the next keystroke writes a good one.
      }
      return EMPTY;
    }
  }
}
