import { isUtf8 } from 'node:buffer';
import { TwigError } from '../../../shared/errors';
import type { Database } from '../database';

const AT_ONCE = 2_000;
/** Everything that is ever read as text, by table; `json(data)` also tells a record that makes no sense. */
const TEXTS = {
  records:
    "object || id || title || title_key || hay || created_at || updated_at || json(data) || ifnull(json(server), '')",
  refs: 'field || target',
  gone: 'object || id',
  overlays: 'entry || object || id || change',
  opened: 'object || id || times',
  state: 'key || value',
} as const;

/**
 * Throws `corrupt` when a text in the copy is none any more, as changed bytes leave it. Reading such a
 * text would end the whole process, at every start; reading it as bytes does not. Takes a second or
 * two at 100,000 people, so it is for a copy that was not closed properly.
 */
export function checkTexts(db: Database): void {
  // Indexes hold texts of their own, which have to be those of the rows.
  const [verdict] = db.tuples<[string]>('PRAGMA integrity_check(1)');
  if (verdict?.[0] !== 'ok') throw new TwigError('corrupt', `The file ${db.path} is damaged.`);
  for (const [table, text] of Object.entries(TEXTS)) {
    const last = db.one<{ last: number | null }>(`SELECT max(rowid) AS last FROM ${table}`)?.last ?? 0;
    const part = `SELECT CAST(group_concat(${text}, '') AS BLOB) AS bytes FROM ${table} WHERE rowid > ? AND rowid <= ?`;
    for (let from = 0; from < last; from += AT_ONCE) {
      const bytes = db.one<{ bytes: Uint8Array | null }>(part, from, from + AT_ONCE)?.bytes;
      if (bytes && !isUtf8(bytes)) throw new TwigError('corrupt', `The file ${db.path} is damaged.`);
    }
  }
}
