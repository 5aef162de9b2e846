import type { Dialect } from '../../main/demo/dialects';
import type { ObjectDef, Schema } from '../../main/demo/schema';
import { Store } from '../../main/demo/store';
import type { Row } from '../../main/demo/store-table';
import { emptyRow } from '../../main/demo/values';
import { readTime } from '../../main/demo/values-times';
import type { Exchange } from './server-recordings';

type Json = Record<string, unknown>;

/** A record as one answer showed it. */
export interface Snapshot {
  object: string;
  row: Row;
  /** Name of the exchange that showed it. */
  exchange: string;
}

/** Every whole record that a server ever showed, embedded ones included. */
export function snapshotsOf(dialect: Dialect, exchanges: readonly Exchange[]): Snapshot[] {
  return exchanges.flatMap((exchange) => shownIn(dialect, exchange));
}

/** The whole records in one answer. */
export function shownIn(dialect: Dialect, exchange: Exchange): Snapshot[] {
  const found: Snapshot[] = [];
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, key);
    else if (isJson(value)) {
      const object = objectNamed(dialect.schema, key);
      if (object && 'createdAt' in value && typeof value.id === 'string')
        found.push(...harvest(dialect, object, value, exchange.name));
      else for (const [name, inner] of Object.entries(value)) visit(inner, name);
    }
  };
  if (exchange.request.path !== '/graphql' && !exchange.request.path.includes('/metadata'))
    visit(exchange.response.body, '');
  return found;
}

const isJson = (value: unknown): value is Json => value !== null && typeof value === 'object';

function objectNamed(schema: Schema, key: string): ObjectDef | undefined {
  const name = key.replace(/^(create|update|delete|restore|merge)(?=[A-Z])|Duplicates$/g, '');
  const plain = name.charAt(0).toLowerCase() + name.slice(1);
  return schema.object(plain) ?? schema.objectByPlural(plain);
}

function harvest(dialect: Dialect, object: ObjectDef, record: Json, exchange: string): Snapshot[] {
  const row: Row = { id: String(record.id) };
  const found: Snapshot[] = [];
  for (const field of object.fields) {
    const { relation } = field;
    if (!relation) {
      const value = record[field.name];
      if (value === undefined || field.type === 'TS_VECTOR') continue;
      row[field.name] = /At$|Date$/.test(field.name) ? storedTime(dialect, value) : value;
      continue;
    }
    if (relation.kind === 'many-to-one') row[relation.joinColumn] = record[relation.joinColumn] ?? null;
    const other = dialect.schema.object(relation.object);
    const embedded = record[field.name];
    if (!other || !isJson(embedded)) continue;
    for (const inner of Array.isArray(embedded) ? embedded : [embedded])
      if (isJson(inner) && typeof inner.id === 'string') found.push(...harvest(dialect, other, inner, exchange));
  }
  return [{ object: object.name, row, exchange }, ...found];
}

/** Old servers keep microseconds that they never show; any will do. */
function storedTime(dialect: Dialect, value: unknown): unknown {
  const time = readTime(value, dialect.traits.timeDigits);
  return time !== null && dialect.traits.timeDigits === 6 ? `${time.slice(0, 23)}437Z` : (time ?? value);
}

/** When the seeds of both servers were all there. */
const SEEDED: Readonly<Record<string, string>> = {
  current: '2026-11-22T01:49',
  old: '2026-11-22T02:48',
  mid: '2026-11-22T03:12',
};

const isSeed = (dialect: Dialect, { row }: Snapshot): boolean =>
  String(row.createdAt) >= '2026' && String(row.createdAt) < (SEEDED[dialect.name] ?? '');

