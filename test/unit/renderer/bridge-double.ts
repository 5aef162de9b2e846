import type { ConnectionView } from '../../../shared/app/connections';
import type { SearchResult } from '../../../shared/app/contacts';
import { Settings } from '../../../shared/app/settings';
import type { AppState } from '../../../shared/app/state';
import { AppState as AppStateSchema } from '../../../shared/app/state';
import type { CommandName, EventName } from '../../../shared/contract';

type Handler = (input: never) => unknown;

/** Stands in for the preload bridge: answers by command name, records every call, sends events. */
export interface BridgeDouble {
  calls: { name: string; input: unknown }[];
  /** Inputs of every call of one command so far. */
  inputs(name: CommandName): unknown[];
  /** Answers of a command from now on; a thrown value becomes a refusal. */
  answer(name: CommandName, handler: Handler): void;
  emit(name: EventName, payload: unknown): void;
}

export function installBridge(answers: Partial<Record<CommandName, Handler>> = {}): BridgeDouble {
  const handlers: Partial<Record<string, Handler>> = { ...answers };
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: { name: string; input: unknown }[] = [];
  window.twig = {
    invoke: async (name, input) => {
      calls.push({ name, input });
      try {
        return { ok: true, value: await handlers[name]?.(input as never) };
      } catch (error) {
        return { ok: false, error };
      }
    },
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
  };
  return {
    calls,
    inputs: (name) => calls.filter((call) => call.name === name).map((call) => call.input),
    answer: (name, handler) => {
      handlers[name] = handler;
    },
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload);
    },
  };
}

/** A refusal as it comes over the bridge. */
export function refusal(message: string, kind = 'refused'): object {
  return { kind, message, field: null, retryAt: null };
}

/** An answer that the test gives when it wants to. */
export function later<T>(): { promise: Promise<T>; give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

/** A UUID that ends in the number. */
export const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function person(number: number, title: string): SearchResult {
  return { object: 'person', id: id(number), title, titleRanges: [], subtitle: '', subtitleRanges: [] };
}

/** A connected workspace with a known member. */
export function connection(changes: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'acme',
    kind: 'twenty',
    name: 'Acme workspace',
    server: 'https://crm.example.com',
    cleartext: false,
    member: { id: id(900), name: 'Ada Meier', email: 'ada@acme.example' },
    vault: { state: 'sealed', backend: 'gnome_libsecret' },
    readOnly: false,
    sync: {
      phase: 'idle',
      records: 0,
      total: null,
      perSecond: null,
      secondsLeft: null,
      lastSyncAt: Date.UTC(2026, 10, 22),
      message: null,
    },
    counts: { people: 2, companies: 1, opportunities: 0 },
    outbox: { waiting: 0, failed: 0 },
    online: true,
    encryptedAtRest: true,
    ...changes,
  };
}

export function appState(changes: Partial<AppState> = {}): AppState {
  const hotkey = { accelerator: 'CommandOrControl+Shift+J', state: 'registered', message: 'Ready.' } as const;
  return AppStateSchema.parse({
    version: '0.0.0',
    platform: 'linux',
    fallbackRuntime: false,
    settings: Settings.parse({}),
    hotkeys: { capture: hotkey, contacts: hotkey },
    tray: 'shown',
    keyring: { available: true, backend: 'gnome_libsecret' },
    connections: [connection()],
    activeConnectionId: 'acme',
    notices: [],
    ...changes,
  });
}
