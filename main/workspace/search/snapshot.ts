import { z } from 'zod';
import { TwigError } from '../../../shared/errors';
import { Postings } from './postings';
import { type RecordArrays, Records } from './records';
import { Vocabulary } from './vocabulary';

/** Raised whenever folding, fields or the layout change: an older copy is then built anew. */
const VERSION = 1;
const ALIGN = 8;
const PIECE = 4 * 1024 * 1024;
const HEADER = z.object({
  version: z.literal(VERSION),
  objects: z.array(z.string()).max(256),
  covered: z.number().int().min(0),
  sum: z.number(),
  sections: z.array(
    z.object({
      name: z.string(),
      bits: z.union([z.literal(8), z.literal(16), z.literal(32)]),
      length: z.number().int().min(0),
    }),
  ),
});

export interface IndexParts {
  vocabulary: Vocabulary;
  records: Records;
  postings: Postings;
}

/** The arrays one after another behind a small header, in pieces of at most 4 MB. */
export function writeSnapshot({ vocabulary, records, postings }: IndexParts): Uint8Array[] {
  const arrays: Record<string, Uint8Array | Uint16Array | Uint32Array> = {
    ...records.arrays(),
    words: vocabulary.text.view(),
    wordStarts: vocabulary.starts.view(),
    wordOrder: vocabulary.order,
    postingStarts: postings.starts,
    postingSlots: postings.slots,
  };
  const sections = Object.entries(arrays).map(([name, values]) => ({
    name,
    bits: (values.BYTES_PER_ELEMENT * 8) as 8 | 16 | 32,
    length: values.length,
  }));
  const bodyLength = Object.values(arrays).reduce((sum, values) => sum + padded(values.byteLength), 0);
  const body = new Uint8Array(bodyLength);
  let at = 0;
  for (const values of Object.values(arrays)) {
    body.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += padded(values.byteLength);
  }
  const header = {
    version: VERSION,
    objects: records.objects,
    covered: postings.covered,
    sum: checksum(body),
    sections,
  };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(4 + headerBytes.length);
  new DataView(head.buffer).setUint32(0, headerBytes.length, true);
  head.set(headerBytes, 4);
  const pieces: Uint8Array[] = [head];
  for (let from = 0; from < body.length; from += PIECE) pieces.push(body.subarray(from, from + PIECE));
  return pieces;
}

/** Reads what `writeSnapshot` made; throws a TwigError of kind `corrupt` for anything else. */
export function readSnapshot(pieces: readonly Uint8Array[]): IndexParts {
  const [head, ...rest] = pieces;
  const header = HEADER.safeParse(head ? parseHead(head) : null);
  if (!header.success) throw damaged();
  const length = rest.reduce((sum, piece) => sum + piece.length, 0);
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of rest) {
    body.set(piece, at);
    at += piece.length;
  }
  if (checksum(body) !== header.data.sum) throw damaged();
  const arrays = new Map<string, Uint8Array | Uint16Array | Uint32Array>();
  let offset = 0;
  for (const { name, bits, length: count } of header.data.sections) {
    if (offset + (count * bits) / 8 > body.length) throw damaged();
    arrays.set(name, view(body.buffer, bits, offset, count));
    offset += padded((count * bits) / 8);
  }
  const need = <T extends Uint8Array | Uint16Array | Uint32Array>(name: string): T => {
    const values = arrays.get(name);
    if (!values) throw damaged();
    return values as T;
  };
  const names = Object.keys(new Records().arrays());
  const recordArrays = Object.fromEntries(names.map((name) => [name, need(name)])) as RecordArrays;
  return {
    vocabulary: new Vocabulary({ text: need('words'), starts: need('wordStarts'), order: need('wordOrder') }),
    records: new Records({ arrays: recordArrays, objects: header.data.objects }),
    postings: new Postings({
      starts: need('postingStarts'),
      slots: need('postingSlots'),
      covered: header.data.covered,
    }),
  };
}

function parseHead(head: Uint8Array): unknown {
  if (head.length < 4) return null;
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  try {
    return JSON.parse(new TextDecoder().decode(head.subarray(4, 4 + length)));
  } catch {
    return null;
  }
}

function view(
  buffer: ArrayBuffer,
  bits: 8 | 16 | 32,
  offset: number,
  length: number,
): Uint8Array | Uint16Array | Uint32Array {
  if (bits === 8) return new Uint8Array(buffer, offset, length);
  return bits === 16 ? new Uint16Array(buffer, offset, length) : new Uint32Array(buffer, offset, length);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGN) * ALIGN;
}

/** Notices flipped and missing bytes; the database it is kept in guards against more. */
function checksum(body: Uint8Array): number {
  const numbers = new Uint32Array(body.buffer, body.byteOffset, body.byteLength >>> 2);
  let sum = 0x811c9dc5;
  for (let at = 0; at < numbers.length; at += 1) sum = Math.imul(sum ^ (numbers[at] as number), 0x01000193);
  return sum >>> 0;
}

function damaged(): TwigError {
  return new TwigError('corrupt', 'The kept search index cannot be read. It is built again from the local copy.');
}
