import { compositeOf, type FieldDef, type ObjectDef } from './schema';
import type { Store } from './store';

type Json = Record<string, unknown>;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A short but valid OpenAPI document of the workspace's records. */
export function openApiDocument(store: Store, origin: string): Json {
  const { objects } = store.schema;
  return {
    openapi: '3.1.1',
    info: {
      title: 'Twenty Api',
      description: 'This is a **Twenty REST/API** playground based on the **OpenAPI specification**.',
      version: store.traits.version ?? 'v0.1',
    },
    servers: [{ url: `${origin}/rest`, description: 'Production Development' }],
    components: {
      schemas: Object.fromEntries(objects.map((object) => [capital(object.name), schemaOf(object)])),
      securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    security: [{ bearerAuth: [] }],
    tags: objects.map((object) => ({ name: object.plural, description: object.description })),
    paths: Object.fromEntries(objects.flatMap((object) => pathsOf(store, object))),
  };
}

function pathsOf(store: Store, object: ObjectDef): [string, Json][] {
  const reference = { $ref: `#/components/schemas/${capital(object.name)}` };
  const body = { required: true, content: { 'application/json': { schema: reference } } };
  const parameters = ['filter', 'order_by', 'limit', 'depth', 'starting_after', 'ending_before'].map((name) => ({
    name,
    in: 'query',
    required: false,
    schema: { type: name === 'limit' || name === 'depth' ? 'integer' : 'string' },
  }));
  const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }];
  const operation = (verb: string, name: string, more: Json, value: Json, status = '200'): Json => ({
    tags: [object.plural],
    operationId: `${verb}${capital(name)}`,
    ...more,
    responses: {
      [status]: {
        description: 'Successful operation',
        content: { 'application/json': { schema: { type: 'object', properties: { data: value } } } },
      },
    },
  });
  const one = (key: string): Json => ({ type: 'object', properties: { [key]: reference } });
  const list: Json = { type: 'object', properties: { [object.plural]: { type: 'array', items: reference } } };
  const soft = store.traits.restDelete === 'switchable';
  const softDelete = [{ name: 'soft_delete', in: 'query', required: false, schema: { type: 'boolean' } }];
  return [
    [
      `/${object.plural}`,
      {
        get: operation('findMany', object.plural, { parameters }, list),
        post: operation('createOne', object.name, { requestBody: body }, one(`create${capital(object.name)}`), '201'),
      },
    ],
    [
      `/${object.plural}/{id}`,
      {
        parameters: id,
        get: operation('findOne', object.name, {}, one(object.name)),
        patch: operation('updateOne', object.name, { requestBody: body }, one(`update${capital(object.name)}`)),
        delete: operation(
          'deleteOne',
          object.name,
          soft ? { parameters: softDelete } : {},
          one(`delete${capital(object.name)}`),
        ),
      },
    ],
  ];
}

function schemaOf(object: ObjectDef): Json {
  const properties = object.fields.flatMap((field): [string, Json][] => {
    if (field.relation?.kind === 'one-to-many') return [];
    if (field.relation) return [[field.relation.joinColumn, { type: 'string', format: 'uuid' }]];
    return [[field.name, propertyOf(field)]];
  });
  return { type: 'object', description: object.description, properties: Object.fromEntries(properties) };
}

const TYPES: Readonly<Record<string, Json>> = {
  UUID: { type: 'string', format: 'uuid' },
  DATE_TIME: { type: 'string', format: 'date-time' },
  DATE: { type: 'string', format: 'date' },
  NUMBER: { type: 'number' },
  NUMERIC: { type: 'number' },
  POSITION: { type: 'number' },
  BOOLEAN: { type: 'boolean' },
  ARRAY: { type: 'array', items: { type: 'string' } },
  RAW_JSON: { type: 'object' },
};

function propertyOf(field: FieldDef): Json {
  const composite = compositeOf(field);
  if (composite)
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(composite).map(([sub, type]) => [sub, TYPES[type] ?? { type: 'string' }]),
      ),
    };
  const values = field.options?.map((option) => option.value);
  if (field.type === 'MULTI_SELECT') return { type: 'array', items: { type: 'string', enum: values } };
  if (values) return { type: 'string', enum: values };
  return TYPES[field.type] ?? { type: 'string' };
}
