import { type ErrorReason, TwigError } from '../../shared/errors';
import { isObject } from './json';
import type { Answer } from './transport';

/** What was being done when the server refused. */
export interface Attempt {
  host: string;
  /** True when the request went through Maton, so that two parties may have spoken. */
  gateway: boolean;
  write: boolean;
  /** One record was addressed by its id. */
  byId?: boolean;
  now: number;
}

interface Words {
  text: string;
  code: string;
  status: number;
}

/** Secrets that a server might echo. */
const SECRET = /eyJ[\w-]{5,}\.[\w-]+\.[\w-]*|bearer\s+\S+/gi;

/** A server's words, safe to show: one line, no token, at most 300 characters. */
export function quoteServer(text: string): string {
  const clean = text
    .replace(SECRET, '…')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

/** A server's words as the end of a sentence. */
function saying(text: string): string {
  const said = quoteServer(text);
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

/** The error of an HTTP answer that is not a success, as a person may read it. */
export function refusal(answer: Answer, attempt: Attempt): TwigError {
  const { status, body } = answer;
  // Proxies say these with pages of their own, and they mean the same.
  if (status === 413) return tooLarge();
  if (status === 429 && answer.html) return limited(answer.retryAfterMs, attempt, `The proxy of ${attempt.host}`);
  if (answer.html) return pageInsteadOfAnswer(status, attempt);
  const words: Words = { ...wordsOf(body), status };
  if (attempt.gateway && !isTwentyShape(body)) return gatewayRefusal(words, answer, attempt);
  if (status === 429) return limited(answer.retryAfterMs, attempt);
  return classify(words, attempt) ?? byStatus(words, attempt);
}

/** The error of a GraphQL answer with `errors`, whatever its HTTP status. */
export function graphqlRefusal(errors: readonly unknown[], attempt: Attempt): TwigError {
  const first = errors.find(isObject) ?? {};
  const extensions = isObject(first.extensions) ? first.extensions : {};
  const text = typeof first.message === 'string' ? first.message : '';
  const code = [extensions.subCode, extensions.code].filter((part) => typeof part === 'string').join(' ');
  const conflictId = typeof extensions.conflictingRecordId === 'string' ? extensions.conflictingRecordId : null;
  if (code.includes('LIMIT_REACHED')) return limited(null, attempt);
  const missing = /Cannot query field "(\w+)" on type|Unknown (?:type|argument) "(\w+)"/.exec(text);
  if (missing) {
    return new TwigError('server', `${attempt.host} runs a Twenty that does not know "${missing[1] ?? missing[2]}".`, {
      field: missing[1] ?? missing[2] ?? null,
      reason: 'unknownField',
    });
  }
  const words: Words = { text, code, status: code.includes('INTERNAL_SERVER_ERROR') ? 500 : 400 };
  const known = classify(words, attempt);
  if (known?.reason === 'duplicate' && conflictId) {
    return new TwigError(known.kind, known.message, { field: known.field, reason: 'duplicate', conflictId });
  }
  return known ?? byStatus(words, attempt);
}

/** An answer of the right status whose content makes no sense. */
export function senseless(attempt: Attempt): TwigError {
  return new TwigError('server', `${attempt.host} answered something that is not a Twenty answer.`, {
    unclear: attempt.write,
    reason: 'notTwenty',
  });
}

function wordsOf(body: unknown): { text: string; code: string } {
  if (typeof body === 'string') return { text: body, code: '' };
  if (!isObject(body)) return { text: '', code: '' };
  const listed = Array.isArray(body.messages) ? body.messages : Array.isArray(body.message) ? body.message : [];
  const said = typeof body.message === 'string' ? [body.message] : listed;
  const code = [body.code, body.error].filter((part) => typeof part === 'string').join(' ');
  const other = [isObject(body.error) ? body.error.message : body.error, body.detail, body.error_description];
  const text = said.filter((part): part is string => typeof part === 'string').join(' ');
  return { text: text || (other.find((part): part is string => typeof part === 'string') ?? ''), code };
}

/** Twenty names its status in the body; a gateway or proxy does not. */
function isTwentyShape(body: unknown): boolean {
  return isObject(body) && (typeof body.statusCode === 'number' || Array.isArray(body.messages));
}

function pageInsteadOfAnswer(status: number, attempt: Attempt): TwigError {
  if (status >= 500) {
    return new TwigError(
      'gateway',
      `Something in front of ${attempt.host} answered with an error page (${status}): Twenty is probably restarting or down.`,
      { unclear: attempt.write },
    );
  }
  return new TwigError(
    'gateway',
    `${attempt.host} answered with a web page instead of data. Check that the address is the one of your Twenty server and that no log-in page or proxy stands before it.`,
    { reason: 'notTwenty' },
  );
}

function gatewayRefusal(words: Words, answer: Answer, attempt: Attempt): TwigError {
  const said = quoteServer(words.text);
  if (answer.status === 401 || answer.status === 403) {
    return new TwigError('unauthorized', 'Maton does not accept this key. Copy it again from Maton’s settings.');
  }
  if (answer.status === 429) return limited(answer.retryAfterMs, attempt, 'Maton');
  if (answer.status === 400) {
    return new TwigError(
      'gateway',
      `Maton refused the call${said ? `: ${said}` : ''}. Check that the Twenty connection is active.`,
    );
  }
  if (answer.status === 404) {
    return new TwigError('gateway', 'Maton does not know this connection or address.', { reason: 'unknownRoute' });
  }
  return new TwigError('gateway', `Maton could not pass the call on (${answer.status})${said ? `: ${said}` : ''}.`, {
    unclear: attempt.write && answer.status >= 500,
  });
}

/** A refusal for too many calls; `retryAt` is set by the throttle when the server does not say. */
function limited(retryAfterMs: number | null, attempt: Attempt, who = 'Twenty'): TwigError {
  return new TwigError('rateLimited', `${who} asks to slow down. Twig goes on by itself in a moment.`, {
    retryAt: retryAfterMs === null ? null : attempt.now + retryAfterMs,
  });
}

const tooLarge = () => rejected('This is too large for the server. Shorten the text.', 'tooLarge');
const unauthorized = (message: string) => new TwigError('unauthorized', message);
const rejected = (message: string, reason: ErrorReason | null, field: string | null = null) =>
  new TwigError('rejected', message, { field, reason });

function classify({ text, code, status }: Words, attempt: Attempt): TwigError | null {
  const host = attempt.host;
  if (/^(too many requests|limit reached)/i.test(text)) return limited(null, attempt);
  if (/PERMISSION_DENIED|does not have permission/.test(`${code} ${text}`)) {
    return new TwigError('forbidden', 'The key is accepted, but its role does not allow this.', {
      reason: 'permission',
    });
  }
  if (/token has expired/i.test(text)) return unauthorized('The key has expired. Make a new one in Twenty’s settings.');
  if (/API key is revoked/i.test(text))
    return unauthorized('The key was revoked. Make a new one in Twenty’s settings.');
  if (status === 401 || /UNAUTHENTICATED|token invalid|no payload/i.test(`${code} ${text}`)) {
    return unauthorized(`${host} does not accept the key. Copy it again from Twenty’s settings.`);
  }
  if (/forbidden resource|missing authentication token/i.test(text)) {
    return unauthorized(`${host} does not accept the key: it is wrong, expired or revoked.`);
  }
  if (/requires a user and won't work with just an API key/.test(text)) {
    return new TwigError('forbidden', 'This needs a signed-in person; a key is not enough.', { reason: 'permission' });
  }
  if (/request entity too large/i.test(text)) return tooLarge();
  if (/cannot (get|post|patch|put|delete) \//i.test(text)) {
    return new TwigError('notFound', `${host} does not have this part of Twenty’s API.`, { reason: 'unknownRoute' });
  }
  if (/^(record not found|could not find any entity)/i.test(text) || /(^| )(RECORD_)?NOT_FOUND\b/.test(code)) {
    return new TwigError('notFound', 'Twenty has no such record (any more).');
  }
  if (attempt.byId && /^rest api exception$/i.test(text)) {
    return new TwigError('notFound', 'Twenty has no such record (any more).');
  }
  return values(text, code) ?? exceptions(text, code, attempt);
}

/** Refusals of a value or a field, in the words of three generations of servers. */
function values(text: string, code: string): TwigError | null {
  const said = saying(text);
  if (/duplicate entry|duplicate key value|^duplicate .*unique/i.test(text)) {
    const field = /email/i.test(text) ? 'emails' : /domain/i.test(text) ? 'domainName' : null;
    return rejected('Another record already has this value, and it must be unique.', 'duplicate', field);
  }
  const unknown =
    /doesn't have any "([^"]+)" field/.exec(text) ??
    /Field ['"](\w+)['"] is not defined by type/.exec(text) ??
    /Field metadata for field "(\w+)" is missing/.exec(text) ??
    /field '([^']+)' does not exist in/.exec(text) ??
    /Field "([^"]+)" does not exist or is not sortable/.exec(text);
  if (unknown) return rejected(`This workspace has no field "${unknown[1]}".`, 'unknownField', unknown[1] ?? null);
  if (/Rich text is not supported, please use RICH_TEXT_V2/i.test(text)) {
    return rejected('This server does not take the older form of note texts.', 'unknownField', 'body');
  }
  const option =
    /Invalid value "(.*)" for field "(\w+)"\. Valid values are: (.*)/.exec(text) ??
    /Invalid value '(.*)' at '(?:data\.)?(\w+)[^']*'; Value .* enum/.exec(text) ??
    /enum value '(.*)' not available in '(\w+)' enum\. Available enum values are (.*)/.exec(text);
  if (option) {
    const choices = option[3] ? ` Possible: ${quoteServer(option[3])}.` : '';
    return rejected(
      `"${quoteServer(option[1] ?? '')}" is not an option of ${option[2]}.${choices}`,
      'badValue',
      option[2],
    );
  }
  if (/invalid input value for enum/.test(text)) return rejected(`Not an option of this field: ${said}`, 'badValue');
  if (/INVALID_PHONE_NUMBER|phone number is invalid/i.test(`${code} ${text}`)) {
    return rejected(
      'Twenty does not take this phone number. Write it with its country, such as +33 6 12 34 56 78.',
      'badValue',
      'phones',
    );
  }
  if (/INVALID_URL|URL of the link is not valid/.test(`${code} ${text}`)) {
    return rejected('Twenty does not take this link. Write it in full, such as https://example.com.', 'badValue');
  }
  const field = /(?:field|at) ["'](?:data\.)?([A-Za-z][\w.]*)["']/.exec(text)?.[1] ?? null;
  if (/foreign key constraint/.test(text)) {
    return rejected('It points at a record that Twenty does not have (any more).', 'badValue', field);
  }
  if (/object '[^']*' not found/.test(text)) return rejected('This workspace has no such object.', 'unknownObject');
  if (/INVALID_CURSOR|invalid cursor/i.test(`${code} ${text}`)) {
    return rejected('The place in the list was lost; it is read again from the beginning.', 'badCursor');
  }
  if (/^invalid .* value|invalid subfield|invalid input syntax|is not a valid|^invalid value/i.test(text)) {
    return rejected(`Twenty does not take a value: ${said}`, 'badValue', field);
  }
  if (/data validation error|invalid byte sequence/i.test(text)) {
    return rejected('The text holds a character that the server cannot store.', 'badValue');
  }
  return null;
}

