import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { mainModifier } from '../ui/keys';
import { useRem } from '../ui/rem';
import { between, type Group, type Line, taskAfter, tasksIn } from './groups';
import { useLinks } from './links';
import { showOlder, type Tasks } from './store';
import { HeadRow, MoreRow, rowId, TaskRow } from './TaskRow';
import type { Task } from './task';

interface TaskGridProps {
  tasks: Tasks;
  lines: readonly Line[];
  active: Task | null;
  /** The status that means done; null where there is none. */
  doneStatus: string | null;
  now: Date;
  pending: ReadonlySet<string>;
  /** Names of members by id; null where every task is the user's own. */
  assignees: Readonly<Record<string, string>> | null;
  locked: string | null;
  gridRef: RefObject<HTMLDivElement | null>;
  onOpen: (task: Task, focus: boolean) => void;
  onToggle: (task: Task) => void;
  /** A key that is none of moving and choosing. True when it was one of the view's. */
  onKey: (event: KeyboardEvent) => boolean;
}

const TASK_REM = 3;
const HEAD_REM = 2.125;
const PAGE_TASKS = 10;
const NO_LINKS: readonly [] = [];

/** The tasks by group, of which only those in sight exist. The focus stays on the grid. */
export function TaskGrid(props: TaskGridProps) {
  const { tasks, lines, active, doneStatus, now, pending, assignees, locked, gridRef, onOpen, onToggle, onKey } = props;
  const { selected, anchorId, folded, fading, openId } = useStore(tasks.view);
  const links = useLinks(tasks.links);
  const rem = useRem();
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => gridRef.current,
    estimateSize: (index) => Math.round((lines[index]?.kind === 'head' ? HEAD_REM : TASK_REM) * rem),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heads may have taken the rows of tasks.
  useEffect(() => rows.measure(), [rows, lines, rem]);
  const at = active === null ? -1 : lines.findIndex((line) => line.kind === 'task' && line.task.id === active.id);
  useEffect(() => {
    // The first task shows the head above it.
    if (at >= 0) rows.scrollToIndex(at === 1 ? 0 : at, { align: 'auto' });
  }, [at, rows]);
  const items = rows.getVirtualItems();
  const inSight = items
    .map((item) => lines[item.index])
    .flatMap((line) => (line?.kind === 'task' ? [line.task.id] : []));
  const sight = inSight.join(' ');
  useEffect(() => tasks.links.sight(sight === '' ? [] : sight.split(' ')), [tasks, sight]);
  const ids = useMemo(() => new Set(tasksIn(lines).map((task) => task.id)), [lines]);

  const stand = (task: Task | null, extend: boolean): void => {
    if (task === null) return;
    const from = extend ? (anchorId ?? active?.id ?? task.id) : task.id;
    tasks.view.setState({
      activeId: task.id,
      anchorId: from,
      ...(extend ? { selected: new Set(between(lines, from, task.id)) } : {}),
    });
  };
  const choose = (task: Task): void => {
    const next = new Set(selected);
    if (!next.delete(task.id)) next.add(task.id);
    tasks.view.setState({ selected: next, activeId: task.id, anchorId: task.id });
  };
  const fold = (group: Group): void => {
    const next = new Set(folded);
    if (!next.delete(group)) next.add(group);
    tasks.view.setState({ folded: next });
  };
  const showMore = (): void => {
    showOlder(tasks);
    // The button goes further down; what it brought is gone through by keys.
    gridRef.current?.focus({ preventScroll: true });
  };
  const move = (event: KeyboardEvent): boolean => {
    const by: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE_TASKS,
      PageUp: -PAGE_TASKS,
      Home: -lines.length,
      End: lines.length,
    };
    const step = by[event.key];
    if (step !== undefined) stand(taskAfter(lines, active?.id ?? null, step), event.shiftKey && locked === null);
    else if (event.key === ' ' && event.ctrlKey && active !== null && locked === null) choose(active);
    else if (event.key === 'a' && mainModifier(event) && locked === null) {
      tasks.view.setState({ selected: ids });
    } else if (event.key === 'Escape' && selected.size > 0) tasks.view.setState({ selected: new Set() });
    else if (event.key === 'Enter' && active !== null) onOpen(active, true);
    else return false;
    return true;
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised list is drawn with positioned rows, which a <table> cannot hold.
    <div
      ref={gridRef}
      className="tasks-grid"
      role="grid"
      aria-label="Tasks"
      data-whose={assignees === null ? 'mine' : 'all'}
      aria-rowcount={lines.length}
      aria-multiselectable={locked === null || undefined}
      aria-activedescendant={at < 0 || active === null ? undefined : rowId(active.id)}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || (!move(event) && !onKey(event))) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active === null) stand(taskAfter(lines, null, 1), false);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div className="tasks-space" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          if (line.kind === 'head') {
            return (
              <HeadRow
                key={item.key}
                line={line}
                index={item.index}
                folded={folded.has(line.group)}
                top={item.start}
                height={item.size}
                onFold={() => fold(line.group)}
              />
            );
          }
          if (line.kind === 'more') {
            return <MoreRow key={item.key} index={item.index} top={item.start} height={item.size} onMore={showMore} />;
          }
          const { task } = line;
          const faded = fading.get(task.id);
          return (
            <TaskRow
              key={item.key}
              task={task}
              group={line.group}
              index={item.index}
              now={now}
              links={links.get(task.id) ?? NO_LINKS}
              assignee={assignees === null ? null : (assignees[task.assigneeId ?? ''] ?? null)}
              done={faded !== undefined || (doneStatus !== null && task.status === doneStatus)}
              undo={faded?.undo ?? null}
              pending={pending.has(task.id)}
              active={task.id === active?.id}
              opened={task.id === openId}
              selected={selected.has(task.id)}
              locked={locked}
              top={item.start}
              height={item.size}
              onToggle={() => onToggle(task)}
              onClick={(event) => {
                gridRef.current?.focus({ preventScroll: true });
                if (event.shiftKey && locked === null) stand(task, true);
                else if (mainModifier(event) && locked === null) choose(task);
                else {
                  stand(task, false);
                  onOpen(task, false);
                }
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function keyOf(line: Line | undefined, index: number): string | number {
  if (!line) return index;
  return line.kind === 'task' ? line.task.id : `${line.kind} ${line.group}`;
}
