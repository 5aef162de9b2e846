import type { Page } from 'playwright';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract.ts';
import { type Twig, until } from './desktop.ts';

/** Connects the demo workspace from the Connect form and answers who "me" is. */
export async function connectDemo(twig: Twig): Promise<Page> {
  const page = await twig.mainWindow();
  const form = page.getByRole('form', { name: 'Connect' });
  await form.getByRole('radio', { name: 'Demo workspace' }).check({ force: true });
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await chooseFirstMember(page);
  await page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first().waitFor();
  return page;
}

/** Fills the Connect form for a server by URL and key, and sends it. */
export async function fillConnect(page: Page, server: { url: string; key: string }): Promise<void> {
  const form = page.getByRole('form', { name: 'Connect' });
  await form.getByRole('radio', { name: 'Twenty', exact: true }).check({ force: true });
  await form.getByRole('textbox', { name: 'Server' }).fill(server.url);
  await form.getByRole('textbox', { name: 'API key' }).fill(server.key);
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** Connects a server by URL and key, and answers who "me" is. */
export async function connectTwenty(twig: Twig, server: { url: string; key: string }): Promise<Page> {
  const page = await twig.mainWindow();
  await fillConnect(page, server);
  await chooseFirstMember(page);
  return page;
}

/** Answers "Who are you?" with the first member: few are offered as buttons, many in a list. */
export async function chooseFirstMember(page: Page): Promise<void> {
  const question = page.getByRole('region', { name: 'Who are you?' });
  await question.waitFor();
  const list = question.getByRole('combobox');
  if ((await list.count()) > 0) {
    await list.click();
    await page.getByRole('option').first().click();
  } else {
    await question.getByRole('button').first().click();
  }
  await question.waitFor({ state: 'detached' });
}

/** Waits until the first sync is through, `timeout` milliseconds at most. */
export async function synced(page: Page, timeout = 60_000): Promise<void> {
  await until(
    'the first sync',
    async () => {
      const { connections, activeConnectionId } = await invoke(page, 'app.state', undefined);
      return connections.find((one) => one.id === activeConnectionId)?.sync.lastSyncAt != null;
    },
    timeout,
  );
}

/** Runs a command over the window's own bridge; throws what the app would show. */
export async function invoke<N extends CommandName>(
  page: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const answer = await page.evaluate(
    ([command, given]) =>
      (
        window as unknown as {
          twig: {
            invoke(name: string, input: unknown): Promise<{ ok: boolean; value: unknown; error?: { message: string } }>;
          };
        }
      ).twig.invoke(command as string, given),
    [name, input] as const,
  );
  if (!answer.ok) throw new Error(`${name}: ${answer.error?.message}`);
  return answer.value as CommandOutput<N>;
}
