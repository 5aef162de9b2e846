import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connections, type ConnectionsPorts } from '../../../main/connections/connections';
import { Connector, type Credential } from '../../../main/connections/connector';
import { workspaceDirectory } from '../../../main/connections/stored';
import type { TwentyClient } from '../../../main/twenty/types';
import type { VaultAnswer } from '../../../main/vault/vault';
import type { Workspace } from '../../../main/workspace/types';

const MEMBER = {
  id: '20202020-0000-4000-8000-000000000001',
  name: { firstName: 'Tim', lastName: 'Apple' },
  userEmail: 'tim@acme.example',
};
const clock = { now: () => 1_000, sleep: async () => undefined };

let root: string;
let secrets: Map<string, string>;
let readable: boolean;
let waiting: number;
let activeId: string | null;
let opened: { id: string; locked: boolean; databaseKey: string | null; signedIn: boolean }[];
let keyring: boolean;
const revoke = vi.fn(async () => undefined);

const client = (fails: string | null = null): TwentyClient =>
  ({
    async *check() {
      yield { step: 'reachable', state: 'ok', message: 'Answers.' };
      yield fails
        ? { step: 'key', state: 'failed', message: fails }
        : { step: 'key', state: 'ok', message: 'Accepted.' };
    },
    whoAmI: async () => ({ memberId: null, workspaceName: 'Acme' }),
    list: async () => ({ records: [MEMBER], totalCount: 1, hasNextPage: false, endCursor: null }),
    dispose: () => undefined,
  }) as unknown as TwentyClient;

function ports(): ConnectionsPorts {
  const sealed = (secret: string): VaultAnswer => ({ state: 'sealed', secret, backend: 'test' });
  return {
    root,
    clock,
    vault: {
      async read(id) {
        const secret = secrets.get(id);
        if (secret === undefined) return { state: 'absent' };
        return readable ? sealed(secret) : { state: 'undecryptable', sealedBy: 'old keyring', backend: 'new keyring' };
      },
      async write(id, secret) {
        secrets.set(id, secret);
        readable = true;
        return sealed(secret);
      },
      renew: async () => undefined,
      forget: async (id) => void secrets.delete(id),
    },
    createClient: async () => client(),
    revoke,
    async openWorkspace({ connection, locked, databaseKey, client: given }) {
      opened.push({ id: connection.id, locked, databaseKey, signedIn: given !== null });
      return {
        connectionId: connection.id,
        start: () => undefined,
        close: async () => undefined,
        members: async () => [],
        setMember: () => undefined,
        setReadOnly: () => undefined,
        keyChanged: async () => undefined,
        status: () => ({}),
        outbox: { waiting: () => waiting },
      } as unknown as Workspace;
    },
    events: () => ({}) as never,
    activeId: () => activeId,
    setActiveId: (id) => {
      activeId = id;
    },
    onChange: () => undefined,
    notice: () => undefined,
  };
}

