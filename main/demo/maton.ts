import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { page } from './oauth';

export interface MatonOptions {
  /** The Maton key that is accepted. */
  key: string;
  /** Epoch milliseconds. */
  now(): number;
  /** The workspace behind a connection: its handler and the key the gateway adds. */
  upstream: { handle(request: Request): Promise<Response>; key: string };
  /** Lets /twenty/graphql and /twenty/metadata through; the real gateway is only described for REST. */
  graphql?: boolean;
  /** Connections that are there from the start, all active. */
  connections?: number;
}

export interface Connection {
  connection_id: string;
  status: 'PENDING' | 'ACTIVE' | 'FAILED';
  creation_time: string;
  last_updated_time: string;
  url: string;
  app: string;
  method: string;
  metadata: Record<string, unknown>;
}

export interface Maton {
  handle(request: Request): Promise<Response>;
  readonly connections: ReadonlyMap<string, Connection>;
}

const PAGE_MAX = 60;
const NewConnection = z.object({ app: z.string(), method: z.string().default('OAUTH2') });

/** The gateway's own errors have one `error` text, unlike Twenty's. */
const refuse = (status: number, error: string) => Response.json({ error }, { status });

/** Plays the Maton gateway in front of one workspace: connections, and calls passed on to Twenty. */
export function createMaton(options: MatonOptions): Maton {
  const connections = new Map<string, Connection>();
  const sessions = new Map<string, string>();

  const connect = (origin: string, method: string, status: Connection['status']): Connection => {
    const session = randomBytes(18).toString('base64url');
    const at = new Date(options.now() + connections.size).toISOString();
    const connection: Connection = {
      connection_id: randomUUID(),
      status,
      creation_time: at,
      last_updated_time: at,
      url: `${origin}/connect/?session_token=${session}`,
      app: 'twenty',
      method,
      metadata: {},
    };
    connections.set(connection.connection_id, connection);
    sessions.set(session, connection.connection_id);
    return connection;
  };
  for (let i = 0; i < (options.connections ?? 1); i++) connect('http://127.0.0.1', 'OAUTH2', 'ACTIVE');

  const manage = async (request: Request, url: URL): Promise<Response> => {
    const id = url.pathname.split('/')[2];
    if (!id && request.method === 'GET') {
      const status = url.searchParams.get('status');
      const app = url.searchParams.get('app');
      const fitting = [...connections.values()].filter(
        (connection) => (!status || connection.status === status) && (!app || connection.app === app),
      );
      return Response.json({ connections: fitting });
    }
    if (!id && request.method === 'POST') {
      const wish = NewConnection.safeParse(await request.json().catch(() => null));
      if (!wish.success) return refuse(400, 'The field app is required.');
      if (wish.data.app !== 'twenty') return refuse(400, `The app ${wish.data.app} is not supported.`);
      const made = connect(url.origin, wish.data.method, 'PENDING');
      return Response.json({ connection_id: made.connection_id });
    }
    const connection = connections.get(id ?? '');
    if (!connection) return refuse(404, 'Connection not found.');
    if (request.method === 'GET') return Response.json({ connection });
    if (request.method !== 'DELETE') return refuse(405, 'Method not allowed.');
    connections.delete(connection.connection_id);
    return Response.json({});
  };

  /** The page a person opens to finish a connection; opening it is the whole approval here. */
  const approve = (url: URL): Response => {
    const connection = connections.get(sessions.get(url.searchParams.get('session_token') ?? '') ?? '');
    if (!connection) return page('This link is not known or was used up.', 404);
    connection.status = 'ACTIVE';
    connection.last_updated_time = new Date(options.now()).toISOString();
    return page('Twenty is connected. You can close this page.');
  };

  const pass = async (request: Request, url: URL): Promise<Response> => {
    const path = url.pathname.slice('/twenty'.length);
    const known = path.startsWith('/rest/') || (options.graphql && (path === '/graphql' || path === '/metadata'));
    if (!known) return refuse(404, 'This path is not known to the gateway.');
    const wanted = request.headers.get('maton-connection');
    const active = [...connections.values()].filter((connection) => connection.status === 'ACTIVE');
    const connection = wanted ? active.find((candidate) => candidate.connection_id === wanted) : active[0];
    if (!connection) return refuse(400, 'No active Twenty connection was found for this request.');
    const search = url.search.replace(
      /([?&]limit=)(\d+)/g,
      (_, name: string, limit: string) => name + String(Math.min(Number(limit), PAGE_MAX)),
    );
    const target = new URL(path + search, url.origin);
    const headers = new Headers(request.headers);
    headers.delete('maton-connection');
    headers.set('authorization', `Bearer ${options.upstream.key}`);
    const body = request.body ? await request.text() : undefined;
    return options.upstream.handle(
      new Request(target, { method: request.method, headers, body, signal: request.signal }),
    );
  };

  return {
    connections,
    async handle(request) {
      const url = new URL(request.url);
      if (url.pathname.startsWith('/connect/') || url.pathname === '/connect') return approve(url);
      if (request.headers.get('authorization') !== `Bearer ${options.key}`)
        return refuse(401, 'Invalid or missing Maton API key.');
      if (url.pathname === '/connections' || url.pathname.startsWith('/connections/')) return manage(request, url);
      if (url.pathname.startsWith('/twenty/')) return pass(request, url);
      return refuse(404, 'This path is not known to the gateway.');
    },
  };
}
