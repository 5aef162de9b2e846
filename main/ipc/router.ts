import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { type CommandName, type CommandOutput, commands } from '../../shared/contract';
import { type AppError, isTwigError, TwigError } from '../../shared/errors';
import { assertSender, type WindowName } from './sender';

export type Parsed<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
export type Handlers = {
  [N in CommandName]: (input: Parsed<N>, from: WindowName) => Answer<N> | Promise<Answer<N>>;
};
/** What a handler gives; what it gives for a command without an answer is not looked at. */
type Answer<N extends CommandName> = undefined extends CommandOutput<N> ? unknown : CommandOutput<N>;
export type Reply = { ok: true; value: unknown } | { ok: false; error: AppError };

/** Runs one command: schema in, handler, schema out; every failure becomes an error a person may read. */
export async function runCommand(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  from: WindowName,
  report: (event: string, facts: Record<string, string>) => void,
): Promise<Reply> {
  if (typeof name !== 'string' || !Object.hasOwn(commands, name)) {
    return failure(new TwigError('invalid', 'Twig does not know this command.'));
  }
  const known = name as CommandName;
  const command = commands[known];
  const parsed = command.input.safeParse(input);
  if (!parsed.success) return failure(invalidInput(parsed.error));
  try {
    const handler = handlers[known] as (input: unknown, from: WindowName) => unknown;
    const value = await handler(parsed.data, from);
    const checked = command.output.safeParse(answersNothing(known) ? undefined : value);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      report('bridge.badAnswer', { command: known, path: issue?.path.join('.') ?? '', code: issue?.code ?? '' });
      return failure(new TwigError('corrupt', 'Twig found data here that it cannot show. Try again after a sync.'));
    }
    return { ok: true, value: checked.data };
  } catch (error) {
    if (isTwigError(error)) return failure(error);
    report('bridge.failed', { command: known, error: error instanceof Error ? error.name : typeof error });
    return failure(
      new TwigError('server', 'Something unexpected went wrong in Twig. Nothing you typed was lost; try again.'),
    );
  }
}

/** Commands that no workspace has a part in: they are carried out while the workspaces still open. */
const AT_ONCE: ReadonlySet<unknown> = new Set<CommandName>([
  'app.hide',
  'app.quit',
  'capture.draft',
  'capture.keep',
  'capture.hide',
  'capture.resize',
]);

/**
 * Connects the router to Electron. A foreign sender gets a rejection and nothing else. Windows are
 * there first: their commands wait for the handlers, and for the workspaces (`opened`) where they need one.
 */
export function routeCommands(
  ipcMain: IpcMain,
  windows: ReadonlyMap<number, WindowName>,
  served: Promise<{ handlers: Handlers; opened: Promise<void> }>,
  report: (event: string, facts: Record<string, string>) => void,
): void {
  ipcMain.handle('twig:command', async (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    let from: WindowName;
    try {
      from = assertSender(event, windows);
    } catch (error) {
      report('bridge.foreignSender', { reason: error instanceof Error ? error.message : '' });
      throw error;
    }
    const { handlers, opened } = await served;
    if (!AT_ONCE.has(name)) await opened;
    return runCommand(handlers, name, input, from, report);
  });
}

function answersNothing(name: CommandName): boolean {
  return commands[name].output.type === 'undefined';
}

function failure(error: TwigError): Reply {
  return { ok: false, error: { kind: error.kind, message: error.message, field: error.field, retryAt: error.retryAt } };
}

function invalidInput(error: z.ZodError): TwigError {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || null;
  const what = field ? `"${field}" ` : '';
  return new TwigError(
    'invalid',
    `Twig cannot use this: ${what}${issue ? lowerFirst(issue.message) : 'is not valid'}.`,
    { field },
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
