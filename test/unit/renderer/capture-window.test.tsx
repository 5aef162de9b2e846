// @vitest-environment happy-dom
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appState, type BridgeDouble, connection, id, installBridge, person, refusal } from './bridge-double';

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

let bridge: BridgeDouble;

async function open(state = appState()): Promise<HTMLTextAreaElement> {
  bridge = installBridge({
    'app.state': () => state,
    'capture.draft': () => ({ text: '', kind: 'note', links: [], dismissed: [], assigneeId: null, replaces: null }),
    'capture.save': () => ({ entryId: id(5), object: 'note', recordId: id(6), at: 1, message: 'Saved' }),
    'contacts.search': ({ query }: { query: string }) => ({
      query,
      results: [person(1, 'Jane Smith'), person(2, 'Jan Smit')],
      total: 2,
    }),
  });
  const app = await import('../../../renderer/app/state');
  const { followCapture } = await import('../../../renderer/capture/store');
  const { CaptureWindow } = await import('../../../renderer/capture/CaptureWindow');
  app.followAppState();
  followCapture();
  await waitFor(() => expect(app.useApp.getState().state).not.toBeNull());
  render(<CaptureWindow />);
  return screen.getByRole('textbox', { name: 'Capture' });
}

beforeEach(() => {
  vi.resetModules();
});
afterEach(cleanup);

it('takes letters at once, links by keyboard and saves with Enter', async () => {
  const field = await open();
  expect(document.activeElement).toBe(field);
  const user = userEvent.setup();
  await user.keyboard('Ask @jan');
  await screen.findByRole('option', { name: /Jane Smith/ });
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(field.value).toBe('Ask @Jan Smit '));
  await user.keyboard('about it{Enter}');
  await waitFor(() =>
    expect(bridge.inputs('capture.save')).toMatchObject([
      { kind: 'note', title: 'Ask Jan Smit about it', links: [{ id: id(2), label: 'Jan Smit' }] },
    ]),
  );
  await waitFor(() => expect(field.value).toBe(''));
});

it('closes the list with Esc first, then hides', async () => {
  await open();
  const user = userEvent.setup();
  await user.keyboard('@j');
  await screen.findByRole('listbox', { name: 'Matches' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(bridge.inputs('capture.hide')).toHaveLength(0);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(bridge.inputs('capture.hide')).toHaveLength(1));
});

it('switches between note and task by key and by radio, and shows what is due and whose it is', async () => {
  await open();
  const user = userEvent.setup();
  await user.keyboard('{Control>}t{/Control}');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Task' }).checked).toBe(true);
  await user.keyboard('Call tomorrow 3pm');
  expect(await screen.findByText('Tomorrow 15:00')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Me' }).getAttribute('aria-pressed')).toBe('true');
  await user.click(screen.getByRole('radio', { name: 'Note' }));
  expect(screen.queryByText('Tomorrow 15:00')).toBeNull();
});

it('makes lines with Shift+Enter and says in the status why it cannot be saved', async () => {
  const field = await open();
  bridge.answer('capture.save', () => {
    throw refusal('This workspace is read only.');
  });
  const user = userEvent.setup();
  await user.keyboard('One{Shift>}{Enter}{/Shift}two');
  expect(field.value).toBe('One\ntwo');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('This workspace is read only.'));
  expect(field.value).toBe('One\ntwo');
});

it('says that it is offline and that nothing is lost', async () => {
  await open(appState({ connections: [connection({ online: false, outbox: { waiting: 2, failed: 0 } })] }));
  expect(screen.getByRole('status').textContent).toBe('Offline, 2 waiting, kept safe');
});
