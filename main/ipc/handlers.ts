import type { HotkeyName, HotkeyState, SettingsChange } from '../../shared/app/settings';
import type { AppState } from '../../shared/app/state';
import type { DraftInProgress } from '../../shared/capture/draft';
import type { View } from '../../shared/contract';
import { TwigError } from '../../shared/errors';
import type { Connections } from '../connections/connections';
import type { Connector } from '../connections/connector';
import type { Gateway } from '../connections/gateway';
import type { SignIn } from '../connections/signIn';
import type { RecordActions } from './recordActions';
import type { Handlers } from './router';

/** What the handlers reach of the rest of the app. */
export interface Parts {
  connections: Connections;
  connect: Connector;
  signIn: SignIn;
  gateway: Gateway;
  actions: RecordActions;
  state(): AppState;
  dismissNotice(id: string): void;
  changeSettings(change: SettingsChange): void;
  setHotkey(name: HotkeyName, accelerator: string): HotkeyState;
  pauseHotkeys(paused: boolean): void;
  draft: { current: DraftInProgress; keep(draft: DraftInProgress): void; clear(kind: DraftInProgress['kind']): void };
  capture: { show(draft: DraftInProgress | null): void; hide(): void; resize(height: number): void };
  main: { show(view: View): void; hide(): void };
  toast(message: string, undoEntryId: string | null): void;
  quit(): void;
}

