import { useState } from 'react';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { Approval, changeWords } from '../fields/Approval';
import { useReadContext } from '../fields/context';
import { draftOf, type FieldDraft, valueKey } from '../fields/draft';
import { FieldEditor } from '../fields/FieldEditor';
import { readDraft } from '../fields/read';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

interface AskedDialogProps {
  object: ObjectMeta;
  /** What is asked for, as `askedWith` answered. */
  field: FieldMeta;
  record: { id: string; title: string };
  onClose: () => void;
  /** The answer by record key; empty when the person left it open. */
  onAnswer: (values: Record<string, unknown>) => void;
}

/** Asks for one more field with a change, such as the reason when a deal is lost. Can be left open. */
export function AskedDialog({ object, field, record, onClose, onAnswer }: AskedDialogProps) {
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(field, null));
  const [error, setError] = useState<string | null>(null);
  const context = useReadContext();
  const answer = (): void => {
    const reading = readDraft(field, draft, context);
    if (!reading.ok) setError(reading.message);
    else onAnswer(reading.value === null || reading.value === '' ? {} : { [valueKey(field)]: reading.value });
  };
  return (
    <Dialog open title={`${field.label} of ${record.title}`} onClose={onClose}>
      <form
        className="asked-form"
        onSubmit={(event) => {
          event.preventDefault();
          answer();
        }}
      >
        <FieldEditor field={field} draft={draft} onChange={setDraft} invalid={error !== null} />
        {error !== null && (
          <p className="field-note" data-level="error" role="alert">
            {error}
          </p>
        )}
        <Approval what={changeWords(['Stage', field.label], record.title, object.label)} id={record.id} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
