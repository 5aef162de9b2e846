// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchAnswer } from '../../../shared/app/contacts';
import type { DraftInProgress } from '../../../shared/capture/draft';
import { appState, type BridgeDouble, id, installBridge, later, person, refusal } from './bridge-double';

const NOTHING: DraftInProgress = { text: '', kind: 'note', links: [], dismissed: [], assigneeId: null, replaces: null };
const JANE = { object: 'person', id: id(1), label: 'Jane Smith' };

let bridge: BridgeDouble;
let store: typeof import('../../../renderer/capture/store');
let matches: typeof import('../../../renderer/capture/mention-picker');

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bridge = installBridge({
    'app.state': () => appState(),
    'capture.draft': () => NOTHING,
    'capture.save': () => ({ entryId: id(5), object: 'note', recordId: id(6), at: 1, message: 'Saved' }),
    'contacts.search': ({ query }: { query: string }) => answer(query, [person(1, 'Jane Smith')]),
  });
  const app = await import('../../../renderer/app/state');
  store = await import('../../../renderer/capture/store');
  matches = await import('../../../renderer/capture/mention-picker');
  app.followAppState();
  await vi.waitUntil(() => app.useApp.getState().state !== null);
});
afterEach(() => {
  vi.useRealTimers();
});

function answer(query: string, results: SearchAnswer['results']): SearchAnswer {
  return { query, results, total: results.length };
}

function type(text: string): void {
  store.typed(text, text.length);
  matches.lookUp(store.useCapture.getState().parsed.activeMention);
}

describe('what is typed', () => {
  it('reaches main soon, the latest text only', async () => {
    type('a');
    type('ab');
    expect(bridge.inputs('capture.keep')).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(bridge.inputs('capture.keep')).toMatchObject([{ text: 'ab' }]);
  });

  it('reaches main before the window is hidden', async () => {
    type('half a thought');
    await store.hide();
    const names = bridge.calls.map((call) => call.name);
    expect(names.indexOf('capture.keep')).toBeLessThan(names.indexOf('capture.hide'));
    expect(names).toContain('capture.keep');
  });

  it('is kept behind a draft that arrives late', async () => {
    const slow = later<DraftInProgress>();
    bridge.answer('capture.draft', () => slow.promise);
    store.followCapture();
    type('x');
    slow.give({ ...NOTHING, text: 'from yesterday ' });
    await vi.waitUntil(() => store.useCapture.getState().text !== 'x');
    expect(store.useCapture.getState().text).toBe('from yesterday x');
  });

  it('is not doubled when main shows a draft with the text it was told', async () => {
    store.followCapture();
    type('call');
    await vi.advanceTimersByTimeAsync(50);
    type('call h');
    bridge.emit('capture.shown', { draft: { ...NOTHING, text: 'call', links: [JANE] } });
    expect(store.useCapture.getState()).toMatchObject({ text: 'call h', links: [JANE] });
  });
});

describe('links and dates', () => {
  it('picks for the text as it stands, never from an older answer', async () => {
    const first = later<SearchAnswer>();
    const second = later<SearchAnswer>();
    bridge.answer('contacts.search', ({ query }: { query: string }) =>
      query === 'ja' ? first.promise : second.promise,
    );
    type('ask @ja');
    type('ask @jan');
    first.give(answer('ja', [person(2, 'Jack Older')]));
    const picked = matches.pick();
    second.give(answer('jan', [person(1, 'Jane Smith')]));
    expect(await picked).toBe(true);
    expect(store.useCapture.getState()).toMatchObject({ text: 'ask @Jane Smith ', links: [JANE] });
  });

  it('picks nothing when nothing matches', async () => {
    bridge.answer('contacts.search', ({ query }: { query: string }) => answer(query, []));
    type('ask @zzz');
    expect(await matches.pick()).toBe(false);
    expect(store.useCapture.getState().text).toBe('ask @zzz');
  });

  it('drops the link with its words, by typing or by Backspace', async () => {
    type('ask @jane');
    await matches.pick();
    const { text } = store.useCapture.getState();
    type(text.trimEnd());
    expect(store.backspaceAt(text.trimEnd().length)).toBe(true);
    expect(store.useCapture.getState()).toMatchObject({ text: 'ask ', links: [] });
  });

  it('makes a date plain text by Backspace, once', () => {
    store.setKind('task');
    type('Call tomorrow');
    expect(store.useCapture.getState().parsed.due).not.toBeNull();
    expect(store.backspaceAt('Call tomorrow'.length)).toBe(true);
    expect(store.useCapture.getState()).toMatchObject({ text: 'Call tomorrow', parsed: { due: null } });
    expect(store.backspaceAt('Call tomorrow'.length)).toBe(false);
  });

  it('closes the list with Esc for this @ only', async () => {
    type('a @ja');
    await matches.pick(7);
    matches.closeMatches();
    expect(matches.isOpen()).toBe(false);
    type('a @jan');
    expect(matches.isOpen()).toBe(false);
    type('a @jan, @m');
    expect(matches.isOpen()).toBe(true);
  });
});

describe('Save', () => {
  it('sends one draft and starts afresh', async () => {
    store.setKind('task');
    type('Call Jane tomorrow');
    await store.save();
    expect(bridge.inputs('capture.save')).toMatchObject([
      { kind: 'task', title: 'Call Jane', assigneeId: id(900), connectionId: 'acme', replaces: null },
    ]);
    expect(store.useCapture.getState()).toMatchObject({ text: '', kind: 'note', saving: false });
  });

  it('keeps the text and says why when it is refused', async () => {
    bridge.answer('capture.save', () => {
      throw refusal('This disk is full. Make room, then save again.');
    });
    type('Important');
    await store.save();
    expect(store.useCapture.getState()).toMatchObject({
      text: 'Important',
      saving: false,
      error: 'This disk is full. Make room, then save again.',
    });
  });

  it('saves once however often it is asked, and keeps letters typed meanwhile', async () => {
    const slow = later<object>();
    bridge.answer('capture.save', () => slow.promise);
    type('One');
    const saved = store.save();
    await store.save();
    type('One more');
    slow.give({ entryId: id(5), object: 'note', recordId: id(6), at: 1, message: 'Saved' });
    await saved;
    expect(bridge.inputs('capture.save')).toHaveLength(1);
    expect(store.useCapture.getState().text).toBe(' more');
  });

  it('asks for words when there are none', async () => {
    type('  \n ');
    await store.save();
    expect(bridge.inputs('capture.save')).toEqual([]);
    expect(store.useCapture.getState().error).toBe('Write something first.');
  });
});
