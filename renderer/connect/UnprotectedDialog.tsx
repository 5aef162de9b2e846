import { useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { keepAs, useConnect } from './store';

const WORDS = 'keep it unprotected';

/** No keyring: the key is kept for this session, or in clear by a choice made in words. */
export function UnprotectedDialog() {
  const open = useConnect((store) => store.unprotected !== null);
  const [typed, setTyped] = useState('');
  const safe = useRef<HTMLButtonElement>(null);
  const close = (keep: 'session' | 'accepted' | null): void => {
    setTyped('');
    keepAs(keep);
  };
  const accepted = typed.trim().toLowerCase() === WORDS;
  return (
    <Dialog
      open={open}
      title="This computer has no keyring to seal the key"
      onClose={() => close(null)}
      initialFocus={safe}
    >
      <p>
        The key works. Kept for this session, it is gone when Twig quits, and you enter it again next time. That is the
        safe choice.
      </p>
      <p className="dim">
        Kept in clear, anyone who can read your files can read the key and act as you in Twenty. To choose that, type{' '}
        <b>{WORDS}</b>.
      </p>
      <TextField label="In words" layout="stack" value={typed} onChange={setTyped} />
      <div className="dialog-actions">
        <Button onClick={() => close(null)}>Cancel</Button>
        <Button tone="danger" disabled={!accepted} onClick={() => close('accepted')}>
          Keep in clear
        </Button>
        <Button ref={safe} tone="accent" onClick={() => close('session')}>
          Keep for this session
        </Button>
      </div>
    </Dialog>
  );
}