function connector(connections: Connections, fails: string | null = null): Connector {
  return new Connector({
    connections,
    clock,
    keyring: async () => (keyring ? { available: true, backend: 'test' } : { available: false, backend: 'basic_text' }),
    client: async () => client(fails),
    report: () => undefined,
  });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twig-connections-'));
  secrets = new Map();
  opened = [];
  readable = true;
  waiting = 0;
  activeId = null;
  keyring = true;
  revoke.mockClear();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const KEY = 'not-a-real-key';
const secretOf = (id: string): { credential: Credential; databaseKey: string | null } =>
  JSON.parse(secrets.get(id) ?? '{}');

describe('connecting', () => {
  it('seals the key with its host and a fresh database key, and opens the workspace', async () => {
    const connections = new Connections(ports());
    const result = await connector(connections).twenty('https://crm.acme.example/', ` Bearer ${KEY} `, 'sealed');
    expect(result).toMatchObject({ ok: true });
    const id = activeId ?? '';
    expect(secretOf(id).credential).toEqual({ type: 'apiKey', origin: 'https://crm.acme.example', key: KEY });
    expect(secretOf(id).databaseKey).toMatch(/^[0-9a-f]{64}$/);
    expect(opened).toEqual([{ id, locked: false, databaseKey: secretOf(id).databaseKey, signedIn: true }]);
    expect(await readFile(join(workspaceDirectory(root, id), 'connection.json'), 'utf8')).not.toContain(KEY);
    expect(connections.views()[0]).toMatchObject({
      name: 'Acme',
      server: 'https://crm.acme.example',
      cleartext: false,
    });
  });

  it('keeps nothing when a step fails', async () => {
    const connections = new Connections(ports());
    const result = await connector(connections, 'The key was refused.').twenty(
      'https://crm.acme.example',
      KEY,
      'sealed',
    );
    expect(result).toEqual({ ok: false, reason: 'failed', step: 'key', message: 'The key was refused.' });
    expect(secrets.size).toBe(0);
    expect(opened).toEqual([]);
  });

  it('asks how to keep the key where nothing can seal it, before anything is kept', async () => {
    keyring = false;
    const connections = new Connections(ports());
    expect(await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed')).toMatchObject({
      ok: false,
      reason: 'unprotected',
    });
    expect(secrets.size).toBe(0);
    expect(await connector(connections).twenty('https://crm.acme.example', KEY, 'accepted')).toMatchObject({
      ok: true,
    });
    expect(secretOf(activeId ?? '').databaseKey).toBeNull();
  });

  it('takes a second key for the same workspace as a new sign-in, not as a second copy', async () => {
    const connections = new Connections(ports());
    await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed');
    const first = secretOf(activeId ?? '').databaseKey;
    await connector(connections).twenty('https://crm.acme.example', 'another-fake-key', 'sealed');
    expect(connections.views()).toHaveLength(1);
    expect(secretOf(activeId ?? '')).toMatchObject({ credential: { key: 'another-fake-key' }, databaseKey: first });
  });

  it('refuses text that is no key, and says so', async () => {
    const connections = new Connections(ports());
    await expect(
      connector(connections).twenty('https://crm.acme.example', 'two words', 'sealed'),
    ).rejects.toMatchObject({ field: 'apiKey' });
  });

  it('remembers who "me" is', async () => {
    const connections = new Connections(ports());
    await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed');
    await connections.chooseMember(activeId ?? '', MEMBER.id);
    const again = new Connections(ports());
    await again.load();
    expect(again.views()[0]?.member).toEqual({ id: MEMBER.id, name: 'Tim Apple', email: 'tim@acme.example' });
  });
});

describe('a connection whose keyring changed', () => {
  it('opens signed out and locked, with its file kept, and comes back with a new key', async () => {
    const connections = new Connections(ports());
    await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed');
    const id = activeId ?? '';
    const copy = join(workspaceDirectory(root, id), 'mirror.db');
    await writeFile(copy, 'encrypted with the old key');
    await writeFile(join(workspaceDirectory(root, id), 'outbox.db'), 'waiting');
    readable = false;
    opened = [];
    const again = new Connections(ports());
    await again.load();
    expect(opened).toEqual([{ id, locked: true, databaseKey: null, signedIn: false }]);
    expect(again.views()[0]?.vault).toEqual({
      state: 'undecryptable',
      sealedBy: 'old keyring',
      backend: 'new keyring',
    });
    expect(secrets.has(id)).toBe(true);
    await access(copy);

    expect(await connector(again).again(id, 'another-fake-key', 'sealed')).toMatchObject({
      ok: true,
      connectionId: id,
    });
    await expect(access(copy)).rejects.toThrow();
    expect(await readFile(join(workspaceDirectory(root, id), 'outbox.db'), 'utf8')).toBe('waiting');
  });
});

describe('signing out', () => {
  it('warns while captures wait, then clears key, copy and folder', async () => {
    const connections = new Connections(ports());
    await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed');
    const id = activeId ?? '';
    waiting = 2;
    expect(await connections.signOut(id, false)).toEqual({ signedOut: false, waiting: 2 });
    expect(secrets.size).toBe(1);
    expect(await connections.signOut(id, true)).toEqual({ signedOut: true, waiting: 2 });
    expect(secrets.size).toBe(0);
    await expect(access(workspaceDirectory(root, id))).rejects.toThrow();
    expect(revoke).toHaveBeenCalledOnce();
    expect(activeId).toBeNull();
    expect(() => connections.active()).toThrow('Connect a workspace first');
  });
});

describe('a damaged description', () => {
  it('is set aside, and the other workspaces open', async () => {
    const connections = new Connections(ports());
    await connector(connections).twenty('https://crm.acme.example', KEY, 'sealed');
    await connector(connections).twenty('https://other.example', KEY, 'sealed');
    const [first, second] = connections.views();
    await writeFile(join(workspaceDirectory(root, first?.id ?? ''), 'connection.json'), '{"vers');
    const again = new Connections(ports());
    await again.load();
    expect(again.views().map((view) => view.id)).toEqual([second?.id]);
  });
});
