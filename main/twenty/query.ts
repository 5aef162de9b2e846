import { uuid } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { toWireName } from './names';
import type { Dialect, Direction, ListQuery } from './types';

/** An id that is known to be a UUID: the only thing a record's address can be built from. */
export type RecordId = string & { readonly __recordId: true };

/**
 * Checks an id. A PATCH or DELETE whose id is empty reaches every record of the object, so nothing
 * but a UUID passes. Throws TwigError `invalid`.
 */
export function recordId(text: string): RecordId {
  if (!isRecordId(text)) throw new TwigError('invalid', 'A record is addressed by its id, and this is none.');
  return text;
}

function isRecordId(text: string): text is RecordId {
  return uuid.safeParse(text).success;
}

/** Longest address that every server takes. */
const LONGEST = 8_000;

const OBJECT = /^[a-z][A-Za-z0-9]{0,62}$/;
const FIELD = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/;
const DIRECTIONS: readonly Direction[] = ['AscNullsFirst', 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast'];

/** The addresses of one object's REST endpoints. `base` is the REST base path, e.g. `/rest`. */
export interface ObjectUrls {
  list(parameters: ListParameters): string;
  /** For POST only. */
  create(upsert?: boolean): string;
  batch(): string;
  one(id: RecordId, depth?: 0 | 1): string;
  softDelete(id: RecordId): string;
  restore(id: RecordId): string;
  restoreSuffix(id: RecordId): string;
  duplicates(): string;
  merge(): string;
}

export interface ListParameters {
  /** REST filter text of `restFilter`. */
  filter: string;
  orderBy: string;
  limit: number;
  after?: string;
  before?: string;
  depth: 0 | 1;
}

/** Builds REST addresses for one plural object name; throws TwigError `invalid` for anything that is no name. */
export function objectUrls(base: string, plural: string): ObjectUrls {
  if (!OBJECT.test(plural)) throw new TwigError('invalid', 'This is not the name of an object.');
  const root = `${base}/${plural}`;
  return {
    list: ({ filter, orderBy, limit, after, before, depth }) => {
      if (after !== undefined && before !== undefined) {
        throw new TwigError('invalid', 'A page is read forwards or backwards, not both.');
      }
      return withQuery(root, {
        limit: String(limit),
        depth: String(depth),
        order_by: orderBy,
        starting_after: after ?? '',
        ending_before: before ?? '',
        filter,
      });
    },
    create: (upsert) => withQuery(root, { depth: '0', upsert: upsert ? 'true' : '' }),
    batch: () => withQuery(`${base}/batch/${plural}`, { depth: '0' }),
    one: (id, depth = 0) => withQuery(`${root}/${recordId(id)}`, { depth: String(depth) }),
    softDelete: (id) => withQuery(`${root}/${recordId(id)}`, { soft_delete: 'true' }),
    restore: (id) => withQuery(`${base}/restore/${plural}`, { filter: `id[eq]:${recordId(id)}` }),
    restoreSuffix: (id) => `${root}/${recordId(id)}/restore`,
    duplicates: () => withQuery(`${root}/duplicates`, { depth: '0' }),
    merge: () => withQuery(`${root}/merge`, { depth: '0' }),
  };
}

/** Address of one page of metadata objects. */
export function metadataUrl(base: string, after: string | null): string {
  return withQuery(`${base}/metadata/objects`, { starting_after: after ?? '' });
}

/** `order_by` text: `updatedAt[DescNullsLast],id[AscNullsFirst]`. */
export function restOrder(orderBy: ListQuery['orderBy'], object: string, dialect: Dialect): string {
  return (orderBy ?? [])
    .map((key) => `${orderField(key.field, object, dialect)}[${direction(key.direction)}]`)
    .join(',');
}

/** Checks an order key and gives the server's name for it, a path with at most one dot. */
export function orderField(field: string, object: string, dialect: Dialect): string {
  if (!FIELD.test(field))
    throw new TwigError('invalid', 'This is not the name of a field.', { field: field.slice(0, 130) });
  const [first = '', ...rest] = field.split('.');
  return [toWireName(object, first, dialect), ...rest].join('.');
}

/** Passes the four directions and nothing else. */
export function direction(value: Direction): Direction {
  if (!DIRECTIONS.includes(value)) throw new TwigError('invalid', 'Unknown sort direction.');
  return value;
}

function withQuery(path: string, parameters: Record<string, string>): string {
  const parts = Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = parts.length === 0 ? path : `${path}?${parts.join('&')}`;
  if (url.length > LONGEST) {
    throw new TwigError('refused', 'The filter is too long for the server. Use fewer conditions.', {
      reason: 'tooLarge',
    });
  }
  return url;
}
