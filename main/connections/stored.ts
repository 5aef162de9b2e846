import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConnectionKind, connectionId, MemberView } from '../../shared/app/connections';
import { writeAtomically } from '../vault/atomicFile';

/** One connection as its folder tells it: `workspaces/<id>/connection.json`. Never a secret. */
export const StoredConnection = z.object({
  version: z.literal(1),
  id: connectionId,
  kind: ConnectionKind,
  name: z.string().min(1).max(200),
  /** Origin of the server that is spoken to; of the gateway with Maton. */
  origin: z.string().max(2_048),
  matonConnectionId: z.string().max(128).nullable(),
  /** Tells workspaces of one server apart, where the key says which it is for. */
  workspaceId: z.string().max(128).nullable(),
  member: MemberView.nullable(),
  readOnly: z.boolean(),
  createdAt: z.number(),
});
export type StoredConnection = z.infer<typeof StoredConnection>;

/** A secret as the vault keeps it for one connection. */
export const StoredSecret = z.object({
  credential: z.discriminatedUnion('type', [
    z.object({ type: z.literal('apiKey'), origin: z.string(), key: z.string() }),
    z.object({ type: z.literal('maton'), origin: z.string(), key: z.string(), matonConnectionId: z.string() }),
    z.object({
      type: z.literal('oauth'),
      origin: z.string(),
      clientId: z.string(),
      tokenEndpoint: z.string(),
      revocationEndpoint: z.string().nullable(),
      accessToken: z.string(),
      refreshToken: z.string().nullable(),
      expiresAt: z.number(),
    }),
  ]),
  /** Key of the encrypted local copy (32 bytes as hex); null when the copy is kept in clear. */
  databaseKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type StoredSecret = z.infer<typeof StoredSecret>;

/** A fresh key for a local copy. */
export function newDatabaseKey(): string {
  return randomBytes(32).toString('hex');
}

/** Reads a secret's text; null when it is not one. */
export function parseSecret(text: string): StoredSecret | null {
  try {
    const parsed = StoredSecret.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The folder of one connection: its copy, its outbox, its description. */
export function workspaceDirectory(root: string, id: string): string {
  return join(root, 'workspaces', id);
}

export async function saveConnection(root: string, connection: StoredConnection): Promise<void> {
  const path = join(workspaceDirectory(root, connection.id), 'connection.json');
  await writeAtomically(path, `${JSON.stringify(connection, null, 2)}\n`);
}

/** Every connection on this machine, oldest first; a damaged description is set aside and named. */
export async function loadConnections(root: string): Promise<{ connections: StoredConnection[]; damaged: string[] }> {
  const folder = join(root, 'workspaces');
  const connections: StoredConnection[] = [];
  const damaged: string[] = [];
  let ids: string[];
  try {
    ids = await readdir(folder);
  } catch {
    return { connections, damaged };
  }
  for (const id of ids) {
    if (!connectionId.safeParse(id).success) continue;
    const path = join(folder, id, 'connection.json');
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch {
      continue;
    }
    const parsed = parseConnection(text);
    if (parsed && parsed.id === id) connections.push(parsed);
    else {
      damaged.push(id);
      await rename(path, `${path}.damaged-${Date.now()}`).catch(() => undefined);
    }
  }
  return { connections: connections.sort((a, b) => a.createdAt - b.createdAt), damaged };
}

function parseConnection(text: string): StoredConnection | null {
  try {
    const parsed = StoredConnection.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The workspace an API key says it is for (Twenty signs them as JWTs); null when it does not tell. */
export function workspaceOfKey(key: string): string | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(key.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return z.object({ workspaceId: z.string().max(128) }).parse(payload).workspaceId;
  } catch {
    return null;
  }
}
