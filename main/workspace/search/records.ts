import type { SearchDoc } from './documents';
import { foldedWords, foldSpelled } from './fold';
import { appendRange, type Growable, growable8, growable32 } from './growable';
import { IdTable } from './idTable';
import type { Vocabulary } from './vocabulary';

/** Where in a record a word stands; decides how much a match there counts. */
export const FIELD = {
  first: 0,
  title: 1,
  email: 2,
  company: 3,
  domain: 4,
  jobTitle: 5,
  city: 6,
  subtitle: 7,
  initials: 8,
} as const;
/** A record's words are kept as one number each: the word's number and, in the low bits, its field. */
export const FIELD_BITS = 4;
export const FIELD_MASK = (1 << FIELD_BITS) - 1;

const MAX_WORDS = 80;
const SEPARATOR = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The arrays that a saved index holds, by name. */
export type RecordArrays = Record<
  | 'ids'
  | 'alive'
  | 'object'
  | 'entries'
  | 'entryStarts'
  | 'text'
  | 'textStarts'
  | 'titleLengths'
  | 'digits'
  | 'digitStarts',
  Uint8Array | Uint32Array
>;

/**
 * The records of the index, by slot. A slot is written once; a changed record gets a new slot and
 * the old one dies. Everything is in a few long arrays, so that a million records are no million
 * objects.
 */
export class Records {
  readonly alive = growable8();
  readonly object = growable8();
  readonly entries = growable32();
  readonly entryStarts = growable32();
  /** Phone digits of all records in slot order, each number ended by a separator. */
  readonly digits = growable8();
  readonly digitStarts = growable32();
  readonly objects: string[] = [];
  readonly ids: IdTable;
  readonly #text = growable8();
  readonly #textStarts = growable32();
  readonly #titleLengths = growable32();
  #size = 0;

