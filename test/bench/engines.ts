import uFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import Database from 'libsql';
import MiniSearch from 'minisearch';
import { SearchIndex } from '../../main/workspace/search';
import type { SearchDoc } from '../../main/workspace/search/documents';

export interface Hit {
  id: string;
  title: string;
}

/** A way to search, filled with the documents it is to find. */
export interface Engine {
  name: string;
  search(query: string, limit: number): Hit[];
}

/** Ours, filled in pieces as the workspace does it; tells the longest piece in milliseconds. */
export function twig(docs: Iterable<SearchDoc>): Engine & { index: SearchIndex; longestStep: number } {
  const index = new SearchIndex();
  let longestStep = 0;
  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const result = work();
    longestStep = Math.max(longestStep, performance.now() - start);
    return result;
  };
  let piece: SearchDoc[] = [];
  for (const doc of docs) {
    piece.push(doc);
    if (piece.length < 200) continue;
    timed(() => index.upsert(piece));
    piece = [];
  }
  index.upsert(piece);
  while (timed(() => index.settle(10)));
  return { name: 'Twig', index, longestStep, search: (query, limit) => index.search(query, { limit, now: 0 }).results };
}

/** One line per record, as its README advises; one error per word, words in any order. */
export function plainUFuzzy(docs: readonly SearchDoc[]): Engine {
  const fuzzy = new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });
  const lines = uFuzzy.latinize(docs.map((doc) => [doc.title, doc.company, ...doc.emails, ...doc.phones].join(' | ')));
  return {
    name: 'uFuzzy',
    search: (query, limit) => {
      const [ids, info, order] = fuzzy.search(lines, uFuzzy.latinize([query])[0] ?? '', 1, 1_000);
      const found = info && order ? order.map((at) => info.idx[at] ?? 0) : (ids ?? []);
      return found.slice(0, limit).map((at) => docs[at] as SearchDoc);
    },
  };
}

export function fuse(docs: readonly SearchDoc[]): Engine {
  const index = new Fuse(docs, {
    keys: ['title', 'company', 'emails', 'phones'],
    ignoreLocation: true,
    threshold: 0.35,
  });
  return { name: 'fuse.js', search: (query, limit) => index.search(query, { limit }).map((hit) => hit.item) };
}

export function miniSearch(docs: readonly SearchDoc[]): Engine {
  const index = new MiniSearch<Hit & Record<string, string>>({
    fields: ['title', 'company', 'email', 'phone'],
    storeFields: ['title'],
    processTerm: (term) => uFuzzy.latinize([term.toLowerCase()])[0] ?? term,
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length > 7 ? 2 : term.length > 2 ? 1 : 0),
      combineWith: 'AND',
      boost: { title: 2 },
    },
  });
  index.addAll(
    docs.map(({ id, title, company, emails, phones }) => ({
      id,
      title,
      company,
      email: emails.join(' '),
      phone: phones.join(' '),
    })),
  );
  return {
    name: 'MiniSearch',
    search: (query, limit) =>
      index
        .search(query)
        .slice(0, limit)
        .map((hit) => ({ id: String(hit.id), title: String(hit.title) })),
  };
}

/** SQLite's full-text index alone: beginnings of words, best first. */
export function fts5(docs: readonly SearchDoc[]): Engine {
  const db = filled(
    docs,
    "CREATE VIRTUAL TABLE contact USING fts5(id UNINDEXED, title, company, email, phone, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')",
  );
  const ask = db.prepare('SELECT id, title FROM contact WHERE contact MATCH ? ORDER BY rank LIMIT ?');
  return {
    name: 'FTS5',
    search: (query, limit) => {
      const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
      return words.length === 0 ? [] : (ask.all(words.map((word) => `"${word}"*`).join(' '), limit) as Hit[]);
    },
  };
}

/** What a server's own filter does: every word somewhere in a column, no order of merit. */
export function serverFilter(docs: readonly SearchDoc[]): Engine {
  const db = filled(docs, 'CREATE TABLE contact (id TEXT, title TEXT, company TEXT, email TEXT, phone TEXT)');
  const condition = '(title LIKE ? OR company LIKE ? OR email LIKE ? OR phone LIKE ?)';
  return {
    name: 'LIKE filter',
    search: (query, limit) => {
      const words = query.split(/\s+/).filter((word) => word !== '');
      const where = words.map(() => condition).join(' AND ') || '1';
      const values = words.flatMap((word) => Array.from({ length: 4 }, () => `%${word.replace(/[%_]/g, '')}%`));
      return db.prepare(`SELECT id, title FROM contact WHERE ${where} LIMIT ?`).all(...values, limit) as Hit[];
    },
  };
}

function filled(docs: readonly SearchDoc[], schema: string) {
  const db = new Database(':memory:');
  db.exec(schema);
  const insert = db.prepare('INSERT INTO contact (id, title, company, email, phone) VALUES (?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (const doc of docs) insert.run(doc.id, doc.title, doc.company, doc.emails.join(' '), doc.phones.join(' '));
  db.exec('COMMIT');
  return db;
}
