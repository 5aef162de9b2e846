import { useState } from 'react';
import type { Card, RecordRef, TimelineItem } from '../../shared/app/contacts';
import { formatAgo, formatDue, isOverdue } from '../../shared/crm';
import { useNow } from '../app/time';
import { invoke, messageOf } from '../bridge';
import { Button } from '../ui/button';
import { Markdown } from './Markdown';
import { RefButton } from './RefButton';

const MORE = 30;
/** Longer bodies start folded. */
const FOLD_AT = 320;
const KIND_WORDS: Readonly<Record<TimelineItem['kind'], string>> = {
  note: 'Note',
  task: 'Task',
  opportunity: 'Deal',
  change: 'Change',
};

interface TimelineProps {
  card: Card;
  target: RecordRef;
  onOpen: (ref: RecordRef) => void;
}

/** Notes, tasks, deals and changes, newest first; older ones are fetched from the local copy on demand. */
export function Timeline({ card, target, onOpen }: TimelineProps) {
  const [older, setOlder] = useState<{ items: TimelineItem[]; hasMore: boolean } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const now = new Date(useNow(60_000));
  const known = new Set(card.timeline.map((item) => item.id));
  const items = [...card.timeline, ...(older?.items ?? []).filter((item) => !known.has(item.id))];
  const hasMore = older?.hasMore ?? card.hasMoreTimeline;

  const loadMore = async (): Promise<void> => {
    try {
      const before = items.at(-1)?.at ?? null;
      const more = await invoke('contacts.timeline', { object: target.object, id: target.id, before, limit: MORE });
      setOlder({ items: [...(older?.items ?? []), ...more.items], hasMore: more.hasMore });
      setError(null);
    } catch (failure) {
      setError(messageOf(failure));
    }
  };

  if (items.length === 0) return <p className="dim timeline-none">Nothing yet. Add a note or a task above.</p>;
  return (
    <>
      <ul className="timeline" aria-label="Timeline">
        {items.map((item) => (
          <Item key={`${item.kind}-${item.id}`} item={item} target={target} now={now} onOpen={onOpen} />
        ))}
      </ul>
      {error !== null && (
        <p className="field-note" data-level="error" role="alert">
          {error}
        </p>
      )}
      {hasMore && (
        <Button tone="quiet" onClick={() => void loadMore()}>
          Show older
        </Button>
      )}
    </>
  );
}

interface ItemProps {
  item: TimelineItem;
  target: RecordRef;
  now: Date;
  onOpen: (ref: RecordRef) => void;
}

function Item({ item, target, now, onOpen }: ItemProps) {
  const long = item.body.length > FOLD_AT;
  const [folded, setFolded] = useState(long);
  const done = item.status === 'DONE';
  const late = item.dueAt !== null && !done && isOverdue(item.dueAt, now);
  const others = item.links.filter((link) => link.id !== target.id);
  return (
    <li>
      <p>
        <span className="strong">{KIND_WORDS[item.kind]}</span>{' '}
        <span className={done ? 'timeline-title timeline-done' : 'timeline-title'}>
          {item.kind === 'change' ? (
            item.title
          ) : (
            <RefButton target={{ object: item.object, id: item.id, label: item.title, detail: '' }} onOpen={onOpen} />
          )}
        </span>{' '}
        <span className={late ? 'timeline-late' : 'dim'}>
          · {done ? 'done' : item.dueAt !== null ? `due ${formatDue(item.dueAt, now)}` : formatAgo(item.at, now)}
        </span>
        {item.pending && <span className="timeline-pending"> · waiting to be sent</span>}
        {others.length > 0 && (
          <span className="dim">
            {' · with '}
            {others.map((link, index) => (
              <span key={link.id}>
                {index > 0 && ', '}
                <RefButton target={link} onOpen={onOpen} />
              </span>
            ))}
          </span>
        )}
      </p>
      {item.body !== '' && (
        <div className="timeline-body" data-folded={folded || undefined}>
          <Markdown text={item.body} />
        </div>
      )}
      {long && (
        <Button tone="quiet" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? 'Show all' : 'Show less'}
        </Button>
      )}
    </li>
  );
}
