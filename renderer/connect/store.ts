import { create } from 'zustand';
import type { ConnectResult, ConnectStep, KeepSecret, MatonConnection } from '../../shared/app/connections';
import type { CommandOutput } from '../../shared/contract';
import { goTo } from '../app/navigation';
import { invoke, listen, messageOf } from '../bridge';

export type Way = 'twenty' | 'maton' | 'demo';
/** What an attempt does once it knows how the secret may be kept. */
type Attempt = (keep: KeepSecret) => Promise<ConnectResult>;

interface ConnectStore {
  way: Way;
  server: string;
  /** Only while it is typed; forgotten when a connection stands or the page is left. */
  apiKey: string;
  /** What the server named in `server` said, null until it was asked. */
  discovered: CommandOutput<'connect.discover'> | null;
  steps: ConnectStep[];
  busy: 'connecting' | 'signingIn' | 'listing' | 'creating' | null;
  error: string | null;
  /** The Maton gateway's connections, null until they were listed. */
  maton: MatonConnection[] | null;
  matonChosen: string | null;
  /** Waits for the choice how to keep the secret without a keyring. */
  unprotected: Attempt | null;
}

const EMPTY: ConnectStore = {
  way: 'twenty',
  server: '',
  apiKey: '',
  discovered: null,
  steps: [],
  busy: null,
  error: null,
  maton: null,
  matonChosen: null,
  unprotected: null,
};

/** What the Connect view shows. */
export const useConnect = create<ConnectStore>(() => EMPTY);
const { getState: get, setState: set } = useConnect;

/** Follows the live check, and forgets everything typed when the view is left. Returns the way to stop. */
export function followConnect(): () => void {
  const stop = listen('connect.step', ({ step, state, message }) => {
    if (get().busy === null) return;
    const steps = get().steps.filter((known) => known.step !== step);
    set({ steps: [...steps, { step, state, message }] });
  });
  return () => {
    stop();
    if (get().busy !== null) cancel();
    set(EMPTY);
  };
}

export function chooseWay(way: Way): void {
  set({ ...EMPTY, way });
}

export function setServer(server: string): void {
  set({ server, discovered: null, error: null });
}

export function setApiKey(apiKey: string): void {
  set({ apiKey, error: null, maton: null, matonChosen: null });
}

/** Asks the typed server whether it offers sign-in. A failure says nothing yet: Connect tells. */
export async function discover(): Promise<void> {
  const server = get().server.trim();
  if (server === '' || get().discovered !== null) return;
  try {
    const discovered = await invoke('connect.discover', { server });
    if (get().server.trim() === server) set({ discovered });
  } catch {
    if (get().server.trim() === server) set({ discovered: null });
  }
}

/** Connects with what is typed. */
export function connect(): void {
  const { way, apiKey, server } = get();
  if (way === 'demo') void attempt(() => invoke('connect.demo'));
  else if (way === 'maton') void connectMaton();
  else if (server.trim() === '')
    set({ error: 'Enter the address of your Twenty, for example https://crm.example.com.' });
  else if (apiKey.trim() === '') set({ error: 'Enter an API key. In Twenty: Settings, APIs & Webhooks, Create key.' });
  else void attempt((keep) => invoke('connect.twenty', { server: server.trim(), apiKey: apiKey.trim(), keep }));
}

/** A new key for a connection that stays as it is. */
export function connectAgain(id: string): void {
  const { apiKey } = get();
  if (apiKey.trim() === '') set({ error: 'Enter the key first.' });
  else void attempt((keep) => invoke('connect.again', { id, apiKey: apiKey.trim(), keep }));
}

/** Signs in through the system browser; can be cancelled. */
export function signIn(server = get().server): void {
  void attempt((keep) => invoke('connect.signIn', { server: server.trim(), keep }), 'signingIn');
}

async function connectMaton(): Promise<void> {
  const apiKey = get().apiKey.trim();
  if (apiKey === '') {
    set({ error: 'Enter your Maton key first.' });
    return;
  }
  if (get().maton === null && !(await listMaton())) return;
  const active = get().maton?.filter(isActive) ?? [];
  const chosen = get().matonChosen ?? (active.length === 1 ? (active[0]?.id ?? null) : null);
  if (chosen === null) {
    set({
      error: active.length === 0 ? 'No connection is active yet. Create one below.' : 'Choose one of the connections.',
    });
    return;
  }
  await attempt((keep) => invoke('connect.maton', { apiKey, id: chosen, keep }));
}

export function chooseMaton(id: string): void {
  set({ matonChosen: id, error: null });
}

export function isActive(connection: MatonConnection): boolean {
  return connection.status.toUpperCase() === 'ACTIVE';
}

/** Lists the gateway's connections; false when that failed. */
export function listMaton(): Promise<boolean> {
  return maton('listing', () => invoke('connect.matonList', { apiKey: get().apiKey.trim() }));
}

/** Opens the gateway's page in the browser and waits until the connection is active. */
export function createMaton(): Promise<boolean> {
  return maton('creating', () => invoke('connect.matonCreate', { apiKey: get().apiKey.trim() }));
}

/** Deletes a connection at the gateway; ask first. */
export function deleteMaton(id: string): Promise<boolean> {
  return maton('listing', () => invoke('connect.matonDelete', { apiKey: get().apiKey.trim(), id }));
}

async function maton(busy: 'listing' | 'creating', ask: () => Promise<MatonConnection[]>): Promise<boolean> {
  set({ busy, error: null });
  try {
    const found = await ask();
    const active = found.filter(isActive);
    const kept = active.some(({ id }) => id === get().matonChosen);
    set({ maton: found, matonChosen: kept ? get().matonChosen : (active[0]?.id ?? null), busy: null });
    return true;
  } catch (error) {
    set({ error: messageOf(error), busy: null });
    return false;
  }
}

async function attempt(
  run: Attempt,
  busy: 'connecting' | 'signingIn' = 'connecting',
  keep: KeepSecret = 'sealed',
): Promise<void> {
  set({ busy, steps: [], error: null, unprotected: null });
  try {
    const result = await run(keep);
    if (result.ok) {
      set(EMPTY);
      goTo('contacts');
    } else if (result.reason === 'unprotected') {
      set({ busy: null, unprotected: run });
    } else {
      fail(result.step, result.reason === 'cancelled' ? null : result.message);
    }
  } catch (error) {
    set({ busy: null, error: messageOf(error) });
  }
}

/** Says at the step that failed what went wrong, or below the form when no step is named. */
function fail(step: ConnectStep['step'] | null, message: string | null): void {
  const before = get().steps.filter((known) => known.step !== step && known.state !== 'running');
  if (step === null || message === null) set({ busy: null, steps: before, error: message });
  else set({ busy: null, steps: [...before, { step, state: 'failed', message }], error: null });
}

/** Goes on without a keyring in the way the user chose, or gives up with null. */
export function keepAs(keep: 'session' | 'accepted' | null): void {
  const { unprotected } = get();
  if (keep === null || unprotected === null) set({ unprotected: null });
  else void attempt(unprotected, 'connecting', keep);
}

/** Stops what runs. */
export function cancel(): void {
  void invoke('connect.cancel').catch(() => undefined);
}
