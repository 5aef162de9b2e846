import { X } from 'lucide-react';
import { invoke, messageOf } from '../bridge';
import { backendName } from '../settings/truth';
import { Button, IconButton } from '../ui/button';
import { showToast } from '../ui/toast';
import { goTo } from './navigation';
import { useApp, useConnection } from './state';

/** Sentences to read once, and the state of a workspace that needs the user. */
export function Notices() {
  const notices = useApp((store) => store.state?.notices);
  const connection = useConnection();
  const needsKey =
    connection !== null && (connection.vault.state === 'undecryptable' || connection.sync.phase === 'signedOut');
  if (!needsKey && !notices?.length) return null;
  return (
    <section className="notices" aria-label="Notices">
      {needsKey && (
        <div className="notice" data-level="warning" role="status">
          <p className="grow">
            {connection.vault.state === 'undecryptable'
              ? `The key of ${connection.name} was sealed by ${backendName(connection.vault.sealedBy)} and cannot be opened now. Everything here is kept; enter the key again to go on sending.`
              : `${connection.name} is signed out. Everything here is kept; enter the key again to go on sending.`}
          </p>
          <Button onClick={() => goTo('connect', connection)}>Enter the key</Button>
        </div>
      )}
      {notices?.map((notice) => (
        <div className="notice" data-level={notice.level} key={notice.id} role="status">
          <p className="grow">{notice.message}</p>
          <IconButton label="Dismiss" onClick={() => void dismiss(notice.id)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}

async function dismiss(id: string): Promise<void> {
  try {
    await invoke('app.dismissNotice', { id });
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
