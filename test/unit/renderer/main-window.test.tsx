// @vitest-environment happy-dom
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordRef } from '../../../shared/app/contacts';
import type { AppState } from '../../../shared/app/state';
import { appState, type BridgeDouble, connection, id, installBridge, person } from './bridge-double';

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

let bridge: BridgeDouble;

async function open(state: AppState = appState()): Promise<void> {
  bridge = installBridge({
    'app.state': () => state,
    'contacts.search': ({ query }: { query: string }) => ({ query, results: [person(1, 'Jane Smith')], total: 1 }),
    'contacts.card': (ref: RecordRef) => ({
      object: 'person',
      record: { id: ref.id, emails: { primaryEmail: 'jane@acme.example' } },
      title: 'Jane Smith',
      subtitle: 'CTO',
      company: null,
      people: [],
      deals: [],
      timeline: [],
      hasMoreTimeline: false,
      pending: false,
    }),
    'contacts.copy': () => ({ copied: 'jane@acme.example' }),
    'connections.members': () => [{ id: id(900), name: 'Ada Meier', email: 'ada@acme.example' }],
    'outbox.list': () => [],
    'outbox.undo': () => ({ message: 'Taken back.' }),
  });
  const app = await import('../../../renderer/app/state');
  const { App } = await import('../../../renderer/app/App');
  app.followAppState();
  await waitFor(() => expect(app.useApp.getState().state).not.toBeNull());
  render(<App />);
}

const go = (name: string) => userEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name }));

beforeEach(() => {
  vi.resetModules();
});
afterEach(cleanup);

it('has the names its users and tests rely on', async () => {
  await open(appState({ connections: [connection({ outbox: { waiting: 2, failed: 0 } })] }));
  for (const name of ['Contacts', 'Outbox', 'Settings']) {
    expect(within(screen.getByRole('navigation')).getByRole('button', { name })).toBeTruthy();
  }
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
  expect(await screen.findByRole('listbox', { name: 'Contacts' })).toBeTruthy();
  const detail = screen.getByRole('region', { name: 'Contact' });
  expect((await within(detail).findAllByRole('heading'))[0]?.textContent).toBe('Jane Smith');
});

it('moves into the detail with Enter, where single keys work, and back with Esc', async () => {
  await open();
  await screen.findByRole('heading', { name: 'Jane Smith' });
  const user = userEvent.setup();
  await user.keyboard('n');
  expect(bridge.inputs('capture.about')).toEqual([]);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Contact' })));
  await user.keyboard('t{Control>}c{/Control}');
  expect(bridge.inputs('capture.about')).toEqual([{ object: 'person', id: id(1), kind: 'task' }]);
  expect(bridge.inputs('contacts.copy')).toEqual([{ object: 'person', id: id(1), what: 'email', index: 0 }]);
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
});

it('clears with Esc, then hides', async () => {
  await open();
  const user = userEvent.setup();
  const search = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' });
  await user.type(search, 'jan{Escape}');
  expect(search.value).toBe('');
  expect(bridge.inputs('app.hide')).toHaveLength(0);
  await user.keyboard('{Escape}');
  expect(bridge.inputs('app.hide')).toHaveLength(1);
});

it('offers Undo after a write, by button and by key', async () => {
  await open();
  bridge.emit('toast', { message: 'Task saved', undoEntryId: id(7), level: 'info' });
  expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy();
  await userEvent.setup().keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(bridge.inputs('outbox.undo')).toEqual([{ id: id(7) }]));
});

