import {
  Building2,
  CircleCheckBig,
  Handshake,
  History,
  Inbox,
  type LucideIcon,
  NotebookText,
  Plug,
  Search,
  Settings as SettingsIcon,
  Shapes,
  Trash2,
  Users,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { ConnectionView } from '../../shared/app/connections';
import type { View } from '../../shared/contract';
import { ContactsView } from '../contacts/ContactsView';
import { later } from './later';

export interface ViewEntry {
  view: View;
  label: string;
  icon: LucideIcon;
  component: ComponentType;
  /** `work` and `app` are the two groups of the navigation; `hidden` is reached from elsewhere. */
  place: 'work' | 'app' | 'hidden';
  /** A number beside the entry and the words that explain it; 0 shows nothing. */
  badge?: (connection: ConnectionView) => { count: number; words: string; level: 'info' | 'error' };
}

/** Every view of the main window, in the order of the navigation. A new view is a new row. */
export const VIEWS: readonly ViewEntry[] = [
  { view: 'contacts', label: 'Contacts', icon: Search, component: ContactsView, place: 'work' },
  {
    view: 'people',
    label: 'People',
    icon: Users,
    component: later(async () => (await import('../people/PeopleView')).PeopleView),
    place: 'work',
  },
  {
    view: 'companies',
    label: 'Companies',
    icon: Building2,
    component: later(async () => (await import('../companies/CompaniesView')).CompaniesView),
    place: 'work',
  },
  {
    view: 'deals',
    label: 'Deals',
    icon: Handshake,
    component: later(async () => (await import('../deals/DealsView')).DealsView),
    place: 'work',
  },
  {
    view: 'tasks',
    label: 'Tasks',
    icon: CircleCheckBig,
    component: later(async () => (await import('../tasks/TasksView')).TasksView),
    place: 'work',
  },
  {
    view: 'notes',
    label: 'Notes',
    icon: NotebookText,
    component: later(async () => (await import('../notes/NotesView')).NotesView),
    place: 'work',
  },
  {
    view: 'outbox',
    label: 'Outbox',
    icon: Inbox,
    component: later(async () => (await import('../outbox/OutboxView')).OutboxView),
    place: 'work',
    badge: ({ outbox }) =>
      outbox.failed > 0
        ? { count: outbox.failed, words: `${outbox.failed} need attention`, level: 'error' }
        : { count: outbox.waiting, words: `${outbox.waiting} waiting`, level: 'info' },
  },
  {
    view: 'deleted',
    label: 'Deleted',
    icon: Trash2,
    component: later(async () => (await import('../deleted/DeletedView')).DeletedView),
    place: 'app',
  },
  {
    view: 'audit',
    label: 'Audit',
    icon: History,
    component: later(async () => (await import('../audit/AuditView')).AuditView),
    place: 'app',
  },
  {
    view: 'settings',
    label: 'Settings',
    icon: SettingsIcon,
    component: later(async () => (await import('../settings/SettingsView')).SettingsView),
    place: 'app',
  },
  {
    view: 'objects',
    label: 'Objects',
    icon: Shapes,
    component: later(async () => (await import('../objects/ObjectsView')).ObjectsView),
    place: 'hidden',
  },
  {
    view: 'connect',
    label: 'Connect',
    icon: Plug,
    component: later(async () => (await import('../connect/ConnectView')).ConnectView),
    place: 'hidden',
  },
];
