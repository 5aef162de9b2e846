import { useMemo, useState } from 'react';
import { formatMoney, parseAmount } from '../../shared/crm';
import { Markdown } from '../record/Markdown';
import { Picker } from '../ui/picker';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { PARTS } from './draft';
import type { EditorProps } from './FieldEditor';
import { findRecords } from './find';
import { useRecordLabel } from './metadata';

/** A name or an address, part by part. */
export function PartsEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'parts'>) {
  const parts = field.type === 'ADDRESS' ? PARTS.ADDRESS : PARTS.FULL_NAME;
  return (
    <fieldset className="editor-parts" data-type={field.type}>
      <legend className="visually-hidden">{field.label}</legend>
      {parts.map(({ key, label }, index) => (
        <input
          key={key}
          id={index === 0 ? id : undefined}
          className="input"
          data-part={key}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          placeholder={label}
          autoComplete="off"
          spellCheck={false}
          value={draft.parts[key] ?? ''}
          onChange={(event) => onChange({ kind: 'parts', parts: { ...draft.parts, [key]: event.target.value } })}
        />
      ))}
    </fieldset>
  );
}

/** Every currency by its English name: `{ value: 'EUR', label: 'EUR Euro' }`. */
function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} ${names.of(code) ?? ''}` }));
}

/** An amount as people write it and its currency; below, how it is understood. */
export function MoneyEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'money'>) {
  const currencies = useMemo(currencyOptions, []);
  const known = draft.code === '' || currencies.some(({ value }) => value === draft.code);
  const micros = parseAmount(draft.amount);
  return (
    <fieldset className="editor-money">
      <legend className="visually-hidden">{field.label}</legend>
      <input
        id={id}
        className="input"
        aria-label={field.label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        inputMode="decimal"
        autoComplete="off"
        value={draft.amount}
        onChange={(event) => onChange({ ...draft, amount: event.target.value })}
      />
      <Select
        label={`${field.label}, currency`}
        value={draft.code === '' ? null : draft.code}
        placeholder="Currency"
        options={known ? currencies : [...currencies, { value: draft.code, label: draft.code }]}
        onChange={(code) => onChange({ ...draft, code })}
      />
      {micros !== null && <span className="dim editor-reads">{formatMoney(micros, draft.code)}</span>}
    </fieldset>
  );
}

/** Markdown with a preview; warns when saving loses what markdown cannot carry. */
export function RichEditor({ field, draft, onChange, id, describedBy }: EditorProps<'rich'>) {
  const [shown, setShown] = useState<'write' | 'preview'>('write');
  return (
    <div className="editor-rich">
      <Segmented
        label={`${field.label}, write or preview`}
        value={shown}
        options={[
          { value: 'write', label: 'Write' },
          { value: 'preview', label: 'Preview' },
        ]}
        onChange={setShown}
      />
      {shown === 'preview' ? (
        <div className="editor-preview">
          {draft.text.trim() === '' ? <p className="dim">Nothing to show yet.</p> : <Markdown text={draft.text} />}
        </div>
      ) : (
        <textarea
          id={id}
          className="input editor-text"
          aria-label={field.label}
          aria-describedby={describedBy}
          rows={6}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      )}
      {draft.flattens && (
        <p className="field-note" data-level="warning">
          This text has formatting made in Twenty that Twig cannot keep, such as colours, pictures or files. Saving a
          change here replaces it by plain markdown. To keep it, edit the text in Twenty.
        </p>
      )}
    </div>
  );
}

/** Another record, found by typing its name. */
export function RecordEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'record'>) {
  const object = field.relation?.object ?? null;
  const known = useRecordLabel(draft.label === '' ? object : null, draft.id);
  if (object === null) return null;
  return (
    <Picker
      id={id}
      label={field.label}
      value={draft.id === null ? null : { id: draft.id, label: draft.label || (known ?? ''), detail: '' }}
      search={(text) => findRecords(object, text)}
      invalid={invalid}
      describedBy={describedBy}
      clearable={field.nullable}
      onChange={(option) => onChange({ kind: 'record', id: option?.id ?? null, label: option?.label ?? '' })}
    />
  );
}
