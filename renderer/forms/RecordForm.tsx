import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { CrmRecord, FieldMeta, ObjectMeta } from '../../shared/crm';
import { invoke, messageOf } from '../bridge';
import { Approval, changeWords } from '../fields/Approval';
import { useReadContext } from '../fields/context';
import { type FieldDraft, valueKey } from '../fields/draft';
import { FieldEditor } from '../fields/FieldEditor';
import { isRequired } from '../fields/read';
import { createRecord, sameValue, updateFields } from '../fields/writes';
import { Button } from '../ui/button';
import { ConfirmDialog, Dialog } from '../ui/dialog';
import { mainModifier } from '../ui/keys';
import './forms.css';
import { alikeWords, isChecked, tellingValues, useAlike } from './alike';
import { type Duplicate, Duplicates } from './Duplicates';
import { type Drafts, firstDrafts, formFields, isChanged, readForm, unasked } from './model';

interface RecordFormProps {
  object: ObjectMeta;
  /** Null makes a new record. */
  record: CrmRecord | null;
  /** Name of the record; empty for a new one. */
  title: string;
  /** Values a new record starts with, by record key. */
  given?: Readonly<Record<string, unknown>>;
  /** Names of related records by id. */
  labels?: Readonly<Record<string, string>>;
  onClose: () => void;
  /** The record was written; `id` is its id. */
  onSaved?: (id: string) => void;
  /** Shows another record instead: a duplicate that was there already. */
  onOpen?: (id: string) => void;
}

const NOTHING: Readonly<Record<string, never>> = {};

