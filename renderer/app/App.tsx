import { CSPProvider } from '@base-ui/react/csp-provider';
import { CircleAlert } from 'lucide-react';
import { Suspense, useEffect } from 'react';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { PopupHost } from '../ui/popup-host';
import { Spinner } from '../ui/spinner';
import { Toasts } from '../ui/toast';
import { followMainWindow } from './events';
import { preloadAll } from './later';
import { MemberQuestion } from './MemberQuestion';
import { Notices } from './Notices';
import { goToStart, useNavigation } from './navigation';
import { Sidebar } from './Sidebar';
import { reloadAppState, useApp } from './state';
import { VIEWS } from './views';

/** The main window. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <Shell />
      <Toasts />
    </CSPProvider>
  );
}

function Shell() {
  const loaded = useApp((store) => store.state !== null);
  const error = useApp((store) => store.error);
  const view = useNavigation((store) => store.view);
  useEffect(() => followMainWindow(), []);
  useEffect(() => {
    if (!loaded) return;
    goToStart();
    void preloadAll(VIEWS.map(({ component }) => component));
  }, [loaded]);

  if (!loaded) {
    return (
      <div className="app">
        <div className="sidebar" />
        <main className="app-main">
          {error === null ? (
            <EmptyState title="Opening your workspace" icon={<Spinner />} />
          ) : (
            <EmptyState
              title="Twig could not start"
              icon={<CircleAlert size={28} aria-hidden />}
              actions={<Button onClick={() => void reloadAppState()}>Try again</Button>}
            >
              <p>{error}</p>
            </EmptyState>
          )}
        </main>
      </div>
    );
  }
  const Current = VIEWS.find((entry) => entry.view === view)?.component;
  return (
    <div className="app">
      <Sidebar />
      <main className="app-main">
        <Notices />
        <MemberQuestion />
        <div className="app-view">
          <Suspense fallback={null}>{Current && <Current />}</Suspense>
        </div>
        <PopupHost />
      </main>
    </div>
  );
}
