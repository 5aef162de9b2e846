import { useState } from 'react';
import { type FieldMeta, formatDay, formatDue } from '../../shared/crm';
import './fields.css';
import { ChoiceEditor, ChoicesEditor } from './ChoiceEditors';
import { useReadContext } from './context';
import type { FieldDraft } from './draft';
import { LinesEditor, LinksEditor, PhonesEditor } from './ListEditors';
import { MoneyEditor, PartsEditor, RecordEditor, RichEditor } from './PartEditors';
import { readDraft } from './read';

/** What every control takes. `id` is that of its first input, for a label; the field's label names it as well. */
export interface EditorProps<K extends FieldDraft['kind']> {
  field: FieldMeta;
  draft: Extract<FieldDraft, { kind: K }>;
  onChange: (draft: FieldDraft) => void;
  id?: string | undefined;
  invalid?: boolean | undefined;
  /** Id of the element that holds the reason of a refusal. */
  describedBy?: string | undefined;
}

/** The right control for a field's type. */
export function FieldEditor({ draft, ...rest }: EditorProps<FieldDraft['kind']>) {
  switch (draft.kind) {
    case 'text':
      return <TextEditor draft={draft} {...rest} />;
    case 'choice':
      return <ChoiceEditor draft={draft} {...rest} />;
    case 'choices':
      return <ChoicesEditor draft={draft} {...rest} />;
    case 'lines':
      return <LinesEditor draft={draft} {...rest} />;
    case 'phones':
      return <PhonesEditor draft={draft} {...rest} />;
    case 'links':
      return <LinksEditor draft={draft} {...rest} />;
    case 'parts':
      return <PartsEditor draft={draft} {...rest} />;
    case 'money':
      return <MoneyEditor draft={draft} {...rest} />;
    case 'record':
      return <RecordEditor draft={draft} {...rest} />;
    case 'rich':
      return <RichEditor draft={draft} {...rest} />;
  }
}

const NUMBERS: ReadonlySet<FieldMeta['type']> = new Set(['NUMBER', 'NUMERIC']);
/** Longer texts get several lines. */
const LINE = 60;

function TextEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'text'>) {
  const context = useReadContext();
  // Decided once: a control that changed while typing would lose the caret.
  const [long] = useState(() => draft.text.length > LINE || draft.text.includes('\n'));
  const isDate = field.type === 'DATE' || field.type === 'DATE_TIME';
  const shared = {
    id,
    className: 'input',
    'aria-label': field.label,
    'aria-invalid': invalid || undefined,
    'aria-describedby': describedBy,
    value: draft.text,
  };
  const set = (text: string): void => onChange({ kind: 'text', text });
  if (field.type === 'TEXT' && long) {
    return (
      <textarea {...shared} className="input editor-text" rows={3} onChange={(event) => set(event.target.value)} />
    );
  }
  const input = (
    <input
      {...shared}
      type="text"
      autoComplete="off"
      spellCheck={field.type === 'TEXT'}
      inputMode={NUMBERS.has(field.type) ? 'decimal' : undefined}
      placeholder={isDate ? 'tomorrow, or 2026-11-23' : undefined}
      onChange={(event) => set(event.target.value)}
    />
  );
  if (!isDate) return input;
  const reading = draft.text.trim() === '' ? null : readDraft(field, draft, context);
  const day = reading?.ok && typeof reading.value === 'string' ? reading.value : null;
  return (
    <div className="editor-date">
      {input}
      {day !== null && (
        <span className="dim editor-reads">
          {field.type === 'DATE' ? formatDay(`${day}T12:00:00`, context.now) : formatDue(day, context.now)}
        </span>
      )}
    </div>
  );
}
