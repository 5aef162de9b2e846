import { badRequest, ServerError } from './errors';
import { restFault } from './filter-parse';
import type { RateLimiter } from './ratelimit';
import { type Access, type Caller, refusedAnswer } from './rest-access';
import { createBatch, deleteMany, findDuplicates, restoreMany, updateMany } from './rest-bulk';
import type { RestCall } from './rest-call';
import { groupRecords } from './rest-groupby';
import { asServerError, faultBody, jsonAnswer, plainFault, readBody, tooLong } from './rest-http';
import { mergeRecords } from './rest-merge';
import { metadataAnswer } from './rest-metadata';
import { openApiDocument } from './rest-openapi';
import { RestQuery } from './rest-query';
import { type Answer, createRecord, deleteRecord, getRecord, listRecords, updateRecord } from './rest-records';
import type { ObjectDef } from './schema';
import type { Store } from './store';

export interface RestOptions {
  access: Access;
  /** Shared with GraphQL; null lifts the limit. */
  limiter: RateLimiter | null;
}

/**
 * The REST side of an embedded Twenty: everything under `/rest`, `/open-api`, `/healthz` and
 * `/client-config`; any other path answers 404 as the server does.
 */
export function createRestHandler(store: Store, options: RestOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const refused = tooLong(request);
    if (refused) return refused;
    if (request.method === 'OPTIONS') return preflight();
    const url = new URL(request.url);
    const open = openAnswer(store, url.pathname);
    if (open !== null) return jsonAnswer(request, 200, open);
    const segments = url.pathname.split('/').filter((segment) => segment !== '');
    const isOpenApi = openApiKind(store, segments) !== null;
    if ((segments[0] !== 'rest' || segments.length < 2) && !isOpenApi)
      return plainFault(404, 'Not Found', `Cannot ${request.method} ${url.pathname}`);
    const body = await readBody(store, request);
    if (body instanceof Response) return body;
    const metadata = segments[1] === 'metadata';
    const caller = options.access(request.headers.get('authorization'));
    if (typeof caller === 'string') return refusedAnswer(store.traits, caller, metadata);
    try {
      if (!metadata && !isOpenApi) take(store, options.limiter, caller, request.method, segments);
      const call: RestCall = { store, caller, query: new RestQuery(store, url.searchParams), body: body.value };
      const answer = isOpenApi
        ? { status: 200, body: openApiDocument(store, url.origin) }
        : route(call, request.method, url.pathname, segments.slice(1));
      return jsonAnswer(request, answer.status, answer.body);
    } catch (error) {
      const fault = asServerError(error);
      return jsonAnswer(request, fault.status, faultBody(store, fault));
    }
  };
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      'content-length': '0',
    },
  });
}

/** What is told without a key; null for any other path. */
function openAnswer(store: Store, path: string): unknown {
  if (path === '/healthz') return { status: 'ok', info: {}, error: {}, details: {} };
  if (path === '/client-config' && store.traits.version !== null)
    return { appVersion: store.traits.version, authProviders: { password: true, magicLink: false, sso: [] } };
  return null;
}

function openApiKind(store: Store, segments: readonly string[]): string | null {
  const rest = store.traits.family === 'current' ? 'rest' : '';
  const path = segments.join('/');
  const match = new RegExp(`^${rest ? 'rest/' : ''}open-api/(core|metadata)$`).exec(path);
  return match?.[1] ?? null;
}

function take(
  store: Store,
  limiter: RateLimiter | null,
  caller: Caller,
  method: string,
  segments: readonly string[],
): void {
  if (!limiter || caller.kind === 'person') return;
  const plural = segments[1] === 'batch' ? (segments[2] ?? '') : (segments[1] ?? '');
  const name = store.schema.objectByPlural(plural)?.name ?? plural;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const reads: Record<string, string> = {
    POST: `create${capital}`,
    PATCH: `update${capital}`,
    DELETE: `delete${capital}`,
  };
  const refusal = limiter.take(reads[method] ?? (segments.length > 2 ? name : plural));
  if (!refusal) return;
  throw new ServerError(refusal.status, refusal.message, {
    word: 'HttpException',
    extensions: { subCode: 'LIMIT_REACHED', userFriendlyMessage: 'Rate limit reached. Please try again later.' },
  });
}

function route(call: RestCall, method: string, path: string, segments: readonly string[]): Answer {
  const { store } = call;
  const [first = '', second, third] = segments;
  const current = store.traits.family === 'current';
  if (first === 'metadata') {
    if (!call.caller.mayReadMetadata && current)
      throw new ServerError(403, 'Entity performing the request does not have permission', {
        word: 'Error',
        code: 'PERMISSION_DENIED',
      });
    return metadataAnswer(call, second ?? '', third ?? null);
  }
  const batch = first === 'batch' && second !== undefined && (current || method === 'POST');
  const restore = first === 'restore' && second !== undefined && current && method === 'PATCH';
  const rest = batch || restore ? segments.slice(1) : segments;
  if (rest.length > (batch || restore ? 1 : 2)) throw invalidPath(store, path);
  const [plural = '', id] = rest;
  const object = objectAt(store, plural);
  if (restore) return restoreMany(call, object);
  if (batch && method === 'POST') return createBatch(call, object);
  return id === undefined ? collection(call, method, object) : record(call, method, object, id);
}

function collection(call: RestCall, method: string, object: ObjectDef): Answer {
  switch (method) {
    case 'POST':
      return createRecord(call, object);
    case 'PATCH':
    case 'PUT':
      return updateMany(call, object);
    case 'DELETE':
      return deleteMany(call, object);
    default:
      return listRecords(call, object);
  }
}

function record(call: RestCall, method: string, object: ObjectDef, id: string): Answer {
  const current = call.store.traits.family === 'current';
  if (method === 'POST' && id === 'duplicates') return findDuplicates(call, object);
  if (current && id === 'groupBy' && method === 'GET') return groupRecords(call, object);
  if (current && id === 'merge' && method === 'PATCH') return mergeRecords(call, object);
  switch (method) {
    case 'PATCH':
    case 'PUT':
      return updateRecord(call, object, id);
    case 'DELETE':
      return deleteRecord(call, object, id);
    case 'POST':
      throw badRequest(`Query path '/rest/${object.plural}/${id}' invalid`);
    default:
      return getRecord(call, object, id);
  }
}

function objectAt(store: Store, plural: string): ObjectDef {
  const object = store.schema.objectByPlural(plural);
  if (object) return object;
  const singular = store.schema.object(plural);
  throw restFault(`object '${plural}' not found. ${singular ? `Did you mean '${singular.plural}'?` : 'eg: companies'}`);
}

function invalidPath(store: Store, path: string): ServerError {
  const examples = store.traits.family === 'current' ? ' or /rest/batch/companies' : '';
  return restFault(`Query path '${path}' invalid. Valid examples: /rest/companies/id or /rest/companies${examples}`);
}
