import type { MemberView } from '../../../shared/app/connections';
import type { Card, RecordRef, SearchAnswer, TimelineItem } from '../../../shared/app/contacts';
import type { ListAnswer, ListRequest } from '../../../shared/app/lists';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { isTwigError } from '../../../shared/errors';
import { Database, setAside } from '../database';
import { cardOf } from './card';
import { changeItems, type LocalChange, relatedRefs } from './changes';
import { type Duplicate, duplicatesOf } from './duplicates';
import { Finder } from './find';
import { text } from './labels';
import { checkTexts } from './legible';
import { Lists } from './list';
import { isMarked, mark, unmark } from './openMark';
import type { Overlay } from './overlay';
import { MIRROR_MIGRATIONS } from './schema';
import { type RecordRefChange, RecordStore } from './store';
import { compareSweep, startSweep, unseenIds } from './sweep';
import { targetRows, timelineOf } from './timeline';

export interface MirrorOptions {
  path: string;
  /** 32 bytes as hex, or null for a file in clear. */
  key: string | null;
  /** Epoch milliseconds, for the name of a damaged file. */
  now: number;
}

/** What changed visibly, and how many live records each object has now. */
export interface Changes {
  changed: RecordRefChange[];
  counts: Record<string, number>;
  /** Records that made no sense and were left out. */
  odd: number;
}

export interface PutRequest {
  object: string;
  records: readonly unknown[];
  /** When the question was asked, in the caller's own count. */
  tick: number;
  /** True for the answer of a write. */
  answer: boolean;
  /** Kept in the same transaction, so that a cursor never runs ahead of its page. */
  state: { key: string; value: unknown } | null;
  /** For a part of a page: true when the rest follows at once, and the commit waits for it. Absent: not a page. */
  more?: boolean;
}

export interface Opening {
  counts: Record<string, number>;
  /** Name a damaged file was given, when one had to be set aside. */
  setAside: string | null;
}

