import { TwigError } from '../../shared/errors';
import { parseJson } from './json';
import { aborted, connectionBroke, networkFailure, redirectRefused, timedOut } from './network-errors';
import type { Clock, Fetch } from './types';

/** One complete HTTP answer; only its status and shape are known, nothing in it is trusted. */
export interface Answer {
  status: number;
  /** Parsed JSON, or the beginning of the text when it was none. */
  body: unknown;
  /** A web page instead of an API answer: a proxy, a log-in page, the wrong address. */
  html: boolean;
  /** What Retry-After asks for, in milliseconds. */
  retryAfterMs: number | null;
}

export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query under the origin, built by query.ts. */
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** A form instead of JSON (OAuth). */
  form?: URLSearchParams;
  /** False when repeating the call changes nothing. */
  write: boolean;
  /** Milliseconds for everything: connecting, retries, the last byte. */
  budgetMs?: number;
  signal?: AbortSignal;
}

export interface TransportOptions {
  origin: string;
  fetch: Fetch;
  clock: Clock;
  /** Milliseconds, 30 s unless told. */
  budgetMs?: number;
  /** Largest answer read, in bytes; 96 MB unless told. */
  maxBytes?: number;
}

/** Milliseconds before the second and third attempt of a read. */
const RETRY_PAUSES = [250, 1_000];
/** Bytes that show that time ran out over a long answer, not over a server that says nothing. */
const LONG_ANSWER = 256 * 1024;

export interface Transport {
  readonly origin: string;
  send(call: Call): Promise<Answer>;
}

/**
 * HTTP to one origin. Any status is an answer; throws TwigError when there is none: no network, a
 * redirect, too slow, too large, cut off. Reads are tried again after a broken connection or a
 * 502/503/504, writes never.
 */
export function createTransport(options: TransportOptions): Transport {
  const { origin, clock } = options;
  const host = new URL(origin).host;
  const maxBytes = options.maxBytes ?? 96 * 1024 * 1024;

  async function attempt(call: Call, signal: AbortSignal, progress: { bytes: number }): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
    const init: RequestInit = { method: call.method, headers, redirect: 'manual', signal, credentials: 'omit' };
    if (call.form) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      init.body = call.form.toString();
    } else if (call.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(call.body);
    }
    const response = await options.fetch(origin + call.path, init);
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw redirectRefused(host);
    }
    const text = await readText(response, maxBytes, host, call.write, progress);
    return understand(response, text, host, call.write, clock);
  }

  return {
    origin,
    async send(call) {
      const budgetMs = call.budgetMs ?? options.budgetMs ?? 30_000;
      const stop = new AbortController();
      const timer = new AbortController();
      const progress = { bytes: 0 };
      if (call.signal?.aborted) throw aborted(false);
      const cancel = () => stop.abort(aborted(call.write));
      call.signal?.addEventListener('abort', cancel, { once: true });
      clock.sleep(budgetMs, timer.signal).then(
        () => stop.abort(timedOut(host, budgetMs, call.write, progress.bytes > LONG_ANSWER)),
        () => undefined,
      );
      const stopped = new Promise<never>((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
      });
      stopped.catch(() => undefined);
      try {
        for (let tried = 0; ; tried += 1) {
          const pause = call.write ? undefined : RETRY_PAUSES[tried];
          try {
            const answer = await Promise.race([attempt(call, stop.signal, progress), stopped]);
            if (pause === undefined || ![502, 503, 504].includes(answer.status)) return answer;
            if (answer.retryAfterMs !== null && answer.retryAfterMs > pause) return answer;
          } catch (thrown) {
            if (stop.signal.aborted) throw stop.signal.reason;
            if (thrown instanceof TwigError) throw thrown;
            if (pause === undefined || !connectionBroke(thrown)) throw networkFailure(thrown, host, call.write);
          }
          await Promise.race([clock.sleep(pause, stop.signal), stopped]);
        }
      } finally {
        timer.abort();
        call.signal?.removeEventListener('abort', cancel);
      }
    },
  };
}

async function readText(
  response: Response,
  maxBytes: number,
  host: string,
  write: boolean,
  progress: { bytes: number },
): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    progress.bytes = size;
    if (size > maxBytes) {
      await reader.cancel();
      throw new TwigError('server', `${host} sent more than Twig reads at once, so the answer was dropped.`, {
        unclear: write,
        reason: 'tooLarge',
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function understand(response: Response, text: string, host: string, write: boolean, clock: Clock): Answer {
  const type = response.headers.get('content-type') ?? '';
  const html = /^\s*(<!doctype html|<html|<head|<body)/i.test(text) || (type.includes('text/html') && text !== '');
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), clock.now());
  const answer = { status: response.status, html, retryAfterMs };
  if (text.trim() === '' || html) return { ...answer, body: text.slice(0, 2_000) };
  try {
    return { ...answer, body: parseJson(text) };
  } catch {
    if (response.status >= 400 || !/json/.test(type)) return { ...answer, body: text.slice(0, 2_000) };
    throw new TwigError('server', `${host} sent an answer that breaks off in the middle.`, { unclear: write });
  }
}

/**
 * Milliseconds to wait from a Retry-After header (seconds or an HTTP date); null without one.
 * `now` is epoch milliseconds. Never negative, at most an hour.
 */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 3_600_000) : null;
}