it('asks who the user is until it is told', async () => {
  await open(appState({ connections: [connection({ member: null })] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Ada Meier' }));
  expect(bridge.inputs('connections.chooseMember')).toEqual([{ id: 'acme', memberId: id(900) }]);
});

describe('Settings', () => {
  it('says truthfully how the key is kept', async () => {
    const vault = { state: 'unprotected', kept: 'accepted', backend: 'basic_text' } as const;
    await open(appState({ connections: [connection({ vault })] }));
    await go('Settings');
    expect(await screen.findByText(/not protected: no keyring here/)).toBeTruthy();
  });

  it('warns of captures that would be lost before it signs out', async () => {
    await open(appState({ connections: [connection({ outbox: { waiting: 2, failed: 0 } })] }));
    bridge.answer('connections.signOut', () => ({ signedOut: true, waiting: 0 }));
    await go('Settings');
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(await screen.findByText(/2 captures have not arrived yet/)).toBeTruthy();
    expect(bridge.inputs('connections.signOut')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Sign out and lose 2' }));
    await waitFor(() => expect(bridge.inputs('connections.signOut')).toEqual([{ id: 'acme', discardWaiting: true }]));
  });

  it('records a shortcut by pressing it, and says when it is taken', async () => {
    await open();
    bridge.answer('settings.hotkey', ({ accelerator }: { accelerator: string }) => ({
      accelerator,
      state: 'taken',
      message: 'Another program has these keys.',
    }));
    await go('Settings');
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Change the Capture shortcut' }));
    await user.keyboard('{Control>}{Alt>}{k}{/Alt}{/Control}');
    await waitFor(() =>
      expect(bridge.inputs('settings.hotkey')).toEqual([{ name: 'capture', accelerator: 'CommandOrControl+Alt+K' }]),
    );
    expect(await screen.findByText('Another program has these keys.')).toBeTruthy();
    expect(bridge.inputs('settings.recordHotkey')).toEqual([{ recording: true }, { recording: false }]);
  });
});

describe('Connect', () => {
  const nothing = () => appState({ connections: [], activeConnectionId: null });

  it('opens where there is nothing yet, and shows the check step by step', async () => {
    await open(nothing());
    bridge.answer('connect.twenty', () => {
      bridge.emit('connect.step', { kind: 'twenty', step: 'reachable', state: 'ok', message: 'Reached the server.' });
      return { ok: false, reason: 'failed', step: 'key', message: 'This key is not accepted.' };
    });
    const form = await screen.findByRole('form', { name: 'Connect' });
    for (const name of ['Twenty', 'Maton gateway', 'Demo workspace']) {
      expect(within(form).getByRole('radio', { name })).toBeTruthy();
    }
    const user = userEvent.setup();
    await user.type(within(form).getByRole('textbox', { name: 'Server' }), 'https://crm.example.com');
    await user.type(within(form).getByRole('textbox', { name: 'API key' }), 'not-a-real-key');
    await user.click(within(form).getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText('Reached the server.')).toBeTruthy();
    expect((await screen.findByRole('alert')).textContent).toBe('This key is not accepted.');
    expect(bridge.inputs('connect.twenty')).toEqual([
      { server: 'https://crm.example.com', apiKey: 'not-a-real-key', keep: 'sealed' },
    ]);
  });

  it('keeps a key in clear only by words', async () => {
    await open(nothing());
    bridge.answer('connect.twenty', ({ keep }: { keep: string }) =>
      keep === 'sealed'
        ? { ok: false, reason: 'unprotected', step: null, message: '' }
        : { ok: true, connectionId: 'acme' },
    );
    const user = userEvent.setup();
    await user.type(await screen.findByRole('textbox', { name: 'Server' }), 'https://crm.example.com');
    await user.type(screen.getByRole('textbox', { name: 'API key' }), 'not-a-real-key{Enter}');
    const clear = await screen.findByRole<HTMLButtonElement>('button', { name: 'Keep in clear' });
    expect(clear.disabled).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'In words' }), 'keep it unprotected');
    await user.click(clear);
    await waitFor(() => expect(bridge.inputs('connect.twenty').at(-1)).toMatchObject({ keep: 'accepted' }));
  });

  it('connects the demo workspace in one go', async () => {
    await open(nothing());
    bridge.answer('connect.demo', () => ({ ok: true, connectionId: 'demo' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'Demo workspace' }));
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }));
    await waitFor(() => expect(bridge.inputs('connect.demo')).toHaveLength(1));
  });

  it('offers sign-in first where the server has it', async () => {
    await open(nothing());
    bridge.answer('connect.discover', () => ({ oauth: true, cleartext: false, message: 'This is Twenty.' }));
    bridge.answer('connect.signIn', () => ({ ok: false, reason: 'cancelled', step: 'browser', message: '' }));
    const user = userEvent.setup();
    await user.type(await screen.findByRole('textbox', { name: 'Server' }), 'https://crm.example.com');
    await user.tab();
    await user.click(await screen.findByRole('button', { name: 'Sign in with Twenty' }));
    expect(bridge.inputs('connect.signIn')).toEqual([{ server: 'https://crm.example.com', keep: 'sealed' }]);
  });
});
