import { Lock, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import '../lists/lists.css';
import './tasks.css';
import type { ConnectionView } from '../../shared/app/connections';
import type { ObjectMeta } from '../../shared/crm';
import { OfflineLine } from '../app/OfflineLine';
import { countText } from '../app/sync-text';
import { useNow } from '../app/time';
import { whyNotWritable } from '../fields/rights';
import { ObjectGate } from '../lists/ObjectGate';
import { useWhole } from '../lists/whole';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { useViewKey } from '../ui/view-key';
import { ActionBar } from './ActionBar';
import { AddTask } from './AddTask';
import { completeTasks, reopenTasks } from './actions';
import { activeNow, linesOf, tasksIn } from './groups';
import { NoTasks } from './NoTasks';
import { type TaskAct, type Tasks, tasksOf } from './store';
import { TaskDialogs } from './TaskDialogs';
import { TaskGrid } from './TaskGrid';
import { TaskPane } from './TaskPane';
import { type Statuses, statusesOf, type Task, taskOf } from './task';

/** What is to be done, by when it is due. */
export function TasksView() {
  return (
    <ObjectGate object="task">
      {(connection, meta) => {
        const statuses = statusesOf(meta);
        const tasks = tasksOf(connection.id, statuses?.done ?? null);
        return <Loaded key={connection.id} tasks={tasks} connection={connection} meta={meta} statuses={statuses} />;
      }}
    </ObjectGate>
  );
}

interface LoadedProps {
  tasks: Tasks;
  connection: ConnectionView;
  meta: ObjectMeta;
  statuses: Statuses | null;
}

/** Keys of the acts on tasks. */
const ACTS: Readonly<Record<string, TaskAct>> = {
  x: 'complete',
  ' ': 'complete',
  d: 'date',
  a: 'assign',
  l: 'link',
  e: 'edit',
  Delete: 'delete',
  Backspace: 'delete',
};

function Loaded({ tasks, connection, meta, statuses }: LoadedProps) {
  const open = useWhole(tasks.open);
  const done = useWhole(tasks.done);
  const state = useStore(tasks.view);
  const links = useStore(tasks.links.store);
  const minute = useNow(60_000);
  const grid = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);
  const place = useRef(0);
  const locked = whyNotWritable(connection, meta);
  const me = connection.member?.id ?? null;

  const now = useMemo(() => new Date(minute), [minute]);
  const whose = (task: Task): boolean => state.whose === 'all' || (me !== null && task.assigneeId === me);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `whose` is made from the last two.
  const { lines, toDo } = useMemo(() => {
    const read = (records: typeof open.records): Task[] => [...(records?.values() ?? [])].map(taskOf).filter(whose);
    const fading = new Map([...state.fading].filter(([, { task }]) => whose(task)));
    const opened = read(open.records);
    return {
      lines: linesOf(opened, read(done.records), fading, state.folded, now, done.total > (done.records?.size ?? 0)),
      toDo: opened.filter((task) => !fading.has(task.id)).length,
    };
  }, [open.records, done.records, done.total, state.fading, state.folded, now, state.whose, me]);
  const assignees = useMemo(() => ({ ...done.labels, ...open.labels }), [open.labels, done.labels]);
  const pending = useMemo(() => new Set([...open.pending, ...done.pending]), [open.pending, done.pending]);

  const active = activeNow(lines, state.activeId, place.current);
  const inSight = tasksIn(lines);
  place.current = active === null ? 0 : inSight.indexOf(active);
  const selected = inSight.filter((task) => state.selected.has(task.id));
  const chosen = selected.length > 0 ? selected : active === null ? [] : [active];
  const isDone = (task: Task): boolean => state.fading.has(task.id) || task.status === statuses?.done;
  const allDone = chosen.length > 0 && chosen.every(isDone);
  const opened = inSight.find((task) => task.id === state.openId) ?? null;

  const toggle = (some: readonly Task[]): void => {
    if (statuses === null) return;
    const fading = some.length === 1 ? state.fading.get(some[0]?.id ?? '') : undefined;
    if (fading) fading.undo();
    else if (some.every(isDone)) void reopenTasks(tasks, some, statuses);
    else void completeTasks(tasks, some, statuses, now);
  };
  const act = (wanted: TaskAct): void => {
    const one = chosen.length === 1;
    if (chosen.length === 0 || locked !== null || (wanted === 'edit' && !one)) return;
    const turn = wanted === 'complete' || wanted === 'reopen';
    if (turn && one) toggle(chosen);
    else tasks.view.setState({ act: turn ? (allDone ? 'reopen' : 'complete') : wanted });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const wanted = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (wanted !== undefined) act(wanted);
    else if (event.key === 'Escape' && state.openId !== null) tasks.view.setState({ openId: null });
    else return false;
    return true;
  };
  const add = (): void => tasks.view.setState({ adding: true });
  const toGrid = (): void => {
    requestAnimationFrame(() => grid.current?.focus({ preventScroll: true }));
  };
  useViewKey('KeyN', locked === null ? add : null);
  const any = lines.length > 0;
  // The keys work at once: the view was opened to use them. A control that is in use keeps the focus.
  useEffect(() => {
    if (any && !(document.activeElement instanceof HTMLInputElement)) grid.current?.focus({ preventScroll: true });
  }, [any]);

  const late = lines.find((line) => line.kind === 'head' && line.group === 'overdue');
  return (
    <div className="page list tasks" data-open={opened !== null || undefined}>
      <header className="page-head">
        <h1>Tasks</h1>
        <span className="dim" role="status">
          {open.records !== null && countText(toDo, 'to do', 'to do')}
          {late?.kind === 'head' && `, ${late.tasks} overdue`}
        </span>
        <span className="grow" />
        <Segmented
          label="Whose tasks"
          value={state.whose}
          options={[
            { value: 'mine', label: 'Mine' },
            { value: 'all', label: 'All' },
          ]}
          onChange={(next) => tasks.view.setState({ whose: next, selected: new Set() })}
        />
        {locked === null ? (
          <Button tone="accent" icon={<Plus size={14} aria-hidden />} keys="N" onClick={add}>
            New task
          </Button>
        ) : (
          <span className="dim list-locked" title={locked}>
            <Lock size={13} aria-hidden /> <span className="cut">{locked}</span>
          </span>
        )}
      </header>
      <OfflineLine connection={connection} />
      {state.adding && locked === null && (
        <AddTask
          statuses={statuses}
          member={connection.member}
          onAdded={(id) => tasks.view.setState({ activeId: id, anchorId: id })}
          onClose={() => {
            tasks.view.setState({ adding: false });
            toGrid();
          }}
        />
      )}
      <div className="list-columns">
        <div className="tasks-main">
          {lines.length === 0 ? (
            <NoTasks
              connection={connection}
              whose={state.whose}
              error={open.error ?? done.error}
              loading={open.records === null}
              onRetry={() => {
                tasks.open.refresh();
                tasks.done.refresh();
              }}
              onAll={() => tasks.view.setState({ whose: 'all' })}
              onAdd={locked === null ? add : null}
            />
          ) : (
            <TaskGrid
              tasks={tasks}
              lines={lines}
              active={active}
              doneStatus={statuses?.done ?? null}
              now={now}
              pending={pending}
              assignees={state.whose === 'all' ? assignees : null}
              locked={locked}
              gridRef={grid}
              onOpen={(task, focus) => {
                tasks.view.setState({ openId: task.id });
                if (focus) requestAnimationFrame(() => pane.current?.focus());
              }}
              onToggle={(task) => toggle([task])}
              onKey={onKey}
            />
          )}
          {locked === null && lines.length > 0 && (
            <ActionBar
              chosen={selected.length}
              any={chosen.length > 0}
              done={allDone}
              completable={statuses !== null}
              onAct={act}
              onClear={() => tasks.view.setState({ selected: new Set() })}
            />
          )}
        </div>
        {opened !== null && (
          <TaskPane
            task={opened}
            links={links.get(opened.id) ?? []}
            pending={pending.has(opened.id)}
            locked={locked}
            paneRef={pane}
            onLink={() => tasks.view.setState({ activeId: opened.id, selected: new Set(), act: 'link' })}
            onClose={() => {
              tasks.view.setState({ openId: null });
              toGrid();
            }}
          />
        )}
      </div>
      <TaskDialogs tasks={tasks} meta={meta} statuses={statuses} chosen={chosen} now={now} />
    </div>
  );
}
