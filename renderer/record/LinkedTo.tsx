import { Link2, X } from 'lucide-react';
import { useState } from 'react';
import type { Card, LabelledRef, RecordRef } from '../../shared/app/contacts';
import { invoke, messageOf } from '../bridge';
import { offerUndo } from '../fields/writes';
import { Button, IconButton } from '../ui/button';
import { showToast } from '../ui/toast';
import { LinkDialog } from './LinkDialog';
import { RefButton } from './RefButton';

interface LinkedToProps {
  card: Card;
  /** Why nothing may be written here, null when it may. */
  locked: string | null;
  onOpen: (ref: RecordRef) => void;
}

/** What a note or task is linked to: opened, taken away, or one more. */
export function LinkedTo({ card, locked, onOpen }: LinkedToProps) {
  const [linking, setLinking] = useState(false);
  const { object, title } = card;
  const { id } = card.record;
  const write = async (
    command: 'records.link' | 'records.unlink',
    { object: other, id: otherId }: RecordRef,
  ): Promise<void> => {
    try {
      offerUndo([await invoke(command, { object, id, to: { object: other, id: otherId } })]);
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };
  return (
    <section aria-label="Linked to" className="record-links">
      <h3 className="record-links-head">Linked to</h3>
      <ul className="record-link-list">
        {card.people.map((link: LabelledRef) => (
          <li key={link.id} className="row">
            <RefButton target={link} onOpen={onOpen} />
            {locked === null && (
              <IconButton label={`Unlink ${link.label}`} onClick={() => void write('records.unlink', link)}>
                <X size={13} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
        {card.people.length === 0 && <li className="dim">Nothing yet.</li>}
      </ul>
      {locked === null && (
        <Button shape="pill" icon={<Link2 size={13} aria-hidden />} onClick={() => setLinking(true)}>
          Link…
        </Button>
      )}
      {linking && (
        <LinkDialog
          what={title}
          id={id}
          onClose={() => setLinking(false)}
          onSave={(to) => {
            setLinking(false);
            if (card.people.some((link) => link.id === to.id)) showToast('It is linked already.');
            else void write('records.link', to);
          }}
        />
      )}
    </section>
  );
}
