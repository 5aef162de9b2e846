const DAY_MS = 86_400_000;
const HALF_LIFE_DAYS = 10;
const KEPT = 12;

/** What this user opens, how often and how lately. */
export class Frecency {
  readonly #times = new Map<string, number[]>();
  #changes = 0;

  /** Replaces what is known of a record. @param times epoch milliseconds, any order */
  set(object: string, id: string, times: readonly number[]): void {
    this.#changes += 1;
    const key = keyOf(object, id);
    const kept = [...times].sort((a, b) => b - a).slice(0, KEPT);
    if (kept.length === 0) this.#times.delete(key);
    else this.#times.set(key, kept);
  }

  /** Goes up whenever something is set. */
  get changes(): number {
    return this.#changes;
  }

  /** 0 for never, towards 1 for often and lately. */
  score(object: string, id: string, now: number): number {
    const times = this.#times.get(keyOf(object, id));
    if (!times) return 0;
    let sum = 0;
    // A clock that was moved back must not make an opening count more than now.
    for (const time of times) sum += 0.5 ** (Math.max(0, now - time) / DAY_MS / HALF_LIFE_DAYS);
    return sum / (sum + 1);
  }

  /** Records opened, best first. */
  best(now: number): { object: string; id: string; score: number }[] {
    return [...this.#times.keys()]
      .map((key) => {
        const [object = '', id = ''] = key.split(':');
        return { object, id, score: this.score(object, id, now) };
      })
      .sort((a, b) => b.score - a.score);
  }
}

function keyOf(object: string, id: string): string {
  return `${object}:${id.toLowerCase()}`;
}
