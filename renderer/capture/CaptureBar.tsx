import { AlarmClock, CircleUser, Link2 } from 'lucide-react';
import { formatDue } from '../../shared/crm';
import { useConnection } from '../app/state';
import { waitingText } from '../app/sync-text';
import { invoke } from '../bridge';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { Kbd } from '../ui/kbd';
import { Segmented } from '../ui/segmented';
import { removeDue, removeLink, save, setKind, toggleAssignee, useCapture } from './store';

/** Note or task, due, who, what it is linked to, where it goes, Save. */
export function CaptureBar() {
  const { kind, parsed, assignee, saving } = useCapture();
  const connection = useConnection();
  const mentioned = new Set(parsed.mentions.map(({ link }) => link.id));
  return (
    <div className="capture-bar">
      <Segmented
        label="Kind"
        value={kind}
        options={[
          { value: 'note', label: 'Note' },
          { value: 'task', label: 'Task' },
        ]}
        onChange={setKind}
      />
      <Kbd keys="CommandOrControl+T" />
      {kind === 'task' && parsed.due && (
        <Chip
          icon={<AlarmClock size={13} aria-hidden />}
          onRemove={removeDue}
          removeLabel={`Not due ${parsed.due.words}`}
          title="Backspace after the date makes it plain text"
        >
          {formatDue(parsed.due.at, new Date())}
        </Chip>
      )}
      {kind === 'task' && connection?.member && (
        <Chip
          icon={<CircleUser size={13} aria-hidden />}
          pressed={assignee !== null}
          onClick={toggleAssignee}
          title={assignee === null ? 'Assign to me' : 'Assigned; click for nobody'}
        >
          {assignee === 'me' || assignee === null ? 'Me' : 'Assigned'}
        </Chip>
      )}
      {parsed.links
        .filter((link) => !mentioned.has(link.id))
        .map((link) => (
          <Chip
            key={`${link.object}-${link.id}`}
            icon={<Link2 size={13} aria-hidden />}
            onRemove={() => removeLink(link)}
            removeLabel={`Not on ${link.label}`}
          >
            on {link.label}
          </Chip>
        ))}
      <Status />
      {connection === null ? (
        <Button onClick={() => void invoke('app.show', { view: 'connect' })}>Connect</Button>
      ) : null}
      <Button tone="accent" busy={saving} onClick={() => void save()}>
        Save
      </Button>
      <Kbd keys="Enter" />
    </div>
  );
}

/** One live line: why it was not saved, else what waits, else where it will go. */
function Status() {
  const error = useCapture((store) => store.error);
  const connection = useConnection();
  const waiting = connection && waitingText(connection);
  const level = error !== null ? 'error' : waiting ? 'warning' : 'info';
  return (
    <>
      {connection && (
        <span className="capture-workspace cut" title={connection.name}>
          {connection.name}
          {connection.readOnly && ', read only'}
        </span>
      )}
      <p className="capture-status" role="status" data-level={level}>
        {level === 'warning' && <span className="dot" aria-hidden="true" />}
        {error ?? waiting ?? ''}
      </p>
    </>
  );
}
