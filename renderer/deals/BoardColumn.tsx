import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, memo, type PointerEvent, useEffect, useRef } from 'react';
import { countText } from '../app/sync-text';
import { useRem } from '../ui/rem';
import { type Column, rowOf } from './board';
import { type CardContext, cardId, cardRem, DealCard } from './DealCard';
import { type Deal, sumsText } from './deal';

interface BoardColumnProps {
  column: Column;
  context: CardContext;
  /** Percent. */
  weight: number;
  /** The card the keys are on, when they are in this column; undefined when they are elsewhere. */
  activeId: string | null | undefined;
  /** The card on its way. */
  draggedId: string | null;
  /** True while a card is held over this column, which would take it. */
  target: boolean;
  on: ColumnEvents;
}

/** What happens on a column; the same object each time, so that a column is drawn only when it changed. */
export interface ColumnEvents {
  key(event: KeyboardEvent): void;
  focus(event: FocusEvent, column: Column): void;
  press(event: PointerEvent, id: string): void;
  open(column: Column, deal: Deal): void;
}

/** One stage: its count, its exact sums, and its cards, of which only those in sight exist. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { column, context, weight, activeId, draggedId, target, on } = props;
  const { stage, deals, sums } = column;
  const scroller = useRef<HTMLDivElement>(null);
  const rem = useRem();
  const cards = useVirtualizer({
    count: deals.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => Math.round((deals[index] ? cardRem(deals[index], context) : 1) * rem),
    getItemKey: (index) => deals[index]?.id ?? index,
    overscan: 6,
  });
  // Cards of other heights may have taken the rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the heights are made from.
  useEffect(() => cards.measure(), [cards, deals, context, rem]);
  const active = activeId === undefined ? -1 : rowOf(column, activeId);
  useEffect(() => {
    if (active >= 0) cards.scrollToIndex(active, { align: 'auto' });
  }, [active, cards]);

  const total = sumsText(sums);
  return (
    <section className="column" data-stage={stage.value} data-target={target || undefined}>
      <header className="column-head">
        <h2>
          <span className="dot" data-tag={stage.color.toLowerCase()} aria-hidden="true" />
          <span className="cut">{stage.label}</span> <span className="dim">{deals.length}</span>
        </h2>
        <p className="dim column-sum" title={total || undefined}>
          {total}
        </p>
      </header>
      <div
        ref={scroller}
        className="column-cards"
        role="listbox"
        aria-label={`${stage.label}, ${countText(deals.length, 'deal', 'deals')}${total && `, ${total}`}`}
        aria-activedescendant={active < 0 ? undefined : cardId(activeId ?? '')}
        tabIndex={0}
        data-current={activeId !== undefined || undefined}
        onKeyDown={on.key}
        onFocus={(event) => on.focus(event, column)}
      >
        <div className="column-space" role="presentation" style={{ height: cards.getTotalSize() }}>
          {cards.getVirtualItems().map((item) => {
            const deal = deals[item.index];
            return (
              deal && (
                <DealCard
                  key={item.key}
                  deal={deal}
                  context={context}
                  weight={weight}
                  index={item.index}
                  count={deals.length}
                  active={item.index === active}
                  lifted={deal.id === draggedId}
                  top={item.start}
                  height={item.size}
                  onPress={on.press}
                  onOpen={() => on.open(column, deal)}
                />
              )
            );
          })}
        </div>
      </div>
    </section>
  );
});
