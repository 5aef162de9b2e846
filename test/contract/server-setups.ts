import type { Store } from '../../main/demo/store';
import type { Exchange } from './server-recordings';
import { type Snapshot, shownIn } from './server-state';

/** The keys of the replayed servers; plainly no real ones. */
export const KEYS = {
  good: 'test-key-not-a-secret',
  second: 'test-second-key-not-a-secret',
  expired: 'test-expired-key-not-a-secret',
  revoked: 'test-revoked-key-not-a-secret',
  readOnly: 'test-read-only-key-not-a-secret',
} as const;

/** The Authorization header an exchange was recorded with, told by its name; null for none. */
export function authorizationOf(exchange: Exchange): string | null {
  const name = exchange.name.split('/')[1] ?? '';
  if (/^(no-token|healthz|root|options-preflight|discovery|protected-resource|register)/.test(name)) return null;
  if (name === 'no-bearer-prefix') return KEYS.good;
  if (name === 'lowercase-bearer') return `bearer ${KEYS.good}`;
  if (name === 'no key') return null;
  if (name.startsWith('bad-token') || name.startsWith('bad key')) return 'Bearer test-wrong-key-not-a-secret';
  if (/^expired.key/.test(name)) return `Bearer ${KEYS.expired}`;
  if (/^revoked.key/.test(name)) return `Bearer ${KEYS.revoked}`;
  if (name.startsWith('role-impersonate-only')) return `Bearer ${KEYS.readOnly}`;
  if (/second-key/.test(name)) return `Bearer ${KEYS.second}`;
  return `Bearer ${KEYS.good}`;
}

/** True when the exchange was recorded after the rate limit had been used up. */
export const isThrottled = ({ name, response }: Exchange): boolean =>
  name.startsWith('ratelimit/throttled') && response.status !== 201 && !name.includes('user-token');

/** What a recording keeps only in words: large bodies and long addresses. */
export function requestParts(exchange: Exchange): { url: string; body: string | undefined } {
  const { url, path, body, rawBody } = exchange.request;
  const size = /^<(\d+) characters>$/.exec(url ?? '')?.[1];
  const address = size
    ? `${path}?filter=${encodeURIComponent(`name.firstName[eq]:${'x'.repeat(Number(size) - path.length - 40)}`)}`
    : (url ?? path);
  if (rawBody !== undefined) return { url: address, body: rawBody };
  if (body === null) return { url: address, body: undefined };
  const list = typeof body === 'string' ? /^array of (\d+) people$/.exec(body)?.[1] : undefined;
  if (list)
    return {
      url: address,
      body: JSON.stringify(
        Array.from({ length: Number(list) }, (_, at) => ({ name: { firstName: `B${list}`, lastName: `n${at}` } })),
      ),
    };
  const text = JSON.stringify(body)?.replace(/"(\d+) MB of text"/, (_, megabytes: string) =>
    JSON.stringify('x '.repeat((Number(megabytes) * 1024 * 1024) / 2)),
  );
  return { url: address, body: text };
}

/** The few states that no answer shows. */
export function setUp(store: Store, exchange: Exchange, pool: readonly Snapshot[]): void {
  const step = SETUPS[`${store.dialect.name}/${exchange.name}`] ?? SETUPS[exchange.name];
  step?.(store, exchange, pool);
}

type Setup = (store: Store, exchange: Exchange, pool: readonly Snapshot[]) => void;

/** Puts every record named in the address into the trash. */
const trashed: Setup = (store, exchange) => {
  const address = decodeURIComponent(exchange.request.url ?? exchange.request.path);
  for (const id of address.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])
    for (const object of store.schema.objects) {
      const row = store.table(object.name).get(id);
      if (row) store.table(object.name).put({ ...row, deletedAt: '2026-11-22T02:00:00.000Z' });
    }
};

/** Gives the note in the address a body that is plain text. */
const plainBody =
  (text: string): Setup =>
  (store, exchange) => {
    const mentioned = JSON.stringify(exchange.request).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    for (const id of mentioned) {
      const note = store.table('note').get(id);
      if (note) store.table('note').put({ ...note, body: text });
    }
  };

