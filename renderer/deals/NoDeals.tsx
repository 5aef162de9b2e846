import { CircleAlert, Handshake, SearchX } from 'lucide-react';
import type { ConnectionView } from '../../shared/app/connections';
import { syncNow } from '../app/actions';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';

interface NoDealsProps {
  connection: ConnectionView;
  error: string | null;
  loading: boolean;
  onRetry: () => void;
  /** Null where deals cannot be made. */
  onCreate: (() => void) | null;
}

/** What stands where the deals would be: why there are none, and what to do. */
export function NoDeals({ connection, error, loading, onRetry, onCreate }: NoDealsProps) {
  if (error !== null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="The deals could not be read"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        <p>{error}</p>
      </EmptyState>
    );
  }
  if (loading) return <EmptyState icon={<Spinner />} title="Reading the deals" />;
  if (connection.sync.phase === 'first') {
    return (
      <EmptyState icon={<Spinner />} title="Fetching your deals">
        <p>They appear here as they arrive.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Handshake size={28} aria-hidden />}
      title="No deals yet"
      actions={
        <>
          {onCreate !== null && (
            <Button tone="accent" onClick={onCreate}>
              New deal
            </Button>
          )}
          <Button onClick={() => void syncNow()}>Sync now</Button>
        </>
      }
    >
      <p>
        {connection.online
          ? 'This workspace has no deals yet.'
          : 'You are offline. They come when the server can be reached.'}
      </p>
    </EmptyState>
  );
}

/** What stands where the board would be when no deal fits the search. */
export function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX size={28} aria-hidden />}
      title="Nothing found"
      actions={<Button onClick={onClear}>Clear the search</Button>}
    >
      <p>No deal on this machine fits. The search looks at names of deals and companies.</p>
    </EmptyState>
  );
}
