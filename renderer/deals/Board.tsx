import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ObjectMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { Kbd } from '../ui/kbd';
import { BoardColumn, type ColumnEvents } from './BoardColumn';
import { type Column, columnsOf, type Place, placeAfter, placeNow, rowOf } from './board';
import type { CardContext } from './DealCard';
import type { Deal } from './deal';
import { useCardDrag } from './drag';
import { moveDeal } from './move';
import { type Stage, stageBeside } from './stages';
import type { Deals } from './store';

interface BoardProps {
  deals: Deals;
  meta: ObjectMeta;
  /** The deals to show. */
  shown: readonly Deal[];
  stages: readonly Stage[];
  /** Percent by stage. */
  weights: ReadonlyMap<string, number>;
  context: CardContext;
  /** Why nothing can be moved; null when it can. */
  locked: string | null;
  onOpen: (deal: Deal, focus: boolean) => void;
  onCreate: (stage: string) => void;
}

/** The deals by stage, moved by drag or by keys. */
export function Board(props: BoardProps) {
  const { deals, meta, shown, stages, weights, context, locked, onOpen, onCreate } = props;
  const board = useRef<HTMLDivElement>(null);
  const before = useRef<readonly Column[]>([]);
  const columns = useMemo(() => columnsOf(shown, stages, before.current), [shown, stages]);
  before.current = columns;
  const kept = useStore(deals.view, (state) => state.place);
  const row = useRef(0);
  const place = placeNow(columns, kept, row.current);
  const column = columns.find((one) => one.stage.value === place?.stage);
  const deal = column?.deals[rowOf(column, place?.id ?? null)] ?? null;
  const held = useRef(false);

  const stand = (next: Place): void => deals.view.setState({ place: next });
  const { drag, press, dragged } = useCardDrag(board, (id, stage) => {
    const moved = shown.find((one) => one.id === id);
    const to = stages.find((one) => one.value === stage);
    if (moved && to && locked === null) moveDeal(deals, meta, moved, to);
  });

  useEffect(() => {
    if (column) row.current = Math.max(0, rowOf(column, place?.id ?? null));
  }, [column, place?.id]);
  // The focus goes where the card goes, and stays on the board when its column was left.
  useEffect(() => {
    if (!held.current || place === null) return;
    const list = board.current?.querySelector<HTMLElement>(
      `[data-stage="${CSS.escape(place.stage)}"] [role="listbox"]`,
    );
    if (list === document.activeElement) return;
    list?.focus({ preventScroll: true });
    list?.closest('.column')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [place]);

  // The keys work at once: the board was opened to use them. A control that is in use keeps the focus.
  useEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) focusCurrent(board.current);
  }, []);

  const move = (by: 1 | -1): boolean => {
    const to = deal && locked === null ? stageBeside(stages, deal.stage, by) : null;
    if (deal && to) {
      // Also the card that the keys were on at first is followed.
      stand({ stage: deal.stage, id: deal.id });
      moveDeal(deals, meta, deal, to);
    }
    return true;
  };
  const act = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey) return false;
    const way = moveWay(event);
    if (way !== null) return move(way);
    if (event.altKey) return false;
    if (event.key === 'Enter' && deal) onOpen(deal, true);
    else if (event.code === 'KeyN' && !event.shiftKey && locked === null) onCreate(place?.stage ?? '');
    else if (event.key === 'Escape') deals.view.setState({ open: null });
    else {
      const next = place && !event.shiftKey ? placeAfter(columns, place, event.key) : null;
      if (next) stand(next);
      return next !== null;
    }
    return true;
  };

  const events: ColumnEvents = {
    key: (event) => {
      if (act(event)) event.preventDefault();
    },
    focus: (event, one) => {
      if (one === column) return;
      // A closed dialog gives the focus back to where its card was; the card may have moved on.
      if (event.relatedTarget === null || event.relatedTarget.closest('[role="dialog"]')) focusCurrent(board.current);
      else stand({ stage: one.stage.value, id: one.deals[0]?.id ?? null });
    },
    press,
    open: (one, opened) => {
      if (dragged()) return;
      stand({ stage: one.stage.value, id: opened.id });
      onOpen(opened, false);
    },
  };
  const latest = useRef(events);
  latest.current = events;
  const [on] = useState<ColumnEvents>(() => ({
    key: (event) => latest.current.key(event),
    focus: (event, one) => latest.current.focus(event, one),
    press: (event, id) => latest.current.press(event, id),
    open: (one, opened) => latest.current.open(one, opened),
  }));

  return (
    <div className="board-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: notices whether the focus is on the board at all. */}
      <div
        ref={board}
        className="board"
        data-dragging={drag !== null || undefined}
        data-currencies={columns.some(({ sums }) => sums.size > 1) || undefined}
        onFocus={() => {
          held.current = true;
        }}
        onBlur={(event) => {
          // A column that is drawn anew loses the focus to nothing; that is not leaving the board.
          if (event.relatedTarget !== null) held.current = board.current?.contains(event.relatedTarget) ?? false;
        }}
      >
        {columns.map((one) => (
          <BoardColumn
            key={one.stage.value}
            column={one}
            context={context}
            weight={weights.get(one.stage.value) ?? 0}
            activeId={one === column ? (place?.id ?? null) : undefined}
            draggedId={drag !== null && rowOf(one, drag.id) >= 0 ? drag.id : null}
            target={drag?.over === one.stage.value && one.stage.offered && locked === null}
            on={on}
          />
        ))}
      </div>
      <Hints deal={deal} stages={stages} locked={locked} />
      {drag !== null && <Ghost drag={drag} columns={columns} locked={locked} />}
    </div>
  );
}