/** A note somewhere on the page whose body is plain text. */
function anyNotePlain(text: string): Setup {
  return (store) => {
    const [note] = store.table('note').inOrder();
    if (note) store.table('note').put({ ...note, body: text });
  };
}

/** A note with a plain body, linked to the person in the address. */
function linkedNotePlain(text: string): Setup {
  return (store, exchange) => {
    const address = decodeURIComponent(exchange.request.url ?? exchange.request.path);
    const personId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(address)?.[0] ?? '';
    store.seed('note', [{ id: NOTE, title: 'Plain' }]);
    const note = store.table('note').get(NOTE);
    if (note) store.table('note').put({ ...note, body: text });
    store.seed('noteTarget', [{ noteId: NOTE, personId }]);
  };
}
const NOTE = '20202020-0000-4000-8000-000000000002';

/** Gives a living person the address that the record in the path had. */
const takenEmail: Setup = (store, exchange) => {
  const id = exchange.request.path.split('/').at(-1) ?? '';
  const row = store.table('person').get(id);
  if (!row) return;
  trashed(store, exchange, []);
  store.table('person').put({ ...row, id: '20202020-0000-4000-8000-000000000001', deletedAt: null });
};

/** The name that an unrecorded step had given the record. */
const nameAsAnswered: Setup = (store, exchange) => {
  for (const { object, row } of shownIn(store.dialect, exchange)) {
    const before = store.table(object).get(row.id);
    if (before) store.table(object).put({ ...before, name: row.name });
  }
};

/** The people shown come first by their company's name, which no answer told. */
const companiesFirst: Setup = (store, exchange) => {
  for (const { object, row } of shownIn(store.dialect, exchange)) {
    const id = row.companyId;
    if (object === 'person' && typeof id === 'string') store.seed('company', [{ id, name: `!${row.id}` }]);
  }
};

/** Only what the seed had: these were recorded before anything was added. */
const seedOnly: Setup = (store) => {
  for (const row of [...store.table('person').inOrder()])
    if (String(row.createdAt) > '2026-11-22T01:49') store.table('person').remove(row.id);
};

const poison: Setup = (store, exchange) => {
  plainBody('Plain text body')(store, exchange, []);
  for (const note of [...store.table('note').inOrder()]) store.table('note').put({ ...note, title: 'poison' });
};

/** The record was not there any more. */
const gone: Setup = (store) => {
  for (const row of [...store.table('person').inOrder()]) store.table('person').remove(row.id);
};

const plain = plainBody('Plain text body');

const SETUPS: Readonly<Record<string, Setup>> = {
  'mid/patch trashed deletedAt null': trashed,
  'mid/REST patch of trashed': trashed,
  'mid/graphql restorePerson': gone,
  'delete/restore-filter': trashed,
  'delete/restore-note-filter': trashed,
  'delete/delete-many-filter-destroy': trashed,
  'crud/composite-patch-name-null': nameAsAnswered,
  'current/paging/order-by-relation-field': companiesFirst,
  'current/paging/order-by-relation-page1': companiesFirst,
  'current/paging/order-by-relation-page2': companiesFirst,
  'current/filters/text-jobTitle-eq-qq': seedOnly,
  'current/filters/text-jobTitle-is-NULL': seedOnly,
  'old/delete/note-undelete-by-patch': trashed,
  'old/delete/patch-soft-deleted-again': trashed,
  'old/delete/patch-soft-deleted': trashed,
  'old/delete/restore-by-patch-deletedAt-null': trashed,
  'old/delete/undelete-by-patch-deletedAt-null': takenEmail,
  'notes-tasks-bodies/note.after-plain-body-get-it': plain,
  'notes-tasks-bodies/note.after-plain-body-graphql-with-body': plain,
  'notes-tasks-bodies/note.after-plain-body-graphql-without-body': plain,
  'notes-tasks-bodies/note.after-plain-body-graphql-repair': poison,
  'notes-tasks-bodies/note.after-plain-body-list-notes': anyNotePlain('Plain text body'),
  'notes-tasks-bodies/note.after-plain-body-noteTargets-depth1': linkedNotePlain('plain again'),
  'notes-tasks-bodies/note.after-plain-body-person-depth2': linkedNotePlain('Plain text body'),
  'notes-tasks-bodies/note.delete-note-with-plain-body': plainBody('plain again'),
};
