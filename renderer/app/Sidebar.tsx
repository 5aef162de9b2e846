import { ChevronsUpDown, CloudOff, Plus, RefreshCw } from 'lucide-react';
import { useId } from 'react';
import type { ConnectionView } from '../../shared/app/connections';
import { ObjectsNav } from '../objects/ObjectsNav';
import { Avatar } from '../ui/avatar';
import { Menu } from '../ui/menu';
import { activate, syncNow } from './actions';
import { goTo, useNavigation } from './navigation';
import { useApp, useConnection } from './state';
import { syncText } from './sync-text';
import { useNow } from './time';
import { VIEWS, type ViewEntry } from './views';

/** The left rail: which workspace, where to go, how fresh the copy is. */
export function Sidebar() {
  const connection = useConnection();
  const fallback = useApp((store) => store.state?.fallbackRuntime ?? false);
  return (
    <aside className="sidebar" aria-label="Workspace">
      <Switcher active={connection} />
      <nav aria-label="Main" className="sidebar-nav">
        <div className="sidebar-work">
          <NavGroup place="work" connection={connection} />
          <ObjectsNav />
        </div>
        <NavGroup place="app" connection={connection} />
      </nav>
      <div className="sidebar-foot">
        {fallback && <p className="sidebar-note">Test runtime. Not for daily work.</p>}
        {connection && <SyncLine connection={connection} />}
      </div>
    </aside>
  );
}

function NavGroup({ place, connection }: { place: 'work' | 'app'; connection: ConnectionView | null }) {
  return (
    <ul>
      {VIEWS.filter((entry) => entry.place === place).map((entry) => (
        <li key={entry.view}>
          <NavEntry entry={entry} connection={connection} />
        </li>
      ))}
    </ul>
  );
}

function NavEntry({ entry, connection }: { entry: ViewEntry; connection: ConnectionView | null }) {
  const current = useNavigation((store) => store.view === entry.view);
  const wordsId = useId();
  const badge = connection && entry.badge ? entry.badge(connection) : null;
  const counted = badge !== null && badge.count > 0;
  const Icon = entry.icon;
  return (
    <>
      <button
        type="button"
        className="nav-entry"
        aria-current={current ? 'page' : undefined}
        aria-describedby={counted ? wordsId : undefined}
        title={entry.label}
        onClick={() => goTo(entry.view)}
      >
        <Icon size={16} aria-hidden />
        <span className="nav-label cut">{entry.label}</span>
      </button>
      {counted && (
        <span className="nav-badge" data-level={badge.level}>
          <span aria-hidden="true">{badge.count}</span>
          <span id={wordsId} className="visually-hidden">
            {badge.words}
          </span>
        </span>
      )}
    </>
  );
}

function Switcher({ active }: { active: ConnectionView | null }) {
  const state = useApp((store) => store.state);
  const connections = state?.connections ?? [];
  const name = active?.name ?? 'No workspace';
  return (
    <Menu
      trigger={
        <button type="button" className="switcher" title={name}>
          <Avatar name={name} id={active?.id ?? 'none'} shape="square" />
          <span className="switcher-name cut">{name}</span>
          <ChevronsUpDown size={14} aria-hidden />
        </button>
      }
      entries={[
        ...connections.map((connection, index) => ({
          key: connection.id,
          label: connection.name,
          current: connection.id === active?.id,
          onSelect: () => void activate(connection.id),
          ...(index < 9 && connections.length > 1 ? { keys: `CommandOrControl+Shift+${index + 1}` } : {}),
        })),
        {
          key: 'add',
          label: connections.length === 0 ? 'Connect a workspace' : 'Add a workspace',
          icon: <Plus size={14} aria-hidden />,
          separated: connections.length > 0,
          onSelect: () => goTo('connect'),
        },
      ]}
    />
  );
}

function SyncLine({ connection }: { connection: ConnectionView }) {
  const now = useNow(5_000);
  const offline = !connection.online || connection.sync.phase === 'offline';
  return (
    <button
      type="button"
      className="nav-entry"
      title={connection.sync.message ?? syncText(connection, now)}
      onClick={() => void syncNow()}
    >
      {offline ? <CloudOff size={16} aria-hidden /> : <RefreshCw size={16} aria-hidden />}
      <span className="nav-label cut">Sync now</span>
    </button>
  );
}
