import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, useId, useState } from 'react';
import { IconButton } from './button';

interface FieldProps {
  label: string;
  layout?: 'row' | 'stack';
  note?: ReactNode;
  noteLevel?: 'info' | 'warning' | 'error';
}

interface TextFieldProps extends FieldProps, Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
  /** Draws dots for letters, with a button to show them. Not type=password, which is no textbox to assistive technology. */
  secret?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text with its label and, below, a note or the reason it is refused. */
export function TextField({
  label,
  layout = 'row',
  note,
  noteLevel = 'info',
  value,
  onChange,
  secret = false,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const input = (
    <input
      spellCheck={false}
      autoComplete="off"
      {...rest}
      id={id}
      className="input"
      type="text"
      data-masked={(secret && !shown) || undefined}
      value={value}
      aria-invalid={noteLevel === 'error' || undefined}
      aria-describedby={note ? `${id}-note` : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
  return (
    <div className="field" data-layout={layout}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {secret ? (
        <div className="input-group">
          {input}
          <IconButton label={shown ? 'Hide what is typed' : 'Show what is typed'} onClick={() => setShown(!shown)}>
            {shown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </IconButton>
        </div>
      ) : (
        input
      )}
      {note && (
        <p className="field-note" id={`${id}-note`} data-level={noteLevel}>
          {note}
        </p>
      )}
    </div>
  );
}
