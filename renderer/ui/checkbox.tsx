import type { ReactNode } from 'react';

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** The words beside it, which name it. */
  children: ReactNode;
  disabled?: boolean;
}

/** One thing chosen or not, taken when the form around it is saved. */
export function Checkbox({ checked, onChange, children, disabled = false }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="checkbox-words">{children}</span>
    </label>
  );
}