/** Makes or edits a record of any object; the form comes from the workspace's metadata. */
export function RecordForm(props: RecordFormProps) {
  const { object, record, title, given = NOTHING, labels = NOTHING, onClose, onSaved, onOpen } = props;
  const fields = useMemo(() => formFields(object), [object]);
  const [base] = useState(record);
  const [first] = useState<Drafts>(() => firstDrafts(fields, record, given, labels));
  const [drafts, setDrafts] = useState<Drafts>(first);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [duplicates, setDuplicates] = useState<readonly Duplicate[]>([]);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const context = useReadContext();
  const form = useRef<HTMLFormElement>(null);
  const confirmed = useRef('');

  const hidden = unasked(object, fields, drafts);
  const shown = fields.filter((field) => !hidden.has(field.name));
  const changed = isChanged(drafts, first);
  const changedLabels = shown
    .filter((field) => JSON.stringify(drafts[field.name]) !== JSON.stringify(first[field.name]))
    .map((field) => field.label);

  const looksForAlike = base === null && isChecked(object);
  const early = useAlike(object.name, looksForAlike ? tellingValues(object, shown, drafts, context) : null);
  const alike = duplicates.length > 0 ? duplicates : early;

  const close = (): void => (changed ? setAsking(true) : onClose());
  const set = (field: FieldMeta, draft: FieldDraft): void => {
    setDrafts((all) => ({ ...all, [field.name]: draft }));
    setErrors(({ [field.name]: _gone, ...rest }) => rest);
    setFailure(null);
  };

  /** True when nothing similar is there, or the user has seen it and wants a new one all the same. */
  const isNew = async (values: Record<string, unknown>): Promise<boolean> => {
    const key = JSON.stringify(values);
    if (!isChecked(object) || confirmed.current === key) return true;
    const found = await invoke('records.duplicates', { object: object.name, values });
    confirmed.current = key;
    setDuplicates(found);
    return found.length === 0;
  };

  const save = async (): Promise<void> => {
    if (busy) return;
    const reading = readForm(shown, drafts, base === null ? null : first, context);
    setErrors(reading.errors);
    const wrong = shown.find((field) => reading.errors[field.name] !== undefined);
    if (wrong) {
      form.current?.querySelector<HTMLElement>(`[data-field="${wrong.name}"] :is(input, textarea, button)`)?.focus();
      return;
    }
    if (base === null && Object.values(reading.values).every((value) => sameValue(value, null))) {
      setFailure(`Fill in at least one field of the new ${object.label.toLowerCase()}.`);
      return;
    }
    setBusy(true);
    try {
      if (base === null) {
        if (!(await isNew(reading.values))) return;
        const receipt = await createRecord(object.name, reading.values);
        onSaved?.(receipt.recordId);
      } else {
        await updateFields({ object: object.name, id: base.id }, reading.values, base);
        onSaved?.(base.id);
      }
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && mainModifier(event)) {
      event.preventDefault();
      void save();
    }
  };

  const name = object.label.toLowerCase();
  return (
    <Dialog open title={base === null ? `New ${name}` : `Edit ${title}`} onClose={close}>
      <form
        ref={form}
        className="record-form"
        aria-label={base === null ? `New ${name}` : `Edit ${title}`}
        noValidate
        onKeyDown={onKey}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="form-fields">
          {shown.map((field) => (
            <FormField
              key={field.name}
              field={field}
              draft={drafts[field.name]}
              error={errors[field.name] ?? null}
              onChange={(draft) => set(field, draft)}
            />
          ))}
        </div>
        {failure !== null && (
          <p className="field-note" data-level="error" role="alert">
            {failure}
          </p>
        )}
        <div className="form-foot">
          {looksForAlike && (
            <p className="visually-hidden" role="status">
              {duplicates.length > 0 ? '' : alikeWords(early)}
            </p>
          )}
          {alike.length > 0 && (
            <section
              // What stops a save is said at once, what only is noticed while typing is not.
              key={duplicates.length > 0 ? 'stop' : 'note'}
              className="form-duplicates"
              aria-label="Possible duplicates"
              role={duplicates.length > 0 ? 'alert' : undefined}
            >
              <p className="strong">This may be here already.</p>
              <Duplicates
                object={object.name}
                duplicates={alike}
                onOpen={(id) => {
                  onClose();
                  onOpen?.(id);
                }}
              />
            </section>
          )}
          {base === null ? (
            <Approval what={`Creates ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`} id={null} />
          ) : (
            <Approval
              what={changed ? changeWords(changedLabels, title, object.label) : `Nothing is changed yet of ${title}`}
              id={base.id}
            />
          )}
          <div className="dialog-actions">
            <Button onClick={close}>Cancel</Button>
            <Button
              tone="accent"
              type="submit"
              busy={busy}
              disabled={base !== null && !changed}
              keys="CommandOrControl+Enter"
            >
              {duplicates.length > 0 ? 'Create anyway' : base === null ? 'Create' : 'Save'}
            </Button>
          </div>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        title="Leave without saving?"
        action="Discard"
        onClose={() => setAsking(false)}
        onConfirm={onClose}
      >
        <p>What you typed for {base === null ? `the new ${name}` : title} is not saved yet.</p>
      </ConfirmDialog>
    </Dialog>
  );
}

interface FormFieldProps {
  field: FieldMeta;
  draft: FieldDraft | undefined;
  error: string | null;
  onChange: (draft: FieldDraft) => void;
}

function FormField({ field, draft, error, onChange }: FormFieldProps) {
  const id = useId();
  if (draft === undefined) return null;
  const required = isRequired(field) || (!field.nullable && field.type === 'SELECT');
  return (
    <div className="form-field" data-field={field.name} data-key={valueKey(field)}>
      <label className="field-label" htmlFor={id}>
        {field.label}
        {required && <span className="form-required"> required</span>}
      </label>
      <div className="form-control">
        <FieldEditor
          field={field}
          draft={draft}
          id={id}
          invalid={error !== null}
          describedBy={error === null ? undefined : `${id}-error`}
          onChange={onChange}
        />
        {error !== null && (
          <p className="field-note" data-level="error" role="alert" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
