import { join } from 'node:path';
import { createTwentyClient } from '../twenty/client';
import { fixedCredential } from '../twenty/credentials';
import { parseDialect } from '../twenty/dialect';
import { MATON_BASE_PATH } from '../twenty/maton';
import { createOauthSession } from '../twenty/oauth-session';
import type { Clock, CredentialSource, Dialect, Fetch, TwentyClient } from '../twenty/types';
import { readJson, writeAtomically } from '../vault/atomicFile';
import type { Credential } from './connector';
import type { DemoWorkspace } from './demoWorkspace';
import { type StoredConnection, type StoredSecret, workspaceDirectory } from './stored';

/** Where the embedded server is thought to live; nothing is ever sent there. */
export const DEMO_ORIGIN = 'http://demo.invalid';

export interface ClientsOptions {
  root: string;
  fetch: Fetch;
  clock: Clock;
  /** Makes the embedded server. */
  demo(): Promise<DemoWorkspace>;
}

/** Makes clients for connections: the right credential, the right way in, the last good dialect. */
export class Clients {
  readonly #options: ClientsOptions;

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  /** The client of a connection; renewed tokens are handed to `onRenewed` to be sealed. */
  async forConnection(
    connection: StoredConnection,
    secret: StoredSecret | null,
    onRenewed: (secret: StoredSecret) => Promise<void>,
  ): Promise<TwentyClient> {
    const path = join(workspaceDirectory(this.#options.root, connection.id), 'dialect.json');
    const keep = (dialect: Dialect): void => void writeAtomically(path, JSON.stringify(dialect)).catch(() => undefined);
    const dialect = parseDialect(await readJson(path));
    if (!secret) return this.#demoClient(dialect);
    const source = this.#source(secret.credential, async (credential) => onRenewed({ ...secret, credential }));
    return this.#client(secret.credential, source, dialect, keep);
  }

  /** A client that lives only as long as a check; null asks for the demo's. */
  async forCheck(credential: Credential | null): Promise<TwentyClient> {
    if (!credential) return this.#demoClient(null);
    return this.#client(
      credential,
      this.#source(credential, async () => undefined),
      null,
      () => undefined,
    );
  }

  /** Ends a sign-in at the server, best effort. */
  async revoke({ credential }: StoredSecret): Promise<void> {
    if (credential.type !== 'oauth') return;
    const { fetch, clock } = this.#options;
    await createOauthSession({ credential, fetch, clock, onRenewed: async () => undefined }).signOut();
  }

  #source(credential: Credential, onRenewed: (credential: Credential) => Promise<void>): CredentialSource {
    const { fetch, clock } = this.#options;
    return credential.type === 'oauth'
      ? createOauthSession({ credential, fetch, clock, onRenewed })
      : fixedCredential(credential);
  }

  #client(
    credential: Credential,
    source: CredentialSource,
    dialect: Dialect | null,
    onDialect: (dialect: Dialect) => void,
  ): TwentyClient {
    const { fetch, clock } = this.#options;
    const basePath = credential.type === 'maton' ? MATON_BASE_PATH : undefined;
    return createTwentyClient({
      origin: credential.origin,
      basePath,
      credential: source,
      fetch,
      clock,
      dialect,
      onDialect,
    });
  }

  async #demoClient(dialect: Dialect | null): Promise<TwentyClient> {
    const demo = await this.#options.demo();
    const credential = fixedCredential({ type: 'apiKey', origin: DEMO_ORIGIN, key: demo.key });
    return createTwentyClient({
      origin: DEMO_ORIGIN,
      credential,
      fetch: demo.fetch,
      clock: this.#options.clock,
      dialect,
    });
  }
}
