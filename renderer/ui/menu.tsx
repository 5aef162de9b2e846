import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd';
import { usePopupContainer } from './popup-host';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  onSelect: () => void;
  icon?: ReactNode;
  /** Draws a check mark; leave out for entries that are never current. */
  current?: boolean;
  keys?: string;
  danger?: boolean;
  /** A line above this entry. */
  separated?: boolean;
}

/** A menu that opens from `trigger`, which must be one of our buttons. */
export function Menu({ trigger, entries }: { trigger: ReactElement; entries: readonly MenuEntry[] }) {
  const container = usePopupContainer();
  const marks = entries.some((entry) => entry.current !== undefined);
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={4} align="start">
          <Base.Popup className="popup">
            {entries.map((entry) => [
              entry.separated ? <Base.Separator key={`${entry.key}-line`} className="popup-separator" /> : null,
              <Base.Item
                key={entry.key}
                className="popup-item"
                data-tone={entry.danger ? 'danger' : undefined}
                aria-current={entry.current || undefined}
                onClick={entry.onSelect}
              >
                {marks && <span className="popup-check">{entry.current && <Check size={14} aria-hidden />}</span>}
                {entry.icon}
                <span className="grow cut">{entry.label}</span>
                {entry.keys !== undefined && <Kbd keys={entry.keys} />}
              </Base.Item>,
            ])}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
