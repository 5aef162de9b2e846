import type { AuditEntry } from '../../shared/app/lists';
import type { CrmRecord } from '../../shared/crm';

/** RFC 4180 with a byte order mark, so that spreadsheets read accents. */
function csv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Quoted; a text that a spreadsheet would run as a formula gets an apostrophe first. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d. ()]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Records with the chosen columns (`field` or `field.subField`); ids of other records become their labels. */
export function recordsCsv(
  rows: readonly CrmRecord[],
  columns: readonly string[],
  labels: Readonly<Record<string, string>>,
): string {
  return csv([columns, ...rows.map((row) => columns.map((column) => text(valueAt(row, column), labels)))]);
}

/** The audit list, one line a write. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const header = ['when', 'window', 'action', 'object', 'record', 'title', 'outcome', 'before', 'after'];
  const lines = entries.map((entry) => [
    new Date(entry.at).toISOString(),
    entry.window,
    entry.action,
    entry.object,
    entry.recordId,
    entry.title,
    entry.outcome,
    entry.before ? JSON.stringify(entry.before) : '',
    entry.after ? JSON.stringify(entry.after) : '',
  ]);
  return csv([header, ...lines]);
}

function valueAt(row: CrmRecord, column: string): unknown {
  return column.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), row);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, labels: Readonly<Record<string, string>>): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return labels[value] ?? value;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
