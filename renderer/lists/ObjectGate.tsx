import { CircleAlert, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConnectionView } from '../../shared/app/connections';
import type { ObjectMeta } from '../../shared/crm';
import { syncNow } from '../app/actions';
import { NoWorkspace } from '../app/NoWorkspace';
import { useConnection } from '../app/state';
import { loadObjects, useObjects } from '../fields/metadata';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';

interface ObjectGateProps {
  /** Singular name of the object. */
  object: string;
  children: (connection: ConnectionView, meta: ObjectMeta) => ReactNode;
}

/** Shows a view of one object as soon as there is a workspace that has it; until then, why not and what to do. */
export function ObjectGate({ object, children }: ObjectGateProps) {
  const connection = useConnection();
  const { objects, error } = useObjects();
  if (connection === null) return <NoWorkspace />;
  const meta = objects?.find((one) => one.name === object) ?? null;
  if (meta !== null) return children(connection, meta);
  if (error !== null && objects === null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="The workspace’s fields could not be read"
        actions={<Button onClick={() => void loadObjects(connection.id)}>Try again</Button>}
      >
        <p>{error}</p>
      </EmptyState>
    );
  }
  if (objects === null) return <EmptyState icon={<Spinner />} title="Reading the workspace’s fields" />;
  return (
    <EmptyState
      icon={<Table2 size={28} aria-hidden />}
      title="This workspace has no such records"
      actions={<Button onClick={() => void syncNow()}>Sync now</Button>}
    >
      <p>It may have been renamed or switched off in Twenty, or your key may not see it.</p>
    </EmptyState>
  );
}
