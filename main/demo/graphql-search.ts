import { z } from 'zod';
import { badRequest } from './errors';
import type { ObjectDef } from './schema';
import type { Store } from './store';
import type { Row, Table } from './store-table';

/** One hit of the search over all objects. */
export interface SearchHit {
  object: ObjectDef;
  row: Row;
  label: string;
  tsRank: number;
  tsRankCD: number;
}

export interface SearchWish {
  text: string;
  limit: number;
  included: readonly string[] | null;
  excluded: readonly string[];
  after: string | null;
}

const LIMIT_MAX = 100;
const RANK = 0.06079271;

/** Words of every row of a table, kept until the table changes. */
const kept = new WeakMap<Table, { version: number; words: Map<string, string[]> }>();

/**
 * The search over all objects: each word typed is a prefix, accents are ignored, best first. Its
 * cursor keeps one last id per object whatever the rank, so the next page can miss hits, as the
 * recorded one can.
 */
export function searchAll(store: Store, wish: SearchWish): { hits: SearchHit[]; cursors: string[]; more: boolean } {
  if (wish.limit > LIMIT_MAX) throw badRequest('limit must not be greater than 100', { subCode: 'INVALID_ARGS_DATA' });
  const objects = store.schema.objects.filter(
    (object) =>
      object.searchable &&
      (wish.included === null || wish.included.includes(object.name)) &&
      !wish.excluded.includes(object.name),
  );
  const terms = folded(wish.text);
  const hits = objects.flatMap((object) => [...matching(store, object, terms, true)]);
  hits.sort((a, b) => b.tsRankCD - a.tsRankCD || b.tsRank - a.tsRank || rowOrder(objects, a, b));

  const after = wish.after === null ? null : readCursor(wish.after);
  const rest = after ? hits.filter((hit) => isAfter(hit, after)) : hits;
  const page = rest.slice(0, wish.limit);
  const last: Record<string, string> = { ...after?.lastRecordIdsPerObject };
  const cursors = page.map((hit) => {
    last[hit.object.name] = hit.row.id;
    const lastRanks = { tsRankCD: hit.tsRankCD, tsRank: hit.tsRank };
    return Buffer.from(JSON.stringify({ lastRanks, lastRecordIdsPerObject: last })).toString('base64');
  });
  return { hits: page, cursors, more: rest.length > page.length };
}

/**
 * The search of old servers over one object: accents matter, a whole e-mail address and phone
 * numbers are not found. Null finds nothing, empty text everything.
 */
export function searchObject(store: Store, object: ObjectDef, text: string | null, limit: number): Row[] {
  if (text === null || text.includes('@')) return [];
  const hits = [...matching(store, object, split(text.toLowerCase()), false)];
  hits.sort((a, b) => b.tsRank - a.tsRank);
  return hits.slice(0, limit).map((hit) => hit.row);
}

function rowOrder(objects: readonly ObjectDef[], a: SearchHit, b: SearchHit): number {
  if (a.object === b.object) return a.row.id < b.row.id ? -1 : 1;
  return objects.indexOf(a.object) - objects.indexOf(b.object);
}

function* matching(store: Store, object: ObjectDef, terms: readonly string[], current: boolean) {
  const table = store.table(object.name);
  const words = wordsOf(table, object, current);
  for (const row of table.inOrder()) {
    if (row.deletedAt) continue;
    const own = words.get(row.id) ?? [];
    let count = 0;
    const all = terms.every((term) => {
      const found = own.reduce((sum, word) => (word.startsWith(term) ? sum + 1 : sum), 0);
      count += found;
      return found > 0;
    });
    if (!all) continue;
    const tsRank = Math.fround(count * RANK);
    yield { object, row, label: labelOf(object, row), tsRank: Number(tsRank.toPrecision(8)), tsRankCD: count / 10 };
  }
}

function wordsOf(table: Table, object: ObjectDef, current: boolean): Map<string, string[]> {
  const before = kept.get(table);
  if (before?.version === table.version) return before.words;
  const words = new Map<string, string[]>();
  for (const row of table.inOrder()) words.set(row.id, rowWords(object, row, current));
  kept.set(table, { version: table.version, words });
  return words;
}

/** What a row can be found by; follows the recorded `searchVector` of each object. */
function rowWords(object: ObjectDef, row: Row, current: boolean): string[] {
  const words: string[] = [];
  const add = (text: unknown) => {
    if (typeof text === 'string' && text !== '') words.push(...(current ? folded(text) : split(text.toLowerCase())));
  };
  for (const field of object.fields) {
    const value = row[field.name];
    if (value === null || value === undefined) continue;
    if (field.name === object.labelField && typeof value === 'string') add(value);
    if (typeof value !== 'object') {
      if (field.name === 'jobTitle' || (field.name === 'body' && !current)) add(value);
      continue;
    }
    const of = value as Record<string, unknown>;
    if (field.type === 'FULL_NAME') {
      add(of.firstName);
      add(of.lastName);
    } else if (field.type === 'EMAILS') {
      const email = typeof of.primaryEmail === 'string' ? of.primaryEmail.toLowerCase() : '';
      if (email) words.push(email, email.split('@')[1] ?? '');
    } else if (field.type === 'PHONES' && current) {
      const number = typeof of.primaryPhoneNumber === 'string' ? of.primaryPhoneNumber : '';
      const code = typeof of.primaryPhoneCallingCode === 'string' ? of.primaryPhoneCallingCode : '';
      if (number) words.push(number, code, `${code}${number}`, `${code}${number}`.replace('+', ''), `0${number}`);
    } else if (field.name === 'domainName') {
      const url = typeof of.primaryLinkUrl === 'string' ? of.primaryLinkUrl : '';
      if (url) words.push(url.replace(/^https?:\/\//, '').toLowerCase());
    } else if (field.name === 'bodyV2') add(of.markdown);
  }
  return words;
}

function split(text: string): string[] {
  return text.split(/[^\p{L}\p{N}.@+_-]+/u).filter((word) => word !== '');
}

/** Words in lower case without accents. */
function folded(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe');
  return split(plain);
}

/** A record's name as search shows it. */
export function labelOf(object: ObjectDef, row: Row): string {
  const value = row[object.labelField];
  if (value !== null && typeof value === 'object') {
    const { firstName, lastName } = value as Record<string, unknown>;
    return [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  }
  return typeof value === 'string' ? value : '';
}

const SearchCursor = z.object({
  lastRanks: z.object({ tsRankCD: z.number(), tsRank: z.number() }),
  lastRecordIdsPerObject: z.record(z.string(), z.string()),
});
type SearchCursor = z.infer<typeof SearchCursor>;

function readCursor(text: string): SearchCursor {
  try {
    return SearchCursor.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
  } catch {
    throw badRequest('Invalid cursor', { subCode: 'INVALID_CURSOR' });
  }
}

function isAfter(hit: SearchHit, after: SearchCursor): boolean {
  const { tsRankCD, tsRank } = after.lastRanks;
  if (hit.tsRankCD !== tsRankCD) return hit.tsRankCD < tsRankCD;
  if (hit.tsRank !== tsRank) return hit.tsRank < tsRank;
  const last = after.lastRecordIdsPerObject[hit.object.name];
  return last === undefined || hit.row.id > last;
}
