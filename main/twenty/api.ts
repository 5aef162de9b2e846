import { TwigError } from '../../shared/errors';
import { limitIn } from './budget';
import { credentialHeaders } from './credentials';
import { type Attempt, graphqlRefusal, refusal, senseless } from './errors';
import type { Document } from './graphql';
import { isObject, type Json } from './json';
import type { Throttle } from './throttle';
import type { Answer, Call, Transport } from './transport';
import type { CallOptions, Clock, CredentialSource } from './types';

export interface ApiCall extends CallOptions {
  method: Call['method'];
  path: string;
  body?: unknown;
  /** False when the server does not count the call (metadata, search). */
  counted?: boolean;
  byId?: boolean;
  budgetMs?: number;
  /** Overrides what the method says: a POST that only reads. */
  write?: boolean;
}

export interface GraphqlCall extends CallOptions {
  endpoint?: '/graphql' | '/metadata';
  counted?: boolean;
  write: boolean;
  /** Take what came when some root fields failed. */
  partial?: boolean;
}

/** Calls of one workspace: credential, budget, and one way to fail. */
export interface Api {
  /** The parsed body of a successful answer. Throws TwigError. */
  rest(call: ApiCall): Promise<unknown>;
  /** The `data` of a successful GraphQL answer. Throws TwigError. */
  graphql(document: Document, call: GraphqlCall): Promise<Json>;
}

/** A call that was refused for its number is repeated this often; nothing has happened by then. */
const REPEATS: Record<CallOptions['lane'], number> = { capture: 5, read: 2, sync: 20 };

export function createApi(options: {
  transport: Transport;
  throttle: Throttle;
  credential: CredentialSource;
  clock: Clock;
  signal: AbortSignal;
}): Api {
  const { transport, throttle, credential, clock } = options;
  const host = new URL(transport.origin).host;

  async function send(call: ApiCall, write: boolean): Promise<{ answer: Answer; attempt: Attempt }> {
    const signals = [options.signal, ...(call.signal ? [call.signal] : [])];
    const signal = anySignal(signals);
    const one = async () => {
      const current = await credential.get();
      const request: Call = {
        method: call.method,
        path: call.path,
        body: call.body,
        headers: credentialHeaders(current, transport.origin),
        write,
        budgetMs: call.budgetMs,
        signal: signal.signal,
      };
      const answer = await transport.send(request);
      if (!saysUnauthorized(answer)) return { answer, gateway: current.type === 'maton' };
      const renewed = await credential.renew(current);
      if (!renewed) return { answer, gateway: current.type === 'maton' };
      const headers = credentialHeaders(renewed, transport.origin);
      return { answer: await transport.send({ ...request, headers }), gateway: false };
    };
    try {
      const counted = call.counted !== false && (await credential.get()).type !== 'oauth';
      const { answer, gateway } = await throttle.run({ lane: call.lane, signal: signal.signal, counted }, one);
      return { answer, attempt: { host, gateway, write, byId: call.byId, now: clock.now() } };
    } finally {
      signal.release();
    }
  }

  /** Repeats a call that was refused only for the number of calls, as long as the lane is willing to wait. */
  async function patiently<T>(
    call: ApiCall,
    write: boolean,
    read: (answer: Answer, attempt: Attempt) => T,
  ): Promise<T> {
    for (let repeat = 0; ; repeat += 1) {
      const { answer, attempt } = await send(call, write);
      try {
        return read(answer, attempt);
      } catch (thrown) {
        if (!(thrown instanceof TwigError) || thrown.kind !== 'rateLimited') throw thrown;
        const retryAt = throttle.refused(limitIn(JSON.stringify(answer.body)), answer.retryAfterMs);
        if (repeat >= REPEATS[call.lane]) {
          throw new TwigError('rateLimited', thrown.message, { retryAt });
        }
      }
    }
  }

  return {
    rest(call) {
      const write = call.write ?? call.method !== 'GET';
      return patiently(call, write, (answer, attempt) => {
        if (answer.status >= 200 && answer.status < 300 && !answer.html) {
          if (typeof answer.body === 'string') throw senseless(attempt);
          return answer.body;
        }
        throw refusal(answer, attempt);
      });
    },
    graphql(document, call) {
      const rest: ApiCall = {
        ...call,
        method: 'POST',
        path: call.endpoint ?? '/graphql',
        body: { query: document.query, variables: document.variables },
      };
      return patiently(rest, call.write, (answer, attempt) => {
        if (answer.html || !isObject(answer.body))
          throw answer.status < 300 ? senseless(attempt) : refusal(answer, attempt);
        const { data, errors } = answer.body;
        if (Array.isArray(errors) && errors.length > 0 && !(call.partial && isObject(data))) {
          throw graphqlRefusal(errors, attempt);
        }
        if (answer.status >= 300) throw refusal(answer, attempt);
        if (!isObject(data)) throw senseless(attempt);
        return data;
      });
    },
  };
}

function saysUnauthorized(answer: Answer): boolean {
  if (answer.status === 401) return true;
  const errors = isObject(answer.body) && Array.isArray(answer.body.errors) ? answer.body.errors : [];
  return errors.some(
    (error) => isObject(error) && isObject(error.extensions) && error.extensions.code === 'UNAUTHENTICATED',
  );
}

/** AbortSignal.any for runtimes that lack it; `release` lets go of the sources. */
function anySignal(sources: readonly AbortSignal[]): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const source of sources) {
    if (source.aborted) controller.abort();
    source.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const source of sources) source.removeEventListener('abort', abort);
    },
  };
}
