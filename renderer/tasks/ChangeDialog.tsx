import { useState } from 'react';
import type { FieldMeta } from '../../shared/crm';
import { Approval, changeWords } from '../fields/Approval';
import { useReadContext } from '../fields/context';
import { draftOf, type FieldDraft, valueKey } from '../fields/draft';
import { FieldEditor } from '../fields/FieldEditor';
import { fieldText } from '../fields/format';
import { useRecordLabel } from '../fields/metadata';
import { readDraft } from '../fields/read';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { tasksText } from './actions';
import { TaskNames } from './TaskNames';
import type { Task } from './task';

interface ChangeDialogProps {
  field: FieldMeta;
  tasks: readonly Task[];
  /** Values that need no typing, `null` for none. */
  offers: readonly { label: string; value: string | null }[];
  /** What to say when nothing was typed. */
  nothing: string;
  onClose: () => void;
  onSave: (changes: Record<string, unknown>) => void;
}

/** Changes one field of one task or of many: what happens to how many is said before. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { field, tasks } = props;
  const [only] = tasks;
  const value = tasks.length === 1 ? only?.record[valueKey(field)] : null;
  const related = field.relation?.object ?? null;
  const label = useRecordLabel(related, typeof value === 'string' && related !== null ? value : null);
  const ready = related === null || typeof value !== 'string' || label !== null;
  return (
    <Dialog open title={`${field.label} of ${tasksText(tasks)}`} onClose={props.onClose}>
      {/* What is typed takes the place of a date; a person is shown to be changed. */}
      {ready && <ChangeForm {...props} first={draftOf(field, related === null ? null : value, label ?? '')} />}
    </Dialog>
  );
}

function ChangeForm({
  field,
  tasks,
  offers,
  nothing,
  onClose,
  onSave,
  first,
}: ChangeDialogProps & { first: FieldDraft }) {
  const [draft, setDraft] = useState(first);
  const [error, setError] = useState<string | null>(null);
  const context = useReadContext();
  const only = tasks.length === 1 ? tasks[0] : undefined;
  const save = (): void => {
    const reading = readDraft(field, draft, context);
    if (!reading.ok) setError(reading.message);
    else if (reading.value === null || reading.value === '') setError(nothing);
    else onSave({ [valueKey(field)]: reading.value });
  };
  const before = only ? fieldText(field, only.record[valueKey(field)], { labels: {}, now: context.now }) : '';
  return (
    <form
      className="task-change"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <FieldEditor
        field={field}
        draft={draft}
        invalid={error !== null}
        describedBy={error === null ? undefined : 'task-change-error'}
        onChange={(next) => {
          setDraft(next);
          setError(null);
        }}
      />
      {field.relation === null && before !== '' && <p className="dim">Now {before}.</p>}
      <div className="row task-offers">
        {offers.map((offer) => (
          <Button key={offer.label} shape="pill" onClick={() => onSave({ [valueKey(field)]: offer.value })}>
            {offer.label}
          </Button>
        ))}
      </div>
      {error !== null && (
        <p className="field-note" data-level="error" role="alert" id="task-change-error">
          {error}
        </p>
      )}
      <TaskNames tasks={tasks} />
      <Approval
        what={only ? changeWords([field.label], only.title, 'Task') : `Changes ${field.label} of ${tasksText(tasks)}`}
        id={only?.id ?? null}
      />
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="accent" type="submit" keys="Enter">
          {only ? 'Save' : `Save ${tasks.length}`}
        </Button>
      </div>
    </form>
  );
}
