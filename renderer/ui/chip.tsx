import { X } from 'lucide-react';
import type { ReactNode } from 'react';

interface ChipProps {
  icon?: ReactNode;
  tone?: 'plain' | 'warn' | 'bad' | 'ok';
  children: ReactNode;
  /** Makes it a toggle. */
  pressed?: boolean;
  onClick?: () => void;
  /** Adds a small button that takes the chip away; `removeLabel` names it. */
  onRemove?: () => void;
  removeLabel?: string;
  title?: string;
}

/** A small rounded fact: a date, a person, a state. Can be a toggle, or be removed. */
export function Chip({ icon, tone = 'plain', children, pressed, onClick, onRemove, removeLabel, title }: ChipProps) {
  if (onClick !== undefined) {
    return (
      <button
        type="button"
        className="chip chip-toggle"
        data-tone={tone}
        aria-pressed={pressed}
        onClick={onClick}
        title={title}
      >
        {icon}
        <span className="cut">{children}</span>
      </button>
    );
  }
  return (
    <span className="chip" data-tone={tone} title={title}>
      {icon}
      <span className="cut">{children}</span>
      {onRemove !== undefined && (
        <button type="button" className="chip-remove" aria-label={removeLabel} title={removeLabel} onClick={onRemove}>
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
