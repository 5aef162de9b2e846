import { CircleAlert, Inbox } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import './outbox.css';
import type { OutboxEntryView } from '../../shared/app/outbox';
import { useConnection } from '../app/state';
import { waitingText } from '../app/sync-text';
import { useNow } from '../app/time';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';
import { Entry } from './Entry';
import { discard, followOutbox, loadOutbox, useOutbox } from './store';

const GROUPS: readonly { title: string; states: readonly OutboxEntryView['state'][] }[] = [
  { title: 'Needs you', states: ['failed', 'conflict'] },
  { title: 'Waiting', states: ['sending', 'waiting'] },
  { title: 'Done', states: ['sent', 'withdrawn'] },
];

/** Everything written here, with what became of it. */
export function OutboxView() {
  const connection = useConnection();
  return (
    <div className="page">
      <header className="page-head">
        <h1>Outbox</h1>
        <span className="dim">
          {(connection && waitingText(connection)) ?? 'What you wrote, and whether it has arrived'}
        </span>
      </header>
      <div className="page-body">
        <Entries key={connection?.id ?? 'none'} name={connection?.name ?? null} />
      </div>
    </div>
  );
}

function Entries({ name }: { name: string | null }) {
  const entries = useOutbox((store) => store.entries);
  const error = useOutbox((store) => store.error);
  const [discarding, setDiscarding] = useState<OutboxEntryView | null>(null);
  const now = useNow(5_000);
  const list = useRef<HTMLDivElement>(null);
  const held = useRef<string | null>(null);
  // A button that settles its entry goes with it; the entry then takes the focus, wherever it stands now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever the entries changed.
  useEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    const entry = list.current?.querySelector<HTMLElement>(`[data-entry="${held.current}"]`);
    (entry ?? list.current)?.focus();
  }, [entries]);
  useEffect(() => (name === null ? undefined : followOutbox()), [name]);

  if (error !== null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="The outbox could not be read"
        actions={<Button onClick={() => void loadOutbox()}>Try again</Button>}
      >
        <p>{error}</p>
      </EmptyState>
    );
  }
  if (name !== null && entries === null) return <EmptyState icon={<Spinner />} title="Reading the outbox" />;
  if (entries === null || entries.length === 0) {
    return (
      <EmptyState icon={<Inbox size={28} aria-hidden />} title="Nothing here yet">
        <p>Every note, task and change you save stands here until it has arrived, and can be taken back.</p>
      </EmptyState>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notices where the focus is.
    <div
      ref={list}
      className="outbox"
      tabIndex={-1}
      onFocus={({ target }) => {
        held.current = target.closest<HTMLElement>('[data-entry]')?.dataset.entry ?? null;
      }}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null) held.current = null;
      }}
    >
      {GROUPS.map((group) => {
        const inside = entries.filter((entry) => group.states.includes(entry.state));
        return inside.length === 0 ? null : (
          <section key={group.title} aria-label={group.title}>
            <h2 className="outbox-group">
              {group.title} <span className="dim">{inside.length}</span>
            </h2>
            <ul>
              {inside.map((entry) => (
                <Entry key={entry.id} entry={entry} now={now} onDiscard={() => setDiscarding(entry)} />
              ))}
            </ul>
          </section>
        );
      })}
      <ConfirmDialog
        open={discarding !== null}
        title="Discard this?"
        action="Discard"
        onClose={() => setDiscarding(null)}
        onConfirm={() => {
          if (discarding) void discard(discarding.id);
          setDiscarding(null);
        }}
      >
        <p>
          “{discarding?.title}” has not arrived in {name}. Discarding removes it from this machine for good.
        </p>
      </ConfirmDialog>
    </div>
  );
}
