import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Kbd } from './kbd';
import { Spinner } from './spinner';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: 'plain' | 'accent' | 'danger' | 'quiet';
  shape?: 'normal' | 'pill';
  icon?: ReactNode;
  /** Accelerator shown as a hint; it is not part of the accessible name. */
  keys?: string;
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** The one button. While `busy` it keeps its focus and ignores clicks. */
export function Button({
  tone = 'plain',
  shape = 'normal',
  icon,
  keys,
  busy = false,
  children,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className="button"
      data-tone={tone}
      data-shape={shape}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={keys?.replace('CommandOrControl', 'Control')}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon; `label` names it and is its tooltip. */
export function IconButton({ label, children, type, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type ?? 'button'} className="button" data-shape="icon" aria-label={label} title={label}>
      {children}
    </button>
  );
}
