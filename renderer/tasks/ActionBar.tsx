import { CalendarClock, Check, Link2, Pencil, Trash2, UserRound } from 'lucide-react';
import { countText } from '../app/sync-text';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import type { TaskAct } from './store';

interface ActionBarProps {
  /** How many tasks are chosen; 0 when the acts are about the active one. */
  chosen: number;
  /** False when there is no task to act on. */
  any: boolean;
  /** True when all of them are done, so that they can be reopened. */
  done: boolean;
  /** False where the workspace has no status that means done. */
  completable: boolean;
  onAct: (act: TaskAct) => void;
  onClear: () => void;
}

/** What can be done with the chosen tasks, each with its key. */
export function ActionBar({ chosen, any, done, completable, onAct, onClear }: ActionBarProps) {
  return (
    <section className="task-bar" aria-label="Acts on tasks" data-chosen={chosen > 0 || undefined}>
      <span className="task-bar-count" role="status">
        {chosen > 0 && `${countText(chosen, 'task', 'tasks')} chosen`}
      </span>
      {completable && (
        <Button
          shape="pill"
          keys="X"
          disabled={!any}
          icon={<Check size={13} aria-hidden />}
          onClick={() => onAct(done ? 'reopen' : 'complete')}
        >
          {done ? 'Reopen' : 'Complete'}
        </Button>
      )}
      <Button
        shape="pill"
        keys="D"
        disabled={!any}
        icon={<CalendarClock size={13} aria-hidden />}
        onClick={() => onAct('date')}
      >
        Date
      </Button>
      <Button
        shape="pill"
        keys="A"
        disabled={!any}
        icon={<UserRound size={13} aria-hidden />}
        onClick={() => onAct('assign')}
      >
        Assign
      </Button>
      <Button
        shape="pill"
        keys="L"
        disabled={!any}
        icon={<Link2 size={13} aria-hidden />}
        onClick={() => onAct('link')}
      >
        Link
      </Button>
      {chosen <= 1 && (
        <Button
          shape="pill"
          keys="E"
          disabled={!any}
          icon={<Pencil size={12} aria-hidden />}
          onClick={() => onAct('edit')}
        >
          Edit
        </Button>
      )}
      <Button
        shape="pill"
        keys="Delete"
        disabled={!any}
        icon={<Trash2 size={13} aria-hidden />}
        onClick={() => onAct('delete')}
      >
        Delete
      </Button>
      {chosen > 0 ? (
        <Button tone="quiet" keys="Escape" onClick={onClear}>
          Choose none
        </Button>
      ) : (
        <span className="task-bar-more dim">
          <Kbd keys="Shift+Down" /> chooses several, <Kbd keys="Control+Space" /> one more
        </span>
      )}
    </section>
  );
}
