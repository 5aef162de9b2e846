// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import type { Card, RecordRef, SearchAnswer } from '../../../shared/app/contacts';
import { type BridgeDouble, id, installBridge, later, person, refusal } from './bridge-double';

const PEOPLE = [person(1, 'Jane Smith'), person(2, 'Jan Smit'), person(3, 'Janus')];

let bridge: BridgeDouble;
let contacts: typeof import('../../../renderer/contacts/store');

function answer(query: string, results = PEOPLE): SearchAnswer {
  return { query, results, total: results.length };
}

function card(ref: RecordRef, title = 'Someone'): Card {
  return {
    object: ref.object,
    record: { id: ref.id },
    title,
    subtitle: '',
    company: null,
    people: [],
    deals: [],
    timeline: [],
    hasMoreTimeline: false,
    pending: false,
  };
}

beforeEach(async () => {
  vi.resetModules();
  bridge = installBridge({
    'contacts.search': ({ query }: { query: string }) => answer(query),
    'contacts.card': (ref: RecordRef) => card(ref),
  });
  contacts = await import('../../../renderer/contacts/store');
});

const state = () => contacts.useContacts.getState();
const shown = (number: number) => vi.waitUntil(() => state().card?.record.id === id(number));

it('shows the first hit of the text', async () => {
  contacts.setQuery('jan');
  await shown(1);
  expect(state().selected).toEqual({ object: 'person', id: id(1) });
});

it('drops an answer that a newer text has overtaken', async () => {
  const old = later<SearchAnswer>();
  bridge.answer('contacts.search', ({ query }: { query: string }) =>
    query === 'j' ? old.promise : answer(query, [person(3, 'Janus')]),
  );
  contacts.setQuery('j');
  contacts.setQuery('janu');
  await shown(3);
  old.give(answer('j'));
  await old.promise;
  expect(state().answer?.query).toBe('janu');
});

it('opens what the text says now, after its answer came', async () => {
  const slow = later<SearchAnswer>();
  contacts.setQuery('jan');
  await shown(1);
  bridge.answer('contacts.search', () => slow.promise);
  contacts.setQuery('janus');
  const opened = contacts.openSelected();
  slow.give(answer('janus', [person(3, 'Janus')]));
  await opened;
  expect(state().card?.record.id).toBe(id(3));
  expect(bridge.inputs('contacts.card').at(-1)).toEqual({ object: 'person', id: id(3), opened: true });
  expect(state().detailRequests).toBe(1);
});

it('moves the selection inside the list only', async () => {
  contacts.setQuery('');
  await shown(1);
  contacts.moveSelection(-1);
  contacts.moveSelection(8);
  expect(state().selected?.id).toBe(id(3));
});

it('keeps the selection when someone is added above it, without an empty moment', async () => {
  const stop = contacts.followContacts();
  await shown(1);
  contacts.moveSelection(1);
  await shown(2);
  bridge.answer('contacts.search', ({ query }: { query: string }) => answer(query, [person(9, 'Aaron'), ...PEOPLE]));
  const lengths: number[] = [];
  const watch = contacts.useContacts.subscribe((store) => lengths.push(store.answer?.results.length ?? 0));
  bridge.emit('records.changed', { connectionId: 'acme', changes: [{ object: 'person', ids: [id(9)] }] });
  await vi.waitUntil(() => state().answer?.results.length === 4);
  watch();
  stop();
  expect(state().selected?.id).toBe(id(2));
  expect(contacts.selectedIndex()).toBe(2);
  expect(lengths.every((length) => length > 0)).toBe(true);
});

it('reads the card again when something on it changed', async () => {
  const stop = contacts.followContacts();
  await shown(1);
  bridge.answer('contacts.card', (ref: RecordRef) => card(ref, 'Jane Newname'));
  bridge.emit('records.changed', { connectionId: 'acme', changes: [{ object: 'person', ids: [id(1)] }] });
  await vi.waitUntil(() => state().card?.title === 'Jane Newname');
  stop();
});

it('says why nothing came, and recovers', async () => {
  bridge.answer('contacts.search', () => {
    throw refusal('The local copy cannot be read.', 'corrupt');
  });
  contacts.setQuery('a');
  await vi.waitUntil(() => state().error !== null);
  expect(state().error).toBe('The local copy cannot be read.');
  bridge.answer('contacts.search', ({ query }: { query: string }) => answer(query));
  contacts.searchAgain();
  await shown(1);
  expect(state().error).toBeNull();
});

it('reads the rest of a long list once nothing more is typed', async () => {
  const many = Array.from({ length: 120 }, (_, at) => person(at + 1, `Jan ${at}`));
  const limits: number[] = [];
  bridge.answer('contacts.search', ({ query, limit }: { query: string; limit: number }) => {
    limits.push(limit);
    return { ...answer(query, many.slice(0, limit)), total: many.length };
  });
  contacts.setQuery('j');
  contacts.setQuery('ja');
  await vi.waitUntil(() => state().answer?.results.length === many.length);
  expect(limits).toEqual([limits[0], limits[0], 200]);
  expect(limits[0]).toBeLessThan(60);
  expect(state().selected).toEqual({ object: 'person', id: id(1) });
});

it('selects the first hit of the text also when news from the server overtakes its answer', async () => {
  const stop = contacts.followContacts();
  await shown(1);
  const slow = later<SearchAnswer>();
  bridge.answer('contacts.search', () => slow.promise);
  contacts.setQuery('janus');
  bridge.answer('contacts.search', ({ query }: { query: string }) => answer(query, [person(3, 'Janus')]));
  bridge.emit('records.changed', { connectionId: 'acme', changes: [{ object: 'task', ids: [id(50)] }] });
  const opened = contacts.openSelected();
  await vi.waitUntil(() => state().answer?.query === 'janus');
  slow.give(answer('janus', [person(3, 'Janus')]));
  await opened;
  stop();
  expect(state().selected?.id).toBe(id(3));
  expect(bridge.inputs('contacts.card').at(-1)).toEqual({ object: 'person', id: id(3), opened: true });
});

it('draws one card for a word typed in one go, and acts on the right one before it is drawn', async () => {
  contacts.setQuery('');
  await shown(1);
  bridge.answer('contacts.search', ({ query }: { query: string }) =>
    answer(query, [person(query.length, 'Janus'), ...PEOPLE]),
  );
  const before = bridge.inputs('contacts.card').length;
  for (const text of ['ja', 'jan', 'janu', 'janus']) {
    contacts.setQuery(text);
    await vi.waitUntil(() => state().answer?.query === text);
  }
  expect(contacts.isSettled()).toBe(false);
  expect((await contacts.cardNow())?.record.id).toBe(id(5));
  expect(bridge.inputs('contacts.card').slice(before)).toEqual([{ object: 'person', id: id(5), opened: false }]);
});

it('opens nobody while the text has no answer', async () => {
  contacts.setQuery('jan');
  await shown(1);
  bridge.answer('contacts.search', () => {
    throw refusal('The local copy cannot be read.', 'corrupt');
  });
  contacts.setQuery('bob');
  await contacts.openSelected();
  expect(state().detailRequests).toBe(0);
  expect(await contacts.cardNow()).toBeNull();
});