/** A store in a state in which the server may have been when the exchange was recorded. */
export function storeBefore(dialect: Dialect, exchange: Exchange, pool: readonly Snapshot[], now: () => number): Store {
  const store = new Store({ dialect, now });
  const own = shownIn(dialect, exchange);
  const ownIds = new Set(own.map(({ row }) => row.id));
  const topic = exchange.name.split('/')[0] ?? '';
  const writes = isWrite(exchange);
  const time = timeOf(exchange, own);
  const put = ({ object, row }: Snapshot): void => {
    const def = dialect.schema.mustObject(object);
    store.table(object).put({ ...emptyRow(dialect, def), ...row });
  };
  for (const snapshot of [...pool].reverse()) if (isSeed(dialect, snapshot)) put(snapshot);
  const background = writes ? pool : pool.filter(({ exchange: name }) => name.startsWith(`${topic}/`));
  if (writes || topic === 'filters' || topic === 'paging')
    for (const snapshot of byAge(background)) if (String(snapshot.row.updatedAt) < time) put(snapshot);
  if (!writes) {
    const latest = new Map(byAge(pool).map((snapshot) => [snapshot.row.id, snapshot]));
    for (const partial of partlyShown(dialect, exchange)) {
      if (store.find(partial.object, partial.row.id)) continue;
      const whole = latest.get(partial.row.id);
      put({ ...partial, row: { ...whole?.row, ...partial.row } });
    }
    for (const snapshot of own) put(snapshot);
  } else prepareWrite(store, exchange, own, ownIds);
  addMentioned(store, exchange, pool, ownIds);
  return store;
}

const byAge = (snapshots: readonly Snapshot[]): Snapshot[] =>
  [...snapshots].sort((a, b) => (String(a.row.updatedAt) < String(b.row.updatedAt) ? -1 : 1));

function isWrite({ request, name }: Exchange): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || name.includes('duplicates')) return false;
  return !/^\/(graphql|metadata)$/.test(request.path) || /mutation/.test(JSON.stringify(request.body));
}

/** A write that succeeded tells its time; anything else may have happened at the end. */
function timeOf(exchange: Exchange, own: readonly Snapshot[]): string {
  const first = own[0];
  if (exchange.request.method === 'GET' || !first) return '9999';
  return String(first.row.updatedAt).slice(0, 23);
}

/** Created records are not there yet; changed ones are, even if no answer before showed them. */
function prepareWrite(store: Store, exchange: Exchange, own: readonly Snapshot[], ownIds: ReadonlySet<string>): void {
  const creates = exchange.request.method === 'POST';
  const main = mainRecords(store, exchange);
  for (const { object, row } of own) {
    const table = store.table(object);
    if (!main.has(row.id)) {
      if (!table.get(row.id)) table.put({ ...emptyRow(store.dialect, store.schema.mustObject(object)), ...row });
      continue;
    }
    if (creates && !exchange.name.includes('upsert')) {
      table.remove(row.id);
      for (const path of ['emails.primaryEmail', 'domainName.primaryLinkUrl']) {
        const [field = '', sub = ''] = path.split('.');
        const unique = isJson(row[field]) ? row[field][sub] : null;
        if (typeof unique === 'string' && unique !== '' && table.hasIndex(path))
          for (const id of [...table.idsWhere(path, unique)]) if (!ownIds.has(id)) table.remove(id);
      }
    } else {
      const before = table.get(row.id) ?? { ...emptyRow(store.dialect, store.schema.mustObject(object)), ...row };
      table.put(
        exchange.request.method === 'DELETE' ? { ...before, deletedAt: null } : untouched(exchange, before, row),
      );
    }
  }
}

/** What the request does not speak of was before as it was after. */
function untouched(exchange: Exchange, before: Row, after: Row): Row {
  const named = new Set(isJson(exchange.request.body) ? Object.keys(exchange.request.body) : []);
  const kept = Object.entries(after).filter(([name]) => !named.has(name) && name !== 'deletedAt');
  return { ...before, ...Object.fromEntries(kept) };
}

/** Records that a GraphQL answer showed in part, and search hits by their label. */
function partlyShown(dialect: Dialect, exchange: Exchange): Snapshot[] {
  if (exchange.request.path !== '/graphql') return [];
  const found: Snapshot[] = [];
  const visit = (value: unknown, key: string): void => {
    if (!isJson(value)) return;
    const name =
      typeof value.objectNameSingular === 'string' ? value.objectNameSingular : key.replace(/^search(?=[A-Z])/, '');
    const object = objectNamed(dialect.schema, name);
    const id = value.recordId ?? value.id;
    if (object && typeof id === 'string') {
      const columns: Json = { ...value, ...labelled(object, value.label), id };
      found.push(...harvest(dialect, object, columns, exchange.name).map((one) => bare(object, one)));
    }
    for (const [inner, content] of Object.entries(value))
      visit(content, inner === 'node' || inner === 'edges' || /^\d+$/.test(inner) ? key : inner);
  };
  visit(exchange.response.body, '');
  return found;
}

