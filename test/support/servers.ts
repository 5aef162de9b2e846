import type { Page } from 'playwright';
import type { DemoOptions } from '../../main/demo';
import type { Twig } from './desktop';
import { chooseFirstMember, connectTwenty } from './steps';

/** The kinds of server in use; `TWIG_DIALECT=old` runs what is asked of all of them on that one alone. */
const SERVERS: Readonly<Record<string, DemoOptions>> = {
  current: { dialect: 'current' },
  old: { dialect: 'old' },
  a: { dialect: 'a' },
  'b-through-maton': { dialect: 'b', maton: true },
};
const only = process.env.TWIG_DIALECT;
export const chosenServers = Object.entries(SERVERS).filter(([name]) => !only || name.startsWith(only));

/** Connects a server the way it is reached: directly, or through the gateway. */
export async function connectServer(
  twig: Twig,
  options: DemoOptions,
  server: { url: string; key: string },
): Promise<Page> {
  if (!options.maton) return connectTwenty(twig, server);
  const page = await twig.mainWindow();
  const form = page.getByRole('form', { name: 'Connect' });
  await form.getByRole('radio', { name: 'Maton gateway' }).check();
  await form.getByRole('textbox', { name: 'API key' }).fill(server.key);
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await chooseFirstMember(page);
  return page;
}
