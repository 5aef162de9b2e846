import { z } from 'zod';
import type { Clock } from '../twenty/types';

/** What can go wrong with one request. `times` bounds how often, `skip` lets the first ones pass. */
const about = {
  /** HTTP method, any when left out. */
  method: z.string().max(10).optional(),
  /** Text that the path (with query) must contain. */
  path: z.string().max(500).optional(),
  /** Text that the body must contain, such as a GraphQL operation. */
  body: z.string().max(500).optional(),
  /** Only requests that write: POST, PUT, PATCH and DELETE, for GraphQL only mutations. */
  writes: z.boolean().optional(),
  skip: z.number().int().min(0).default(0),
  times: z.number().int().min(1).nullable().default(null),
  /** How likely it is for each request that fits, 0 to 1. */
  chance: z.number().min(0).max(1).default(1),
};
export const Fault = z.discriminatedUnion('kind', [
  /** Waits before the request is looked at. */
  z.object({ kind: z.literal('latency'), ms: z.number().min(0).max(3_600_000), ...about }),
  /** The connection is reset before anything was done. */
  z.object({ kind: z.literal('dropBefore'), ...about }),
  /** Done, and the connection is reset in the middle of the answer. */
  z.object({ kind: z.literal('dropDuring'), ...about }),
  /** Done, and the connection is reset before the first byte of the answer. */
  z.object({ kind: z.literal('dropAfter'), ...about }),
  /** Done, and no answer ever comes. */
  z.object({ kind: z.literal('hang'), ...about }),
  /** Done, and the answer is half a JSON text that ends as if it were whole. */
  z.object({ kind: z.literal('halfJson'), ...about }),
  /** 429, with `Retry-After` when seconds are given; nothing is done. */
  z.object({ kind: z.literal('rateLimit'), retryAfter: z.number().int().min(0).nullable().default(null), ...about }),
  /** A status of its own (500, 502, 503 ...); nothing is done. */
  z.object({ kind: z.literal('status'), status: z.number().int().min(400).max(599), ...about }),
  /** The HTML page of a proxy, with the given status; nothing is done. */
  z.object({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(502), ...about }),
  z.object({ kind: z.literal('redirect'), location: z.string().max(2_000), ...about }),
  /** Done, and the answer comes byte by byte, `ms` apart. */
  z.object({ kind: z.literal('slowLoris'), ms: z.number().min(1).max(600_000).default(1_000), ...about }),
]);
export type Fault = z.infer<typeof Fault>;

/** One request as the server met it. */
export interface JournalEntry {
  /** Epoch milliseconds when it arrived. */
  at: number;
  method: string;
  /** Path with query. */
  path: string;
  body: string;
  /** The connection that a call through the gateway names; null when it names none. */
  connection: string | null;
  /** Status of the server's own answer; null when it was never asked. */
  status: number | null;
  /** True when a write was carried out, whatever the client got to see. */
  committed: boolean;
  /** The fault that was played, if any. */
  fault: Fault['kind'] | null;
}

/** Thrown by `handle` when the connection is lost before an answer: a socket is reset, a fetch rejects. */
export class ConnectionLost extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
    this.name = 'ConnectionLost';
  }
}

export interface Faults {
  /** Takes the place of all faults set before. */
  set(faults: readonly z.input<typeof Fault>[]): void;
  clear(): void;
  readonly journal: readonly JournalEntry[];
  clearJournal(): void;
  /** Runs one request through the faults; `serve` is the healthy server. */
  run(request: Request, serve: (request: Request) => Promise<Response>): Promise<Response>;
}

const JOURNAL_MAX = 20_000;
const encoder = new TextEncoder();

