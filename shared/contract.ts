import { z } from 'zod';
import {
  ConnectionKind,
  ConnectResult,
  ConnectStep,
  connectionId,
  KeepSecret,
  MatonConnection,
  MemberView,
} from './app/connections';
import { Card, RecordRef, SearchAnswer, TimelineItem } from './app/contacts';
import { AuditEntry, ListAnswer, ListLayout, ListRequest, SavedView } from './app/lists';
import { OutboxEntryView, Receipt } from './app/outbox';
import { accelerator, HotkeyName, HotkeyState, SettingsChange } from './app/settings';
import { AppState } from './app/state';
import { Draft, DraftInProgress } from './capture/draft';
import { CrmRecord, fieldName, ObjectMeta, objectName, uuid } from './crm';

/**
 * THE table: every command and event that crosses the bridge, one schema each way. Main checks
 * what comes in and what goes out; the renderer's bridge checks what it gets. Types come from here.
 */
const nothing = z.undefined();
const secret = z.string().min(1).max(8_192);
const server = z.string().min(1).max(2_048);
const View = z.enum([
  'contacts',
  'people',
  'companies',
  'deals',
  'tasks',
  'notes',
  'outbox',
  'settings',
  'connect',
  'deleted',
  'audit',
  'objects',
]);
export type View = z.infer<typeof View>;

