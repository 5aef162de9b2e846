import type { ObjectDef } from '../../main/demo/schema';
import type { Store } from '../../main/demo/store';
import type { Exchange } from './server-recordings';

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Sorts behind every recorded id. */
const filler = (at: number): string => `ffffffff-ffff-4fff-8fff-${String(at).padStart(12, '0')}`;

/** Puts the records that a GraphQL answer shows into the store, and as many more as it says there are. */
export function prepareGraphql(store: Store, exchange: Exchange): void {
  if (exchange.request.path !== '/graphql' || !isJson(exchange.response.body)) return;
  const { data } = exchange.response.body;
  const text = JSON.stringify(exchange.request.body);
  for (const [root, answer] of Object.entries(isJson(data) ? data : {})) {
    if (!isJson(answer)) continue;
    if (root === 'search') putHits(store, answer, searched(exchange));
    else if (Array.isArray(answer.edges)) putConnection(store, root, answer, searched(exchange));
    else putChanged(store, root, answer, text);
  }
}

/** What was searched for; empty for a plain list. */
function searched({ request }: Exchange): string {
  const body = isJson(request.body) ? request.body : {};
  const literal = /searchInput:\s*"([^"]*)"/.exec(String(body.query))?.[1];
  return literal ?? (isJson(body.variables) && typeof body.variables.s === 'string' ? body.variables.s : '');
}

function putHits(store: Store, answer: Json, input: string): void {
  const nodes = nodesOf(answer);
  const names = new Set(nodes.map((node) => String(node.objectNameSingular)));
  for (const object of store.schema.objects) if (object.searchable) empty(store, object);
  for (const node of nodes) {
    const object = store.schema.object(String(node.objectNameSingular));
    if (object) putNamed(store, object, String(node.recordId), String(node.label), input);
  }
  const first = store.schema.object([...names][0] ?? '');
  if (first && hasNext(answer)) putNamed(store, first, filler(0), 'Filler', input);
}

/** A record by its label that a search for `input` finds. */
function putNamed(store: Store, object: ObjectDef, id: string, label: string, input: string): void {
  const [firstName = '', ...rest] = label.split(' ');
  const name =
    store.schema.field(object.name, 'name')?.type === 'FULL_NAME' ? { firstName, lastName: rest.join(' ') } : label;
  const found = label.toLowerCase().includes(input.toLowerCase()) ? '' : input;
  store.seed(object.name, [{ id, name, title: label, jobTitle: found, bodyV2: { markdown: found, blocknote: null } }]);
}

function putConnection(store: Store, root: string, answer: Json, input: string): void {
  const object =
    store.schema.objectByPlural(root) ??
    store.schema.objects.find(({ plural }) => root === `search${plural.charAt(0).toUpperCase()}${plural.slice(1)}`);
  if (!object) return;
  const nodes = nodesOf(answer);
  const wanted = typeof answer.totalCount === 'number' || hasNext(answer) ? nodes.length + 1 : nodes.length;
  empty(store, object);
  nodes.forEach((node, at) => {
    putNode(store, object, { id: filler(at), ...node }, input);
  });
  for (let at = nodes.length; at < wanted && root === object.plural; at++)
    store.seed(object.name, [{ id: filler(at) }]);
}

/** A record as one node of an answer shows it, with the records it leads to. */
function putNode(store: Store, object: ObjectDef, node: Json, input: string): void {
  if (typeof node.id !== 'string') return;
  const record: Json = {};
  for (const [name, value] of Object.entries(node)) {
    const relation = store.schema.field(object.name, name)?.relation;
    if (!relation) record[name] = value;
    const other = relation && store.schema.object(relation.object);
    if (!relation || !other || !isJson(value)) continue;
    if (relation.kind === 'many-to-one') {
      record[relation.joinColumn] = value.id;
      putNode(store, other, value, '');
    } else for (const inner of nodesOf(value)) putNode(store, other, { ...inner, [relation.joinColumn]: node.id }, '');
  }
  const said = JSON.stringify(node).toLowerCase().includes(input.toLowerCase());
  const known = store.find(object.name, node.id);
  store.seed(object.name, [{ ...known, ...(said ? {} : { jobTitle: input, bodyV2: { markdown: input } }), ...record }]);
}

/** The record that a mutation changes is there; one that it makes is not. */
function putChanged(store: Store, root: string, answer: Json, text: string): void {
  const verb = /^(create|update|delete|destroy|restore)/.exec(root)?.[1];
  const name = root.slice(verb?.length ?? 0);
  const object = store.schema.object(name.charAt(0).toLowerCase() + name.slice(1));
  if (!verb || !object || typeof answer.id !== 'string') return;
  if (verb === 'create') store.table(object.name).remove(answer.id);
  else if (text.includes(answer.id) && !store.find(object.name, answer.id))
    store.seed(object.name, [{ id: answer.id }]);
}

function empty(store: Store, object: ObjectDef): void {
  for (const id of [...store.table(object.name).ids()]) store.table(object.name).remove(id);
}

function nodesOf(connection: Json): Json[] {
  const edges: unknown[] = Array.isArray(connection.edges) ? connection.edges : [];
  return edges.flatMap((edge) => (isJson(edge) && isJson(edge.node) ? [edge.node] : []));
}

const hasNext = (connection: Json): boolean => isJson(connection.pageInfo) && connection.pageInfo.hasNextPage === true;
