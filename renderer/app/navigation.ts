import { create } from 'zustand';
import type { ConnectionView } from '../../shared/app/connections';
import type { View } from '../../shared/contract';
import { activeConnection, useApp } from './state';

interface Navigation {
  view: View;
  /** The connection that needs its key again, when Connect was opened for that. */
  reconnecting: ConnectionView | null;
  /** The one of the workspace's own objects that the objects view shows. */
  object: string | null;
}

/** Where the main window is. */
export const useNavigation = create<Navigation>(() => ({ view: 'contacts', reconnecting: null, object: null }));

/** Shows one view of the main window. */
export function goTo(view: View, reconnecting: ConnectionView | null = null): void {
  useNavigation.setState({ view, reconnecting });
}

/** Shows the records of one of the workspace's own objects. */
export function goToObject(object: string): void {
  useNavigation.setState({ view: 'objects', object, reconnecting: null });
}

/** Goes to Connect when there is nothing to look at yet; called when the first state arrives. */
export function goToStart(): void {
  const { state } = useApp.getState();
  if (state !== null && activeConnection(state) === null) goTo('connect');
}
