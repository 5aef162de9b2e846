import type { AppState } from '../../shared/app/state';

export type Notice = AppState['notices'][number];

/** Sentences the user should read once; a newer one with the same id takes the place of the older. */
export class Notices {
  readonly #shown = new Map<string, Notice>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  list(): Notice[] {
    return [...this.#shown.values()];
  }

  add(notice: Notice): void {
    this.#shown.set(notice.id, notice);
    this.#onChange();
  }

  dismiss(id: string): void {
    if (this.#shown.delete(id)) this.#onChange();
  }
}
