import type { ConnectionView, MemberView, SyncStatus } from '../../shared/app/connections';
import type { Card, RecordRef, SearchAnswer, TimelineItem } from '../../shared/app/contacts';
import type { AuditEntry, ListAnswer, ListLayout, ListRequest, SavedView } from '../../shared/app/lists';
import type { OutboxEntryView, Receipt } from '../../shared/app/outbox';
import type { Draft } from '../../shared/capture/draft';
import type { CrmRecord, ObjectMeta } from '../../shared/crm';
import type { Clock, TwentyClient } from '../twenty/types';

export type WriteWindow = AuditEntry['window'];

/** What a workspace tells the rest of the app. */
export interface WorkspaceEvents {
  records(changes: { object: string; ids: string[] | null }[]): void;
  outbox(): void;
  status(): void;
  notice(notice: { id: string; level: 'info' | 'warning' | 'error'; message: string }): void;
}

export interface WorkspaceOptions {
  connectionId: string;
  /** Directory of this workspace alone; holds `mirror.db`, `outbox.db` and `dialect.json`. */
  directory: string;
  /** 32 bytes as hex, or null to keep the copy in clear (the user chose so, or demo). */
  databaseKey: string | null;
  /** True while the key of the copy is out of reach: the copy stays closed and untouched, the outbox works. */
  locked?: boolean;
  /** Null while signed out: everything local works, nothing is sent. */
  client: TwentyClient | null;
  memberId: string | null;
  clock: Clock;
  events: WorkspaceEvents;
  /** Path of the bundled worker script; null runs the mirror in this thread (tests). */
  mirrorWorker: string | null;
  readOnly: boolean;
}

/**
 * One connection's local copy and outbox. Every answer comes from this machine; every write is
 * durable before it is acknowledged and is sent later. Failures are TwigErrors.
 */
export interface Workspace {
  readonly connectionId: string;
  start(): void;
  setClient(client: TwentyClient | null): void;
  setMember(memberId: string | null): void;
  setReadOnly(readOnly: boolean): void;
  status(): Pick<ConnectionView, 'sync' | 'counts' | 'outbox' | 'online' | 'encryptedAtRest'>;
  syncStatus(): SyncStatus;
  syncNow(): void;
  capture(draft: Draft): Promise<Receipt>;
  /** `objects` null: people, companies and deals; `linkable`: whatever a note or task can be linked to here. */
  search(query: string, objects: readonly string[] | 'linkable' | null, limit: number): Promise<SearchAnswer>;
  card(ref: RecordRef, opened: boolean): Promise<Card | null>;
  timeline(ref: RecordRef, before: string | null, limit: number): Promise<{ items: TimelineItem[]; hasMore: boolean }>;
  record(ref: RecordRef): Promise<CrmRecord | null>;
  label(ref: RecordRef): Promise<string | null>;
  members(): Promise<MemberView[]>;
  /** The workspace's objects, with what the key has been seen to be allowed. */
  objects(): Promise<ObjectMeta[]>;
  /** Another key or sign-in came: what the old one was refused is forgotten. */
  keyChanged(): Promise<void>;
  list(request: ListRequest): Promise<ListAnswer>;
  create(object: string, values: Record<string, unknown>, window: WriteWindow): Promise<Receipt>;
  update(
    ref: RecordRef,
    changes: Record<string, unknown>,
    base: Record<string, unknown>,
    window: WriteWindow,
  ): Promise<Receipt>;
  remove(object: string, ids: readonly string[], window: WriteWindow): Promise<Receipt[]>;
  restore(object: string, ids: readonly string[], window: WriteWindow): Promise<Receipt[]>;
  link(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt>;
  unlink(from: RecordRef, to: RecordRef, window: WriteWindow): Promise<Receipt>;
  duplicates(
    object: string,
    values: Record<string, unknown>,
    /** The local copy alone is asked. */
    here?: boolean,
  ): Promise<{ id: string; title: string; subtitle: string; why: string }[]>;
  merge(object: string, ids: readonly string[], priority: number, dryRun: boolean): Promise<CrmRecord>;
  outbox: {
    list(): Promise<OutboxEntryView[]>;
    retry(id: string): Promise<void>;
    discard(id: string): Promise<void>;
    /** The draft of an entry that was not sent, for editing. */
    draft(id: string): Promise<Draft>;
    /** Replaces an unsent capture by an edited one in one durable step. */
    replace(id: string, draft: Draft): Promise<Receipt>;
    undo(id: string): Promise<{ message: string }>;
    resolve(id: string, choices: Record<string, 'mine' | 'theirs'>): Promise<void>;
    waiting(): number;
  };
  /** How the lists are laid out, by object. */
  layouts: { get(object: string): Promise<ListLayout | null>; keep(object: string, layout: ListLayout): Promise<void> };
  views: { list(): Promise<SavedView[]>; save(view: SavedView): Promise<void>; remove(id: string): Promise<void> };
  audit(offset: number, limit: number): Promise<{ total: number; entries: AuditEntry[] }>;
  /** Stops timers and requests, closes the files; safe to call twice. */
  close(): Promise<void>;
}
