type Json = Record<string, unknown>;

/** Where two answers differ, in words; empty when they do not. */
export interface Comparison {
  /** Every recorded record must be answered, not only one like it. */
  mustHold: boolean;
  shape: string[];
  values: string[];
}

/** Names whose values are never the same twice. */
const VOLATILE =
  /^(id|access_token|refresh_token|client_id|client_id_issued_at|registration_client_uri|createdAt|updatedAt|deletedAt|position|searchVector|totalCount|startCursor|endCursor|blocknote|etag|createdBy|updatedBy|cursor|tsRank|tsRankCD|hasNextPage|hasPreviousPage|universalIdentifier|applicationId|workspaceId|objectMetadataId|.*MetadataId)$/;

/**
 * Compares an answer with the recorded one: keys and types all the way down, and error texts
 * exactly; the values of records too, apart from ids, times and the like.
 */
export function compareAnswers(
  recorded: unknown,
  answered: unknown,
  options: { values: boolean; mustHold: boolean },
): Comparison {
  const result: Comparison = { shape: [], values: [], mustHold: options.mustHold };
  walk(normalised(recorded), normalised(answered), '', options.values, result);
  return result;
}

/** Names that only one machine knows, made alike: constraints, the database's schema. */
function normalised(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/(FK|IDX_UNIQUE)_[0-9a-f]+/g, '$1_x').replace(/workspace_[0-9a-z]+\./g, 'workspace_x.');
  if (Array.isArray(value)) return value.map(normalised);
  if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)]));
  return value;
}

function walk(recorded: unknown, answered: unknown, at: string, withValues: boolean, result: Comparison): void {
  const [wanted, given] = [kindOf(recorded), kindOf(answered)];
  if (wanted !== given) {
    result.shape.push(`${at || 'body'}: recorded ${wanted}, answered ${given}`);
    return;
  }
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    walkList(recorded, answered, at, withValues, result);
    return;
  }
  if (isJson(recorded) && isJson(answered)) {
    for (const key of Object.keys(recorded))
      if (!(key in answered)) result.shape.push(`${at}.${key}: missing`);
      else walk(recorded[key], answered[key], `${at}.${key}`, withValues, result);
    for (const key of Object.keys(answered)) if (!(key in recorded)) result.shape.push(`${at}.${key}: not recorded`);
    return;
  }
  const key = at.split('.').at(-1)?.replace(/\[\]/g, '') ?? '';
  const said = /^(messages|message|error|code|subCode|statusCode|userFriendlyMessage)$/.test(key);
  // Long texts were cut when they were recorded.
  const cut = typeof recorded === 'string' ? /^(.*?)(?:\.\.\.<\d+ chars, cut>)$/s.exec(recorded)?.[1] : undefined;
  if (cut !== undefined && String(answered).startsWith(cut)) return;
  if (recorded === answered || (!said && (!withValues || VOLATILE.test(key) || parentIsVolatile(at)))) return;
  (said ? result.shape : result.values).push(`${at}: recorded ${show(recorded)}, answered ${show(answered)}`);
}

const parentIsVolatile = (at: string): boolean =>
  at.split('.').some((step) => /^(createdBy|updatedBy|pageInfo|timelineActivities)(\[\])?$/.test(step));

function walkList(recorded: unknown[], answered: unknown[], at: string, withValues: boolean, result: Comparison): void {
  if (recorded.length === 0 || answered.length === 0) {
    if (recorded.length !== answered.length)
      result.shape.push(`${at}: recorded ${recorded.length} entries, answered ${answered.length}`);
    return;
  }
  for (const entry of recorded) {
    // Records are held against themselves; anything else against the entry that is most like it.
    const same = isJson(entry) && typeof entry.id === 'string' ? answered.find((one) => sameId(entry, one)) : undefined;
    const records = isJson(entry) && 'createdAt' in entry;
    if (records && same === undefined && result.mustHold) {
      result.shape.push(`${at}: record ${String(entry.id)} is not there`);
      continue;
    }
    const tries = (same === undefined ? answered.slice(0, 60) : [same]).map((partner) => {
      const attempt: Comparison = { shape: [], values: [], mustHold: result.mustHold };
      walk(entry, partner, `${at}[]`, withValues && (!records || same !== undefined), attempt);
      return attempt;
    });
    const [best] = tries.sort((a, b) => a.shape.length - b.shape.length || a.values.length - b.values.length);
    result.shape.push(...(best?.shape ?? []));
    result.values.push(...(best?.values ?? []));
  }
}

const sameId = (entry: Json, other: unknown): boolean => isJson(other) && other.id === entry.id;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

const isJson = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 160) ?? 'nothing';
