import { useStore } from 'zustand';
import { dayOnly, isoWithOffset, type ObjectMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { isWritable } from '../fields/rights';
import { DeleteDialog } from '../forms/DeleteDialog';
import { RecordForm } from '../forms/RecordForm';
import { LinkDialog } from '../record/LinkDialog';
import { ConfirmDialog } from '../ui/dialog';
import { changeTasks, completeTasks, linkTasks, reopenTasks, tasksText } from './actions';
import { ChangeDialog } from './ChangeDialog';
import type { Tasks } from './store';
import { TaskNames } from './TaskNames';
import type { Statuses, Task } from './task';

interface TaskDialogsProps {
  tasks: Tasks;
  meta: ObjectMeta;
  statuses: Statuses | null;
  /** What the act is about: the chosen tasks, or the active one. */
  chosen: readonly Task[];
  now: Date;
}

/** The dialog of the act under way. */
export function TaskDialogs({ tasks, meta, statuses, chosen, now }: TaskDialogsProps) {
  const act = useStore(tasks.view, (state) => state.act);
  const connection = useConnection();
  const close = (): void => tasks.view.setState({ act: null });
  const done = (): void => tasks.view.setState({ act: null, selected: new Set() });
  const [only] = chosen;
  if (act === null || only === undefined) return null;
  const field = (name: string) => meta.fields.find((one) => one.name === name && isWritable(one));
  const dueAt = field('dueAt');
  const assignee = field('assignee');

  switch (act) {
    case 'complete':
    case 'reopen': {
      if (statuses === null) return null;
      const words = act === 'complete' ? 'Complete' : 'Reopen';
      return (
        <ConfirmDialog
          open
          danger={false}
          title={`${words} ${tasksText(chosen)}?`}
          action={`${words} ${chosen.length}`}
          onClose={close}
          onConfirm={() => {
            done();
            if (act === 'complete') void completeTasks(tasks, chosen, statuses, now);
            else void reopenTasks(tasks, chosen, statuses);
          }}
        >
          <TaskNames tasks={chosen} />
          <p>
            Changes their {statuses.field.label.toLowerCase()} in {connection?.name ?? 'the workspace'}.
          </p>
        </ConfirmDialog>
      );
    }
    case 'date':
      return dueAt === undefined ? null : (
        <ChangeDialog
          field={dueAt}
          tasks={chosen}
          offers={daysOffered(now)}
          nothing="Write a date, or choose “No date”."
          onClose={close}
          onSave={(changes) => {
            done();
            void changeTasks(tasks, chosen, changes, (words) => `${words} moved to another date`);
          }}
        />
      );
    case 'assign': {
      const member = connection?.member ?? null;
      return assignee === undefined ? null : (
        <ChangeDialog
          field={assignee}
          tasks={chosen}
          offers={[...(member === null ? [] : [{ label: 'Me', value: member.id }]), { label: 'No one', value: null }]}
          nothing="Choose a person, or “No one”."
          onClose={close}
          onSave={(changes) => {
            done();
            void changeTasks(tasks, chosen, changes, (words) => `${words} assigned`);
          }}
        />
      );
    }
    case 'link':
      return (
        <LinkDialog
          what={tasksText(chosen)}
          id={chosen.length === 1 ? (chosen[0]?.id ?? null) : null}
          onClose={close}
          onSave={(to, label) => {
            done();
            void linkTasks(tasks, chosen, to, label);
          }}
        >
          <TaskNames tasks={chosen} />
        </LinkDialog>
      );
    case 'edit':
      return <RecordForm object={meta} record={only.record} title={only.title} onClose={close} />;
    case 'delete':
      return (
        <DeleteDialog
          object={meta}
          records={chosen.map(({ id, title }) => ({ id, title }))}
          onClose={close}
          onDeleted={() => tasks.view.setState({ selected: new Set(), openId: null })}
        />
      );
  }
}

/** Days that need no typing. */
function daysOffered(now: Date): { label: string; value: string | null }[] {
  const inDays = (days: number): string =>
    isoWithOffset(dayOnly(now.getFullYear(), now.getMonth() + 1, now.getDate() + days));
  const untilMonday = ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0);
  return [
    { label: 'Today', value: inDays(0) },
    { label: 'Tomorrow', value: inDays(1) },
    { label: 'Next Monday', value: inDays(untilMonday) },
    { label: 'No date', value: null },
  ];
}
