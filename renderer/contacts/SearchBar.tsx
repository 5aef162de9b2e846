import { Search } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import type { ConnectionView } from '../../shared/app/connections';
import { countText, syncText } from '../app/sync-text';
import { useNow } from '../app/time';
import { invoke } from '../bridge';
import { optionId, RESULTS_ID } from './ResultList';
import { moveSelection, openSelected, selectedIndex, setQuery, useContacts } from './store';

const PAGE = 8;

/** The search field. The focus stays here while the arrow keys move through the list. */
export function SearchBar({
  connection,
  inputRef,
}: {
  connection: ConnectionView;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const query = useContacts((store) => store.query);
  const active = useContacts((store) => (store.answer === null ? -1 : selectedIndexOf(store.selected?.id ?? null)));
  const now = useNow(5_000);
  const found = useContacts((store) => store.answer?.total ?? null);
  return (
    <div className="search-bar">
      <Search size={17} aria-hidden />
      <input
        ref={inputRef}
        type="search"
        className="search-input"
        aria-label="Search"
        aria-controls={RESULTS_ID}
        aria-activedescendant={active < 0 ? undefined : optionId(active)}
        placeholder="Name, e-mail, phone or company"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKey}
      />
      <p className="search-state dim">
        {connection.sync.phase === 'offline' || !connection.online ? <span className="dot offline-dot" /> : null}
        {countText(connection.counts.people, 'person', 'people')} · {syncText(connection, now)}
      </p>
      <p className="visually-hidden" role="status">
        {query !== '' && found !== null ? countText(found, 'result', 'results') : ''}
      </p>
    </div>
  );
}

function selectedIndexOf(id: string | null): number {
  return id === null ? -1 : selectedIndex();
}

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

function onKey(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.nativeEvent.isComposing) return;
  const by = MOVES[event.key];
  if (by !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    moveSelection(by);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    void openSelected();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    if (useContacts.getState().query === '') void invoke('app.hide');
    else setQuery('');
  }
}
