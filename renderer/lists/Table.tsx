import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import type { CrmRecord } from '../../shared/crm';
import { useNow } from '../app/time';
import type { FormatContext } from '../fields/format';
import { mainModifier } from '../ui/keys';
import { useRem } from '../ui/rem';
import type { Column } from './columns';
import { type List, type ListState, MOST_SELECTED } from './store';
import { Head } from './TableHead';
import { Row } from './TableRow';
import { resized } from './widths';

interface TableProps {
  list: List;
  label: string;
  columns: readonly Column[];
  /** True when rows can be chosen for an act. */
  selectable: boolean;
  gridRef: RefObject<HTMLDivElement | null>;
  onOpen: (record: CrmRecord, focus: boolean) => void;
  /** Delete was pressed on the chosen rows, or on the active one. */
  onDelete: () => void;
  /** Esc, when nothing was chosen any more. */
  onLeave: () => void;
}

const ROW_REM = 2.25;
const HEAD_REM = 2;
const PAGE_ROWS = 15;
const NONE: ListState['widths'] = {};

/**
 * A table of any number of rows, of which only those in sight exist. The focus stays on the grid;
 * the active cell is told by aria-activedescendant.
 */
export function Table({ list, label, columns, selectable, gridRef, onOpen, onDelete, onLeave }: TableProps) {
  const state = useStore(list.store);
  const { total, active, selected, sort, labels, pending, open } = state;
  const [column, setColumn] = useState(0);
  const now = useNow(60_000);
  const context = useMemo<FormatContext>(() => ({ labels, now: new Date(now) }), [labels, now]);
  const rem = useRem();
  const rowHeight = Math.round(ROW_REM * rem);
  const headHeight = Math.round(HEAD_REM * rem);
  const rows = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const firstRow = items[0]?.index ?? 0;
  const lastRow = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: newly known totals and pages leave holes to fill.
  useEffect(() => list.sight(firstRow, lastRow), [list, firstRow, lastRow, total, state.pages]);
  useEffect(() => {
    if (active >= 0) rows.scrollToIndex(active, { align: 'auto' });
  }, [active, rows]);

  const openRow = useRef(onOpen);
  useEffect(() => {
    openRow.current = onOpen;
  });
  const click = useCallback(
    (index: number, event: MouseEvent): void => {
      gridRef.current?.focus({ preventScroll: true });
      const record = list.row(index);
      if (selectable && event.shiftKey) void list.moveTo(index, true);
      else if (selectable && mainModifier(event)) list.toggle(index);
      else if (record) {
        void list.moveTo(index, false);
        openRow.current(record, false);
      }
    },
    [list, selectable, gridRef],
  );

  /** The width of the column whose edge is being pulled, until it is let go. */
  const [pulled, setPulled] = useState<ListState['widths']>(NONE);
  const widths = useMemo(() => ({ ...state.widths, ...pulled }), [state.widths, pulled]);
  const template = useMemo(() => templateOf(columns, widths, selectable), [columns, widths, selectable]);
  const current = Math.min(column, columns.length - 1);

  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (!move(event) && !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const move = (event: KeyboardEvent): boolean => {
    const last = (total ?? 0) - 1;
    const main = mainModifier(event);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: Math.max(0, active - 1),
      PageDown: active + PAGE_ROWS,
      PageUp: active - PAGE_ROWS,
      ...(main ? { Home: 0, End: last } : {}),
    };
    const row = to[event.key];
    if (row !== undefined) void list.moveTo(row, event.shiftKey && selectable);
    else if (event.key === 'ArrowRight') setColumn(Math.min(current + 1, columns.length - 1));
    else if (event.key === 'ArrowLeft') setColumn(Math.max(current - 1, 0));
    else if (event.key === 'Home') setColumn(0);
    else if (event.key === 'End') setColumn(columns.length - 1);
    else return false;
    return true;
  };
  const act = (event: KeyboardEvent): boolean => {
    const record = list.row(active);
    if (event.key === 'Enter' && record) onOpen(record, true);
    else if (event.key === ' ' && selectable) list.toggle(active);
    else if (event.key === 'a' && mainModifier(event) && selectable) selectAll(list);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selectable) onDelete();
    else if (event.key === 'Escape') {
      if (selected.size > 0) list.clearSelection();
      else onLeave();
    } else return false;
    return true;
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised table is drawn with positioned rows, which a <table> cannot hold.
    <div
      ref={gridRef}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={(total ?? 0) + 1}
      aria-colcount={columns.length + (selectable ? 1 : 0)}
      aria-multiselectable={selectable || undefined}
      aria-activedescendant={active < 0 ? undefined : cellId(active, current)}
      aria-busy={total === null || undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active < 0 && (total ?? 0) > 0) void list.moveTo(0, false);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div className="grid-space" role="rowgroup" style={{ height: rows.getTotalSize(), minWidth: template.width }}>
        <Head
          columns={columns}
          sort={sort}
          template={template.columns}
          height={headHeight}
          selectable={selectable}
          widths={widths}
          rem={rem}
          onSort={(next) => list.ask({ sort: next })}
          onPull={(key, width) => setPulled({ [key]: width })}
          onResize={(key, width) => {
            setPulled(NONE);
            list.resize(resized(state.widths, key, width));
          }}
        />
        {items.map((item) => (
          <Row
            key={item.index}
            index={item.index}
            record={list.row(item.index)}
            object={state.object}
            columns={columns}
            template={template.columns}
            context={context}
            top={item.start}
            height={rowHeight}
            active={item.index === active ? current : -1}
            opened={list.row(item.index)?.id === open?.id && open !== null}
            selected={selectable ? selected.has(list.row(item.index)?.id ?? '') : null}
            pending={pending.has(list.row(item.index)?.id ?? '')}
            onToggle={list.toggle}
            onClick={click}
          />
        ))}
      </div>
    </div>
  );
}

/** The element id of a cell, for aria-activedescendant. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

function selectAll(list: List): void {
  const { total } = list.store.getState();
  list.store.setState({ anchor: 0 });
  void list.moveTo(Math.min(total ?? 0, MOST_SELECTED) - 1, true);
}

/** Grid columns, and the width below which the table scrolls sideways. */
function templateOf(columns: readonly Column[], widths: ListState['widths'], selectable: boolean) {
  const tracks = columns.map(({ key, width }, index) =>
    widths[key] === undefined ? `minmax(${width}rem, ${index === 0 ? width * 1.4 : width}fr)` : `${widths[key]}rem`,
  );
  const total = columns.reduce((sum, { key, width }) => sum + (widths[key] ?? width), selectable ? 2.5 : 0);
  return { columns: [...(selectable ? ['2.5rem'] : []), ...tracks].join(' '), width: `${total}rem` };
}
