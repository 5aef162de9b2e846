/** A small seeded source of randomness: the same seed gives the same sample on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [min, max]. */
  int(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** `count` decimal digits as text. */
  digits(count: number): string;
  /** A UUID of version 4 form. */
  uuid(): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Makes a generator (sfc32) from an integer seed. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let d = 1;
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  // The first words still show the seed.
  for (let i = 0; i < 15; i++) word();

  const next = () => word() / 4294967296;
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const hex4 = (w: number) =>
    (HEX[w >>> 24] ?? '') + (HEX[(w >>> 16) & 255] ?? '') + (HEX[(w >>> 8) & 255] ?? '') + (HEX[w & 255] ?? '');
  return {
    next,
    int,
    pick: <T>(list: readonly T[]): T => {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
    chance: (p) => next() < p,
    digits: (count) => {
      let text = '';
      while (text.length < count) text += int(0, 9);
      return text;
    },
    uuid: () => {
      const w2 = hex4(((word() & 0xffff0fff) | 0x00004000) >>> 0);
      const w3 = hex4(((word() & 0x3fffffff) | 0x80000000) >>> 0);
      return `${hex4(word())}-${w2.slice(0, 4)}-${w2.slice(4)}-${w3.slice(0, 4)}-${w3.slice(4)}${hex4(word())}`;
    },
  };
}
