type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** A typed array that grows by doubling. `data` may be longer than `length`; take it again after a push. */
export class Growable<T extends Numbers> {
  data: T;
  length: number;
  readonly #make: (size: number) => T;

  constructor(make: (size: number) => T, from?: T) {
    this.#make = make;
    this.data = from ?? make(1024);
    this.length = from?.length ?? 0;
  }

  push(value: number): void {
    this.reserve(1);
    this.data[this.length] = value;
    this.length += 1;
  }

  /** Room for `more` values after the last. */
  reserve(more: number): void {
    const need = this.length + more;
    if (need <= this.data.length) return;
    const grown = this.#make(Math.max(need, this.data.length * 2));
    grown.set(this.data.subarray(0, this.length));
    this.data = grown;
  }

  /** The values in use, without copying. */
  view(): T {
    return this.data.subarray(0, this.length) as T;
  }
}

export const growable8 = (from?: Uint8Array) => new Growable((size) => new Uint8Array(size), from);
export const growable16 = (from?: Uint16Array) => new Growable((size) => new Uint16Array(size), from);
export const growable32 = (from?: Uint32Array) => new Growable((size) => new Uint32Array(size), from);

/** Appends `from[start..end)`; both hold numbers of the same width. */
export function appendRange(
  to: Growable<Uint8Array> | Growable<Uint32Array>,
  from: Growable<Uint8Array> | Growable<Uint32Array>,
  start: number,
  end: number,
): void {
  to.reserve(end - start);
  to.data.set(from.data.subarray(start, end), to.length);
  to.length += end - start;
}
