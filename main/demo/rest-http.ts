import { createHash } from 'node:crypto';
import { ServerError } from './errors';
import { JSON_HEADERS } from './rest-access';
import type { Store } from './store';

/** Bodies above this many bytes are refused. */
const BODY_MAX = 10 * 1024 * 1024;
/** Addresses above this many characters are refused. */
const URL_MAX = 16 * 1024;

/** A refusal of the framework, before any data is looked at. */
export function plainFault(status: number, error: string, message: string): Response {
  return new Response(JSON.stringify({ message, error, statusCode: status }), { status, headers: JSON_HEADERS });
}

/** 431 with nothing in it for an address that is too long, else null. */
export function tooLong(request: Request): Response | null {
  return request.url.length > URL_MAX ? new Response('', { status: 431 }) : null;
}

/**
 * The body of a request: JSON as a value, other content as text (nothing on old servers), undefined
 * without one. Answers the refusal instead when it cannot be read.
 */
export async function readBody(store: Store, request: Request): Promise<{ value: unknown } | Response> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS')
    return { value: undefined };
  const { family } = store.traits;
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > BODY_MAX)
    return new Response(family === 'current' ? JSON.stringify('request entity too large') : '', {
      status: 500,
      headers: JSON_HEADERS,
    });
  const text = new TextDecoder().decode(bytes);
  if (text === '') return { value: undefined };
  if (!/^application\/json/i.test(request.headers.get('content-type') ?? 'application/json'))
    return { value: family === 'current' ? text : undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Unexpected end of JSON input';
    // Old servers ran on an older engine with shorter words.
    const words = family === 'current' ? message : 'Unexpected end of JSON input';
    return plainFault(400, 'Bad Request', words);
  }
}

/** The JSON answer, with the weak ETag that every answer carries; 304 when the caller has it already. */
export function jsonAnswer(request: Request, status: number, body: unknown): Response {
  const text = body === undefined ? '' : JSON.stringify(body);
  const etag = etagOf(text);
  const headers = { ...JSON_HEADERS, etag, 'access-control-allow-origin': '*' };
  if (status === 200 && request.headers.get('if-none-match') === etag)
    return new Response(null, { status: 304, headers: { etag, 'access-control-allow-origin': '*' } });
  if (request.method === 'HEAD')
    return new Response(null, {
      status,
      headers: { ...headers, 'content-length': String(new TextEncoder().encode(text).byteLength) },
    });
  return new Response(text, { status, headers });
}

function etagOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const hash = createHash('sha1').update(bytes).digest('base64').slice(0, 27);
  return `W/"${bytes.byteLength.toString(16)}-${hash}"`;
}

/** The REST body of a refusal, in the shape and with the quotes of this server. */
export function faultBody(store: Store, error: ServerError): Record<string, unknown> {
  const { family } = store.traits;
  if (family !== 'old')
    return {
      statusCode: error.status,
      error: error.word,
      messages: error.messages,
      ...(error.code === null || family === 'mid' ? {} : { code: error.code }),
    };
  const error400 = { statusCode: error.status, error: 'Bad Request' };
  if (error.single) return { ...error400, message: error.message };
  return { ...error400, messages: error.messages.map((message) => message.replaceAll('"', "'")) };
}

/** Anything thrown as a refusal; what is not one is the server's own fault. */
export function asServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const message = error instanceof Error ? error.message : 'Internal server error';
  return new ServerError(500, message, { word: 'InternalServerErrorException' });
}
