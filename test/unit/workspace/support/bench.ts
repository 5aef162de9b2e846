import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workspace, WorkspaceOptions } from '../../../../main/workspace/types';
import { openWorkspace } from '../../../../main/workspace/workspace';
import type { Draft } from '../../../../shared/capture/draft';
import { FakeClock, until } from './clock';
import { FakeServer } from './server';

export interface Bench {
  directory: string;
  clock: FakeClock;
  server: FakeServer;
  notices: string[];
  changes: { object: string; ids: string[] | null }[];
  open(options?: Partial<WorkspaceOptions>): Promise<Workspace>;
}

/** A folder, a clock and a server for one test; `open` may be called again, as after a restart. */
export function bench(): Bench {
  const directory = mkdtempSync(join(tmpdir(), 'twig-workspace-'));
  const clock = new FakeClock();
  const server = new FakeServer();
  const notices: string[] = [];
  const changes: { object: string; ids: string[] | null }[] = [];
  return {
    directory,
    clock,
    server,
    notices,
    changes,
    open: (options = {}) =>
      openWorkspace({
        connectionId: 'test',
        directory,
        databaseKey: null,
        client: server,
        memberId: null,
        clock,
        events: {
          records: (changed) => changes.push(...changed),
          outbox: () => undefined,
          status: () => undefined,
          notice: ({ message }) => notices.push(message),
        },
        mirrorWorker: null,
        readOnly: false,
        ...options,
      }),
  };
}

export const JANE = '11111111-1111-4111-8111-111111111111';
export const ACME = '22222222-2222-4222-8222-222222222222';

/** Jane Smith of Acme, known to the server. */
export function seed(server: FakeServer): void {
  server.put('company', { id: ACME, name: 'Acme Corp', domainName: { primaryLinkUrl: 'https://acme.example' } });
  server.put('person', {
    id: JANE,
    name: { firstName: 'Jane', lastName: 'Smith' },
    emails: { primaryEmail: 'jane@acme.example', additionalEmails: [] },
    jobTitle: 'CTO',
    city: 'Lyon',
    companyId: ACME,
  });
}

export function draft(title: string, more: Partial<Draft> = {}): Draft {
  return {
    kind: 'note',
    title,
    body: '',
    due: null,
    assigneeId: null,
    links: [{ object: 'person', id: JANE, label: 'Jane Smith' }],
    connectionId: 'test',
    replaces: null,
    ...more,
  };
}

export const newId = () => randomUUID();

/** Waits until the first pass and a delta are through. */
export async function synced(workspace: Workspace): Promise<void> {
  await until(() => workspace.syncStatus().phase === 'idle' && workspace.syncStatus().lastSyncAt !== null);
}

/** Waits until nothing of the outbox is left to send. */
export async function sent(workspace: Workspace): Promise<void> {
  await until(() => workspace.outbox.waiting() === 0);
}
