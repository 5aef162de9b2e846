import type { LabelledRef, RecordRef } from '../../shared/app/contacts';

/** The name of another record, to go there. */
export function RefButton({ target, onOpen }: { target: LabelledRef; onOpen: (ref: RecordRef) => void }) {
  return (
    <button
      type="button"
      className="record-ref"
      title={target.detail || undefined}
      onClick={() => onOpen({ object: target.object, id: target.id })}
    >
      {target.label}
    </button>
  );
}
