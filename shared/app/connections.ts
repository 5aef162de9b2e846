import { z } from 'zod';
import { uuid } from '../crm/records';

export const connectionId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'not a connection id');
export const ConnectionKind = z.enum(['twenty', 'oauth', 'maton', 'demo']);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

/** How well the secret of a connection is kept; never the secret itself. */
export const VaultStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('sealed'), backend: z.string() }),
  z.object({
    state: z.literal('unprotected'),
    /** `session`: gone when Twig quits. `accepted`: the user chose to keep it in clear. */
    kept: z.enum(['session', 'accepted']),
    backend: z.string(),
  }),
  z.object({ state: z.literal('undecryptable'), sealedBy: z.string(), backend: z.string() }),
  z.object({ state: z.literal('absent') }),
]);
export type VaultStatus = z.infer<typeof VaultStatus>;

export const MemberView = z.object({ id: uuid, name: z.string(), email: z.string() });
export type MemberView = z.infer<typeof MemberView>;

export const SyncStatus = z.object({
  phase: z.enum(['idle', 'first', 'delta', 'offline', 'waiting', 'signedOut', 'failed']),
  records: z.number(),
  /** Expected total of the first pass, null while unknown. */
  total: z.number().nullable(),
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Epoch milliseconds of the last complete pass. */
  lastSyncAt: z.number().nullable(),
  message: z.string().nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const ConnectionView = z.object({
  id: connectionId,
  kind: ConnectionKind,
  name: z.string(),
  /** Origin shown to the user; `demo` for the embedded server. */
  server: z.string(),
  /** True for http: shown as a visible mark. */
  cleartext: z.boolean(),
  member: MemberView.nullable(),
  vault: VaultStatus,
  readOnly: z.boolean(),
  sync: SyncStatus,
  counts: z.object({ people: z.number(), companies: z.number(), opportunities: z.number() }),
  outbox: z.object({ waiting: z.number(), failed: z.number() }),
  online: z.boolean(),
  /** False when the local copy could not be opened or is not encrypted at rest. */
  encryptedAtRest: z.boolean(),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

export const ConnectStep = z.object({
  step: z.enum(['discovery', 'browser', 'reachable', 'twenty', 'key', 'objects', 'maton', 'sealed']),
  state: z.enum(['running', 'ok', 'failed']),
  message: z.string(),
});
export type ConnectStep = z.infer<typeof ConnectStep>;

/** What a connect attempt ended in. */
export const ConnectResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), connectionId }),
  z.object({
    ok: z.literal(false),
    /** `unprotected`: nothing is wrong but no keyring; ask how to keep the key. */
    reason: z.enum(['failed', 'cancelled', 'unprotected']),
    step: ConnectStep.shape.step.nullable(),
    message: z.string(),
  }),
]);
export type ConnectResult = z.infer<typeof ConnectResult>;

export const KeepSecret = z.enum(['sealed', 'session', 'accepted']);
export type KeepSecret = z.infer<typeof KeepSecret>;

export const MatonConnection = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  status: z.string(),
  createdAt: z.string().nullable(),
  method: z.string().nullable(),
  metadata: z.string().nullable(),
});
export type MatonConnection = z.infer<typeof MatonConnection>;
