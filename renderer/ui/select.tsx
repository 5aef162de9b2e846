import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { usePopupContainer } from './popup-host';

interface SelectProps<T extends string> {
  label: string;
  value: T | null;
  /** `tag` draws the workspace's colour of an option as a dot before its words. */
  options: readonly { value: T; label: string; tag?: string }[];
  onChange: (value: T) => void;
  id?: string | undefined;
  placeholder?: string;
  disabled?: boolean;
}

/** A drop-down of a few choices. `label` is its accessible name; show the words beside it yourself. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  placeholder = 'Choose…',
  disabled = false,
  id,
}: SelectProps<T>) {
  const container = usePopupContainer();
  const tag = options.find((option) => option.value === value)?.tag;
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger className="select" aria-label={label} id={id}>
        {tag !== undefined && <span className="dot" data-tag={tag.toLowerCase()} />}
        <Base.Value placeholder={placeholder} className="cut" />
        <ChevronDown size={14} aria-hidden />
      </Base.Trigger>
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="popup">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className="popup-item">
                  <span className="popup-check">
                    <Base.ItemIndicator>
                      <Check size={14} aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  {option.tag !== undefined && <span className="dot" data-tag={option.tag.toLowerCase()} />}
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
