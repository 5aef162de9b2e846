import { randomUUID } from 'node:crypto';
import type { ConnectionKind, ConnectResult, ConnectStep, KeepSecret } from '../../shared/app/connections';
import { isTwigError, TwigError } from '../../shared/errors';
import { parseServer } from '../twenty/address';
import type { Clock, TwentyClient } from '../twenty/types';
import type { Keyring } from '../vault/sealer';
import { DEMO_ORIGIN } from './clients';
import type { Connections } from './connections';
import { type StoredConnection, type StoredSecret, workspaceOfKey } from './stored';

export type Credential = StoredSecret['credential'];
export type StepReport = (step: ConnectStep & { kind: ConnectionKind }) => void;

export interface ConnectorPorts {
  connections: Connections;
  clock: Clock;
  keyring(): Promise<Keyring>;
  /** A client that lives only as long as the check. */
  client(credential: Credential | null, kind: ConnectionKind): Promise<TwentyClient>;
  report: StepReport;
}

interface Attempt {
  kind: ConnectionKind;
  credential: Credential | null;
  keep: KeepSecret;
  /** The connection this signs in again, when it is known which. */
  again: StoredConnection | null;
}

/** Thrown inside an attempt that the person called off. */
export const CANCELLED = Symbol('cancelled');

/** Connects workspaces: checks live, step by step, then seals the key and opens the workspace. */
export class Connector {
  readonly #ports: ConnectorPorts;
  #running: AbortController | null = null;

  constructor(ports: ConnectorPorts) {
    this.#ports = ports;
  }

  async twenty(server: string, apiKey: string, keep: KeepSecret): Promise<ConnectResult> {
    const { origin } = parseServer(server);
    return this.attempt({
      kind: 'twenty',
      credential: { type: 'apiKey', origin, key: cleanKey(apiKey) },
      keep,
      again: null,
    });
  }

  /** A new key for a connection whose old one is gone or was refused. */
  async again(id: string, apiKey: string, keep: KeepSecret): Promise<ConnectResult> {
    const known = this.#ports.connections.connection(id);
    const key = cleanKey(apiKey);
    const { origin, matonConnectionId } = known;
    const credential: Credential =
      known.kind === 'maton' && matonConnectionId !== null
        ? { type: 'maton', origin, key, matonConnectionId }
        : { type: 'apiKey', origin, key };
    const workspaceId = workspaceOfKey(key);
    if (known.workspaceId && workspaceId && known.workspaceId !== workspaceId) {
      return {
        ok: false,
        reason: 'failed',
        step: 'key',
        message: 'This key is for another workspace of the same server. Add it as a new connection instead.',
      };
    }
    return this.attempt({ kind: known.kind === 'maton' ? 'maton' : 'twenty', credential, keep, again: known });
  }

  async demo(): Promise<ConnectResult> {
    return this.attempt({ kind: 'demo', credential: null, keep: 'sealed', again: null });
  }

  /** Calls off whatever attempt is under way. */
  cancel(): void {
    this.#running?.abort(CANCELLED);
  }

  /** Runs `work` as the one attempt under way; an earlier one is called off. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    try {
      return await work(running.signal);
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /** Checks a credential and, when everything is well, keeps it and opens the workspace. */
  attempt(attempt: Attempt): Promise<ConnectResult> {
    return this.run(async (signal) => {
      try {
        return await this.#check(attempt, signal);
      } catch (error) {
        return failed(error, signal);
      }
    });
  }

  async #check(attempt: Attempt, signal: AbortSignal): Promise<ConnectResult> {
    const { kind, credential } = attempt;
    const client = await this.#ports.client(credential, kind);
    try {
      for await (const { step, state, message } of client.check(signal)) {
        this.#ports.report({ kind, step, state, message });
        if (state === 'failed') return { ok: false, reason: 'failed', step, message };
      }
      const who = await client.whoAmI({ lane: 'read', signal }).catch(() => ({ memberId: null, workspaceName: null }));
      const keeping = await this.#mayKeep(attempt);
      if (keeping) return keeping;
      signal.throwIfAborted();
      const connection = this.#describe(attempt, who.workspaceName);
      await this.#ports.connections.add(connection, credential, attempt.keep);
      if (who.memberId) await this.#ports.connections.chooseMember(connection.id, who.memberId).catch(() => undefined);
      return { ok: true, connectionId: connection.id };
    } finally {
      client.dispose();
    }
  }

  /** Without a keyring the user decides first; nothing was kept yet. */
  async #mayKeep({ kind, credential, keep }: Attempt): Promise<ConnectResult | null> {
    if (!credential) return null;
    const keyring = await this.#ports.keyring();
    if (keyring.available) {
      this.#ports.report({ kind, step: 'sealed', state: 'ok', message: `Key sealed by ${keyring.backend}.` });
      return null;
    }
    if (keep !== 'sealed') return null;
    const message = 'This system has no keyring that could seal the key. Choose how Twig keeps it.';
    this.#ports.report({ kind, step: 'sealed', state: 'failed', message });
    return { ok: false, reason: 'unprotected', step: 'sealed', message };
  }

  #describe({ kind, credential, again }: Attempt, workspaceName: string | null): StoredConnection {
    const origin = credential?.origin ?? DEMO_ORIGIN;
    const workspaceId =
      credential?.type === 'apiKey'
        ? workspaceOfKey(credential.key)
        : credential?.type === 'oauth'
          ? workspaceOfKey(credential.accessToken)
          : null;
    const matonConnectionId = credential?.type === 'maton' ? credential.matonConnectionId : null;
    const known =
      again ??
      this.#ports.connections.find(
        (one) =>
          one.origin === origin &&
          one.matonConnectionId === matonConnectionId &&
          one.workspaceId === workspaceId &&
          (one.kind === 'demo') === (kind === 'demo'),
      );
    if (known) return { ...known, kind };
    return {
      version: 1,
      id: kind === 'demo' ? 'demo' : randomUUID(),
      kind,
      name: kind === 'demo' ? 'Demo workspace' : workspaceName?.trim() || new URL(origin).host,
      origin,
      matonConnectionId,
      workspaceId,
      member: null,
      readOnly: false,
      createdAt: this.#ports.clock.now(),
    };
  }
}

/** Keys are pasted with blanks, quotes or the word Bearer around them. */
export function cleanKey(text: string): string {
  const key = text
    .trim()
    .replace(/^bearer\s+/i, '')
    .replace(/^["']|["']$/g, '');
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new TwigError('invalid', 'This is not an API key: it holds spaces or characters that no key has.', {
      field: 'apiKey',
    });
  return key;
}

/** An attempt's failure as a result; only what makes no sense at all is thrown on. */
export function failed(error: unknown, signal: AbortSignal): ConnectResult {
  if (signal.aborted) return { ok: false, reason: 'cancelled', step: null, message: 'Nothing was connected.' };
  if (isTwigError(error)) return { ok: false, reason: 'failed', step: null, message: error.message };
  throw error;
}
