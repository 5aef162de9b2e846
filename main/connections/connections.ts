import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionView, KeepSecret, MemberView } from '../../shared/app/connections';
import { TwigError } from '../../shared/errors';
import type { Clock, TwentyClient } from '../twenty/types';
import { type VaultAnswer, vaultStatus } from '../vault/vault';
import type { Workspace, WorkspaceEvents } from '../workspace/types';
import { readMembers } from './members';
import {
  loadConnections,
  newDatabaseKey,
  parseSecret,
  type StoredConnection,
  type StoredSecret,
  saveConnection,
  workspaceDirectory,
} from './stored';

/** What the connections need of the rest of the app; the boot list hands it in. */
export interface ConnectionsPorts {
  /** The profile's folder. */
  root: string;
  clock: Clock;
  vault: {
    read(id: string): Promise<VaultAnswer>;
    write(id: string, secret: string, keep: KeepSecret): Promise<VaultAnswer>;
    renew(id: string, secret: string): Promise<void>;
    forget(id: string): Promise<void>;
  };
  /** A client for a connection; `secret` null only for the demo. Learned dialects and renewed tokens come back. */
  createClient(
    connection: StoredConnection,
    secret: StoredSecret | null,
    onRenewed: (secret: StoredSecret) => Promise<void>,
  ): Promise<TwentyClient>;
  /** Ends a sign-in at the server, best effort. */
  revoke(secret: StoredSecret): Promise<void>;
  openWorkspace(options: {
    connection: StoredConnection;
    directory: string;
    databaseKey: string | null;
    /** True while the key of the local copy is out of reach: the copy stays closed, the outbox works. */
    locked: boolean;
    client: TwentyClient | null;
    events: WorkspaceEvents;
  }): Promise<Workspace>;
  events(connectionId: string): WorkspaceEvents;
  activeId(): string | null;
  setActiveId(id: string | null): void;
  onChange(): void;
  notice(notice: { id: string; level: 'info' | 'warning' | 'error'; message: string }): void;
}

interface Open {
  connection: StoredConnection;
  vault: VaultAnswer;
  workspace: Workspace;
  client: TwentyClient | null;
}

/** Every workspace Twig is connected to, each with its own key, local copy, outbox and member. */
export class Connections {
  readonly #ports: ConnectionsPorts;
  readonly #open = new Map<string, Open>();

  constructor(ports: ConnectionsPorts) {
    this.#ports = ports;
  }

  /** Opens what the profile holds. A connection whose key is gone opens signed out, with everything waiting. */
  async load(): Promise<void> {
    const { connections, damaged } = await loadConnections(this.#ports.root);
    for (const id of damaged) {
      this.#ports.notice({
        id: `connection-${id}`,
        level: 'warning',
        message: `The description of workspace ${id} was damaged and set aside; what waited in it is still in its folder. Connect to it again.`,
      });
    }
    const active = this.#ports.activeId();
    const activeFirst = [...connections].sort((a, b) => Number(b.id === active) - Number(a.id === active));
    for (const connection of activeFirst) {
      try {
        await this.#openOne(connection);
      } catch (error) {
        this.#ports.notice({ id: `open-${connection.id}`, level: 'error', message: openFailure(connection, error) });
      }
    }
    if (!active || !this.#open.has(active)) this.#ports.setActiveId(this.#open.keys().next().value ?? null);
    this.#ports.onChange();
  }

