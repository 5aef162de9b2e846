// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { invoke, listen } from '../../../renderer/bridge';
import { appState, installBridge, refusal } from './bridge-double';

it('hands on the checked answer of a command', async () => {
  installBridge({ 'app.state': () => appState() });
  expect((await invoke('app.state')).version).toBe('0.0.0');
});

it('rejects with the error main gave', async () => {
  installBridge({
    'sync.now': () => {
      throw { ...refusal('The server is busy.', 'rateLimited'), retryAt: 1_000 };
    },
  });
  await expect(invoke('sync.now')).rejects.toMatchObject({
    name: 'TwigError',
    kind: 'rateLimited',
    message: 'The server is busy.',
    retryAt: 1_000,
  });
});

it('rejects an answer, and an error, that does not fit the contract', async () => {
  installBridge({
    'app.state': () => ({ version: 7 }),
    'sync.now': () => {
      throw { stack: 'at secret' };
    },
  });
  await expect(invoke('app.state')).rejects.toMatchObject({ kind: 'corrupt' });
  await expect(invoke('sync.now')).rejects.toMatchObject({ kind: 'corrupt' });
});

it('drops events that do not fit the contract, and stops when told to', () => {
  const bridge = installBridge();
  const listener = vi.fn();
  const stop = listen('outbox.changed', listener);
  bridge.emit('outbox.changed', { connectionId: 'Not An Id' });
  bridge.emit('outbox.changed', { connectionId: 'acme' });
  stop();
  bridge.emit('outbox.changed', { connectionId: 'acme' });
  expect(listener.mock.calls).toEqual([[{ connectionId: 'acme' }]]);
});
