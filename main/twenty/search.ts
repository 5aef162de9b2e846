import type { CrmRecord } from '../../shared/crm';
import type { Document } from './graphql';
import { isObject, type Json } from './json';
import { capitalise } from './names';
import { listRecords } from './reads';
import { type Session, tryGraphql } from './session';
import type { CallOptions, Filter, SearchHit } from './types';

/** Largest answer of the server's own search. */
const MOST_HITS = 100;

/**
 * The server's own search over several objects, best first, at most `limit` hits. Where it has none,
 * records whose name contains the text. Trashed records are not found.
 */
export async function searchRecords(
  session: Session,
  text: string,
  objects: readonly string[],
  limit: number,
  options: CallOptions,
): Promise<SearchHit[]> {
  const wanted = Math.max(1, Math.min(limit, MOST_HITS));
  const known = objects.filter((object) => session.meta(object));
  if (known.length === 0) return [];
  const hits = await tryGraphql(session, () => ask(session, text, known, wanted, options));
  return (hits ?? (await byName(session, text, known, wanted, options))).slice(0, wanted);
}

async function ask(
  session: Session,
  text: string,
  objects: readonly string[],
  limit: number,
  options: CallOptions,
): Promise<SearchHit[] | null> {
  const form = session.dialect.search;
  if (form === 'none') return null;
  const call = { ...options, counted: false, write: false };
  if (form === 'perObject') {
    const data = await session.api.graphql(perObject(session, text, objects, limit), { ...call, partial: true });
    return objects.flatMap((object) => {
      const connection = data[`search${capitalise(session.plural(object))}`];
      return edges(connection).flatMap((node) => hit(object, node.id, labelOf(session, object, node)));
    });
  }
  const fields = 'recordId objectNameSingular label';
  const selected = form === 'unified' ? `edges{node{${fields}}}` : fields;
  const query = `query S($s:String!,$l:Int!,$i:[String!]){search(searchInput:$s,limit:$l,includedObjectNameSingulars:$i){${selected}}}`;
  const data = await session.api.graphql({ query, variables: { s: text, l: limit, i: objects } }, call);
  const nodes =
    form === 'unified' ? edges(data.search) : Array.isArray(data.search) ? data.search.filter(isObject) : [];
  return nodes.flatMap((node) => hit(String(node.objectNameSingular), node.recordId, String(node.label ?? '')));
}

function perObject(session: Session, text: string, objects: readonly string[], limit: number): Document {
  const parts = objects.map((object) => {
    const label = session.meta(object)?.labelField ?? 'id';
    const fields = isFullName(session, object) ? `${label}{firstName lastName}` : label;
    return `search${capitalise(session.plural(object))}(searchInput:$s,limit:$l){edges{node{id ${fields}}}}`;
  });
  return { query: `query S($s:String,$l:Int){${parts.join(' ')}}`, variables: { s: text, l: limit } };
}

async function byName(
  session: Session,
  text: string,
  objects: readonly string[],
  limit: number,
  options: CallOptions,
): Promise<SearchHit[]> {
  const hits: SearchHit[] = [];
  for (const object of objects) {
    const label = session.meta(object)?.labelField ?? 'id';
    if (label === 'id') continue;
    const paths = isFullName(session, object) ? [`${label}.firstName`, `${label}.lastName`] : [label];
    const words = text.split(/\s+/).filter((word) => word !== '');
    const filter: Filter = {
      and: words.map((word) => ({ or: paths.map((path): Filter => ({ field: path, op: 'contain', value: word })) })),
    };
    const page = await listRecords(session, object, { filter, limit }, options);
    hits.push(...page.records.flatMap((record) => hit(object, record.id, labelOf(session, object, record))));
  }
  return hits;
}

function edges(connection: unknown): Json[] {
  const list = isObject(connection) && Array.isArray(connection.edges) ? connection.edges : [];
  return list.map((edge) => (isObject(edge) ? edge.node : null)).filter(isObject);
}

function hit(object: string, id: unknown, label: string): SearchHit[] {
  return typeof id === 'string' ? [{ object, id, label }] : [];
}

function isFullName(session: Session, object: string): boolean {
  const meta = session.meta(object);
  return meta?.fields.find((field) => field.name === meta.labelField)?.type === 'FULL_NAME';
}

function labelOf(session: Session, object: string, record: Json | CrmRecord): string {
  const value = record[session.meta(object)?.labelField ?? 'id'];
  if (isObject(value))
    return [value.firstName, value.lastName]
      .filter((part) => typeof part === 'string')
      .join(' ')
      .trim();
  return typeof value === 'string' ? value : '';
}
