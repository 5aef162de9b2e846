import { CloudOff } from 'lucide-react';
import type { ConnectionView } from '../../shared/app/connections';
import { countText } from './sync-text';

/** Says above a list that the server cannot be reached, and what becomes of changes until it can. */
export function OfflineLine({ connection }: { connection: ConnectionView }) {
  const offline = !connection.online || connection.sync.phase === 'offline';
  return (
    // It is there from the start, so that what comes into it is announced.
    <div className="offline-line" aria-live="polite">
      {offline && (
        <p>
          <CloudOff size={14} aria-hidden />
          <span>{words(connection.outbox.waiting)}</span>
        </p>
      )}
    </div>
  );
}

function words(waiting: number): string {
  const until = 'sent when the server can be reached.';
  if (waiting === 0) return `Offline. Changes are kept and ${until}`;
  return `Offline. ${countText(waiting, 'change waits', 'changes wait')}, kept safe, and ${waiting === 1 ? 'is' : 'are'} ${until}`;
}
