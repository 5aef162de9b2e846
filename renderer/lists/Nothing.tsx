import { CircleAlert, SearchX, Table2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { ConnectionView } from '../../shared/app/connections';
import type { ObjectMeta } from '../../shared/crm';
import { syncNow } from '../app/actions';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';
import type { List } from './store';

interface NothingProps {
  list: List;
  meta: ObjectMeta;
  connection: ConnectionView;
  asked: boolean;
  onClear: () => void;
}

/** What stands where rows would be: why there are none, and what to do. */
export function Nothing({ list, meta, connection, asked, onClear }: NothingProps) {
  const total = useStore(list.store, (state) => state.total);
  const error = useStore(list.store, (state) => state.error);
  const name = meta.labelPlural.toLowerCase();
  if (error !== null) {
    return (
      <div className="list-nothing">
        <EmptyState
          icon={<CircleAlert size={28} aria-hidden />}
          title={`The ${name} could not be read`}
          actions={<Button onClick={() => list.refresh()}>Try again</Button>}
        >
          <p>{error}</p>
        </EmptyState>
      </div>
    );
  }
  if (total === null) {
    return (
      <div className="list-nothing">
        <EmptyState icon={<Spinner />} title={`Reading the ${name}`} />
      </div>
    );
  }
  if (total > 0) return null;
  if (asked) {
    const clear = (): void => {
      list.ask({ text: '', filter: null });
      onClear();
    };
    return (
      <div className="list-nothing">
        <EmptyState
          icon={<SearchX size={28} aria-hidden />}
          title="Nothing found"
          actions={<Button onClick={clear}>Clear search and filter</Button>}
        >
          <p>None of the {name} on this machine fits.</p>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="list-nothing">
      <EmptyState
        icon={connection.sync.phase === 'first' ? <Spinner /> : <Table2 size={28} aria-hidden />}
        title={connection.sync.phase === 'first' ? `Fetching ${name}` : `No ${name} yet`}
        actions={<Button onClick={() => void syncNow()}>Sync now</Button>}
      >
        <p>
          {connection.sync.phase === 'first'
            ? 'They appear here as they arrive.'
            : connection.online
              ? `This workspace has no ${name} yet.`
              : 'You are offline. They come when the server can be reached.'}
        </p>
      </EmptyState>
    </div>
  );
}
