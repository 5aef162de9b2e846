import { createStore, type StoreApi } from 'zustand';
import type { RecordRef } from '../../shared/app/contacts';
import { createWhole, type Whole } from '../lists/whole';
import type { Place } from './board';
import type { Deal } from './deal';
import type { Stage } from './stages';

export type DealsMode = 'board' | 'list' | 'forecast';

export interface DealsState {
  mode: DealsMode;
  /** Words the cards on the board must have. */
  text: string;
  /** Where the keys are on the board. */
  place: Place | null;
  /** The record in the pane at the side. */
  open: RecordRef | null;
  /** The currency of the charts; null for the most frequent one. */
  currency: string | null;
  /** A move that first asks for something more, such as why a deal was lost. */
  asking: { deal: Deal; stage: Stage } | null;
}

/** The deals of one workspace and where the user is among them. */
export interface Deals {
  whole: Whole;
  view: StoreApi<DealsState>;
}

const kept = new Map<string, Deals>();

/** The deals of a workspace; the same each time, so that going away and back finds the same place. */
export function dealsIn(connectionId: string): Deals {
  const known = kept.get(connectionId) ?? {
    whole: createWhole({ object: 'opportunity', filter: null }),
    view: createStore<DealsState>(() => ({
      mode: 'board',
      text: '',
      place: null,
      open: null,
      currency: null,
      asking: null,
    })),
  };
  kept.set(connectionId, known);
  return known;
}