  views(): ConnectionView[] {
    return [...this.#open.values()]
      .sort((a, b) => a.connection.createdAt - b.connection.createdAt)
      .map(({ connection, vault, workspace }) => ({
        id: connection.id,
        kind: connection.kind,
        name: connection.name,
        server: connection.kind === 'demo' ? 'Demo workspace' : connection.origin,
        cleartext: connection.origin.startsWith('http:') && connection.kind !== 'demo',
        member: connection.member,
        vault: vaultStatus(vault),
        readOnly: connection.readOnly,
        ...workspace.status(),
      }));
  }

  /** The workspace that windows show; throws when there is none. */
  active(): Workspace {
    const id = this.#ports.activeId();
    const open = id === null ? undefined : this.#open.get(id);
    if (!open) throw new TwigError('refused', 'Connect a workspace first.');
    return open.workspace;
  }

  /** A workspace by id; throws when it is not connected. */
  workspace(id: string): Workspace {
    return this.#get(id).workspace;
  }

  connection(id: string): StoredConnection {
    return this.#get(id).connection;
  }

  all(): Workspace[] {
    return [...this.#open.values()].map((open) => open.workspace);
  }

  /** Asks every workspace to look for news now: the machine woke, the network is back, a key was pressed. */
  syncAll(): void {
    for (const { workspace } of this.#open.values()) workspace.syncNow();
  }

  /** The connection already made to the same workspace, so that its outbox and copy are kept. */
  find(match: (connection: StoredConnection) => boolean): StoredConnection | null {
    for (const { connection } of this.#open.values()) if (match(connection)) return connection;
    return null;
  }

  /**
   * Seals the credential, keeps the description, opens the workspace and makes it the active one.
   * Also signs a known connection in again: its outbox and, if its key can be read, its copy stay.
   */
  async add(
    connection: StoredConnection,
    credential: StoredSecret['credential'] | null,
    keep: KeepSecret,
  ): Promise<void> {
    const { root, vault } = this.#ports;
    if (credential) {
      const before = await vault.read(connection.id);
      const known = 'secret' in before ? parseSecret(before.secret) : null;
      const databaseKey = known?.databaseKey ?? (keep === 'accepted' ? null : newDatabaseKey());
      await vault.write(connection.id, JSON.stringify({ credential, databaseKey } satisfies StoredSecret), keep);
      await this.#close(connection.id);
      if (!known) await discardUnreadableCopy(root, connection.id, this.#ports.clock.now());
    } else {
      await this.#close(connection.id);
    }
    await saveConnection(root, connection);
    await this.#openOne(connection);
    await this.#get(connection.id).workspace.keyChanged();
    this.activate(connection.id);
  }

  activate(id: string): void {
    this.#get(id);
    this.#ports.setActiveId(id);
    this.#ports.onChange();
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#describe(id, { name });
  }

  async setReadOnly(id: string, readOnly: boolean): Promise<void> {
    await this.#describe(id, { readOnly });
    this.#get(id).workspace.setReadOnly(readOnly);
  }

  /** Members of the workspace: from the local copy, or from the server before the first sync. */
  async members(id: string): Promise<MemberView[]> {
    const { workspace, client } = this.#get(id);
    const local = await workspace.members();
    if (local.length > 0 || !client) return local;
    return readMembers(client);
  }

  async chooseMember(id: string, memberId: string | null): Promise<void> {
    const member = memberId === null ? null : ((await this.members(id)).find((one) => one.id === memberId) ?? null);
    if (memberId !== null && !member) throw new TwigError('notFound', 'This member is no longer in the workspace.');
    await this.#describe(id, { member });
    this.#get(id).workspace.setMember(memberId);
  }

  /** Clears key, copy and outbox of a connection from this machine; works offline too. */
  async signOut(id: string, discardWaiting: boolean): Promise<{ signedOut: boolean; waiting: number }> {
    const { workspace, vault } = this.#get(id);
    const waiting = workspace.outbox.waiting();
    if (waiting > 0 && !discardWaiting) return { signedOut: false, waiting };
    await this.#close(id);
    const secret = 'secret' in vault ? parseSecret(vault.secret) : null;
    if (secret) await this.#ports.revoke(secret);
    await this.#ports.vault.forget(id);
    await rm(workspaceDirectory(this.#ports.root, id), { recursive: true, force: true, maxRetries: 3 });
    if (this.#ports.activeId() === id) this.#ports.setActiveId(this.#open.keys().next().value ?? null);
    this.#ports.onChange();
    return { signedOut: true, waiting };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id)));
  }

  #get(id: string): Open {
    const open = this.#open.get(id);
    if (!open) throw new TwigError('notFound', 'This workspace is not connected any more.');
    return open;
  }

  async #openOne(connection: StoredConnection): Promise<void> {
    const ports = this.#ports;
    const vault = await ports.vault.read(connection.id);
    const secret = 'secret' in vault ? parseSecret(vault.secret) : null;
    const demo = connection.kind === 'demo';
    const client =
      secret || demo
        ? await ports.createClient(connection, secret, (renewed) => this.#renew(connection.id, renewed))
        : null;
    const workspace = await ports.openWorkspace({
      connection,
      directory: workspaceDirectory(ports.root, connection.id),
      databaseKey: secret?.databaseKey ?? null,
      locked: !secret && !demo,
      client,
      events: ports.events(connection.id),
    });
    this.#open.set(connection.id, { connection, vault, workspace, client });
    workspace.start();
  }

  async #close(id: string): Promise<void> {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    open.client?.dispose();
    await open.workspace.close();
  }

  async #describe(id: string, change: Partial<StoredConnection>): Promise<void> {
    const open = this.#get(id);
    open.connection = { ...open.connection, ...change };
    await saveConnection(this.#ports.root, open.connection);
    this.#ports.onChange();
  }

  async #renew(id: string, secret: StoredSecret): Promise<void> {
    const open = this.#open.get(id);
    const text = JSON.stringify(secret);
    if (open && 'secret' in open.vault) open.vault = { ...open.vault, secret: text };
    await this.#ports.vault.renew(id, text);
  }
}

/**
 * The key of these files is gone for good. The copy is on the server and is fetched again; the
 * history of what was written is only here, so its file is kept aside for whoever finds the key.
 */
async function discardUnreadableCopy(root: string, id: string, now: number): Promise<void> {
  const directory = workspaceDirectory(root, id);
  for (const suffix of ['', '-wal', '-shm']) {
    await rm(join(directory, `mirror.db${suffix}`), { force: true });
    await rename(join(directory, `history.db${suffix}`), join(directory, `history-${now}.sealed.db${suffix}`)).catch(
      () => undefined,
    );
  }
}

function openFailure(connection: StoredConnection, error: unknown): string {
  const why = error instanceof TwigError ? error.message : 'Its folder could not be opened.';
  return `${connection.name} could not be opened: ${why} Nothing in it was changed.`;
}
