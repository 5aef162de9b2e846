import { TwigError } from '../../shared/errors';
import { NEWEST, readSigns } from './dialect';
import type { Document } from './graphql';
import { isObject, type Json } from './json';
import { addRelationTargets, type RawObject, rawObjects, readObjects, saysCustom, wireFieldNames } from './metadata';
import { metadataUrl } from './query';
import type { Session } from './session';
import type { CallOptions } from './types';

const SIGNS: Document = {
  query:
    'query{note:__type(name:"Note"){fields{name}} noteTarget:__type(name:"NoteTarget"){fields{name}} query:__type(name:"Query"){fields{name type{kind name ofType{kind name}}}}}',
  variables: {},
};

const RELATION_TARGETS: Document = {
  query:
    'query{objects(paging:{first:1000}){edges{node{nameSingular namePlural fieldsList{name type relation{type targetObjectMetadata{nameSingular}}}}}}}',
  variables: {},
};

/** Pages of metadata read at most; a server that never ends its list is cut short. */
const MOST_PAGES = 30;

/** What GraphQL said of itself; `told` is null when it answers but does not show its schema. */
interface Schema {
  reachable: boolean;
  told: { note: Set<string>; noteTarget: Set<string>; queries: Map<string, 'list' | 'object'> } | null;
}

/**
 * Learns what the server calls things: one introspection where GraphQL is, and the metadata. Never
 * fails for want of either; what is not told stays as it was. Throws TwigError only when the server
 * is out of reach, refuses the credential or asks to slow down.
 */
export async function learnServer(session: Session, options: CallOptions): Promise<void> {
  const schema = session.direct ? await introspect(session, options) : { reachable: false, told: null };
  const raw = await metadata(session, options);
  const { restPage, rateLimit } = session.dialect;
  const base = { ...NEWEST, restPage, rateLimit, graphql: schema.reachable };
  if (schema.told || raw.length > 0) {
    const signs = {
      noteFields: schema.told?.note ?? wireFieldNames(raw, 'note'),
      noteTargetFields: schema.told?.noteTarget ?? wireFieldNames(raw, 'noteTarget'),
      queries: schema.told?.queries ?? null,
      isCustom: saysCustom(raw),
    };
    session.setDialect(readSigns(base, signs, schema.told ? 'introspection' : 'metadata', session.clock.now()));
  } else if (schema.reachable !== session.dialect.graphql) {
    session.setDialect({ ...session.dialect, graphql: schema.reachable });
  }
  if (raw.length === 0) return;
  session.missing.clear();
  session.timeline = null;
  session.counts = true;
  session.smallPages.clear();
  session.damaged.clear();
  session.objects = readObjects(raw);
  session.objectsKnown = true;
  if (session.graphqlUsable() && saysCustom(raw) === false) {
    session.objects = addRelationTargets(session.objects, await relationTargets(session, options));
  }
}

/** Failures that concern everything, not just the question asked. */
function isFatal(thrown: unknown): boolean {
  if (!(thrown instanceof TwigError)) return true;
  return ['offline', 'unauthorized', 'rateLimited', 'refused'].includes(thrown.kind);
}

async function introspect(session: Session, options: CallOptions): Promise<Schema> {
  try {
    const data = await session.api.graphql(SIGNS, { ...options, write: false });
    const note = fieldNames(data.note);
    const queries = new Map(
      typeFields(data.query).map((field) => [String(field.name), isList(field.type) ? 'list' : 'object'] as const),
    );
    const told = note.size > 0 ? { note, noteTarget: fieldNames(data.noteTarget), queries } : null;
    return { reachable: true, told };
  } catch (thrown) {
    if (isFatal(thrown) || !(thrown instanceof TwigError)) throw thrown;
    const absent = thrown.reason === 'unknownRoute' || thrown.reason === 'notTwenty' || thrown.kind === 'gateway';
    return { reachable: !absent, told: null };
  }
}

function typeFields(type: unknown): Json[] {
  return isObject(type) && Array.isArray(type.fields) ? type.fields.filter(isObject) : [];
}

function fieldNames(type: unknown): Set<string> {
  return new Set(typeFields(type).map((field) => String(field.name)));
}

function isList(type: unknown): boolean {
  if (!isObject(type)) return false;
  return type.kind === 'LIST' || (type.kind === 'NON_NULL' && isList(type.ofType));
}

async function metadata(session: Session, options: CallOptions): Promise<RawObject[]> {
  const objects: RawObject[] = [];
  let after: string | null = null;
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const path = metadataUrl(session.basePath, after);
      const body = await session.api.rest({ ...options, method: 'GET', path, counted: false, budgetMs: 60_000 });
      const more = rawObjects(body);
      objects.push(...more);
      const info: Json = isObject(body) && isObject(body.pageInfo) ? body.pageInfo : {};
      const next = typeof info.endCursor === 'string' ? info.endCursor : null;
      if (info.hasNextPage !== true || more.length === 0 || next === null || next === after) break;
      after = next;
    }
  } catch (thrown) {
    if (isFatal(thrown)) throw thrown;
    return [];
  }
  return objects;
}

async function relationTargets(session: Session, options: CallOptions): Promise<RawObject[]> {
  try {
    const call = { ...options, endpoint: '/metadata' as const, counted: false, write: false };
    return rawObjects({ data: await session.api.graphql(RELATION_TARGETS, call) });
  } catch (thrown) {
    if (isFatal(thrown)) throw thrown;
    return [];
  }
}
