import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  port: number;
  /** Cuts every connection and refuses new ones, as a server that went away. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

/**
 * Serves a fetch-shaped handler over HTTP on 127.0.0.1. When the handler throws, the connection is
 * reset; when an answer's body fails midway, the connection is cut there.
 *
 * @param port 0 takes a free one
 */
export async function listen(handle: (request: Request) => Promise<Response>, port = 0): Promise<Listening> {
  let server: Server | null = null;
  let bound = port;
  const start = async () => {
    if (server) return;
    const next = createServer((incoming, outgoing) => void answer(handle, incoming, outgoing, bound));
    // Longer than any client keeps an idle connection, so that none is closed under a request.
    next.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(bound, '127.0.0.1', () => resolve());
    });
    bound = (next.address() as AddressInfo).port;
    server = next;
  };
  await start();
  return {
    get url() {
      return `http://127.0.0.1:${bound}`;
    },
    get port() {
      return bound;
    },
    start,
    async stop() {
      const running = server;
      server = null;
      if (!running) return;
      const closed = new Promise<void>((resolve) => running.close(() => resolve()));
      running.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  try {
    const response = await handle(await toRequest(incoming, port, gone.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (incoming.method === 'HEAD' || !response.body) {
      outgoing.end();
      return;
    }
    outgoing.flushHeaders();
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!outgoing.write(part.value))
        await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve));
    }
    outgoing.end();
  } catch {
    incoming.socket.resetAndDestroy();
  }
}

async function toRequest(incoming: IncomingMessage, port: number, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const method = incoming.method ?? 'GET';
  const bodyless = method === 'GET' || method === 'HEAD' || parts.length === 0;
  // The host header stays what it was, so that the server knows the name it was called by.
  const origin = `http://${incoming.headers.host ?? `127.0.0.1:${port}`}`;
  return new Request(new URL(incoming.url ?? '/', origin), {
    method,
    headers,
    body: bodyless ? undefined : Buffer.concat(parts),
    signal,
  });
}
