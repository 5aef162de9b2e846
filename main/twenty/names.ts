import type { Dialect } from './types';

/** Objects whose rows point at records of any kind. */
export const TARGETS: ReadonlySet<string> = new Set(['noteTarget', 'taskTarget', 'timelineActivity']);
const BODIES = new Set(['note', 'task']);

/**
 * The server's name of a canonical field: `targetPersonId` is `personId` and `bodyV2` is `body` on
 * older servers. Takes the first segment of a path.
 */
export function toWireName(object: string, name: string, dialect: Dialect): string {
  if (dialect.targets === 'plain' && TARGETS.has(object)) {
    const target = /^target([A-Z]\w*)$/.exec(name)?.[1];
    return target ? target[0]?.toLowerCase() + target.slice(1) : name;
  }
  if (dialect.body === 'body' && name === 'bodyV2' && BODIES.has(object)) return 'body';
  return name;
}

const OWN_TARGET_FIELDS = new Set([
  'id',
  'note',
  'task',
  'noteId',
  'taskId',
  'workspaceMemberId',
  'linkedRecordId',
  'linkedObjectMetadataId',
]);

/** The canonical name of a server's field; the reverse of `toWireName`, whatever the dialect is known to be. */
export function toCanonicalName(object: string, name: string): string {
  if (TARGETS.has(object) && !OWN_TARGET_FIELDS.has(name) && !/^target[A-Z]/.test(name) && /^[a-z]\w*Id$/.test(name)) {
    return `target${capitalise(name)}`;
  }
  if (name === 'body' && BODIES.has(object)) return 'bodyV2';
  return name;
}

/** `noteTarget` -> `NoteTarget`, as GraphQL types and answer keys have it. */
export function capitalise(name: string): string {
  return (name[0] ?? '').toUpperCase() + name.slice(1);
}

/** Fields that only the server sets. They come back on every read and must never be written. */
export const SERVER_FIELDS: ReadonlySet<string> = new Set([
  'createdAt',
  'updatedAt',
  'deletedAt',
  'searchVector',
  'createdBy',
  'updatedBy',
  'position',
]);
