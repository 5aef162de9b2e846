/** The best few of many, kept in a heap whose top is the worst of them. */
export class BestFew {
  readonly #limit: number;
  readonly #slots: number[] = [];
  readonly #scores: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The score that must be beaten, or -1 while there is room. */
  get bar(): number {
    return this.#slots.length < this.#limit ? -1 : (this.#scores[0] ?? -1);
  }

  offer(slot: number, score: number): void {
    if (this.#slots.length < this.#limit) {
      this.#slots.push(slot);
      this.#scores.push(score);
      this.#up(this.#slots.length - 1);
    } else if (score > (this.#scores[0] ?? -1)) {
      this.#slots[0] = slot;
      this.#scores[0] = score;
      this.#down();
    }
  }

  /** Best first. */
  sorted(): { slot: number; score: number }[] {
    return this.#slots
      .map((slot, at) => ({ slot, score: this.#scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.slot - b.slot);
  }

  #up(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#scores[parent] ?? 0) <= (this.#scores[at] ?? 0)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(): void {
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const right = left + 1;
      let least = at;
      if (left < this.#slots.length && (this.#scores[left] ?? 0) < (this.#scores[least] ?? 0)) least = left;
      if (right < this.#slots.length && (this.#scores[right] ?? 0) < (this.#scores[least] ?? 0)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const [slotA, scoreA] = [this.#slots[a] ?? 0, this.#scores[a] ?? 0];
    this.#slots[a] = this.#slots[b] ?? 0;
    this.#scores[a] = this.#scores[b] ?? 0;
    this.#slots[b] = slotA;
    this.#scores[b] = scoreA;
  }
}
