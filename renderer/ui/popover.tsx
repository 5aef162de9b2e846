import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { usePopupContainer } from './popup-host';

interface PopoverProps {
  /** One of our buttons; it opens and closes the panel. */
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A small panel of controls beside its button. Esc and a click elsewhere close it. */
export function Popover({ trigger, title, children, open, onOpenChange }: PopoverProps) {
  const container = usePopupContainer();
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={4} align="start" collisionPadding={8}>
          <Base.Popup className="popup popover">
            <Base.Title className="popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
