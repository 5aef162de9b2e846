import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useRef } from 'react';
import { Button } from './button';
import { PopupContainer } from './popup-host';

interface DialogProps {
  open: boolean;
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** What has the focus at first; the first control when left out. */
  initialFocus?: RefObject<HTMLElement | null>;
}

/** A modal dialog; Esc and a click beside it close it. */
export function Dialog({ open, title, children, onClose, initialFocus }: DialogProps) {
  const host = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="dialog-frame" initialFocus={initialFocus}>
          <div className="dialog">
            <Base.Title>{title}</Base.Title>
            <PopupContainer value={host}>{children}</PopupContainer>
          </div>
          <div ref={host} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface ConfirmProps extends Omit<DialogProps, 'initialFocus'> {
  /** Names the act: "Sign out", "Discard". */
  action: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  disabled?: boolean;
}

/** Asks before something that cannot simply be taken back. The safe answer has the focus. */
export function ConfirmDialog({
  open,
  title,
  children,
  onClose,
  action,
  onConfirm,
  busy = false,
  danger = true,
  disabled = false,
}: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Close render={<Button>Cancel</Button>} />
            <Button tone={danger ? 'danger' : 'accent'} busy={busy} disabled={disabled} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
