import { useState } from 'react';
import type { ObjectMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { countText } from '../app/sync-text';
import { messageOf } from '../bridge';
import { trashRecords } from '../fields/writes';
import { ConfirmDialog } from '../ui/dialog';

interface DeleteDialogProps {
  object: ObjectMeta;
  /** What is to go, with the names to ask with; empty keeps the dialog closed. */
  records: readonly { id: string; title: string }[];
  onClose: () => void;
  onDeleted: () => void;
}

const NAMED = 8;

/** Asks with count and names before records are moved to Deleted, from where they can be restored. */
export function DeleteDialog({ object, records, onClose, onDeleted }: DeleteDialogProps) {
  const connection = useConnection();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const many = countText(records.length, object.label.toLowerCase(), object.labelPlural.toLowerCase());
  const [only] = records;

  const remove = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const ids = records.map((record) => record.id);
      await trashRecords('delete', object.name, ids, many);
      onDeleted();
      onClose();
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <ConfirmDialog
      open={records.length > 0}
      title={records.length === 1 && only ? `Delete ${only.title}?` : `Delete ${many}?`}
      action={records.length === 1 ? 'Delete' : `Delete ${records.length}`}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void remove()}
    >
      {records.length > 1 && (
        <ul className="delete-names">
          {records.slice(0, NAMED).map((record) => (
            <li key={record.id} className="cut">
              {record.title}
            </li>
          ))}
          {records.length > NAMED && <li className="dim">and {records.length - NAMED} more</li>}
        </ul>
      )}
      <p>
        {records.length === 1 ? 'It moves' : 'They move'} to Deleted in {connection?.name ?? 'the workspace'}, for
        everyone there, and can be restored.
      </p>
      {error !== null && (
        <p className="field-note" data-level="error" role="alert">
          {error}
        </p>
      )}
    </ConfirmDialog>
  );
}
