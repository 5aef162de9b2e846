import { randomUUID } from 'node:crypto';
import type { Dialect } from './dialects';
import { badRequest, ServerError } from './errors';
import type { Values } from './values';
import { blocknoteBlocks, markdownFromBlocks } from './values-blocknote';
import type { Through } from './values-read';

/** BlockNote's JSON text for a markdown text, as the web editor would hold it. */
export function blocknoteFromMarkdown(markdown: string): string {
  return JSON.stringify(blocknoteBlocks(markdown, randomUUID));
}

/**
 * Stores `bodyV2` as the server does: what is given alone derives the other; both given are kept
 * unchecked. 0.51 derives only over GraphQL and stores REST values raw.
 */
export function readRichText(dialect: Dialect, given: Values, base: Values, through: Through): Values {
  const { markdown, blocknote } = given;
  if (dialect.traits.family === 'mid' && through === 'rest') return { ...base, ...given };
  if (dialect.traits.family === 'mid' && !('blocknote' in given))
    throw new ServerError(400, REQUIRED, { word: 'ZodError', extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  if (typeof blocknote === 'string' && blocknote !== '') {
    const blocks = parsed(blocknote);
    if (typeof markdown === 'string' && markdown !== '') return { blocknote, markdown };
    return { blocknote: JSON.stringify(blocks), markdown: Array.isArray(blocks) ? markdownFromBlocks(blocks) : '' };
  }
  if (typeof markdown === 'string' && markdown !== '') return { blocknote: blocknoteFromMarkdown(markdown), markdown };
  return { blocknote: null, markdown: '' };
}

const REQUIRED = JSON.stringify(
  [{ code: 'invalid_type', expected: 'string', received: 'undefined', path: ['blocknote'], message: 'Required' }],
  null,
  2,
);

function parsed(blocknote: string): unknown {
  try {
    return JSON.parse(blocknote);
  } catch {
    throw badRequest('Invalid blocknote value for field "bodyV2.blocknote" - must contain valid JSON', {
      subCode: 'INVALID_ARGS_DATA',
    });
  }
}

/** 0.51 refuses `body` over GraphQL. */
export function bodyFault(): ServerError {
  return new ServerError(400, 'Rich text is not supported, please use RICH_TEXT_V2 instead', {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

/**
 * An old server's `body` as it is answered: the JSON text without blanks. Throws the server's own
 * fault when the stored text is no JSON list, whatever was asked for.
 */
export function shownBody(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return body ?? null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new ServerError(400, jsonFault(body, error), { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  }
  if (!Array.isArray(value))
    throw new ServerError(400, 'body.map is not a function', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  return JSON.stringify(value);
}

/** The message that Node 18 gave for a text that is no JSON; newer engines word it otherwise. */
function jsonFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/ in JSON at position \d+$/.test(message)) return message;
  if (/end of JSON/.test(message)) return 'Unexpected end of JSON input';
  const token = /Unexpected token '?(.)'?/su.exec(message)?.[1] ?? text.charAt(0);
  const position = /at position (\d+)/.exec(message)?.[1] ?? String(Math.max(0, text.indexOf(token)));
  return `Unexpected token ${token} in JSON at position ${position}`;
}
