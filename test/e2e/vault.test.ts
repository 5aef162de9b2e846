import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchTwig, type Twig, until } from '../support/desktop';
import { chooseFirstMember, connectTwenty, fillConnect, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

describe('where the key is kept', () => {
  let server: TestTwenty;
  let twig: Twig;
  let profile: string;
  const vaultFiles = (): string[] => {
    try {
      return readdirSync(join(profile, 'vault'));
    } catch {
      return [];
    }
  };
  const again = async (keyring: boolean): Promise<void> => {
    await twig.quit();
    twig = await launchTwig({ userDataDir: profile, keyring });
  };

  beforeEach(async () => {
    server = await startTwenty();
  });
  afterEach(async () => {
    await twig.close();
    await server.stop();
  });

  it('is the system keyring, which says so, and the key works after a restart', async () => {
    twig = await launchTwig();
    profile = twig.userDataDir;
    await synced(await connectTwenty(twig, server));
    const [file] = vaultFiles();
    const stored = JSON.parse(readFileSync(join(profile, 'vault', file ?? ''), 'utf8')) as {
      protection: string;
      data: string;
    };
    expect(stored.protection).toBe('sealed');
    // Chromium marks what a real keyring sealed; `v10` would only be obfuscated.
    expect(Buffer.from(stored.data, 'base64').subarray(0, 3).toString()).toBe('v11');
    server.demo.faults.clearJournal();
    await again(true);
    const page = await twig.mainWindow();
    await until('calls with the key', async () => server.demo.faults.journal.some(({ status }) => status === 200));
    const state = await invoke(page, 'app.state', undefined);
    expect(state.connections[0]?.vault.state).toBe('sealed');
  });

  it('asks where there is no keyring, keeps it for the session, and is signed out after a restart with everything waiting', async () => {
    twig = await launchTwig({ keyring: false });
    profile = twig.userDataDir;
    const page = await twig.mainWindow();
    await fillConnect(page, server);
    await page.getByRole('dialog').getByRole('button', { name: 'Keep for this session' }).click();
    await chooseFirstMember(page);
    await synced(page);
    expect(vaultFiles()).toEqual([]);
    await server.stop();
    const { activeConnectionId } = await invoke(page, 'app.state', undefined);
    await invoke(page, 'capture.save', draft('Waits for a key', activeConnectionId));

    await again(false);
    const restarted = await twig.mainWindow();
    const state = await invoke(restarted, 'app.state', undefined);
    expect(state.connections[0]).toMatchObject({
      vault: { state: 'absent' },
      sync: { phase: 'signedOut' },
      outbox: { waiting: 1 },
    });
    await restarted.getByRole('button', { name: 'Outbox' }).click();
    await restarted.getByText('Waits for a key').first().waitFor();
  });

  it('is kept in clear only after the words were typed, and the app says so', async () => {
    twig = await launchTwig({ keyring: false });
    profile = twig.userDataDir;
    const page = await twig.mainWindow();
    await fillConnect(page, server);
    const dialog = page.getByRole('dialog');
    const accept = dialog.getByRole('button', { name: 'Keep in clear' });
    expect(await accept.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('keep it unprotected');
    await accept.click();
    await chooseFirstMember(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByText(/not protected/)
      .first()
      .waitFor();
  });

  it('starts signed out when the keyring changed, names the old one, loses nothing, and comes back with a key', async () => {
    twig = await launchTwig();
    profile = twig.userDataDir;
    const page = await twig.mainWindow();
    await connectTwenty(twig, server);
    await synced(page);
    await server.stop();
    const { activeConnectionId } = await invoke(page, 'app.state', undefined);
    await invoke(page, 'capture.save', draft('Survives the keyring', activeConnectionId));
    const files = vaultFiles();

    await again(false);
    const locked = await twig.mainWindow();
    const state = await invoke(locked, 'app.state', undefined);
    expect(state.connections[0]?.vault).toMatchObject({ state: 'undecryptable', sealedBy: 'gnome_libsecret' });
    expect(vaultFiles()).toEqual(files);
    await locked.getByRole('button', { name: 'Outbox' }).click();
    await locked.getByText('Survives the keyring').first().waitFor();

    await server.start();
    await invoke(locked, 'connect.again', { id: state.connections[0]?.id ?? '', apiKey: server.key, keep: 'session' });
    await until('the capture on the server', async () =>
      server.rows('note').some((row) => row.title === 'Survives the keyring'),
    );
    expect(server.rows('note').filter((row) => row.title === 'Survives the keyring')).toHaveLength(1);
  });

  it('is forgotten with everything else by signing out, offline too, after a warning about what waits', async () => {
    twig = await launchTwig();
    profile = twig.userDataDir;
    const page = await twig.mainWindow();
    await connectTwenty(twig, server);
    await synced(page);
    await server.stop();
    const { activeConnectionId } = await invoke(page, 'app.state', undefined);
    await invoke(page, 'capture.save', draft('Never sent', activeConnectionId));
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Sign out/ }).click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog
      .getByText(/One capture has not arrived yet/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: /sign out/i }).click();
    await until('the key to be gone', async () => vaultFiles().length === 0);
    await until('the workspace to be gone', async () => readdirSync(join(profile, 'workspaces')).length === 0);
  });
});

function draft(title: string, connectionId: string | null) {
  return {
    kind: 'note' as const,
    title,
    body: '',
    due: null,
    assigneeId: null,
    links: [],
    connectionId: connectionId ?? '',
  };
}
