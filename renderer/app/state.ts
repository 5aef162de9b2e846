import { create } from 'zustand';
import type { ConnectionView } from '../../shared/app/connections';
import type { AppState } from '../../shared/app/state';
import { invoke, listen, messageOf } from '../bridge';

interface AppStore {
  /** Null until main has answered for the first time. */
  state: AppState | null;
  error: string | null;
}

/** The app's state as main last told it; the same in every window. */
export const useApp = create<AppStore>(() => ({ state: null, error: null }));

/** Loads the state and follows every change of it; also keeps the theme of the page. Call once per window. */
export function followAppState(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const applyTheme = (): void => {
    const theme = useApp.getState().state?.settings.theme ?? 'system';
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  };
  applyTheme();
  dark.addEventListener('change', applyTheme);
  useApp.subscribe(applyTheme);
  listen('app.state', (state) => useApp.setState({ state, error: null }));
  void reloadAppState();
}

/** Asks main for the state again, after a failure. */
export async function reloadAppState(): Promise<void> {
  try {
    useApp.setState({ state: await invoke('app.state'), error: null });
  } catch (error) {
    useApp.setState({ error: messageOf(error) });
  }
}

/** The connection the windows work with, or null when there is none. */
export function activeConnection(state: AppState | null): ConnectionView | null {
  return state?.connections.find((connection) => connection.id === state.activeConnectionId) ?? null;
}

/** `activeConnection` as a hook. */
export function useConnection(): ConnectionView | null {
  return useApp((store) => activeConnection(store.state));
}
