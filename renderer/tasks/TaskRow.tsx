import { Check, ChevronDown, ChevronRight, Clock } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { LabelledRef } from '../../shared/app/contacts';
import { formatDue } from '../../shared/crm';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import type { Group, Line } from './groups';
import type { Task } from './task';

/** The element id of a task's row, for aria-activedescendant. */
export function rowId(id: string): string {
  return `task-${id}`;
}

interface HeadRowProps {
  line: Extract<Line, { kind: 'head' }>;
  index: number;
  folded: boolean;
  /** Pixels. */
  top: number;
  height: number;
  onFold: () => void;
}

/** The head of a group: its words and count; folds the group. */
export function HeadRow({ line, index, folded, top, height, onFold }: HeadRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised row is positioned, which a <tr> cannot be.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the grid.
    <div
      className="task-head"
      role="row"
      aria-rowindex={index + 1}
      data-group={line.group}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <span role="gridcell" aria-colspan={4}>
        <button type="button" className="task-fold" aria-expanded={!folded} onClick={onFold}>
          {folded ? <ChevronRight size={13} aria-hidden /> : <ChevronDown size={13} aria-hidden />}
          <span className="strong">{line.label}</span>{' '}
          <span className="dim">{line.more ? `${line.tasks}+` : line.tasks}</span>
        </button>
      </span>
    </div>
  );
}

interface MoreRowProps {
  index: number;
  /** Pixels. */
  top: number;
  height: number;
  onMore: () => void;
}

/** Below the done tasks that are held: brings older ones. */
export function MoreRow({ index, top, height, onMore }: MoreRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the head.
    // biome-ignore lint/a11y/useFocusableInteractive: see the head.
    <div
      className="task-more"
      role="row"
      aria-rowindex={index + 1}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the head. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see the head. */}
      <span role="gridcell" aria-colspan={4}>
        <Button onClick={onMore}>Show more</Button>
      </span>
    </div>
  );
}

interface TaskRowProps {
  task: Task;
  group: Group;
  index: number;
  now: Date;
  links: readonly LabelledRef[];
  /** Name of who it is assigned to; null where it is everyone's own. */
  assignee: string | null;
  /** Completed: for good, or a moment ago with its Undo. */
  done: boolean;
  undo: (() => void) | null;
  pending: boolean;
  active: boolean;
  opened: boolean;
  selected: boolean;
  /** Why nothing can be changed; null when it can. */
  locked: string | null;
  /** Pixels. */
  top: number;
  height: number;
  onToggle: () => void;
  onClick: (event: MouseEvent) => void;
}

/** One task: its circle to complete it, what it is and belongs to, whose it is, and when it is due. */
export function TaskRow(props: TaskRowProps) {
  const { task, group, index, now, links, assignee, done, undo, pending, active, opened, selected, locked } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised row is positioned, which a <tr> cannot be.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the active row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.
    <div
      className="task"
      role="row"
      id={rowId(task.id)}
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-active={active || undefined}
      data-opened={opened || undefined}
      data-done={done || undefined}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={props.onClick}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <span role="gridcell" className="task-circle-cell">
        {/* biome-ignore lint/a11y/useSemanticElements: drawn as a circle, which a checkbox cannot be. */}
        <button
          type="button"
          role="checkbox"
          className="task-circle"
          aria-checked={done}
          aria-label={`Complete ${task.title}`}
          aria-disabled={locked !== null || undefined}
          title={locked ?? undefined}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            if (locked === null) props.onToggle();
          }}
        >
          {done && <Check size={12} aria-hidden />}
        </button>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <span role="gridcell" className="task-what">
        <span className="task-title">
          <span className="cut">{task.title}</span>
          {pending && (
            <>
              <Clock size={12} aria-hidden className="task-pending" />
              <span className="visually-hidden">, waiting to be sent</span>
            </>
          )}
        </span>
        {links.length > 0 && <span className="task-links cut dim">{links.map((link) => link.label).join(' · ')}</span>}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <span role="gridcell" className="task-who">
        {assignee !== null && task.assigneeId !== null && (
          <>
            <Avatar name={assignee} id={task.assigneeId} />
            <span className="cut dim">{assignee}</span>
          </>
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <span role="gridcell" className="task-due" data-group={done ? 'done' : group}>
        {undo !== null ? (
          <>
            Done ·{' '}
            <Button
              tone="quiet"
              tabIndex={-1}
              aria-label={`Undo, ${task.title} is not done`}
              onClick={(event) => {
                event.stopPropagation();
                undo();
              }}
            >
              Undo
            </Button>
          </>
        ) : (
          task.dueAt !== null && formatDue(task.dueAt, now)
        )}
      </span>
    </div>
  );
}
