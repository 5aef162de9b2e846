import { CircleAlert, CircleCheckBig } from 'lucide-react';
import type { ConnectionView } from '../../shared/app/connections';
import { syncNow } from '../app/actions';
import { goTo } from '../app/navigation';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';

interface NoTasksProps {
  connection: ConnectionView;
  whose: 'mine' | 'all';
  error: string | null;
  loading: boolean;
  onRetry: () => void;
  onAll: () => void;
  /** Null where tasks cannot be made. */
  onAdd: (() => void) | null;
}

/** What stands where tasks would be: why there are none, and what to do. */
export function NoTasks({ connection, whose, error, loading, onRetry, onAll, onAdd }: NoTasksProps) {
  if (error !== null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="The tasks could not be read"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        <p>{error}</p>
      </EmptyState>
    );
  }
  if (loading) return <EmptyState icon={<Spinner />} title="Reading the tasks" />;
  if (connection.sync.phase === 'first') {
    return (
      <EmptyState icon={<Spinner />} title="Fetching your tasks">
        <p>They appear here as they arrive.</p>
      </EmptyState>
    );
  }
  if (whose === 'mine' && connection.member === null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="Which tasks are yours?"
        actions={
          <>
            <Button tone="accent" onClick={() => goTo('settings')}>
              Say who you are
            </Button>
            <Button onClick={onAll}>Show all tasks</Button>
          </>
        }
      >
        <p>Twig does not know yet which member of {connection.name} you are.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<CircleCheckBig size={28} aria-hidden />}
      title={whose === 'mine' ? 'Nothing to do' : 'No tasks yet'}
      actions={
        <>
          {onAdd !== null && (
            <Button tone="accent" keys="N" onClick={onAdd}>
              New task
            </Button>
          )}
          {whose === 'mine' && <Button onClick={onAll}>Show all tasks</Button>}
          <Button onClick={() => void syncNow()}>Sync now</Button>
        </>
      }
    >
      <p>
        {connection.online
          ? whose === 'mine'
            ? 'No task is assigned to you.'
            : 'This workspace has no tasks yet.'
          : 'You are offline. New ones come when the server can be reached.'}
      </p>
    </EmptyState>
  );
}
