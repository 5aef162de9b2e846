import { useEffect, useRef, useState } from 'react';
import { parseCapture } from '../../shared/capture';
import { formatDue, isoWithOffset } from '../../shared/crm';
import { messageOf } from '../bridge';
import { Approval } from '../fields/Approval';
import { useReadContext } from '../fields/context';
import { createRecord } from '../fields/writes';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import type { Statuses } from './task';

interface AddTaskProps {
  statuses: Statuses | null;
  /** Who it is for: the user, or null where that is not known. */
  member: { id: string; name: string } | null;
  /** The task was kept. */
  onAdded: (id: string) => void;
  onClose: () => void;
}

/** One line for a new task, its due date in words. Enter keeps it and waits for the next one. */
export function AddTask({ statuses, member, onAdded, onClose }: AddTaskProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const context = useReadContext();
  useEffect(() => input.current?.focus(), []);
  const read = parseCapture(text, {
    kind: 'task',
    links: [],
    dismissed: [],
    now: context.now,
    locale: context.dateLocale,
  });

  const add = async (): Promise<void> => {
    if (read.title === '') return;
    try {
      const { recordId } = await createRecord('task', {
        title: read.title,
        dueAt: read.due === null ? null : isoWithOffset(new Date(read.due.at)),
        status: statuses?.open ?? null,
        assigneeId: member?.id ?? null,
      });
      onAdded(recordId);
      setText('');
      setError(null);
    } catch (failure) {
      setError(messageOf(failure));
    }
  };

  return (
    <form
      className="task-add"
      aria-label="New task"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="row">
        <input
          ref={input}
          className="input"
          type="text"
          aria-label="New task"
          placeholder="Send the proposal tomorrow 3pm"
          autoComplete="off"
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {read.due !== null && <Chip>{formatDue(read.due.at, context.now)}</Chip>}
        <Button tone="accent" type="submit" keys="Enter" disabled={read.title === ''}>
          Add
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
      {error !== null ? (
        <p className="field-note" data-level="error" role="alert">
          {error}
        </p>
      ) : (
        <Approval what={`Creates a task${member === null ? '' : ` for ${member.name}`}`} id={null} />
      )}
    </form>
  );
}
