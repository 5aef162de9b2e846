import { Link2, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { LabelledRef, RecordRef } from '../../shared/app/contacts';
import { RecordFields } from '../fields/RecordFields';
import { RecordActions } from '../forms/RecordActions';
import { RecordPane } from '../lists/RecordPane';
import { RefButton } from '../record/RefButton';
import { Button, IconButton } from '../ui/button';
import { Chip } from '../ui/chip';
import { unlinkTask } from './actions';
import type { Task } from './task';

interface TaskPaneProps {
  task: Task;
  links: readonly LabelledRef[];
  pending: boolean;
  /** Why nothing can be changed; null when it can. */
  locked: string | null;
  paneRef: RefObject<HTMLElement | null>;
  onLink: () => void;
  onClose: () => void;
}

/** A task with all its fields, edited in place, and what it is linked to. */
export function TaskPane({ task, links, pending, locked, paneRef, onLink, onClose }: TaskPaneProps) {
  const [about, setAbout] = useState<RecordRef | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task starts with itself.
  useEffect(() => setAbout(null), [task.id]);
  if (about !== null) return <RecordPane target={about} paneRef={paneRef} onClose={() => setAbout(null)} />;
  return (
    <section
      ref={paneRef}
      className="pane"
      aria-label={task.title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="pane-head">
        <span className="grow" />
        <IconButton label="Close the task" onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <div className="record">
        <header className="record-head">
          <div className="grow">
            <h2>{task.title}</h2>
          </div>
          {pending && <Chip tone="warn">Waiting to be sent</Chip>}
          <div className="record-head-acts">
            <RecordActions object="task" record={task.record} title={task.title} onOpen={setAbout} />
          </div>
        </header>
        <RecordFields object="task" record={task.record} title={task.title} onOpen={setAbout} />
        <h3 className="record-links-head">Linked to</h3>
        <ul className="record-link-list">
          {links.map((link) => (
            <li key={link.id} className="row">
              <RefButton target={link} onOpen={setAbout} />
              {locked === null && (
                <IconButton label={`Unlink ${link.label}`} onClick={() => void unlinkTask(task, link)}>
                  <X size={13} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
          {links.length === 0 && <li className="dim">Nothing yet.</li>}
        </ul>
        {locked === null && (
          <Button shape="pill" icon={<Link2 size={13} aria-hidden />} onClick={onLink}>
            Link…
          </Button>
        )}
      </div>
    </section>
  );
}
