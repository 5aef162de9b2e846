/** Composites of a record; a rich text is told by its markdown alone. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.every(isBlank);
  return isPlain(value) && Object.values(value).every(isBlank);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Text as servers may rewrite it without meaning anything else. */
function plainText(value: string): string {
  if (INSTANT.test(value)) {
    const at = Date.parse(value);
    if (!Number.isNaN(at)) return String(at);
  }
  const text = value.trim();
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return text.toLowerCase();
  if (/^https?:\/\//i.test(text))
    return text.replace(/^(https?:\/\/[^/?#]*)/i, (host) => host.toLowerCase()).replace(/\/$/, '');
  return text;
}

/**
 * True when two values of one field mean the same to a person: servers lower-case addresses,
 * rewrite times, give numbers as text and fill what is empty in their own ways.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => sameValue(value, b[index]));
  }
  if (isPlain(a) && isPlain(b)) {
    if ('markdown' in a || 'markdown' in b) {
      return String(a.markdown ?? '').trim() === String(b.markdown ?? '').trim();
    }
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => sameValue(a[key], b[key]));
  }
  if (typeof a === 'object' || typeof b === 'object') return false;
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  return plainText(String(a)) === plainText(String(b));
}

export interface Merge {
  /** What to send, complete composites; empty when the server already has it. */
  send: Record<string, unknown>;
  /** Fields both sides changed, differently. */
  conflicts: { field: string; base: unknown; mine: unknown; theirs: unknown }[];
}

/** Three-way merge of an edit: what it was based on, what it wants, what the server has now. */
export function mergeEdit(
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
): Merge {
  const merge: Merge = { send: {}, conflicts: [] };
  for (const [field, wanted] of Object.entries(mine)) {
    const [was, is] = [base[field], theirs[field]];
    if (sameValue(wanted, is)) continue;
    if (sameValue(was, is)) {
      merge.send[field] = wanted;
      continue;
    }
    const parts = mergeParts(was, wanted, is);
    if (parts === null) merge.conflicts.push({ field, base: was ?? null, mine: wanted, theirs: is ?? null });
    else merge.send[field] = parts;
  }
  return merge;
}

/** Merges a composite part by part; null when the same part differs on both sides. */
function mergeParts(base: unknown, mine: unknown, theirs: unknown): Record<string, unknown> | null {
  if (!isPlain(mine) || !isPlain(theirs) || 'markdown' in mine || 'amountMicros' in mine) return null;
  const was = isPlain(base) ? base : {};
  const merged: Record<string, unknown> = { ...theirs };
  for (const [key, wanted] of Object.entries(mine)) {
    if (sameValue(wanted, was[key]) || sameValue(wanted, theirs[key])) continue;
    if (!sameValue(was[key], theirs[key])) return null;
    merged[key] = wanted;
  }
  return merged;
}
