import { ArrowLeft, CircleAlert, SearchX, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Card, RecordRef } from '../../shared/app/contacts';
import { invoke, listen, messageOf } from '../bridge';
import { runCardKey } from '../record/actions';
import { RecordCard } from '../record/RecordCard';
import { Button, IconButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

interface RecordPaneProps {
  target: RecordRef;
  paneRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

type Loaded = { card: Card | null } | { error: string };

/** A record beside its list, with the way back through what was opened from it. */
export function RecordPane({ target, paneRef, onClose }: RecordPaneProps) {
  const [trail, setTrail] = useState<readonly RecordRef[]>([target]);
  const shown = trail.at(-1) ?? target;
  useEffect(() => setTrail([target]), [target]);
  const { loaded, reload } = useCard(shown);
  const card = loaded !== null && 'card' in loaded ? loaded.card : null;
  return (
    <section
      ref={paneRef}
      className="pane"
      aria-label={card?.title ?? 'Record'}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (card !== null && runCardKey(event, card)) event.preventDefault();
      }}
    >
      <div className="pane-head">
        {trail.length > 1 && (
          <IconButton label="Back" onClick={() => setTrail(trail.slice(0, -1))}>
            <ArrowLeft size={15} aria-hidden />
          </IconButton>
        )}
        <span className="grow" />
        <IconButton label="Close the record" onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {loaded !== null && 'error' in loaded ? (
        <EmptyState
          icon={<CircleAlert size={28} aria-hidden />}
          title="This could not be shown"
          actions={<Button onClick={reload}>Try again</Button>}
        >
          <p>{loaded.error}</p>
        </EmptyState>
      ) : loaded !== null && card === null ? (
        <EmptyState icon={<SearchX size={28} aria-hidden />} title="Not on this machine">
          <p>This record was deleted, or has not been fetched yet.</p>
        </EmptyState>
      ) : (
        card !== null && <RecordCard card={card} onOpen={(ref) => setTrail([...trail, ref])} />
      )}
    </section>
  );
}

/** The card of a record, loaded anew when something on it changes. The last one stays until the next is there. */
function useCard(ref: RecordRef): { loaded: Loaded | null; reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [turn, setTurn] = useState(0);
  const opened = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn means: load again.
  useEffect(() => {
    let current = true;
    const isNew = opened.current !== ref.id;
    opened.current = ref.id;
    invoke('contacts.card', { object: ref.object, id: ref.id, opened: isNew }).then(
      (card) => current && setLoaded({ card }),
      (error: unknown) => current && setLoaded({ error: messageOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [ref.object, ref.id, turn]);
  useEffect(() => listen('records.changed', () => setTurn((before) => before + 1)), []);
  return { loaded, reload: () => setTurn((before) => before + 1) };
}
