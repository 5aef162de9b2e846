import { z } from 'zod';
import type { Dialect } from './types';

/** The newest dialect, assumed before anything is known: an older server refuses its forms cleanly. */
export const NEWEST: Dialect = {
  source: 'assumed',
  body: 'bodyV2',
  targets: 'prefixed',
  search: 'unified',
  graphql: true,
  restPage: 200,
  graphqlPage: 1_000,
  restDelete: 'unknown',
  batchMax: 200,
  upsert: true,
  merge: true,
  rateLimit: null,
  learnedAt: 0,
};

const Stored: z.ZodType<Dialect> = z.object({
  source: z.enum(['assumed', 'introspection', 'metadata', 'learned']),
  body: z.enum(['bodyV2', 'body', 'both']),
  targets: z.enum(['prefixed', 'plain']),
  search: z.enum(['unified', 'perObject', 'plainList', 'none']),
  graphql: z.boolean(),
  restPage: z.number().int().min(1).max(10_000),
  graphqlPage: z.number().int().min(1).max(10_000),
  restDelete: z.enum(['softWithParameter', 'soft', 'unknown']),
  batchMax: z.number().int().min(1).max(10_000),
  upsert: z.boolean(),
  merge: z.boolean(),
  rateLimit: z.object({ calls: z.number().positive(), perMs: z.number().positive() }).nullable(),
  learnedAt: z.number(),
});

/** Reads a stored copy; null when it is damaged or of another version. */
export function parseDialect(stored: unknown): Dialect | null {
  const parsed = Stored.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** Field names by which servers of different ages are told apart. */
export interface Signs {
  noteFields: ReadonlySet<string>;
  noteTargetFields: ReadonlySet<string>;
  /** GraphQL root fields; null where GraphQL was not asked. */
  queries: ReadonlyMap<string, 'list' | 'object'> | null;
  /** REST metadata says `isCustom`: only servers before 2.x do. Null when not asked. */
  isCustom: boolean | null;
}

/** What the signs say about a server. Returns a new dialect; `before` fills in what they leave open. */
export function readSigns(before: Dialect, signs: Signs, source: 'introspection' | 'metadata', now: number): Dialect {
  const next: Dialect = { ...before, source, learnedAt: now };
  const v2 = signs.noteFields.has('bodyV2');
  const v1 = signs.noteFields.has('body');
  if (v2 || v1) next.body = v2 && v1 ? 'both' : v2 ? 'bodyV2' : 'body';
  if (signs.noteTargetFields.has('targetPersonId') || signs.noteTargetFields.has('targetPerson')) {
    next.targets = 'prefixed';
  } else if (signs.noteTargetFields.has('personId') || signs.noteTargetFields.has('person')) {
    next.targets = 'plain';
  }
  if (signs.queries) {
    const search = signs.queries.get('search');
    next.search =
      search === 'object'
        ? 'unified'
        : search === 'list'
          ? 'plainList'
          : signs.queries.has('searchPeople')
            ? 'perObject'
            : 'none';
  }
  const old = next.body !== 'bodyV2' || next.targets === 'plain' || signs.isCustom === true;
  if (old) {
    next.upsert = false;
    next.merge = false;
    if (!signs.queries && next.search === 'unified') next.search = 'none';
    // A server that knows only `body` sends its REST calls through GraphQL, whose delete is soft.
    next.restDelete = next.body === 'body' ? 'soft' : 'unknown';
  } else {
    // Seen to honour the parameter: the servers whose metadata no longer says isCustom.
    if (signs.isCustom === false) next.restDelete = 'softWithParameter';
  }
  return next;
}

/** True when REST writes of note texts are known to be converted by the server. */
export function convertsMarkdown(dialect: Dialect): boolean {
  return dialect.source !== 'assumed' && dialect.body === 'bodyV2' && dialect.targets === 'prefixed';
}

/**
 * What a refusal that names a field teaches, or null when it teaches nothing. The new forms are
 * refused cleanly by older servers: nothing was stored.
 */
export function learnFromRefusal(dialect: Dialect, field: string, now: number): Dialect | null {
  const learned: Dialect = { ...dialect, source: 'learned', learnedAt: now };
  if (field === 'bodyV2' && dialect.body !== 'body') return { ...learned, body: 'body', restDelete: 'unknown' };
  if (field === 'body' && dialect.body !== 'bodyV2') return { ...learned, body: 'bodyV2', restDelete: 'unknown' };
  if (/^target[A-Z]\w*Id$/.test(field) && dialect.targets === 'prefixed') return { ...learned, targets: 'plain' };
  if (/^(person|company|opportunity)Id$/.test(field) && dialect.targets === 'plain') {
    return { ...learned, targets: 'prefixed' };
  }
  return null;
}