  constructor(saved?: { arrays: RecordArrays; objects: readonly string[] }) {
    this.ids = new IdTable(saved?.arrays.ids as Uint32Array | undefined);
    if (!saved) {
      this.entryStarts.push(0);
      this.#textStarts.push(0);
      this.digitStarts.push(0);
      return;
    }
    const { arrays } = saved;
    this.objects.push(...saved.objects);
    for (const [name, target] of Object.entries(this.#targets())) {
      const values = arrays[name as keyof RecordArrays];
      target.data = values as never;
      target.length = values.length;
    }
    for (const alive of this.alive.view()) this.#size += alive;
  }

  /** Records that can be found. */
  get size(): number {
    return this.#size;
  }

  /** Slots in use, dead ones as well. */
  get slots(): number {
    return this.alive.length;
  }

  /** The arrays as they stand, without copying. */
  arrays(): RecordArrays {
    const arrays: Partial<RecordArrays> = { ids: this.ids.view() };
    for (const [name, target] of Object.entries(this.#targets())) arrays[name as keyof RecordArrays] = target.view();
    return arrays as RecordArrays;
  }

  #targets() {
    return {
      alive: this.alive,
      object: this.object,
      entries: this.entries,
      entryStarts: this.entryStarts,
      text: this.#text,
      textStarts: this.#textStarts,
      titleLengths: this.#titleLengths,
      digits: this.digits,
      digitStarts: this.digitStarts,
    };
  }

  /** Slot of a living record, or -1. */
  find(object: string, id: string): number {
    return this.ids.find(id, (slot) => this.alive.data[slot] === 1 && this.objectOf(slot) === object);
  }

  objectOf(slot: number): string {
    return this.objects[this.object.data[slot] ?? 0] ?? '';
  }

  remove(slot: number): void {
    if (this.alive.data[slot] !== 1) return;
    this.alive.data[slot] = 0;
    this.#size -= 1;
  }

  /** Puts a record in a new slot in the place of its old one; one that says the same stays where it is. */
  put(doc: SearchDoc, vocabulary: Vocabulary): void {
    const old = this.find(doc.object, doc.id);
    const slot = this.slots;
    let code = this.objects.indexOf(doc.object);
    if (code < 0) code = this.objects.push(doc.object) - 1;
    this.alive.push(1);
    this.object.push(code);
    this.#addWords(doc, vocabulary);
    this.#addText(doc.title, doc.subtitle);
    this.#addDigits(doc.phones);
    if (old >= 0 && this.#isSame(old, slot)) {
      this.#dropLast();
      return;
    }
    this.ids.add(doc.id, slot);
    this.#size += 1;
    if (old >= 0) this.remove(old);
  }

  /** Puts another index's record in a new slot. */
  copy(from: Records, slot: number): void {
    this.alive.push(from.alive.data[slot] as number);
    this.object.push(from.object.data[slot] as number);
    this.#titleLengths.push(from.#titleLengths.data[slot] as number);
    for (const [starts, values, fromStarts, fromValues] of pairs(this.#ranges(), from.#ranges())) {
      appendRange(values, fromValues, fromStarts.data[slot] as number, fromStarts.data[slot + 1] as number);
      starts.push(values.length);
    }
    this.ids.copy(from.ids, slot);
    this.#size += from.alive.data[slot] as number;
  }

  /** Becomes what the other one is, which is not used any more. */
  adopt(other: Records): void {
    const from = other.#targets();
    for (const [name, target] of Object.entries(this.#targets())) {
      const source = from[name as keyof typeof from];
      target.data = source.data as never;
      target.length = source.length;
    }
    this.ids.adopt(other.ids);
    this.#size = other.#size;
  }

  /** The parts of a record that have no fixed length: where each begins, and the values. */
  #ranges(): [Growable<Uint32Array>, Growable<Uint8Array> | Growable<Uint32Array>][] {
    return [
      [this.entryStarts, this.entries],
      [this.#textStarts, this.#text],
      [this.digitStarts, this.digits],
    ];
  }

  #isSame(a: number, b: number): boolean {
    if (this.#titleLengths.data[a] !== this.#titleLengths.data[b]) return false;
    return this.#ranges().every(([starts, values]) => {
      const [startA, startB] = [starts.data[a] as number, starts.data[b] as number];
      const length = (starts.data[a + 1] as number) - startA;
      if ((starts.data[b + 1] as number) - startB !== length) return false;
      for (let at = 0; at < length; at += 1) if (values.data[startA + at] !== values.data[startB + at]) return false;
      return true;
    });
  }

  #dropLast(): void {
    const slot = this.slots - 1;
    for (const [starts, values] of this.#ranges()) {
      values.length = starts.data[slot] as number;
      starts.length -= 1;
    }
    for (const column of [this.alive, this.object, this.#titleLengths]) column.length -= 1;
  }

  texts(slot: number): { title: string; subtitle: string } {
    return this.#decode(slot);
  }

  #addWords(doc: SearchDoc, vocabulary: Vocabulary): void {
    const from = this.entries.length;
    const put = (word: string, field: number): void => {
      const term = vocabulary.add(word);
      if (this.entries.length - from >= MAX_WORDS) return;
      // The first mention counts most: fields are put in order of weight.
      for (let at = from; at < this.entries.length; at += 1) {
        if ((this.entries.data[at] as number) >>> FIELD_BITS === term) return;
      }
      this.entries.push(((term << FIELD_BITS) | field) >>> 0);
    };
    const putText = (text: string, field: number): string[] => {
      const words = foldedWords(text);
      for (const { text: word, start, end } of words) {
        put(word, field);
        const spelled = foldSpelled(text.slice(start, end));
        if (spelled !== null && spelled !== word) put(spelled, field);
      }
      return words.map((word) => word.text);
    };
    const titleWords = foldedWords(doc.title).map((word) => word.text);
    if (titleWords[0] !== undefined) put(titleWords[0], FIELD.first);
    putText(doc.title, FIELD.title);
    for (const email of doc.emails) putText(email, FIELD.email);
    putText(doc.company, FIELD.company);
    putText(doc.domain, FIELD.domain);
    putText(doc.jobTitle, FIELD.jobTitle);
    putText(doc.city, FIELD.city);
    putText(doc.subtitle, FIELD.subtitle);
    for (const letters of initialsOf(titleWords)) put(letters, FIELD.initials);
    this.entryStarts.push(this.entries.length);
  }

  #addText(title: string, subtitle: string): void {
    const titleBytes = encoder.encode(title);
    const subtitleBytes = encoder.encode(subtitle);
    this.#text.reserve(titleBytes.length + subtitleBytes.length);
    this.#text.data.set(titleBytes, this.#text.length);
    this.#text.data.set(subtitleBytes, this.#text.length + titleBytes.length);
    this.#text.length += titleBytes.length + subtitleBytes.length;
    this.#textStarts.push(this.#text.length);
    this.#titleLengths.push(titleBytes.length);
  }

  #addDigits(phones: readonly string[]): void {
    for (const phone of phones) {
      for (let at = 0; at < phone.length; at += 1) {
        const code = phone.charCodeAt(at);
        if (code >= 48 && code <= 57) this.digits.push(code);
      }
      this.digits.push(SEPARATOR);
    }
    this.digitStarts.push(this.digits.length);
  }

  #decode(slot: number): { title: string; subtitle: string } {
    const start = this.#textStarts.data[slot] ?? 0;
    const end = this.#textStarts.data[slot + 1] ?? start;
    const middle = start + (this.#titleLengths.data[slot] ?? 0);
    const bytes = this.#text.data;
    return {
      title: decoder.decode(bytes.subarray(start, middle)),
      subtitle: decoder.decode(bytes.subarray(middle, end)),
    };
  }
}

/** Two lists of pairs of arrays as one of fours. */
function pairs<A, B>(to: readonly [A, B][], from: readonly [A, B][]): [A, B, A, B][] {
  return to.map(([starts, values], at) => {
    const [fromStarts, fromValues] = from[at] as [A, B];
    return [starts, values, fromStarts, fromValues];
  });
}

/** `js` for Jane Smith; `jvs` and `js` for Jan van Smit. */
export function initialsOf(words: readonly string[]): string[] {
  if (words.length < 2 || words.length > 6) return [];
  const all = words.map((word) => word.charAt(0)).join('');
  return words.length === 2 ? [all] : [all, all.charAt(0) + all.charAt(all.length - 1)];
}
