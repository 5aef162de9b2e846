import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';
import { ServerError } from './errors';
import { metadataSchema, type WorkspaceInfo } from './graphql-metadata';
import { metadataRoots } from './graphql-metadata-roots';
import { type Root, recordRoots } from './graphql-roots';
import { anonymousSchema, workspaceSchema } from './graphql-schema';
import { type Asked, fieldsOf, type Operation } from './graphql-selection';
import type { RateLimiter } from './ratelimit';
import { type Access, type Caller, JSON_HEADERS, REFUSALS, type Refusal } from './rest-access';
import { asServerError } from './rest-http';
import type { Store } from './store';

export interface GraphqlOptions {
  access: Access;
  /** Shared with REST; null lifts the limit. */
  limiter: RateLimiter | null;
  workspace: WorkspaceInfo;
  /** False refuses `__schema` and `__type`, as a hardened server does. */
  introspection: boolean;
}

interface ErrorBody {
  message: string;
  locations?: readonly { line: number; column: number }[];
  extensions?: Record<string, unknown>;
}

interface Endpoint {
  schema: GraphQLSchema;
  roots: ReadonlyMap<string, Root>;
}

const Body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Answers POST /graphql and POST /metadata over a store, in the words of its dialect. */
export function createGraphqlHandler(store: Store, options: GraphqlOptions): (request: Request) => Promise<Response> {
  const current = store.traits.family === 'current';
  const who = metadataRoots(options.workspace);
  const records = recordRoots(store);
  const endpoints = {
    '/graphql': lazily(
      (): Endpoint => ({ schema: workspaceSchema(store.dialect), roots: new Map([...who, ...records]) }),
    ),
    '/metadata': lazily((): Endpoint => ({ schema: metadataSchema(store), roots: who })),
  };
  const anonymous = lazily(anonymousSchema);

  const answer = async (request: Request, endpoint: () => Endpoint): Promise<Response> => {
    const caller = options.access(request.headers.get('authorization'));
    const body = Body.safeParse(await request.json().catch(() => null));
    if (!body.success) return send({ errors: [{ message: 'Must provide query string.' }] }, 400);
    let document: DocumentNode;
    try {
      document = parse(body.data.query);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return send({ errors: [{ ...plainError(error), extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
    }
    if (caller === 'missing') {
      const faults = validate(anonymous(), document);
      if (faults.length > 0) return send({ errors: faults.map(plainError) });
      return send({ errors: [refused(store, 'missing')], data: null });
    }
    if (typeof caller === 'string') return send({ errors: [refused(store, caller)] });
    return run(endpoint(), document, body.data, caller);
  };

  const run = (endpoint: Endpoint, document: DocumentNode, body: z.infer<typeof Body>, caller: Caller): Response => {
    const definition = operationOf(document, body.operationName ?? null);
    if (!definition) return send({ errors: [{ message: 'Unknown operation named.' }] }, 400);
    const given = body.variables ?? {};
    const operation: Operation = {
      fragments: new Map(
        document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
      ),
      variables: { ...defaults(definition), ...given },
      lenient: false,
    };
    const asked = fieldsOf(operation, definition.selectionSet);
    // Current servers run plain record operations without looking at the schema.
    operation.lenient =
      current && [...asked.values()].every((field) => records.has(field.name) && field.name !== 'search');
    if (!operation.lenient) {
      const rules = options.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
      const faults = validate(endpoint.schema, document, rules);
      if (faults.length > 0) return send({ errors: faults.map(plainError) });
      const { errors } = getVariableValues(endpoint.schema, definition.variableDefinitions ?? [], given);
      if (errors) return send({ errors: errors.map((error) => variableFault(store, error)) }, current ? 400 : 200);
    }
    const introspected = [...asked.values()].some((field) => field.name.startsWith('__'))
      ? executeSync({ schema: endpoint.schema, document, variableValues: given, operationName: body.operationName })
          .data
      : null;
    return resolve(endpoint, operation, asked, caller, introspected ?? null);
  };

  const resolve = (
    endpoint: Endpoint,
    operation: Operation,
    asked: ReadonlyMap<string, Asked>,
    caller: Caller,
    introspected: Record<string, unknown> | null,
  ): Response => {
    const data: Record<string, unknown> = {};
    const errors: ErrorBody[] = [];
    let whole = true;
    const limited = limits(asked, caller);
    for (const [key, field] of asked) {
      data[key] = introspected?.[key] ?? null;
      const root = endpoint.roots.get(field.name);
      if (!root) continue;
      try {
        const refusal = limited(field.name);
        if (refusal) throw refusal;
        data[key] = root.run({ store, operation, caller }, field);
      } catch (error) {
        errors.push(fault(store, asServerError(error)));
        // A field that may not be null takes everything with it.
        if (field.name.startsWith('current')) whole = false;
      }
    }
    return send({ data: whole ? data : null, ...(errors.length > 0 ? { errors } : {}) });
  };

  /** What the rate limit says to each root field; current servers count once for the whole query. */
  const limits = (asked: ReadonlyMap<string, Asked>, caller: Caller): ((root: string) => ServerError | null) => {
    const { limiter } = options;
    if (caller.kind === 'person' || !limiter) return () => null;
    const counted = [...asked.values()].filter((field) => records.has(field.name) && field.name !== 'search');
    const once = current && counted[0] ? limiter.take(counted[0].name) : null;
    return (root) => {
      const refusal = current ? once : records.has(root) ? limiter.take(root) : null;
      return refusal && tooMany(refusal.message);
    };
  };

  return async (request) => {
    const path = new URL(request.url).pathname;
    const endpoint = path === '/graphql' || path === '/metadata' ? endpoints[path] : null;
    if (endpoint && request.method === 'POST') return answer(request, endpoint);
    return send({ statusCode: 404, message: `Cannot ${request.method} ${path}`, error: 'Not Found' }, 404);
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function send(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: JSON_HEADERS });
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode | undefined {
  const operations = document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []));
  return name === null ? operations[0] : operations.find((one) => one.name?.value === name);
}

function defaults(definition: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    (definition.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function plainError(error: GraphQLError): GraphQLFormattedError {
  const { message, locations } = error.toJSON();
  return locations ? { message, locations } : { message };
}

function variableFault(store: Store, error: GraphQLError): ErrorBody {
  if (store.traits.family === 'current') return plainError(error);
  return { message: error.message, extensions: internal(error.message) };
}

/** Old servers repeat the message of what they did not expect. */
function internal(message: string): Record<string, unknown> {
  return { code: 'INTERNAL_SERVER_ERROR', response: message };
}

function fault(store: Store, error: ServerError): ErrorBody {
  const { code, ...more } = error.extensions;
  if (store.traits.family !== 'current')
    return {
      message: error.message,
      extensions: code === 'INTERNAL_SERVER_ERROR' ? internal(error.message) : { code },
    };
  return { message: error.message, extensions: { ...withFriendly(more), code } };
}

function withFriendly(more: Record<string, unknown>): Record<string, unknown> {
  return 'userFriendlyMessage' in more ? more : { ...more, userFriendlyMessage: 'An error occurred.' };
}

function tooMany(message: string): ServerError {
  const old = message.startsWith('Too many');
  return new ServerError(429, message, {
    extensions: old
      ? { code: 'INTERNAL_SERVER_ERROR' }
      : {
          code: 'BAD_USER_INPUT',
          subCode: 'LIMIT_REACHED',
          userFriendlyMessage: 'Rate limit reached. Please try again later.',
        },
  });
}

function refused(store: Store, refusal: Refusal): ErrorBody {
  if (store.traits.family !== 'current') {
    const message = refusal === 'expired' ? 'Token has expired.' : 'No payload';
    return { message, extensions: { code: 'UNAUTHENTICATED' } };
  }
  const { status, message } = REFUSALS[refusal];
  const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  const friendly = { id: 'z+7x/s', message: 'You must be authenticated to perform this action.' };
  return { message, extensions: { userFriendlyMessage: friendly, subCode: code, code } };
}
