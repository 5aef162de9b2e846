import type { ConnectionView } from '../../shared/app/connections';
import { agoText } from './time';

/** "1 person", "1,204 people". */
export function countText(count: number, one: string, many: string): string {
  return `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`;
}

/** What the user should know about the local copy right now, in a few words. */
export function syncText(connection: ConnectionView, now: number): string {
  const { sync } = connection;
  if (sync.phase === 'first') {
    const done = new Intl.NumberFormat('en').format(sync.records);
    const of = sync.total === null ? '' : ` of ${new Intl.NumberFormat('en').format(sync.total)}`;
    const left = sync.secondsLeft === null ? '' : `, ${durationText(sync.secondsLeft)} left`;
    return `fetching ${done}${of}${left}`;
  }
  if (sync.phase === 'signedOut') return 'signed out';
  if (sync.phase === 'failed') return 'sync stopped';
  if (sync.phase === 'waiting') return 'server busy, waiting';
  const last = sync.lastSyncAt === null ? 'not synced yet' : `synced ${agoText(sync.lastSyncAt, now)}`;
  if (sync.phase === 'offline' || !connection.online) return `offline, ${last}`;
  return last;
}

/** "Offline, 2 waiting, kept safe"; null when there is nothing to say. */
export function waitingText(connection: ConnectionView): string | null {
  const { waiting } = connection.outbox;
  const offline = !connection.online || connection.sync.phase === 'offline';
  const kept = waiting > 0 ? `${waiting} waiting, kept safe` : null;
  if (connection.sync.phase === 'signedOut') return kept === null ? 'Signed out' : `Signed out, ${kept}`;
  if (offline) return kept === null ? 'Offline' : `Offline, ${kept}`;
  return kept;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}
