import { CircleAlert, SearchX, Users } from 'lucide-react';
import { useEffect, useRef } from 'react';
import './contacts.css';
import type { ConnectionView } from '../../shared/app/connections';
import { syncNow } from '../app/actions';
import { NoWorkspace } from '../app/NoWorkspace';
import { useConnection } from '../app/state';
import { mayBeCardKey, runCardKey } from '../record/actions';
import { RecordCard } from '../record/RecordCard';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Progress, Spinner } from '../ui/spinner';
import { ResultList } from './ResultList';
import { SearchBar } from './SearchBar';
import {
  cardNow,
  followContacts,
  isSettled,
  openRecord,
  resetContacts,
  searchAgain,
  setQuery,
  useContacts,
} from './store';

/** Search, results and the detail of the selected contact. */
export function ContactsView() {
  const connection = useConnection();
  if (connection === null) return <NoWorkspace />;
  return <Contacts key={connection.id} connection={connection} />;
}

function Contacts({ connection }: { connection: ConnectionView }) {
  const search = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);
  const focusRequests = useContacts((store) => store.focusRequests);
  const detailRequests = useContacts((store) => store.detailRequests);
  const handled = useRef(detailRequests);

  useEffect(() => {
    const stop = followContacts();
    return () => {
      stop();
      resetContacts();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request asks for the focus anew.
  useEffect(() => {
    search.current?.focus();
    search.current?.select();
  }, [focusRequests]);
  useEffect(() => {
    if (handled.current === detailRequests) return;
    handled.current = detailRequests;
    detail.current?.focus();
  }, [detailRequests]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the view; every one is a button too.
    <div
      className="contacts"
      onKeyDown={(event) => {
        const { card } = useContacts.getState();
        if (card !== null && isSettled()) {
          if (runCardKey(event, card)) event.preventDefault();
        } else if (mayBeCardKey(event)) {
          // Never on whom the text named before.
          void cardNow().then((now) => now !== null && runCardKey(event, now));
        }
      }}
    >
      <h1 className="visually-hidden">Contacts</h1>
      <SearchBar connection={connection} inputRef={search} />
      {connection.sync.phase === 'first' && (
        <Progress label="First sync" done={connection.sync.records} total={connection.sync.total} />
      )}
      <div className="contacts-columns">
        <ResultList empty={<NoResults connection={connection} />} />
        <Detail detailRef={detail} onLeave={() => search.current?.focus()} />
      </div>
    </div>
  );
}

function Detail({ detailRef, onLeave }: { detailRef: React.RefObject<HTMLElement | null>; onLeave: () => void }) {
  const card = useContacts((store) => store.card);
  const missing = useContacts((store) => store.missing);
  const error = useContacts((store) => store.error);
  const leave = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
  };
  return (
    <section className="contacts-detail" aria-label="Contact" tabIndex={-1} ref={detailRef} onKeyDown={leave}>
      {error !== null && card === null ? (
        <EmptyState
          icon={<CircleAlert size={28} aria-hidden />}
          title="This could not be shown"
          actions={<Button onClick={searchAgain}>Try again</Button>}
        >
          <p>{error}</p>
        </EmptyState>
      ) : missing ? (
        <EmptyState icon={<SearchX size={28} aria-hidden />} title="Not on this machine">
          <p>This record was deleted, or has not been fetched yet.</p>
        </EmptyState>
      ) : card === null ? (
        <EmptyState icon={<Users size={28} aria-hidden />} title="No one selected">
          <p>Type a name, an e-mail, a phone number or a company.</p>
        </EmptyState>
      ) : (
        <RecordCard card={card} onOpen={openRecord} />
      )}
    </section>
  );
}

function NoResults({ connection }: { connection: ConnectionView }) {
  const query = useContacts((store) => store.query);
  if (query.trim() !== '') {
    return (
      <EmptyState
        icon={<SearchX size={28} aria-hidden />}
        title="Nothing found"
        actions={
          <>
            <Button onClick={() => setQuery('')}>Clear the search</Button>
            <Button onClick={() => void syncNow()}>Sync now</Button>
          </>
        }
      >
        <p>No person or company matches. Someone added just now may still be on the way.</p>
      </EmptyState>
    );
  }
  if (connection.sync.phase === 'first') {
    return (
      <EmptyState icon={<Spinner />} title="Fetching your contacts">
        <p>They appear here as they arrive. Capture already works.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Users size={28} aria-hidden />}
      title="No contacts yet"
      actions={<Button onClick={() => void syncNow()}>Sync now</Button>}
    >
      <p>
        {connection.online
          ? 'This workspace has no people or companies yet.'
          : 'You are offline. They come when the server can be reached.'}
      </p>
    </EmptyState>
  );
}