/** Puts the focus on the column the keys are in. */
export function focusCurrent(board: ParentNode | null): void {
  board?.querySelector<HTMLElement>('[data-current]')?.focus({ preventScroll: true });
}

/** Which way a key moves a card: brackets as printed or where they are on an American keyboard, or Shift with an arrow. */
export function moveWay(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey'>): 1 | -1 | null {
  if (event.key === ']' || (event.shiftKey && event.key === 'ArrowRight')) return 1;
  if (event.key === '[' || (event.shiftKey && event.key === 'ArrowLeft')) return -1;
  if (event.shiftKey || event.altKey) return null;
  if (event.code === 'BracketRight') return 1;
  return event.code === 'BracketLeft' ? -1 : null;
}

/** Says, before it happens, what the keys would do to the card they are on. */
function Hints({ deal, stages, locked }: { deal: Deal | null; stages: readonly Stage[]; locked: string | null }) {
  const workspace = useConnection()?.name ?? 'this workspace';
  const before = deal && locked === null && stageBeside(stages, deal.stage, -1);
  const after = deal && locked === null && stageBeside(stages, deal.stage, 1);
  const part = (keys: string, words: ReactNode): ReactNode => (
    <span>
      <Kbd keys={keys} /> {words}
    </span>
  );
  return (
    <p className="board-hints dim">
      {deal === null ? (
        <span>Choose a card to {locked === null ? 'move' : 'open'} it.</span>
      ) : (
        <>
          <span className="cut">
            {deal.name} in {workspace}:
          </span>
          {before && part('[', `to ${before.label}`)}
          {after && part(']', `to ${after.label}`)}
          {part('Enter', 'open')}
        </>
      )}
      {locked === null && part('N', 'new deal')}
    </p>
  );
}

interface GhostProps {
  drag: { id: string; x: number; y: number; over: string | null };
  columns: readonly Column[];
  locked: string | null;
}

/** The card under the pointer, and what letting go would do. */
function Ghost({ drag, columns, locked }: GhostProps) {
  const deal = columns.flatMap((column) => column.deals).find((one) => one.id === drag.id);
  const over = columns.find((column) => column.stage.value === drag.over)?.stage;
  if (!deal) return null;
  const words =
    locked ??
    (over === undefined || over.value === deal.stage || !over.offered ? 'Stays where it is' : `Moves to ${over.label}`);
  return (
    <div className="deal-ghost" aria-hidden="true" style={{ transform: `translate(${drag.x}px, ${drag.y}px)` }}>
      <p className="strong cut">{deal.name}</p>
      <p className="dim">{words}</p>
    </div>
  );
}
