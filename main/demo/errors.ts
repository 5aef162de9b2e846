/** What GraphQL adds to an error; REST shows only `code`. */
export interface ErrorExtensions {
  code: string;
  subCode?: string;
  userFriendlyMessage?: string;
  conflictingRecordId?: string;
  conflictingObjectNameSingular?: string;
  /** What the framework adds when it refused by itself. */
  response?: unknown;
}

/**
 * A refusal in the server's own words. Messages keep the double quotes of the source; old servers
 * turn them into single quotes in REST answers.
 */
export class ServerError extends Error {
  /** HTTP status of the REST answer; GraphQL answers 200 with the message. */
  readonly status: number;
  readonly messages: readonly string[];
  /** The `error` word of the REST body. */
  readonly word: string;
  /** The `code` of the REST body; null leaves it out. */
  readonly code: string | null;
  readonly extensions: ErrorExtensions;
  /** Old servers answer a single `message` when the REST layer itself refuses. */
  readonly single: boolean;

  constructor(
    status: number,
    messages: string | readonly string[],
    more: { word?: string; code?: string; extensions?: Partial<ErrorExtensions>; single?: boolean } = {},
  ) {
    const list = typeof messages === 'string' ? [messages] : messages;
    super(list[0] ?? '');
    this.name = 'ServerError';
    this.status = status;
    this.messages = list;
    this.word = more.word ?? 'BadRequestException';
    this.code = more.code ?? null;
    this.extensions = { code: status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT', ...more.extensions };
    this.single = more.single ?? false;
  }
}

/** A plain 400 of the data layer. */
export function badRequest(message: string, extensions?: Partial<ServerError['extensions']>): ServerError {
  return new ServerError(400, message, { extensions });
}

/** A 400 that carries a `code` in REST and as `subCode` in GraphQL. */
export function codedError(code: string, message: string): ServerError {
  return new ServerError(400, message, { word: 'Error', code, extensions: { subCode: code } });
}

/** The record is unknown or in the trash: 404, or 400 on servers that never say 404. */
export function recordNotFound(status: 400 | 404): ServerError {
  return new ServerError(status, 'Record not found', {
    word: status === 404 ? 'NotFoundException' : 'BadRequestException',
    extensions: {
      code: 'NOT_FOUND',
      subCode: 'RECORD_NOT_FOUND',
      userFriendlyMessage: 'This record does not exist or has been deleted.',
    },
  });
}