/** Raw exceptions of the server: what they left behind is not known. */
function exceptions(text: string, code: string, attempt: Attempt): TwigError | null {
  const raw =
    /cannot read propert|is not a function|unexpected (token|end of json)|metadata cache/i.test(text) ||
    /^(TypeError|SyntaxError)$/.test(code);
  if (!raw) return null;
  const damaged = !attempt.write && /unexpected (token|end)|body\.map is not a function/i.test(text);
  const message = damaged
    ? `${attempt.host} cannot read one of its own records, so it refuses the whole list. Look for a note or task there whose text does not open, and clear it.`
    : `${attempt.host} had an internal error while doing this.`;
  return new TwigError('server', message, {
    unclear: attempt.write,
    reason: damaged ? 'damagedRecord' : null,
  });
}

function byStatus({ text, status }: Words, attempt: Attempt): TwigError {
  const said = quoteServer(text);
  if (status === 404) {
    return new TwigError('notFound', `${attempt.host} has nothing at this address.`, { reason: 'unknownRoute' });
  }
  if (status === 403)
    return new TwigError('forbidden', `${attempt.host} does not allow this${said ? `: ${saying(text)}` : '.'}`);
  if (status === 431 || status === 414) {
    return new TwigError('invalid', 'The filter is too long for the server. Use fewer conditions.', {
      reason: 'tooLarge',
    });
  }
  if (status === 408 || status >= 500) {
    return new TwigError(
      'server',
      `${attempt.host} had an internal error (${status})${said ? `: ${saying(text)}` : '.'}`,
      {
        unclear: attempt.write,
      },
    );
  }
  return rejected(`Twenty refused it${said ? `: ${saying(text)}` : ` (${status}).`}`, null);
}