/** @param chance a number in [0, 1), for faults that strike only sometimes */
export function createFaults(clock: Clock, chance: () => number = Math.random): Faults {
  let active: { fault: Fault; seen: number; struck: number }[] = [];
  const journal: JournalEntry[] = [];

  /** The faults that strike this request: every latency, and the first of the others. */
  const strike = (request: Request, path: string, body: string): { delay: number; fault: Fault | null } => {
    let delay = 0;
    let other: Fault | null = null;
    for (const entry of active) {
      const { fault } = entry;
      if ((other && fault.kind !== 'latency') || !fits(fault, request.method, path, body)) continue;
      entry.seen += 1;
      if (entry.seen <= fault.skip || (fault.times !== null && entry.struck >= fault.times)) continue;
      if (fault.chance < 1 && chance() >= fault.chance) continue;
      entry.struck += 1;
      if (fault.kind === 'latency') delay += fault.ms;
      else other = fault;
    }
    return { delay, fault: other };
  };

  return {
    journal,
    set(faults) {
      active = faults.map((fault) => ({ fault: Fault.parse(fault), seen: 0, struck: 0 }));
    },
    clear() {
      active = [];
    },
    clearJournal() {
      journal.length = 0;
    },
    async run(request, serve) {
      const url = new URL(request.url);
      const path = url.pathname + url.search;
      const body = request.body ? await request.clone().text() : '';
      const { delay, fault } = strike(request, path, body);
      const entry: JournalEntry = {
        at: clock.now(),
        method: request.method,
        path,
        body,
        connection: request.headers.get('maton-connection'),
        status: null,
        committed: false,
        fault: fault?.kind ?? (delay > 0 ? 'latency' : null),
      };
      if (journal.length >= JOURNAL_MAX) journal.shift();
      journal.push(entry);

      if (delay > 0) await clock.sleep(delay, request.signal);
      const refused = fault ? refusal(fault, url.pathname) : null;
      if (refused) return refused;
      if (fault?.kind === 'dropBefore') throw new ConnectionLost();

      const answer = await serve(request);
      entry.status = answer.status;
      entry.committed = writes(request.method, path, body) && (await succeeded(answer));
      return fault ? spoil(fault, answer, clock, request.signal) : answer;
    },
  };
}

function fits(fault: Fault, method: string, path: string, body: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path !== undefined && !path.includes(fault.path)) return false;
  if (fault.body !== undefined && !body.includes(fault.body)) return false;
  return !fault.writes || writes(method, path, body);
}

function writes(method: string, path: string, body: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  if (!/\/(graphql|metadata)(\?|$)/.test(path)) return true;
  return /"query"\s*:\s*"\s*mutation\b/.test(body);
}

async function succeeded(answer: Response): Promise<boolean> {
  if (!answer.ok) return false;
  const text = await answer.clone().text();
  return !text.includes('"errors":[');
}

function refusal(fault: Fault, path: string): Response | null {
  switch (fault.kind) {
    case 'rateLimit': {
      const message = 'Limit reached (100 tokens per 60000 ms)';
      // Over GraphQL the limit is said with HTTP 200.
      if (path.endsWith('/graphql'))
        return Response.json({
          data: null,
          errors: [{ message, extensions: { subCode: 'LIMIT_REACHED', code: 'BAD_USER_INPUT' } }],
        });
      const headers: Record<string, string> =
        fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
      return Response.json({ statusCode: 429, error: 'HttpException', messages: [message] }, { status: 429, headers });
    }
    case 'status':
      return Response.json(
        { statusCode: fault.status, error: 'Internal Server Error', messages: ['Internal server error'] },
        { status: fault.status },
      );
    case 'html':
      return new Response('<html><head><title>Proxy</title></head><body><h1>The proxy answered.</h1></body></html>', {
        status: fault.status,
        headers: { 'content-type': 'text/html' },
      });
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: fault.location } });
    default:
      return null;
  }
}

/** What is left of the answer to a request that was carried out. */
async function spoil(fault: Fault, answer: Response, clock: Clock, signal: AbortSignal): Promise<Response> {
  if (fault.kind === 'dropAfter') throw new ConnectionLost();
  if (fault.kind === 'hang') {
    await new Promise<void>((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
  if (fault.kind !== 'dropDuring' && fault.kind !== 'halfJson' && fault.kind !== 'slowLoris') return answer;
  const bytes = encoder.encode(await answer.text());
  const head = new Headers(answer.headers);
  const init = { status: answer.status, headers: head };
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  head.delete('etag');
  if (fault.kind === 'halfJson') {
    head.set('content-length', String(half.length));
    return new Response(half, init);
  }
  head.set('content-length', String(bytes.length));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (fault.kind === 'dropDuring') {
        if (sent === 0) controller.enqueue(half);
        else controller.error(new ConnectionLost());
        sent = half.length;
        return;
      }
      if (sent >= bytes.length) return controller.close();
      await clock.sleep(fault.ms, signal);
      controller.enqueue(bytes.subarray(sent, sent + 1));
      sent += 1;
    },
  });
  return new Response(body, init);
}
