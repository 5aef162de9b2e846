import { ArrowDown, ArrowUp, Columns3, Plus, X } from 'lucide-react';
import type { ObjectMeta } from '../../shared/crm';
import { Button, IconButton } from '../ui/button';
import { Popover } from '../ui/popover';
import { chosenColumns, columnsOf } from './columns';

interface ColumnsPanelProps {
  object: ObjectMeta;
  /** Keys of the shown columns, in order. */
  chosen: readonly string[];
  onChange: (keys: readonly string[]) => void;
  /** Back to the columns and widths before anyone chose. */
  onReset: () => void;
}

/** Adds, removes and orders the columns of a list. The one that names the record stays first. */
export function ColumnsPanel({ object, chosen, onChange, onReset }: ColumnsPanelProps) {
  const shown = chosenColumns(object, chosen);
  const rest = columnsOf(object).filter((column) => !chosen.includes(column.key));
  const keys = shown.map((column) => column.key);
  const swap = (at: number, to: number): void => {
    const next = [...keys];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    onChange(next);
  };
  return (
    <Popover title="Columns" trigger={<Button icon={<Columns3 size={14} aria-hidden />}>Columns</Button>}>
      <ul className="columns-list" aria-label="Shown columns">
        {shown.map((column, index) => (
          <li key={column.key}>
            <span className="grow cut">{column.label}</span>
            {index > 1 && (
              <IconButton label={`Move ${column.label} to the left`} onClick={() => swap(index, index - 1)}>
                <ArrowUp size={14} aria-hidden />
              </IconButton>
            )}
            {index > 0 && index < shown.length - 1 && (
              <IconButton label={`Move ${column.label} to the right`} onClick={() => swap(index, index + 1)}>
                <ArrowDown size={14} aria-hidden />
              </IconButton>
            )}
            {index > 0 && (
              <IconButton
                label={`Remove ${column.label}`}
                onClick={() => onChange(keys.filter((key) => key !== column.key))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <ul className="columns-list" aria-label="More columns">
          {rest.map((column) => (
            <li key={column.key}>
              <Button
                tone="quiet"
                icon={<Plus size={13} aria-hidden />}
                onClick={() => onChange([...keys, column.key])}
              >
                Add {column.label}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button onClick={onReset}>Reset columns and widths</Button>
    </Popover>
  );
}
