import { join } from 'node:path';
import type { ConnectStep } from '../../shared/app/connections';
import type { EventName, EventPayload } from '../../shared/contract';
import { systemClock } from '../twenty/clock';
import type { Fetch } from '../twenty/types';
import type { Vault } from '../vault/vault';
import type { WorkspaceEvents } from '../workspace/types';
import { openWorkspace } from '../workspace/workspace';
import { Clients } from './clients';
import { Connections } from './connections';
import { Connector, type StepReport } from './connector';
import { Gateway } from './gateway';
import { SignIn } from './signIn';
import { workspaceDirectory } from './stored';

export interface ConnectionsBoot {
  root: string;
  vault: Vault;
  fetch: Fetch;
  openBrowser(url: string): Promise<void>;
  /** Loopback origin of a gateway for trials; null for the service. */
  matonOrigin: string | null;
  mirrorWorker: string;
  activeId(): string | null;
  setActiveId(id: string | null): void;
  send<N extends EventName>(name: N, payload: EventPayload<N>): void;
  notice(notice: { id: string; level: 'info' | 'warning' | 'error'; message: string }): void;
  /** Something that windows show changed. */
  changed(): void;
}

/** Everything about connections, built and wired: what is open, and the ways to connect more. */
export interface ConnectionParts {
  connections: Connections;
  connector: Connector;
  signIn: SignIn;
  gateway: Gateway;
}

export function createConnections(boot: ConnectionsBoot): ConnectionParts {
  const { root, vault, fetch, changed, notice } = boot;
  const clock = systemClock;
  const clients = new Clients({
    root,
    fetch,
    clock,
    // The sample company is only built for those who look at it.
    demo: async () => {
      const { openDemoWorkspace } = await import('./demoWorkspace');
      return openDemoWorkspace(join(workspaceDirectory(root, 'demo'), 'server.jsonl'));
    },
  });
  const events = (connectionId: string): WorkspaceEvents => ({
    records: (changes) => boot.send('records.changed', { connectionId, changes }),
    outbox: () => {
      boot.send('outbox.changed', { connectionId });
      changed();
    },
    status: changed,
    notice,
  });
  const connections: Connections = new Connections({
    root,
    clock,
    vault,
    createClient: (connection, secret, onRenewed) => clients.forConnection(connection, secret, onRenewed),
    revoke: (secret) => clients.revoke(secret),
    openWorkspace: ({ connection, directory, databaseKey, locked, client, events: told }) =>
      openWorkspace({
        connectionId: connection.id,
        directory,
        databaseKey,
        locked,
        client,
        memberId: connection.member?.id ?? null,
        clock,
        events: told,
        mirrorWorker: boot.mirrorWorker,
        readOnly: connection.readOnly,
      }),
    events,
    activeId: boot.activeId,
    setActiveId: boot.setActiveId,
    onChange: changed,
    notice,
  });
  const report: StepReport = (step: ConnectStep & EventPayload<'connect.step'>) => boot.send('connect.step', step);
  const connector = new Connector({
    connections,
    clock,
    keyring: () => vault.keyring(),
    client: (credential) => clients.forCheck(credential),
    report,
  });
  const ways = { connector, fetch, clock, openBrowser: boot.openBrowser, report };
  return {
    connections,
    connector,
    signIn: new SignIn(ways),
    gateway: new Gateway({ ...ways, origin: boot.matonOrigin }),
  };
}
