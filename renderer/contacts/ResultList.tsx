import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { SearchResult } from '../../shared/app/contacts';
import { countText } from '../app/sync-text';
import { Avatar } from '../ui/avatar';
import { Kbd } from '../ui/kbd';
import { Marked } from '../ui/marked';
import { useRem } from '../ui/rem';
import { Spinner } from '../ui/spinner';
import { focusSearch, moveSelection, openSelected, select, selectedIndex, useContacts } from './store';

export const RESULTS_ID = 'contact-results';
/** The element id of a row, for aria-activedescendant. */
export const optionId = (index: number): string => `contact-result-${index}`;
const ROW_REM = 3.0625;
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** The results, virtualised; `empty` stands in for an answer without any. */
export function ResultList({ empty }: { empty: ReactNode }) {
  const answer = useContacts((store) => store.answer);
  const selected = useContacts((store) => store.selected);
  const scroller = useRef<HTMLDivElement>(null);
  const results = answer?.results ?? [];
  const active = selected === null ? -1 : selectedIndex();
  const rowHeight = Math.round(ROW_REM * useRem());
  const rows = useVirtualizer({
    count: results.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => results[index]?.id ?? index,
    overscan: 3,
  });
  useEffect(() => {
    // The first row is in sight already, unless somebody has scrolled; asking would lay the list out once more.
    if (active > 0 || (active === 0 && rows.scrollOffset !== 0)) rows.scrollToIndex(active, { align: 'auto' });
  }, [active, rows]);

  const onKey = (event: KeyboardEvent): void => {
    const by = MOVES[event.key];
    if (by !== undefined) moveSelection(by);
    else if (event.key === 'Enter') void openSelected();
    else if (event.key === 'Escape') focusSearch();
    else return;
    event.preventDefault();
  };

  const none = answer !== null && results.length === 0;
  return (
    <div className="results" data-query={answer?.query}>
      {none && empty}
      {answer === null && (
        <div className="results-loading">
          <Spinner />
        </div>
      )}
      <div
        ref={scroller}
        className="results-list"
        role="listbox"
        id={RESULTS_ID}
        aria-label="Contacts"
        aria-activedescendant={active < 0 ? undefined : optionId(active)}
        tabIndex={0}
        hidden={results.length === 0}
        onKeyDown={onKey}
      >
        <div className="results-space" role="presentation" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const result = results[row.index];
            return (
              result && (
                <Row
                  key={row.key}
                  result={result}
                  index={row.index}
                  count={results.length}
                  selected={row.index === active}
                  top={row.start}
                  height={rowHeight}
                />
              )
            );
          })}
        </div>
      </div>
      {answer !== null && answer.total > results.length && results.length > 0 && (
        <p className="results-more dim">
          The first {results.length} of {countText(answer.total, 'match', 'matches')}. Type more to narrow.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  result: SearchResult;
  index: number;
  count: number;
  selected: boolean;
  top: number;
  height: number;
}

function Row({ result, index, count, selected, top, height }: RowProps) {
  const open = (): void => select({ object: result.object, id: result.id });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list and the search field handle the keys of their options.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list; aria-activedescendant names the option.
    <div
      className="result"
      role="option"
      id={optionId(index)}
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={open}
      onDoubleClick={() => void openSelected()}
    >
      <Avatar name={result.title} id={result.id} shape={result.object === 'person' ? 'round' : 'square'} />
      <div className="grow">
        <p className="cut result-title">
          <Marked text={result.title} ranges={result.titleRanges} />
        </p>
        <p className="cut dim">
          <Marked text={result.subtitle} ranges={result.subtitleRanges} />
        </p>
      </div>
      {selected && <Kbd keys="Enter" />}
    </div>
  );
}
