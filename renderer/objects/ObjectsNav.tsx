import { Box } from 'lucide-react';
import { useId } from 'react';
import { goToObject, useNavigation } from '../app/navigation';
import { useObjects } from '../fields/metadata';
import { ownObjects } from './own';

/** The workspace's own objects in the navigation; nothing when it has none. */
export function ObjectsNav() {
  const { objects } = useObjects();
  const current = useNavigation((store) => (store.view === 'objects' ? store.object : null));
  const id = useId();
  const own = ownObjects(objects);
  if (own.length === 0) return null;
  return (
    <div className="nav-objects">
      <p id={id} className="nav-group">
        Objects
      </p>
      <ul aria-labelledby={id}>
        {own.map((object) => (
          <li key={object.name}>
            <button
              type="button"
              className="nav-entry"
              aria-current={object.name === current ? 'page' : undefined}
              title={object.labelPlural}
              onClick={() => goToObject(object.name)}
            >
              <Box size={16} aria-hidden />
              <span className="nav-label cut">{object.labelPlural}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