function labelled(object: ObjectDef, label: unknown): Json {
  if (typeof label !== 'string') return {};
  const [firstName = '', ...rest] = label.split(' ');
  return { [object.labelField]: object.name === 'person' ? { firstName, lastName: rest.join(' ') } : label };
}

/** Without the columns that were not asked for. */
function bare(object: ObjectDef, snapshot: Snapshot): Snapshot {
  const times = { createdAt: '2026-11-22T01:48:46.461Z', updatedAt: '2026-11-22T01:48:46.461Z' };
  const known = Object.entries(snapshot.row).filter(
    ([name, value]) => value !== null || !object.fields.some((field) => field.relation?.joinColumn === name),
  );
  return { ...snapshot, row: { ...times, ...Object.fromEntries(known), id: snapshot.row.id } };
}

function mainRecords(store: Store, exchange: Exchange): Set<string> {
  const ids = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (!isJson(value) || depth > 4) return;
    if (typeof value.id === 'string' && 'createdAt' in value) {
      ids.add(value.id);
      return;
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(exchange.response.body, 0);
  return store.schema.objects.length > 0 ? ids : new Set();
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Records that the request names by id: they exist, unless the answer says they do not. */
function addMentioned(store: Store, exchange: Exchange, pool: readonly Snapshot[], ownIds: ReadonlySet<string>): void {
  const { path, url, body, method } = exchange.request;
  const text = `${decodeURIComponent(url ?? path)} ${JSON.stringify(body ?? '')}`;
  const answer = JSON.stringify(exchange.response.body ?? '');
  const unknown = /Record not found|Rest Api Exception/.test(answer) || exchange.response.status === 404;
  for (const id of new Set(text.match(UUID) ?? [])) {
    if (id === NOBODY || ownIds.has(id)) continue;
    const known = byAge(pool.filter(({ row }) => row.id === id)).at(-1);
    const object = known?.object ?? objectOfMention(store, path, url ?? path, body, id);
    if (!object || (method === 'POST' && path.split('/').length === 3 && isJson(body) && body.id === id)) continue;
    const table = store.table(object);
    if (unknown && path.includes(id)) table.remove(id);
    else if (!table.get(id) || isEmptyList(exchange))
      table.put({
        ...emptyRow(store.dialect, store.schema.mustObject(object)),
        createdAt: '2026-11-22T01:50:00.000Z',
        updatedAt: '2026-11-22T01:50:00.000Z',
        ...known?.row,
        ...(isEmptyList(exchange) ? { deletedAt: '2026-11-22T02:00:00.000Z' } : {}),
        id,
      });
  }
}

/** A list that was asked for by id in the trash's topic and came back empty: the record was in the trash. */
function isEmptyList({ name, request, response }: Exchange): boolean {
  if (!name.startsWith('delete/') || request.method !== 'GET' || !isJson(response.body) || !isJson(response.body.data))
    return false;
  return Object.values(response.body.data).some((list) => Array.isArray(list) && list.length === 0);
}

/** Whose id it is: of the object in the path, or of the one that the column points at. */
function objectOfMention(store: Store, path: string, url: string, body: unknown, id: string): string | null {
  if (isJson(body))
    for (const [column, value] of Object.entries(body)) {
      if (value !== id) continue;
      const relation = store.schema.objects
        .flatMap((object) => object.fields)
        .find((field) => field.relation?.kind === 'many-to-one' && field.relation.joinColumn === column)?.relation;
      if (relation) return store.schema.object(relation.object) ? relation.object : null;
    }
  const root = /(?:create|update|delete|destroy|restore)([A-Z]\w*)[({]/.exec(JSON.stringify(body ?? ''))?.[1];
  const named = root ? objectNamed(store.schema, root) : undefined;
  if (named) return named.name;
  const plural = path.split('/').find((segment) => store.schema.objectByPlural(segment));
  const byColumn = new RegExp(`(\\w+)Id\\[\\w+\\]:\\[?${id}`).exec(decodeURIComponent(url))?.[1];
  if (byColumn) {
    const word = byColumn.replace(/^target([A-Z])/, (_, letter: string) => letter.toLowerCase());
    return store.schema.object(word) ? word : null;
  }
  return plural ? (store.schema.objectByPlural(plural)?.name ?? null) : null;
}
