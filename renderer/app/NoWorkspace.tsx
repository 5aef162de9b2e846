import { Plug } from 'lucide-react';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { goTo } from './navigation';

/** Stands in for any view while there is no workspace to show. */
export function NoWorkspace() {
  return (
    <EmptyState
      icon={<Plug size={28} aria-hidden />}
      title="No workspace yet"
      actions={
        <Button tone="accent" onClick={() => goTo('connect')}>
          Connect a workspace
        </Button>
      }
    >
      <p>Connect Twenty, or look around in the demo workspace.</p>
    </EmptyState>
  );
}
