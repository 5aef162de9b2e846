import { useEffect, useState } from 'react';
import type { ConnectionView, MemberView } from '../../shared/app/connections';
import { invoke, messageOf } from '../bridge';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { showToast } from '../ui/toast';
import { useConnection } from './state';

/** Up to so many members are offered as buttons; more go into a list. */
const BUTTONS_AT_MOST = 6;

/** Asks once per workspace who the user is: a key has no person behind it. Nothing waits for the answer. */
export function MemberQuestion() {
  const connection = useConnection();
  const [later, setLater] = useState<readonly string[]>([]);
  if (connection === null || connection.member !== null || later.includes(connection.id)) return null;
  if (connection.sync.phase === 'signedOut') return null;
  return <Question key={connection.id} connection={connection} onLater={() => setLater([...later, connection.id])} />;
}

function Question({ connection, onLater }: { connection: ConnectionView; onLater: () => void }) {
  const members = useMembers(connection.id, `${connection.counts.people > 0} ${connection.sync.lastSyncAt}`);
  if (members.length === 0) return null;
  return (
    <section className="member-question" aria-labelledby="member-question">
      <div>
        <h2 id="member-question">Who are you?</h2>
        <p className="dim">Your tasks are assigned to you, and “mine” means yours.</p>
      </div>
      <div className="row">
        {members.length <= BUTTONS_AT_MOST ? (
          members.map((member) => (
            <Button
              key={member.id}
              shape="pill"
              icon={<Avatar name={member.name} id={member.id} />}
              onClick={() => void chooseMember(connection.id, member.id)}
            >
              {member.name}
            </Button>
          ))
        ) : (
          <Select
            label="Who are you?"
            value={null}
            placeholder="Choose yourself"
            options={members.map((member) => ({ value: member.id, label: member.name }))}
            onChange={(id) => void chooseMember(connection.id, id)}
          />
        )}
        <Button tone="quiet" onClick={onLater}>
          Not now
        </Button>
      </div>
    </section>
  );
}

/** The members of a workspace; asked again when `refresh` changes, empty until they are known. */
export function useMembers(connectionId: string, refresh: unknown): readonly MemberView[] {
  const [members, setMembers] = useState<readonly MemberView[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `refresh` means: ask again.
  useEffect(() => {
    let current = true;
    invoke('connections.members', { id: connectionId }).then(
      (found) => current && setMembers(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [connectionId, refresh]);
  return members;
}

/** Remembers who the user is in a workspace; null forgets it. */
export async function chooseMember(id: string, memberId: string | null): Promise<void> {
  try {
    await invoke('connections.chooseMember', { id, memberId });
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
