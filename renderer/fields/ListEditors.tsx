import { ArrowUp, Plus, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useApp } from '../app/state';
import { countryOptions } from '../settings/countries';
import { Button, IconButton } from '../ui/button';
import { Select } from '../ui/select';
import type { EditorProps } from './FieldEditor';

interface RowsProps<T> {
  label: string;
  rows: readonly T[];
  blank: T;
  onChange: (rows: readonly T[]) => void;
  /** The first one is the primary one, which others can be moved up to. */
  ordered: boolean;
  children: (row: T, index: number, set: (row: T) => void, name: string) => ReactNode;
}

/** Several of one kind, one a line: the first always stands there, the rest can be added and taken out. */
function Rows<T>({ label, rows, blank, onChange, ordered, children }: RowsProps<T>) {
  const shown = rows.length === 0 ? [blank] : rows;
  const set = (index: number, row: T): void => onChange(shown.map((one, at) => (at === index ? row : one)));
  const drop = (index: number): void => onChange(shown.filter((_, at) => at !== index));
  const first = (index: number): void =>
    onChange([...shown.slice(index, index + 1), ...shown.filter((_, at) => at !== index)]);
  return (
    <fieldset className="editor-rows">
      <legend className="visually-hidden">{label}</legend>
      {shown.map((row, index) => {
        const name = index === 0 ? label : `${label} ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; typing must not lose the focus.
          <div className="editor-row" key={index}>
            {children(row, index, (next) => set(index, next), name)}
            {ordered && index > 0 && (
              <IconButton label={`Make ${name} the first`} onClick={() => first(index)}>
                <ArrowUp size={14} aria-hidden />
              </IconButton>
            )}
            {shown.length > 1 && (
              <IconButton label={`Remove ${name}`} onClick={() => drop(index)}>
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </div>
        );
      })}
      {rows.length > 0 && (
        <div>
          <Button tone="quiet" icon={<Plus size={13} aria-hidden />} onClick={() => onChange([...shown, blank])}>
            Add another
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** E-mail addresses, or the plain texts of an array. */
export function LinesEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'lines'>) {
  const emails = field.type === 'EMAILS';
  return (
    <Rows
      label={field.label}
      rows={draft.lines}
      blank=""
      ordered={emails}
      onChange={(lines) => onChange({ kind: 'lines', lines })}
    >
      {(line, index, set, name) => (
        <input
          id={index === 0 ? id : undefined}
          className="input"
          aria-label={name}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          type={emails ? 'email' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={line}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Rows>
  );
}

/** Phone numbers, each with its country. */
export function PhonesEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'phones'>) {
  const home = useApp((store) => store.state?.settings.phoneCountry ?? 'US');
  const countries = useMemo(countryOptions, []);
  return (
    <Rows
      label={field.label}
      rows={draft.phones}
      blank={{ text: '', country: home }}
      ordered
      onChange={(phones) => onChange({ kind: 'phones', phones })}
    >
      {(phone, index, set, name) => (
        <>
          <Select
            label={`${name}, country`}
            value={phone.country === '' ? home : phone.country}
            options={countries}
            onChange={(country) => set({ ...phone, country })}
          />
          <input
            id={index === 0 ? id : undefined}
            className="input"
            aria-label={name}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            type="tel"
            autoComplete="off"
            value={phone.text}
            onChange={(event) => set({ ...phone, text: event.target.value })}
          />
        </>
      )}
    </Rows>
  );
}

/** Web addresses with an optional text to show instead. */
export function LinksEditor({ field, draft, onChange, id, invalid, describedBy }: EditorProps<'links'>) {
  return (
    <Rows
      label={field.label}
      rows={draft.links}
      blank={{ url: '', label: '' }}
      ordered
      onChange={(links) => onChange({ kind: 'links', links })}
    >
      {(link, index, set, name) => (
        <>
          <input
            id={index === 0 ? id : undefined}
            className="input"
            aria-label={name}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            inputMode="url"
            placeholder="example.com"
            autoComplete="off"
            spellCheck={false}
            value={link.url}
            onChange={(event) => set({ ...link, url: event.target.value })}
          />
          {(link.url !== '' || link.label !== '') && (
            <input
              className="input editor-short"
              aria-label={`${name}, text shown`}
              placeholder="Text shown"
              autoComplete="off"
              value={link.label}
              onChange={(event) => set({ ...link, label: event.target.value })}
            />
          )}
        </>
      )}
    </Rows>
  );
}
