import { Pencil } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { RecordRef } from '../../shared/app/contacts';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { messageOf } from '../bridge';
import { Button, IconButton } from '../ui/button';
import { mainModifier } from '../ui/keys';
import { Approval, changeWords } from './Approval';
import { useReadContext } from './context';
import { draftOf, type FieldDraft, valueKey } from './draft';
import { FieldEditor } from './FieldEditor';
import { FieldValue } from './FieldValue';
import type { FormatContext } from './format';
import { readDraft } from './read';
import { askedWith, isWritable, whyFieldReadOnly } from './rights';
import { updateFields } from './writes';

interface InPlaceFieldProps {
  object: ObjectMeta;
  field: FieldMeta;
  /** The record as it is read; the edit is based on it. */
  record: Readonly<Record<string, unknown>> & { id: string };
  title: string;
  context: FormatContext;
  /** Why nothing of this record can be changed; null when it can. */
  locked: string | null;
  onOpen: (ref: RecordRef) => void;
  /** Stands in for the value, with what else can be done with it. */
  children?: ReactNode;
}

/** One field of a record: its label, its value and, on demand, its control in the same place. */
export function InPlaceField(props: InPlaceFieldProps) {
  const { object, field, record, title, context, locked, onOpen, children } = props;
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const left = useRef(false);
  // Only after the pencil is drawn again can it take the focus back.
  useEffect(() => {
    if (!editing && left.current) pencil.current?.focus();
    left.current = editing;
  }, [editing]);
  const why = locked ?? whyFieldReadOnly(field);
  if (editing && why === null) {
    return (
      <div className="field-row" data-editing="">
        <dt className="dim">{field.label}</dt>
        <dd>
          <FieldForm object={object} field={field} record={record} title={title} onClose={() => setEditing(false)} />
        </dd>
      </div>
    );
  }
  return (
    <div className="field-row">
      <dt className="dim" title={why ?? undefined}>
        {field.label}
      </dt>
      <dd className="field-shown">
        <div className="grow field-text">
          {children ?? (
            <FieldValue field={field} value={record[valueKey(field)]} context={context} layout="full" onOpen={onOpen} />
          )}
        </div>
        {why === null && (
          <IconButton ref={pencil} label={`Edit ${field.label}`} onClick={() => setEditing(true)}>
            <Pencil size={13} aria-hidden />
          </IconButton>
        )}
      </dd>
    </div>
  );
}

type FieldFormProps = Pick<InPlaceFieldProps, 'object' | 'field' | 'record' | 'title'> & { onClose: () => void };

function FieldForm({ object, field, record, title, onClose }: FieldFormProps) {
  // What the edit is based on is what was read when it began, whatever arrives meanwhile.
  const [base] = useState(record);
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(field, base[valueKey(field)]));
  const [also, setAlso] = useState<FieldDraft | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const context = useReadContext();
  const form = useRef<HTMLFormElement>(null);
  const errorId = useId();

  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input, textarea, select, button');
    first?.focus();
    if (first instanceof HTMLInputElement && first.type !== 'radio' && first.type !== 'checkbox') first.select();
  }, []);

  const reading = readDraft(field, draft, context);
  const asked = reading.ok ? askedWith(object, field, reading.value) : null;
  const asksMore = asked !== null && isWritable(asked) && !base[valueKey(asked)];

  const save = async (): Promise<void> => {
    if (busy) return;
    if (!reading.ok) {
      setError(reading.message);
      return;
    }
    const changes: Record<string, unknown> = { [valueKey(field)]: reading.value };
    if (asksMore && also !== null) {
      const more = readDraft(asked, also, context);
      if (!more.ok) {
        setError(more.message);
        return;
      }
      if (more.value !== null) changes[valueKey(asked)] = more.value;
    }
    setBusy(true);
    try {
      await updateFields({ object: object.name, id: base.id }, changes, base);
      onClose();
    } catch (failure) {
      setError(messageOf(failure));
      setBusy(false);
    }
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && mainModifier(event)) {
      event.preventDefault();
      void save();
    }
  };

  return (
    <form
      ref={form}
      className="field-form"
      aria-label={`Edit ${field.label}`}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      noValidate
    >
      <FieldEditor
        field={field}
        draft={draft}
        invalid={error !== null}
        describedBy={error === null ? undefined : errorId}
        onChange={(next) => {
          setDraft(next);
          setError(null);
        }}
      />
      {asksMore && (
        <div className="field-also">
          <p className="field-label">{asked.label}</p>
          <FieldEditor field={asked} draft={also ?? draftOf(asked, null)} onChange={setAlso} />
        </div>
      )}
      {error !== null && (
        <p className="field-note" data-level="error" role="alert" id={errorId}>
          {error}
        </p>
      )}
      <Approval what={changeWords([field.label], title, object.label)} id={base.id} />
      <div className="row">
        <Button tone="accent" type="submit" busy={busy} keys="CommandOrControl+Enter">
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