const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const commands = {
  'app.state': command(nothing, AppState),
  'app.dismissNotice': command(z.object({ id: z.string().max(200) }), nothing),
  'app.quit': command(nothing, nothing),
  /** The network is back, as the page is told by the system. */
  'app.online': command(nothing, nothing),
  /** Hides the main window and gives the focus back to the app before. */
  'app.hide': command(nothing, nothing),

  'settings.change': command(SettingsChange, nothing),
  /** The old hotkey stays in force unless the new one was registered. */
  'settings.hotkey': command(z.object({ name: HotkeyName, accelerator }), HotkeyState),
  /** Pauses global hotkeys while the user presses a new one. */
  'settings.recordHotkey': command(z.object({ recording: z.boolean() }), nothing),

  /** Is "Sign in with Twenty" offered by this server? */
  'connect.discover': command(
    z.object({ server }),
    z.object({ oauth: z.boolean(), cleartext: z.boolean(), message: z.string() }),
  ),
  'connect.twenty': command(z.object({ server, apiKey: secret, keep: KeepSecret }), ConnectResult),
  'connect.demo': command(nothing, ConnectResult),
  /** Opens the system browser; ends when the person came back, gave up or time ran out. */
  'connect.signIn': command(z.object({ server, keep: KeepSecret }), ConnectResult),
  'connect.matonList': command(z.object({ apiKey: secret }), z.array(MatonConnection)),
  /** Starts a connection in the browser and waits for ACTIVE. */
  'connect.matonCreate': command(z.object({ apiKey: secret }), z.array(MatonConnection)),
  'connect.matonDelete': command(z.object({ apiKey: secret, id: MatonConnection.shape.id }), z.array(MatonConnection)),
  'connect.maton': command(z.object({ apiKey: secret, id: MatonConnection.shape.id, keep: KeepSecret }), ConnectResult),
  /** A new key for a connection whose secret is gone; its copy and outbox stay. */
  'connect.again': command(z.object({ id: connectionId, apiKey: secret, keep: KeepSecret }), ConnectResult),
  'connect.cancel': command(nothing, nothing),

  'connections.activate': command(z.object({ id: connectionId }), nothing),
  'connections.rename': command(z.object({ id: connectionId, name: z.string().min(1).max(100) }), nothing),
  'connections.readOnly': command(z.object({ id: connectionId, readOnly: z.boolean() }), nothing),
  'connections.members': command(z.object({ id: connectionId }), z.array(MemberView)),
  'connections.chooseMember': command(z.object({ id: connectionId, memberId: uuid.nullable() }), nothing),
  /** Clears everything local of it. `discardWaiting` must be true when captures still wait. */
  'connections.signOut': command(
    z.object({ id: connectionId, discardWaiting: z.boolean() }),
    z.object({ signedOut: z.boolean(), waiting: z.number() }),
  ),

  'sync.now': command(nothing, nothing),

  'capture.draft': command(nothing, DraftInProgress),
  'capture.keep': command(DraftInProgress, nothing),
  'capture.save': command(Draft, Receipt),
  'capture.hide': command(nothing, nothing),
  /** The window follows its content; height of the page in CSS pixels. */
  'capture.resize': command(z.object({ height: z.number().int().min(60).max(2_000) }), nothing),
  /** Opens Capture with a link already made ("note about", "task about"). */
  'capture.about': command(RecordRef.extend({ kind: z.enum(['note', 'task']) }), nothing),

  'contacts.search': command(
    z.object({
      query: z.string().max(500),
      /** Null: people, companies and deals; `linkable`: whatever a note or task can be linked to here. */
      objects: z.union([z.array(objectName).max(20), z.literal('linkable')]).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    SearchAnswer,
  ),
  /** Null when it is not in the local copy. `opened` counts towards what is ranked first. */
  'contacts.card': command(RecordRef.extend({ opened: z.boolean() }), Card.nullable()),
  'contacts.timeline': command(
    RecordRef.extend({ before: z.string().max(40).nullable(), limit: z.number().int().min(1).max(100) }),
    z.object({ items: z.array(TimelineItem), hasMore: z.boolean() }),
  ),
  /** Main reads the value from the local copy; a renderer never names an address to open. */
  'contacts.copy': command(
    RecordRef.extend({
      what: z.enum(['email', 'phone', 'id', 'address', 'name']),
      index: z.number().int().min(0).max(50),
    }),
    z.object({ copied: z.string() }),
  ),
  'contacts.open': command(
    RecordRef.extend({
      what: z.enum(['mail', 'call', 'linkedin', 'x', 'website', 'twenty']),
      index: z.number().int().min(0).max(50),
    }),
    nothing,
  ),
  /** A link inside a note, opened in the browser after the allow-list. */
  'app.openLink': command(z.object({ url: z.string().max(4_096) }), nothing),
  'app.show': command(z.object({ view: View }), nothing),

  'outbox.list': command(nothing, z.array(OutboxEntryView)),
  'outbox.retry': command(z.object({ id: uuid }), nothing),
  'outbox.discard': command(z.object({ id: uuid }), nothing),
  /** The entry's draft, to be opened in Capture; it leaves the outbox only when the new one is saved. */
  'outbox.edit': command(z.object({ id: uuid }), nothing),
  'outbox.undo': command(z.object({ id: uuid }), z.object({ message: z.string() })),
  'outbox.resolve': command(
    z.object({ id: uuid, choices: z.record(z.string().max(130), z.enum(['mine', 'theirs'])) }),
    nothing,
  ),

  'metadata.objects': command(nothing, z.array(ObjectMeta)),
  'records.list': command(ListRequest, ListAnswer),
  'records.get': command(RecordRef, CrmRecord.nullable()),
  'records.create': command(z.object({ object: objectName, values: z.record(fieldName, z.unknown()) }), Receipt),
  /** `base` holds the values the edit was made on, so that a change on the server is noticed. */
  'records.update': command(
    RecordRef.extend({ changes: z.record(fieldName, z.unknown()), base: z.record(fieldName, z.unknown()) }),
    Receipt,
  ),
  'records.delete': command(z.object({ object: objectName, ids: z.array(uuid).min(1).max(1_000) }), z.array(Receipt)),
  'records.restore': command(z.object({ object: objectName, ids: z.array(uuid).min(1).max(1_000) }), z.array(Receipt)),
  'records.link': command(RecordRef.extend({ to: RecordRef }), Receipt),
  'records.unlink': command(RecordRef.extend({ to: RecordRef }), Receipt),
  'records.duplicates': command(
    z.object({
      object: objectName,
      values: z.record(fieldName, z.unknown()),
      /** Asks the local copy alone, as while someone types. */
      here: z.boolean().default(false),
    }),
    z.array(z.object({ id: uuid, title: z.string(), subtitle: z.string(), why: z.string() })),
  ),
  'records.merge': command(
    z.object({
      object: objectName,
      ids: z.array(uuid).length(2),
      priority: z.number().int().min(0).max(1),
      dryRun: z.boolean(),
    }),
    CrmRecord,
  ),
  'records.export': command(
    ListRequest.extend({ columns: z.array(z.string().max(130)).max(60) }),
    z.object({ path: z.string().nullable() }),
  ),
  /** How the list of an object was laid out last; null when it never was changed. */
  'lists.layout': command(z.object({ object: objectName }), ListLayout.nullable()),
  'lists.keepLayout': command(ListLayout.extend({ object: objectName }), nothing),
  'views.list': command(nothing, z.array(SavedView)),
  'views.save': command(SavedView, nothing),
  'views.delete': command(z.object({ id: uuid }), nothing),
  'audit.list': command(
    z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    z.object({ total: z.number(), entries: z.array(AuditEntry) }),
  ),
  'audit.export': command(nothing, z.object({ path: z.string().nullable() })),
} as const;

export const events = {
  'app.state': AppState,
  'connect.step': ConnectStep.extend({ kind: ConnectionKind }),
  /** Capture was shown: put the caret in place; holds a draft to open when it was asked for one. */
  'capture.shown': z.object({ draft: DraftInProgress.nullable() }),
  'main.show': z.object({ view: View, focusSearch: z.boolean(), record: RecordRef.nullable() }),
  /** Records of the active workspace changed in the local copy; `ids` null means many. */
  'records.changed': z.object({
    connectionId,
    changes: z.array(z.object({ object: objectName, ids: z.array(uuid).nullable() })),
  }),
  'outbox.changed': z.object({ connectionId }),
  /** A write was kept; Undo is offered for ten seconds. */
  toast: z.object({ message: z.string(), undoEntryId: uuid.nullable(), level: z.enum(['info', 'warning', 'error']) }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