/** The local copy: everything the app shows is answered from here. Synchronous; lives in one thread. */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #setAside: string | null;
  readonly #db: Database;
  readonly #store: RecordStore;
  readonly #lists: Lists;
  readonly #finder: Finder;
  #objects: ObjectMeta[] = [];
  /** True while a part of a page waits for the rest of it. */
  #partial = false;
  /** Why a part of a page was undone after it had been taken: told to the rest, so that its cursor is not kept. */
  #failure: unknown = null;

  /** Opens the copy; a damaged file is set aside and an empty one takes its place. */
  static open(options: MirrorOptions): Mirror {
    try {
      return Mirror.#opened(options, null);
    } catch (error) {
      if (!isTwigError(error) || error.kind !== 'corrupt') throw error;
      return Mirror.#opened(options, setAside(options.path, options.now));
    }
  }

  /** Throws `corrupt` when the file is damaged. Beside the open copy: reads only what is committed. */
  static verify(options: MirrorOptions): void {
    if (options.path === ':memory:') return;
    const db = new Database({ ...options, durability: 'normal', copy: true, migrations: MIRROR_MIGRATIONS });
    try {
      db.check();
    } finally {
      db.close();
    }
  }

  static #opened(options: MirrorOptions, moved: string | null): Mirror {
    const db = new Database({
      path: options.path,
      key: options.key,
      durability: 'normal',
      copy: true,
      migrations: MIRROR_MIGRATIONS,
    });
    try {
      if (isMarked(options.path)) checkTexts(db);
      // Before anything is read, since reading is what may end the process.
      mark(options.path);
      return new Mirror(options, db, moved);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private constructor(options: MirrorOptions, db: Database, moved: string | null) {
    this.#options = options;
    this.#db = db;
    this.#setAside = moved;
    this.#store = new RecordStore(db, (change) => {
      this.#finder.changed(change);
      this.#lists.changed(change);
    });
    this.#lists = new Lists(this.#store);
    const objects = this.#store.state('metadata');
    if (Array.isArray(objects)) this.#describe(objects as ObjectMeta[]);
    this.#finder = new Finder(this.#store);
  }

  opening(): Opening {
    return { counts: this.#store.counts(), setAside: this.#setAside };
  }

  put(request: PutRequest): Changes {
    if (request.more !== undefined) this.#tellFailure();
    if (request.more !== true) return this.#whole(() => this.#stored(request));
    try {
      const changes = this.#db.deferred(() => this.#stored(request));
      this.#partial = true;
      return changes;
    } catch (error) {
      this.#store.recount();
      throw error;
    }
  }

  remove(object: string, ids: readonly string[]): Changes {
    return this.#whole(() => this.#changes(this.#store.remove(object, ids).map((id) => ({ object, id }))));
  }

  setOverlay(overlay: Overlay): Changes {
    return this.#whole(() => this.#changes(this.#store.setOverlay(overlay)));
  }

  resetOverlays(overlays: readonly Overlay[]): Changes {
    return this.#whole(() => this.#changes(this.#store.resetOverlays(overlays)));
  }

  state(key: string): unknown {
    return this.#store.state(key);
  }

  setState(key: string, value: unknown): void {
    this.#store.setState(key, value);
  }

  objects(): ObjectMeta[] {
    return this.#objects;
  }

  setObjects(objects: readonly ObjectMeta[]): void {
    this.#store.setState('metadata', objects);
    this.#describe([...objects]);
  }

  record(object: string, id: string): CrmRecord | null {
    return this.#store.get(object, id);
  }

  title(object: string, id: string): string | null {
    return this.#store.title(object, id);
  }

  /** `openedAt` (epoch milliseconds) counts towards what is ranked first; null only looks. */
  card(ref: RecordRef, openedAt: number | null, local: readonly LocalChange[]): Card | null {
    const card = cardOf(this.#store, ref, this.#meta('opportunity'), this.#changesOf(ref, local));
    if (card !== null && openedAt !== null) this.#finder.opened(ref.object, ref.id, openedAt);
    return card;
  }

  timeline(
    ref: RecordRef,
    before: string | null,
    limit: number,
    local: readonly LocalChange[],
  ): { items: TimelineItem[]; hasMore: boolean } {
    return timelineOf(this.#store, ref, before, limit, this.#changesOf(ref, local));
  }

  /** The record and the deals that its timeline tells of. */
  related(ref: RecordRef): RecordRef[] {
    return relatedRefs(this.#store, ref);
  }

  targets(from: RecordRef, to: RecordRef): string[] {
    return targetRows(this.#store, from, to);
  }

  members(): MemberView[] {
    const rows = this.#db.all<{ data: string }>(
      "SELECT json(data) AS data FROM records WHERE object = 'workspaceMember' AND deleted = 0 ORDER BY title_key",
    );
    return rows.map((row) => {
      const record = JSON.parse(row.data) as CrmRecord;
      return { id: record.id, name: this.#store.labelOf('workspaceMember', record), email: text(record.userEmail) };
    });
  }

  list(request: ListRequest): ListAnswer {
    return this.#lists.list(request, this.#meta(request.object));
  }

  /** `objects` null means people, companies and deals; `now` is epoch milliseconds. */
  search(query: string, objects: readonly string[] | null, limit: number, now: number): SearchAnswer {
    return this.#finder.search(query, objects, limit, now);
  }

  /** Wants the search index kept on disk, so that the next start need not build it. */
  keepIndex(): void {
    this.#finder.keep();
  }

  /** Does a little of what can wait, about `budget` milliseconds; true while more remains. */
  work(budget: number): boolean {
    return this.#lists.work() || this.#finder.work(budget);
  }

  /** `told` are ids that the server takes for the same. */
  duplicates(object: string, values: Record<string, unknown>, told: readonly string[]): Duplicate[] {
    return duplicatesOf(this.#store, object, values, told);
  }

  startSweep(object: string): void {
    startSweep(this.#store, object);
  }

  /** Notes a page of ids as still there; answers those that are missing here or look different. */
  compareSweep(object: string, rows: { id: string; updatedAt: string }[]): string[] {
    return this.#whole(() => compareSweep(this.#store, object, rows));
  }

  /** Ids the sweep did not meet, leaving out what only exists here so far. */
  unseen(object: string): string[] {
    return unseenIds(this.#store, object);
  }

  /** Closes the file and sets it aside; open a new Mirror afterwards. Answers its new name. */
  abandon(now: number): string {
    this.#db.close();
    return setAside(this.#options.path, now);
  }

  close(): void {
    this.#db.close();
    unmark(this.#options.path);
  }

  #tellFailure(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }

  #stored({ object, records, tick, answer, state }: PutRequest): Changes {
    const { changed, odd } = this.#store.put(object, records, tick, answer);
    if (state !== null) this.#store.setState(state.key, state.value);
    return this.#changes(
      changed.map((id) => ({ object, id })),
      odd,
    );
  }

  /** Runs `work` and commits it, with the part of a page that came before. */
  #whole<T>(work: () => T): T {
    const partial = this.#partial;
    this.#partial = false;
    try {
      return this.#db.transaction(work);
    } catch (error) {
      this.#store.recount();
      if (partial) this.#failure = error;
      throw error;
    }
  }

  #changesOf(ref: RecordRef, local: readonly LocalChange[]): TimelineItem[] {
    return changeItems(this.#store, (object) => this.#meta(object), ref, local);
  }

  #describe(objects: ObjectMeta[]): void {
    this.#objects = objects;
    this.#store.describe(objects);
  }

  #meta(object: string): ObjectMeta | null {
    return this.#objects.find((one) => one.name === object) ?? null;
  }

  #changes(changed: RecordRefChange[], odd = 0): Changes {
    return { changed, counts: this.#store.counts(), odd };
  }
}
