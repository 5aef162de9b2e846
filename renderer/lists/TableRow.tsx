import { Clock } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { type CrmRecord, recordLabel } from '../../shared/crm';
import { FieldValue } from '../fields/FieldValue';
import type { FormatContext } from '../fields/format';
import { Avatar } from '../ui/avatar';
import type { Column } from './columns';

interface RowProps {
  index: number;
  /** Null while its page is on the way. */
  record: CrmRecord | null;
  object: string;
  columns: readonly Column[];
  template: string;
  context: FormatContext;
  /** Pixels. */
  top: number;
  height: number;
  /** The active column, -1 when another row is active. */
  active: number;
  /** True when the pane at the side shows this record. */
  opened: boolean;
  /** Null where rows cannot be chosen. */
  selected: boolean | null;
  pending: boolean;
  onToggle: (index: number) => void;
  onClick: (index: number, event: MouseEvent) => void;
}

/** One row of the table; grey bars stand in until its page has come. Drawn again only when it changed. */
export const Row = memo(function Row(props: RowProps) {
  const { index, record, object, columns, template, context, top, height, active, opened, selected, pending } = props;
  const offset = selected === null ? 1 : 2;
  const title = record === null ? '' : recordLabel(object, record, columns[0]?.field.name);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised row is positioned, which a <tr> cannot be.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the active cell.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      data-active={active >= 0 || undefined}
      data-opened={opened || undefined}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
      onClick={(event) => props.onClick(index, event)}
    >
      {selected !== null && (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: see above.
        <span role="gridcell" aria-colindex={1} className="grid-choose">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Choose ${title}`}
            checked={selected}
            onChange={() => props.onToggle(index)}
            onClick={(event) => event.stopPropagation()}
          />
        </span>
      )}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: see above.
        <span
          key={column.key}
          id={active < 0 ? undefined : `cell-${index}-${at}`}
          role="gridcell"
          aria-colindex={at + offset}
          className="grid-cell"
          data-active={at === active || undefined}
          data-first={at === 0 || undefined}
          data-numeric={column.numeric || undefined}
        >
          {record === null ? (
            <span className="grid-waiting" />
          ) : at === 0 ? (
            <>
              <Avatar name={title} id={record.id} shape={object === 'person' ? 'round' : 'square'} />
              <span className="cut strong">{title}</span>
              {pending && (
                <>
                  <Clock size={13} aria-hidden className="grid-pending" />
                  <span className="visually-hidden">waiting to be sent</span>
                </>
              )}
            </>
          ) : (
            <span className="cut">
              <FieldValue field={column.field} value={record[column.key]} context={context} layout="line" />
            </span>
          )}
        </span>
      ))}
    </div>
  );
});
