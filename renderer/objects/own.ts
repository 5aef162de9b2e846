import type { ObjectMeta } from '../../shared/crm';

/** Objects the workspace has added itself and this key may read. */
export function ownObjects(objects: readonly ObjectMeta[] | null): ObjectMeta[] {
  return (objects ?? []).filter((object) => object.custom && object.canRead !== false);
}
