import { z } from 'zod';

/** Every way a thing can fail, in terms of what the user can do about it. */
export const ERROR_KINDS = [
  'offline', // no answer: keep working, it is retried
  'unauthorized', // key refused: connect again
  'forbidden', // key accepted, this not allowed
  'notFound',
  'rejected', // the server refused the values; `field` when it named one
  'rateLimited', // `retryAt` says when it is tried again
  'server', // 5xx and answers that make no sense
  'gateway', // Maton (or a proxy) spoke, not Twenty
  'corrupt', // unreadable data on this machine
  'invalid', // what was asked of Twig itself makes no sense
  'refused', // Twig will not do it: not known to be safe, read-only, not approved
] as const;
export const ErrorKind = z.enum(ERROR_KINDS);
export type ErrorKind = z.infer<typeof ErrorKind>;

/** An error as a person may read it. Never holds a stack, a token or a response body. */
export const AppError = z.object({
  kind: ErrorKind,
  /** One or two plain sentences: what happened, what to do. */
  message: z.string(),
  field: z.string().nullable(),
  /** Epoch milliseconds. */
  retryAt: z.number().nullable(),
});
export type AppError = z.infer<typeof AppError>;

/** Causes that some part reacts to, beyond telling the user. */
export type ErrorReason =
  | 'duplicate'
  | 'unknownField'
  | 'unknownObject'
  | 'unknownRoute'
  | 'badValue'
  | 'permission'
  | 'tooLarge'
  | 'badCursor'
  | 'notTwenty'
  | 'damagedRecord'
  | 'aborted';

/** Thrown inside main and rebuilt in renderers by the bridge. */
export class TwigError extends Error {
  readonly kind: ErrorKind;
  readonly field: string | null;
  readonly retryAt: number | null;
  /** True when a write may have reached the server although no answer proves it: read before repeating. */
  readonly unclear: boolean;
  /** Finer than `kind`, for code that reacts to it; never shown. */
  readonly reason: ErrorReason | null;
  /** The record that already holds a unique value, when it is known. */
  readonly conflictId: string | null;

  constructor(
    kind: ErrorKind,
    message: string,
    more: {
      field?: string | null;
      retryAt?: number | null;
      unclear?: boolean;
      reason?: ErrorReason | null;
      conflictId?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'TwigError';
    this.kind = kind;
    this.field = more.field ?? null;
    this.retryAt = more.retryAt ?? null;
    this.unclear = more.unclear ?? false;
    this.reason = more.reason ?? null;
    this.conflictId = more.conflictId ?? null;
  }

  toJSON(): AppError {
    return { kind: this.kind, message: this.message, field: this.field, retryAt: this.retryAt };
  }
}

/** True for a TwigError, also one from another realm. */
export function isTwigError(error: unknown): error is TwigError {
  return error instanceof Error && error.name === 'TwigError' && 'kind' in error;
}