/** Every command of the contract, each one line into the part that does it. */
export function createHandlers(parts: Parts): Handlers {
  const { connections, connect, gateway, actions, draft } = parts;
  const active = () => connections.active();
  return {
    'app.state': () => parts.state(),
    'app.dismissNotice': ({ id }) => parts.dismissNotice(id),
    'app.quit': () => parts.quit(),
    'app.online': () => connections.syncAll(),
    'app.hide': () => parts.main.hide(),
    'app.show': ({ view }) => parts.main.show(view),
    'app.openLink': ({ url }) => actions.openLink(url),

    'settings.change': (change) => parts.changeSettings(change),
    'settings.hotkey': ({ name, accelerator }) => parts.setHotkey(name, accelerator),
    'settings.recordHotkey': ({ recording }) => parts.pauseHotkeys(recording),

    'connect.discover': ({ server }) => parts.signIn.discover(server),
    'connect.twenty': ({ server, apiKey, keep }) => connect.twenty(server, apiKey, keep),
    'connect.again': ({ id, apiKey, keep }) => connect.again(id, apiKey, keep),
    'connect.demo': () => connect.demo(),
    'connect.signIn': ({ server, keep }) => parts.signIn.connect(server, keep),
    'connect.matonList': ({ apiKey }) => gateway.list(apiKey),
    'connect.matonCreate': ({ apiKey }) => gateway.create(apiKey),
    'connect.matonDelete': ({ apiKey, id }) => gateway.delete(apiKey, id),
    'connect.maton': ({ apiKey, id, keep }) => gateway.connect(apiKey, id, keep),
    'connect.cancel': () => connect.cancel(),

    'connections.activate': ({ id }) => connections.activate(id),
    'connections.rename': ({ id, name }) => connections.rename(id, name),
    'connections.readOnly': ({ id, readOnly }) => connections.setReadOnly(id, readOnly),
    'connections.members': ({ id }) => connections.members(id),
    'connections.chooseMember': ({ id, memberId }) => connections.chooseMember(id, memberId),
    'connections.signOut': ({ id, discardWaiting }) => connections.signOut(id, discardWaiting),

    'sync.now': () => active().syncNow(),

    'capture.draft': () => draft.current,
    'capture.keep': (kept) => draft.keep(kept),
    'capture.save': async (saved) => {
      const workspace = connections.workspace(saved.connectionId);
      const receipt = saved.replaces
        ? await workspace.outbox.replace(saved.replaces, saved)
        : await workspace.capture(saved);
      draft.clear(saved.kind);
      parts.capture.hide();
      parts.toast(receipt.message, receipt.entryId);
      return receipt;
    },
    'capture.hide': () => parts.capture.hide(),
    'capture.resize': ({ height }) => parts.capture.resize(height),
    'capture.about': async (about) => parts.capture.show(await draftAbout(parts, about)),

    'contacts.search': ({ query, objects, limit }) => active().search(query, objects, limit),
    'contacts.card': ({ opened, ...ref }) => active().card(ref, opened),
    'contacts.timeline': ({ before, limit, ...ref }) => active().timeline(ref, before, limit),
    'contacts.copy': ({ what, index, ...ref }) => actions.copy(ref, what, index),
    'contacts.open': ({ what, index, ...ref }) => actions.open(ref, what, index),

    'outbox.list': () => active().outbox.list(),
    'outbox.retry': ({ id }) => active().outbox.retry(id),
    'outbox.discard': ({ id }) => active().outbox.discard(id),
    'outbox.edit': async ({ id }) => parts.capture.show(await draftOfEntry(parts, id)),
    'outbox.undo': ({ id }) => active().outbox.undo(id),
    'outbox.resolve': ({ id, choices }) => active().outbox.resolve(id, choices),

    'metadata.objects': () => active().objects(),
    'records.list': (request) => active().list(request),
    'records.get': (ref) => active().record(ref),
    'records.create': ({ object, values }, from) => active().create(object, values, from),
    'records.update': ({ changes, base, ...ref }, from) => active().update(ref, changes, base, from),
    'records.delete': ({ object, ids }, from) => active().remove(object, ids, from),
    'records.restore': ({ object, ids }, from) => active().restore(object, ids, from),
    'records.link': ({ to, ...ref }, from) => active().link(ref, to, from),
    'records.unlink': ({ to, ...ref }, from) => active().unlink(ref, to, from),
    'records.duplicates': ({ object, values, here }) => active().duplicates(object, values, here),
    'records.merge': ({ object, ids, priority, dryRun }) => active().merge(object, ids, priority, dryRun),
    'records.export': (request) => actions.exportRecords(request),
    'lists.layout': ({ object }) => active().layouts.get(object),
    'lists.keepLayout': ({ object, ...layout }) => active().layouts.keep(object, layout),
    'views.list': () => active().views.list(),
    'views.save': (view) => active().views.save(view),
    'views.delete': ({ id }) => active().views.remove(id),
    'audit.list': ({ offset, limit }) => active().audit(offset, limit),
    'audit.export': () => actions.exportAudit(),
  };
}

/** A capture that already links the record. What is half typed stays and gets the link added. */
async function draftAbout(
  parts: Parts,
  about: { object: string; id: string; kind: 'note' | 'task' },
): Promise<DraftInProgress> {
  const label = await parts.connections.active().label(about);
  if (label === null) throw new TwigError('notFound', 'This record is not in the local copy any more.');
  const { current } = parts.draft;
  const known = current.links.some((link) => link.id === about.id);
  const links = known ? current.links : [...current.links, { object: about.object, id: about.id, label }];
  return { ...current, kind: current.text.trim() ? current.kind : about.kind, links };
}

/** An unsent entry as a draft; refused while something else is half typed, which would be lost. */
async function draftOfEntry(parts: Parts, id: string): Promise<DraftInProgress> {
  if (parts.draft.current.text.trim() && parts.draft.current.replaces !== id) {
    throw new TwigError('refused', 'Capture holds a draft. Save or clear it first, then edit this one.');
  }
  const entry = await parts.connections.active().outbox.draft(id);
  // The words of the due date were taken out of the title; they are read again from the text.
  const line = entry.due ? `${entry.title} ${entry.due.words}` : entry.title;
  const text = entry.body ? `${line}\n${entry.body}` : line;
  return { text, kind: entry.kind, links: entry.links, dismissed: [], assigneeId: entry.assigneeId, replaces: id };
}
