import { Check, CircleAlert, Clock, GitCompareArrows, Undo2 } from 'lucide-react';
import type { OutboxEntryView } from '../../shared/app/outbox';
import { agoText, inText } from '../app/time';
import { Button } from '../ui/button';
import { Spinner } from '../ui/spinner';
import { ConflictChooser } from './ConflictChooser';
import { edit, retry, undo } from './store';

interface EntryProps {
  entry: OutboxEntryView;
  /** Epoch milliseconds. */
  now: number;
  onDiscard: () => void;
}

/** One write: what it does, where it stands, what can be done about it. */
export function Entry({ entry, now, onDiscard }: EntryProps) {
  const open = entry.state === 'waiting' || entry.state === 'failed' || entry.state === 'conflict';
  return (
    <li className="entry" data-state={entry.state} data-entry={entry.id} tabIndex={-1}>
      <span className="entry-icon">
        <StateIcon state={entry.state} />
      </span>
      <div className="grow">
        <p className="entry-title">{entry.title}</p>
        <p className="dim">
          {entry.summary} · {stateText(entry, now)}
        </p>
        {entry.error !== null && entry.state !== 'sent' && <p className="entry-error">{entry.error.message}</p>}
        {entry.state === 'conflict' && <ConflictChooser entry={entry} />}
      </div>
      <div className="entry-acts">
        {(entry.state === 'failed' || entry.state === 'waiting') && (
          <Button onClick={() => void retry(entry.id)}>{entry.state === 'failed' ? 'Retry' : 'Send now'}</Button>
        )}
        {entry.canEdit && <Button onClick={() => void edit(entry.id)}>Edit</Button>}
        {entry.canUndo && !open && entry.state !== 'withdrawn' && (
          <Button onClick={() => void undo(entry.id)}>Undo</Button>
        )}
        {open && (
          <Button tone="danger" onClick={onDiscard}>
            Discard
          </Button>
        )}
      </div>
    </li>
  );
}

function StateIcon({ state }: { state: OutboxEntryView['state'] }) {
  if (state === 'sending') return <Spinner />;
  const Icon = { waiting: Clock, sent: Check, failed: CircleAlert, conflict: GitCompareArrows, withdrawn: Undo2 }[
    state
  ];
  return <Icon size={16} aria-hidden />;
}

/** Where an entry stands, as a person would say it. */
export function stateText(entry: OutboxEntryView, now: number): string {
  switch (entry.state) {
    case 'sent':
      return `arrived ${agoText(entry.sentAt ?? entry.createdAt, now)}`;
    case 'withdrawn':
      return 'taken back';
    case 'sending':
      return entry.steps > 1 ? `sending, ${entry.done} of ${entry.steps} done` : 'sending';
    case 'conflict':
      return 'changed on the server meanwhile';
    case 'failed':
      return `not accepted, saved here ${agoText(entry.createdAt, now)}`;
    case 'waiting': {
      const partly = entry.done > 0 ? `, ${entry.done} of ${entry.steps} done` : '';
      const due = entry.nextAttemptAt !== null && entry.nextAttemptAt > now;
      const next = due ? `, next try ${inText(entry.nextAttemptAt ?? now, now)}` : '';
      return `waiting, kept safe${partly}${next}`;
    }
  }
}
