import { type Growable, growable16, growable32 } from './growable';

/** New words wait in this number before they are put in order. */
const MAX_FRESH = 4_096;

/**
 * Every different word of all records, once, folded. A word's number never changes. Words are kept
 * as UTF-16 units in one array; a hash table finds a word, and an order of the numbers makes the
 * words a trie without nodes: a node is the range of words that share its letters.
 */
export class Vocabulary {
  readonly text: Growable<Uint16Array>;
  /** Start of each word in `text`; one more than there are words. */
  readonly starts: Growable<Uint32Array>;
  #order: Uint32Array;
  #table: Uint32Array;

  constructor(saved?: { text: Uint16Array; starts: Uint32Array; order: Uint32Array }) {
    this.text = growable16(saved?.text);
    this.starts = growable32(saved?.starts);
    this.#order = saved?.order ?? new Uint32Array(0);
    if (!saved) this.starts.push(0);
    this.#table = new Uint32Array(0);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** Numbers of all words in order of their units. */
  get order(): Uint32Array {
    if (this.#order.length < this.size) this.#putInOrder();
    return this.#order;
  }

  word(term: number): string {
    const { data } = this.starts;
    return String.fromCharCode(...this.text.data.subarray(data[term] ?? 0, data[term + 1] ?? 0));
  }

  /** Number of a word, or -1. */
  find(word: string): number {
    this.#ensureTable();
    const at = this.#table[this.#slotOf(word)] ?? 0;
    return at - 1;
  }

  /** Number of a word, new or known. */
  add(word: string): number {
    this.#ensureTable();
    const slot = this.#slotOf(word);
    const known = this.#table[slot] ?? 0;
    if (known > 0) return known - 1;
    const term = this.size;
    this.text.reserve(word.length);
    for (let at = 0; at < word.length; at += 1) this.text.push(word.charCodeAt(at));
    this.starts.push(this.text.length);
    this.#table[slot] = term + 1;
    if (term + 1 - this.#order.length >= MAX_FRESH) this.#putInOrder();
    return term;
  }

  /** Words with these letters anywhere inside, each once. */
  holding(letters: string): number[] {
    const { data, length } = this.text;
    const bytes = Buffer.from(data.buffer, data.byteOffset, length * 2);
    const starts = this.starts.data;
    const found: number[] = [];
    for (let at = bytes.indexOf(letters, 0, 'utf16le'); at >= 0; at = bytes.indexOf(letters, at + 2, 'utf16le')) {
      const unit = at >>> 1;
      let low = 0;
      let high = this.size;
      while (low + 1 < high) {
        const middle = (low + high) >>> 1;
        if ((starts[middle] as number) <= unit) low = middle;
        else high = middle;
      }
      // The letters may have been the end of one word and the beginning of the next.
      const isInside = at % 2 === 0 && unit + letters.length <= (starts[low + 1] as number);
      if (isInside && found.at(-1) !== low) found.push(low);
    }
    return found;
  }

  #slotOf(word: string): number {
    const mask = this.#table.length - 1;
    let slot = hashWord(word) & mask;
    for (;;) {
      const entry = this.#table[slot] ?? 0;
      if (entry === 0 || this.#equals(entry - 1, word)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #equals(term: number, word: string): boolean {
    const starts = this.starts.data;
    const start = starts[term] ?? 0;
    if ((starts[term + 1] ?? 0) - start !== word.length) return false;
    const text = this.text.data;
    for (let at = 0; at < word.length; at += 1) if (text[start + at] !== word.charCodeAt(at)) return false;
    return true;
  }

  /** Made on first use, so that opening a saved index stays cheap. */
  #ensureTable(): void {
    if (this.#table.length > 0 && this.size * 2 < this.#table.length) return;
    let length = 2_048;
    while (length <= this.size * 3) length *= 2;
    const table = new Uint32Array(length);
    const starts = this.starts.data;
    const text = this.text.data;
    for (let term = 0; term < this.size; term += 1) {
      let hash = 0x811c9dc5;
      const end = starts[term + 1] ?? 0;
      for (let at = starts[term] ?? 0; at < end; at += 1) hash = Math.imul(hash ^ (text[at] ?? 0), 0x01000193);
      let slot = spread(hash) & (length - 1);
      while (table[slot] !== 0) slot = (slot + 1) & (length - 1);
      table[slot] = term + 1;
    }
    this.#table = table;
  }

  #compare(a: number, b: number): number {
    const starts = this.starts.data;
    const text = this.text.data;
    const startA = starts[a] ?? 0;
    const startB = starts[b] ?? 0;
    const lengthA = (starts[a + 1] ?? 0) - startA;
    const lengthB = (starts[b + 1] ?? 0) - startB;
    const common = Math.min(lengthA, lengthB);
    for (let at = 0; at < common; at += 1) {
      const difference = (text[startA + at] ?? 0) - (text[startB + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Merges the new words into the order: sorts them, finds each one's place, copies what is between. */
  #putInOrder(): void {
    const old = this.#order;
    const fresh = new Uint32Array(this.size - old.length);
    for (let at = 0; at < fresh.length; at += 1) fresh[at] = old.length + at;
    fresh.sort((a, b) => this.#compare(a, b));
    const merged = new Uint32Array(this.size);
    let from = 0;
    for (let at = 0; at < fresh.length; at += 1) {
      const term = fresh[at] ?? 0;
      let low = from;
      let high = old.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (this.#compare(old[middle] ?? 0, term) < 0) low = middle + 1;
        else high = middle;
      }
      merged.set(old.subarray(from, low), from + at);
      merged[low + at] = term;
      from = low;
    }
    merged.set(old.subarray(from), from + fresh.length);
    this.#order = merged;
  }
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return spread(hash);
}

function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}
