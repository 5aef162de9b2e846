import { LockKeyhole, LockKeyholeOpen, LogOut, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionView } from '../../shared/app/connections';
import { activate } from '../app/actions';
import { chooseMember, useMembers } from '../app/MemberQuestion';
import { goTo } from '../app/navigation';
import { countText, syncText } from '../app/sync-text';
import { useNow } from '../app/time';
import { invoke, messageOf } from '../bridge';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { ConfirmDialog } from '../ui/dialog';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { showToast } from '../ui/toast';
import { SettingRow } from './SettingRow';
import { copyTruth, vaultTruth } from './truth';

const NOBODY = 'nobody';

/** One workspace: how it is reached, how its key is kept, who the user is in it. */
export function ConnectionCard({ connection, active }: { connection: ConnectionView; active: boolean }) {
  const now = useNow(10_000);
  const members = useMembers(connection.id, connection.sync.lastSyncAt);
  const truth = vaultTruth(connection.vault, connection.kind);
  const known = connection.member === null || members.some(({ id }) => id === connection.member?.id);
  const offered = known || connection.member === null ? members : [connection.member, ...members];
  return (
    <article className="connection" aria-label={connection.name}>
      <header className="connection-head">
        <Avatar name={connection.name} id={connection.id} shape="square" />
        <div className="grow">
          <h3>{connection.name}</h3>
          <p className="dim cut">
            {connection.kind === 'demo' ? 'Demo workspace on this machine' : connection.server} ·{' '}
            {countText(connection.counts.people, 'person', 'people')} · {syncText(connection, now)}
          </p>
        </div>
        {connection.cleartext && <Chip tone="warn">Not encrypted on the way</Chip>}
        {active ? (
          <Chip tone="ok">In use</Chip>
        ) : (
          <Button onClick={() => void activate(connection.id)}>Use this</Button>
        )}
      </header>
      <p className="connection-truth" data-level={truth.level}>
        {truth.level === 'ok' ? <LockKeyhole size={14} aria-hidden /> : <LockKeyholeOpen size={14} aria-hidden />}
        {truth.text}
      </p>
      {copyTruth(connection) !== null && (
        <p className="connection-truth" data-level="warning">
          <TriangleAlert size={14} aria-hidden />
          {copyTruth(connection)}
        </p>
      )}
      <SettingRow label="I am" hint="For “me” and “mine”.">
        <Select
          label={`Who I am in ${connection.name}`}
          value={connection.member?.id ?? NOBODY}
          options={[
            { value: NOBODY, label: 'Not chosen' },
            ...offered.map((member) => ({ value: member.id, label: member.name || member.email })),
          ]}
          onChange={(id) => void chooseMember(connection.id, id === NOBODY ? null : id)}
        />
      </SettingRow>
      <SettingRow label="Read only" hint="Look things up, change nothing.">
        <Switch
          label={`Read only for ${connection.name}`}
          checked={connection.readOnly}
          onChange={(readOnly) => void setReadOnly(connection.id, readOnly)}
        />
      </SettingRow>
      <div className="connection-acts">
        {(connection.vault.state === 'absent' || connection.vault.state === 'undecryptable') &&
          connection.kind !== 'demo' && (
            <Button tone="accent" onClick={() => goTo('connect', connection)}>
              Enter the key again
            </Button>
          )}
        <SignOut connection={connection} />
      </div>
    </article>
  );
}

async function setReadOnly(id: string, readOnly: boolean): Promise<void> {
  try {
    await invoke('connections.readOnly', { id, readOnly });
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

function SignOut({ connection }: { connection: ConnectionView }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const waiting = connection.outbox.waiting + connection.outbox.failed;
  const signOut = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await invoke('connections.signOut', { id: connection.id, discardWaiting: waiting > 0 });
      if (answer.signedOut) showToast(`Signed out of ${connection.name}.`);
      else showToast(`${answer.waiting} captures are still waiting. Nothing was cleared.`, 'warning');
      setAsking(false);
      if (answer.signedOut) goTo('settings');
    } catch (error) {
      showToast(messageOf(error), 'error');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<LogOut size={14} aria-hidden />} onClick={() => setAsking(true)}>
        Sign out
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Sign out of ${connection.name}?`}
        action={waiting > 0 ? `Sign out and lose ${waiting}` : 'Sign out'}
        busy={busy}
        onClose={() => setAsking(false)}
        onConfirm={() => void signOut()}
      >
        {waiting > 0 && (
          <p className="warning-words">
            {waiting === 1 ? 'One capture has' : `${waiting} captures have`} not arrived yet and would be lost. Cancel
            and let {waiting === 1 ? 'it' : 'them'} be sent first.
          </p>
        )}
        <p>
          The key, the local copy and the outbox of this workspace are removed from this machine. Nothing changes in
          Twenty.
        </p>
      </ConfirmDialog>
    </>
  );
}
