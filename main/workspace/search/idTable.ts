import { appendRange, growable32 } from './growable';

/** Numbers per id: a UUID is 128 bits. */
const PARTS = 4;

/** From UUID to slot and back, in two arrays. Ids come back in lower case, as Twenty writes them. */
export class IdTable {
  readonly #ids = growable32();
  #table = new Uint32Array(0);

  constructor(saved?: Uint32Array) {
    if (saved) {
      this.#ids.data = saved;
      this.#ids.length = saved.length;
    }
  }

  /** All ids in slot order, four numbers each, without copying. */
  view(): Uint32Array {
    return this.#ids.view();
  }

  add(id: string, slot: number): void {
    this.#ensureTable(slot + 1);
    for (const part of parts(id)) this.#ids.push(part);
    this.#insert(slot);
  }

  /** Appends another table's id as the next slot. */
  copy(from: IdTable, slot: number): void {
    appendRange(this.#ids, from.#ids, slot * PARTS, (slot + 1) * PARTS);
  }

  /** Becomes what the other one is. */
  adopt(other: IdTable): void {
    this.#ids.data = other.#ids.data;
    this.#ids.length = other.#ids.length;
    this.#table = new Uint32Array(0);
  }

  /** First slot of this id that is accepted, or -1. A changed record has several slots, one alive. */
  find(id: string, accepts: (slot: number) => boolean): number {
    this.#ensureTable(0);
    const wanted = parts(id);
    const ids = this.#ids.data;
    const mask = this.#table.length - 1;
    let at = hash(wanted[0], wanted[3]) & mask;
    for (;;) {
      const slot = (this.#table[at] ?? 0) - 1;
      if (slot < 0) return -1;
      const start = slot * PARTS;
      if (wanted.every((part, offset) => ids[start + offset] === part) && accepts(slot)) return slot;
      at = (at + 1) & mask;
    }
  }

  id(slot: number): string {
    let hex = '';
    for (let at = slot * PARTS; at < (slot + 1) * PARTS; at += 1) {
      hex += (this.#ids.data[at] ?? 0).toString(16).padStart(8, '0');
    }
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #insert(slot: number): void {
    const mask = this.#table.length - 1;
    const start = slot * PARTS;
    let at = hash(this.#ids.data[start] ?? 0, this.#ids.data[start + 3] ?? 0) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = slot + 1;
  }

  #ensureTable(slots: number): void {
    const used = this.#ids.length / PARTS;
    if (this.#table.length > Math.max(used, slots) * 2) return;
    let length = 2_048;
    while (length <= Math.max(used, slots) * 3) length *= 2;
    this.#table = new Uint32Array(length);
    for (let slot = 0; slot < used; slot += 1) this.#insert(slot);
  }
}

function parts(id: string): [number, number, number, number] {
  const hex = id.replaceAll('-', '');
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16) >>> 0;
  return [part(0), part(8), part(16), part(24)];
}

function hash(first: number, last: number): number {
  const mixed = Math.imul(first ^ (last >>> 7), 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
