import './schema-mode';
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  type EventName,
  type EventPayload,
  events,
} from '../shared/contract';
import { AppError, TwigError } from '../shared/errors';

/** What the preload script puts on `window`: the only way out of a renderer. */
export interface TwigBridge {
  invoke(name: string, input: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }>;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

declare global {
  interface Window {
    twig: TwigBridge;
  }
}

type InputArgument<N extends CommandName> = CommandInput<N> extends undefined ? [] : [input: CommandInput<N>];

/**
 * Asks main to carry out one command of the contract and resolves with its checked answer.
 * Rejects with a TwigError: main's own, or `corrupt` when the answer does not fit the contract.
 */
export async function invoke<N extends CommandName>(name: N, ...[input]: InputArgument<N>): Promise<CommandOutput<N>> {
  const answer = await window.twig.invoke(name, input);
  if (!answer.ok) {
    const error = AppError.safeParse(answer.error);
    if (!error.success) throw new TwigError('corrupt', 'Twig could not read its own answer. Restart Twig.');
    throw new TwigError(error.data.kind, error.data.message, error.data);
  }
  const value = commands[name].output.safeParse(answer.value);
  if (!value.success) throw new TwigError('corrupt', 'Twig could not read its own answer. Restart Twig.');
  return value.data as CommandOutput<N>;
}

/** Calls `listener` for each event of that name that fits the contract; returns the way to stop. */
export function listen<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
  return window.twig.on(name, (payload) => {
    const event = events[name].safeParse(payload);
    if (event.success) listener(event.data as EventPayload<N>);
  });
}

/** The sentence to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof TwigError) return error.message;
  return 'Something unexpected went wrong in this window. Try again; if it stays, restart Twig.';
}
