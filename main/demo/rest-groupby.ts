import { badRequest } from './errors';
import { filteredRows } from './paging';
import type { RestCall } from './rest-call';
import type { Answer } from './rest-records';
import type { ObjectDef } from './schema';
import { type Row, valueAt } from './store-table';

/** GET of `groupBy`: one entry per group, every number as a text. */
export function groupRecords(call: RestCall, object: ObjectDef): Answer {
  const { store, query } = call;
  const dimensions = readDimensions(query.text('group_by'));
  const aggregates = readList(query.text('aggregate') ?? '[]').map(String);
  const groups = new Map<string, { values: unknown[]; rows: Row[] }>();
  for (const row of filteredRows(store, object, query.filter())) {
    const values = dimensions.map(({ path, granularity }) => grouped(valueAt(row, path) ?? null, granularity));
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const body = [...groups.values()].map(({ values, rows }) => ({
    ...Object.fromEntries(aggregates.map((name) => [name, aggregated(object, name, rows)])),
    groupByDimensionValues: values,
  }));
  return { status: 200, body };
}

interface Dimension {
  path: string[];
  granularity: string | null;
}

function readDimensions(text: string | undefined): Dimension[] {
  const list = readList(text ?? '');
  return list.map((entry) => {
    if (entry === null || typeof entry !== 'object') throw invalidGroups();
    const [name, detail] = Object.entries(entry)[0] ?? [];
    if (name === undefined) throw invalidGroups();
    if (detail === null || typeof detail !== 'object') return { path: [name], granularity: null };
    const { granularity } = detail as { granularity?: unknown };
    if (typeof granularity === 'string') return { path: [name], granularity };
    return { path: [name, Object.keys(detail)[0] ?? ''], granularity: null };
  });
}

function readList(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw invalidGroups();
}

function invalidGroups(): Error {
  return badRequest(
    'Invalid group_by query parameter - should be a valid array of objects - ex: [{"firstField": true}, {"secondField": {"subField": true}}, {"dateField": {"granularity": \'DAY\'}}]',
  );
}

function grouped(value: unknown, granularity: string | null): unknown {
  if (granularity === null || typeof value !== 'string') return value;
  const length = { DAY: 10, MONTH: 7, YEAR: 4 }[granularity] ?? 10;
  return `${value.slice(0, length)}${'-01-01'.slice(0, 10 - length)}T00:00:00.000Z`;
}

function aggregated(object: ObjectDef, name: string, rows: readonly Row[]): string | null {
  if (name === 'totalCount') return String(rows.length);
  const match = /^(countNotEmpty|countEmpty|countUniqueValues|sum|avg|min|max)(.+)$/.exec(name);
  if (!match) throw badRequest(`Aggregate "${name}" is not available for object ${object.name}`);
  const [, kind = '', rest = ''] = match;
  const values = rows.map((row) => valueAt(row, pathOf(object, rest)) ?? null);
  const filled = values.filter((value) => value !== null && value !== '');
  if (kind === 'countNotEmpty') return String(filled.length);
  if (kind === 'countEmpty') return String(values.length - filled.length);
  if (kind === 'countUniqueValues') return String(new Set(filled.map((value) => JSON.stringify(value))).size);
  const numbers = filled.filter((value): value is number => typeof value === 'number');
  if (numbers.length === 0) return null;
  // Sums of micros outgrow a double: they are added as whole numbers.
  const sum = numbers.reduce((total, value) => total + BigInt(Math.trunc(value)), 0n);
  if (kind === 'sum') return String(sum);
  if (kind === 'avg') return String(sum / BigInt(numbers.length));
  return String(kind === 'min' ? Math.min(...numbers) : Math.max(...numbers));
}

/** `AmountAmountMicros` as `['amount', 'amountMicros']`. */
function pathOf(object: ObjectDef, words: string): string[] {
  const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
  const field = object.fields.find(({ name }) => lower(words) === name);
  if (field) return [field.name];
  const owner = object.fields.find(({ name }) => lower(words).startsWith(name));
  return owner ? [owner.name, lower(words.slice(owner.name.length))] : [lower(words)];
}
