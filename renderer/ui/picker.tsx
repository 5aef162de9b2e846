import { Combobox } from '@base-ui/react/combobox';
import { X } from 'lucide-react';
import { type FocusEvent, type Ref, useEffect, useRef, useState } from 'react';
import { usePopupContainer } from './popup-host';

export interface PickerOption {
  id: string;
  label: string;
  /** A second, dimmed text that tells equal names apart. */
  detail: string;
}

interface PickerProps {
  id?: string;
  label: string;
  value: PickerOption | null;
  onChange: (value: PickerOption | null) => void;
  /** Finds what fits the text; an empty text asks for a first few. */
  search: (text: string) => Promise<readonly PickerOption[]>;
  placeholder?: string;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** False when there must always be a choice. */
  clearable?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/**
 * One of many, found by typing. The answer to an older text never replaces a newer one.
 *
 * The list stands in a plain element, not in Base UI's Combobox.Popup: that one hides the rest of the page from
 * assistive technology while the list is open, although the focus stays in the page. What else it does is here:
 * the list closes when the focus leaves, and a press on it does not take the focus.
 */
export function Picker({
  id,
  label,
  value,
  onChange,
  search,
  placeholder = 'Type to search',
  invalid = false,
  describedBy,
  clearable = true,
  ref,
}: PickerProps) {
  const [found, setFound] = useState<readonly PickerOption[]>([]);
  const [status, setStatus] = useState<'idle' | 'searching' | 'failed'>('idle');
  const asked = useRef(0);
  // Pasted text opens the list as well, which must not bring the first few instead of what fits.
  const typed = useRef('');
  const container = usePopupContainer();
  const [open, setOpen] = useState(false);
  const actions = useRef<Combobox.Root.Actions>(null);
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) actions.current?.unmount();
  }, [open]);
  const leave = ({ relatedTarget }: FocusEvent): void => {
    // None is told when another window got the focus: then the list stays.
    if (relatedTarget !== null && !popup.current?.contains(relatedTarget)) actions.current?.close();
  };

  const find = async (text: string): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    setStatus('searching');
    try {
      const options = await search(text);
      if (mine !== asked.current) return;
      setFound(options);
      setStatus('idle');
    } catch {
      if (mine === asked.current) setStatus('failed');
    }
  };

  const items = value === null || found.some((one) => one.id === value.id) ? found : [...found, value];
  return (
    <Combobox.Root
      items={items}
      filteredItems={found}
      value={value}
      itemToStringLabel={(one: PickerOption) => one.label}
      isItemEqualToValue={(one, other) => one.id === other.id}
      autoHighlight
      open={open}
      actionsRef={actions}
      onValueChange={(next) => onChange(next)}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) void find(typed.current);
        else typed.current = '';
      }}
      onInputValueChange={(text, { reason }) => {
        if (reason !== 'input-change') return;
        typed.current = text;
        void find(text);
      }}
    >
      <div className="input-group">
        <Combobox.Input
          ref={ref}
          id={id}
          className="input"
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          placeholder={placeholder}
          spellCheck={false}
          onBlur={leave}
        />
        {clearable && value !== null && (
          <Combobox.Clear className="button" data-shape="icon" aria-label={`Clear ${label}`} title={`Clear ${label}`}>
            <X size={14} aria-hidden />
          </Combobox.Clear>
        )}
      </div>
      <Combobox.Portal container={container}>
        <Combobox.Positioner sideOffset={4} align="start" onMouseDown={(event) => event.preventDefault()}>
          <div ref={popup} className="popup" aria-busy={status === 'searching' || undefined}>
            <Combobox.Status className="popup-status">
              {status === 'failed' && 'The search did not work. Type again.'}
              {status === 'idle' && found.length === 0 && 'Nothing found.'}
            </Combobox.Status>
            <Combobox.List>
              {(one: PickerOption) => (
                <Combobox.Item key={one.id} value={one} className="popup-item">
                  <span className="cut">{one.label}</span>
                  {one.detail !== '' && <span className="dim cut">{one.detail}</span>}
                </Combobox.Item>
              )}
            </Combobox.List>
          </div>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
