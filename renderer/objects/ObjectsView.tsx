import { Shapes } from 'lucide-react';
import { useNavigation } from '../app/navigation';
import { useObjects } from '../fields/metadata';
import { RecordList } from '../lists/RecordList';
import { EmptyState } from '../ui/empty-state';
import { ownObjects } from './own';

/** The records of one of the workspace's own objects. */
export function ObjectsView() {
  const { objects } = useObjects();
  const chosen = useNavigation((store) => store.object);
  const name = chosen ?? ownObjects(objects)[0]?.name ?? null;
  if (name !== null) return <RecordList object={name} />;
  return (
    <EmptyState icon={<Shapes size={28} aria-hidden />} title="No objects of your own">
      <p>Objects that you add to the workspace in Twenty’s settings appear here after the next sync.</p>
    </EmptyState>
  );
}
