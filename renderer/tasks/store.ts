import { createStore, type StoreApi } from 'zustand';
import { createWhole, type Whole } from '../lists/whole';
import type { Fading, Group } from './groups';
import { createLinks, type Links } from './links';

/** What is done to the chosen tasks, or to the active one, by the dialog that is open. */
export type TaskAct = 'complete' | 'reopen' | 'date' | 'assign' | 'link' | 'edit' | 'delete';

export interface TasksState {
  whose: 'mine' | 'all';
  /** The task the keys are on. */
  activeId: string | null;
  /** Where a range starts. */
  anchorId: string | null;
  selected: ReadonlySet<string>;
  folded: ReadonlySet<Group>;
  /** Completed a moment ago, by id. */
  fading: ReadonlyMap<string, Fading & { undo: () => void }>;
  act: TaskAct | null;
  /** The task in the pane at the side. */
  openId: string | null;
  adding: boolean;
}

/** The tasks of one workspace and where the user is among them. */
export interface Tasks {
  /** Everything that is to be done. */
  open: Whole;
  /** What was done last. */
  done: Whole;
  links: Links;
  view: StoreApi<TasksState>;
}

/** So many done tasks are shown at first, and so many more each time older ones are asked for. */
const DONE_SHOWN = 200;

/** Holds older done tasks too. */
export function showOlder(tasks: Tasks): void {
  const held = tasks.done.store.getState().records?.size ?? 0;
  tasks.done.holdMost(Math.ceil((held + 1) / DONE_SHOWN) * DONE_SHOWN);
}

const kept = new Map<string, Tasks>();

/**
 * The tasks of a workspace; the same each time, so that going away and back finds the same place.
 * @param done the status that means done; null where there is none
 */
export function tasksOf(connectionId: string, done: string | null): Tasks {
  const key = `${connectionId} ${done}`;
  const known = kept.get(key) ?? {
    open: createWhole({
      object: 'task',
      filter: done === null ? null : { match: 'all', conditions: [{ field: 'status', op: 'isNot', value: done }] },
    }),
    done: createWhole({
      object: 'task',
      filter: { match: 'all', conditions: [{ field: 'status', op: 'is', value: done ?? '\u0000none' }] },
      sort: [{ field: 'updatedAt', descending: true }],
      most: DONE_SHOWN,
    }),
    links: createLinks(),
    view: createStore<TasksState>(() => ({
      whose: 'mine',
      activeId: null,
      anchorId: null,
      selected: new Set(),
      folded: new Set<Group>(['done']),
      fading: new Map(),
      act: null,
      openId: null,
      adding: false,
    })),
  };
  kept.set(key, known);
  return known;
}
