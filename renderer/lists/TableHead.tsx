import { ArrowDown, ArrowUp } from 'lucide-react';
import { ColumnEdge } from './ColumnEdge';
import type { Column } from './columns';
import type { ListState, Sort } from './store';

interface HeadProps {
  columns: readonly Column[];
  sort: Sort;
  template: string;
  height: number;
  selectable: boolean;
  onSort: (sort: Sort) => void;
  widths: ListState['widths'];
  /** Pixels of a rem. */
  rem: number;
  /** The edge of a column is on the way to this width. */
  onPull: (key: string, width: number) => void;
  /** Null gives the column the width its field suggests. */
  onResize: (key: string, width: number | null) => void;
}

/** The names of the columns, which sort, and their edges, which resize. */
export function Head(props: HeadProps) {
  const { columns, sort, template, height, selectable, onSort, widths, rem, onPull, onResize } = props;
  const [by] = sort;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the grid and its column buttons.
    <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, height }}>
      {selectable && (
        // biome-ignore lint/a11y/useSemanticElements: see the grid.
        // biome-ignore lint/a11y/useFocusableInteractive: nothing to do here.
        <span role="columnheader" aria-colindex={1}>
          <span className="visually-hidden">Chosen</span>
        </span>
      )}
      {columns.map((column, index) => {
        const direction = by?.field === column.key ? (by.descending ? 'descending' : 'ascending') : undefined;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the grid.
          // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
          <span
            key={column.key}
            role="columnheader"
            aria-colindex={index + (selectable ? 2 : 1)}
            // Its edge would be part of its name, read with every cell.
            aria-label={column.label}
            aria-sort={direction}
            data-numeric={column.numeric || undefined}
          >
            {column.sortable ? (
              <button type="button" className="grid-sort" onClick={() => onSort(nextSort(sort, column.key))}>
                <span className="cut">{column.label}</span>
                {direction === 'ascending' && <ArrowUp size={13} aria-hidden />}
                {direction === 'descending' && <ArrowDown size={13} aria-hidden />}
              </button>
            ) : (
              <span className="cut">{column.label}</span>
            )}
            <ColumnEdge
              label={column.label}
              width={widths[column.key] ?? null}
              suggested={column.width}
              rem={rem}
              onPull={(width) => onPull(column.key, width)}
              onResize={(width) => onResize(column.key, width)}
            />
          </span>
        );
      })}
    </div>
  );
}

/** Up, then down, then as it was. */
export function nextSort(sort: Sort, field: string): Sort {
  const [by] = sort;
  if (by?.field !== field) return [{ field, descending: false }];
  return by.descending ? [] : [{ field, descending: true }];
}
