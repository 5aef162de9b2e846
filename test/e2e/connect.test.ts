import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchTwig, pressGlobal, type Twig, typeGlobal, until } from '../support/desktop';
import { chooseFirstMember, connectTwenty, fillConnect, invoke, synced } from '../support/steps';
import { startTwenty, type TestTwenty } from '../support/twenty';

/** Plays the person in front of the browser: addresses that Twig opens are collected instead. */
async function catchBrowser(twig: Twig): Promise<() => Promise<string[]>> {
  await twig.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address: string) => void opened.push(address);
  });
  return () => twig.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}

describe('Connect says which step failed and what to do', () => {
  let server: TestTwenty;
  let twig: Twig;
  let page: Page;
  beforeAll(async () => {
    server = await startTwenty();
    twig = await launchTwig();
    page = await twig.mainWindow();
  });
  afterAll(async () => {
    await twig.close();
    await server.stop();
  });
  afterEach(async () => {
    server.demo.faults.clear();
    await server.start();
  });
  const attempt = async (url: string, key: string): Promise<string> => {
    await fillConnect(page, { url, key });
    const form = page.getByRole('form', { name: 'Connect' });
    await until('the attempt to end', () => form.getByRole('button', { name: 'Connect', exact: true }).isEnabled());
    return form.innerText();
  };

  it('a server that is not there', async () => {
    await server.stop();
    expect(await attempt(server.url, server.key)).toMatch(
      /Nothing answers at .*: the server is not running or the port is wrong/,
    );
  });

  it('something that is not Twenty', async () => {
    server.demo.faults.set([{ kind: 'html' }]);
    expect(await attempt(server.url, server.key)).toMatch(/answers, but not as a Twenty server/);
  });

  it.each([
    ['a wrong key', 'not-the-key'],
    ['an expired key', 'demo-expired-key'],
    ['a revoked key', 'demo-revoked-key'],
  ])('%s', async (_what, key) => {
    expect(await attempt(server.url, key)).toMatch(/key/i);
    expect((await invoke(page, 'app.state', undefined)).connections).toEqual([]);
  });

  it('addresses that would leak the key', async () => {
    for (const url of ['http://crm.example.com', 'https://user:pass@crm.example.com', 'https://crm.example.com/?a=1']) {
      expect(await attempt(url, server.key)).toMatch(/https|user name|question mark/i);
    }
  });

  it('and marks a connection that is not encrypted', async () => {
    await page.getByRole('textbox', { name: 'Server' }).fill(server.url);
    await page
      .getByText(/not encrypted/)
      .first()
      .waitFor();
  });
});

describe('signing in with Twenty', () => {
  it('goes through the browser, knows who I am, and is not counted against the key’s calls', async () => {
    const server = await startTwenty();
    const twig = await launchTwig();
    try {
      const opened = await catchBrowser(twig);
      server.demo.approveAs(server.demo.members[1] ?? null);
      const page = await twig.mainWindow();
      const form = page.getByRole('form', { name: 'Connect' });
      await form.getByRole('textbox', { name: 'Server' }).fill(server.url);
      await form.getByRole('textbox', { name: 'Server' }).press('Tab');
      await form.getByRole('button', { name: 'Sign in with Twenty' }).click();
      const [address] = await until('the browser', async () => ((await opened()).length > 0 ? opened() : null));
      const url = new URL(address ?? '');
      expect(url.searchParams.get('code_challenge_method')).toBe('S256');
      expect(new URL(url.searchParams.get('redirect_uri') ?? '').hostname).toBe('127.0.0.1');
      const answer = await fetch(url);
      expect(await answer.text()).toMatch(/close this/i);
      await synced(page);
      const state = await invoke(page, 'app.state', undefined);
      expect(state.connections[0]).toMatchObject({ kind: 'oauth', member: { id: server.demo.members[1] } });
      expect(state.connections[0]?.vault.state).toBe('sealed');
    } finally {
      await twig.close();
      await server.stop();
    }
  });

  it('can be declined, and says so', async () => {
    const server = await startTwenty();
    const twig = await launchTwig();
    try {
      const opened = await catchBrowser(twig);
      server.demo.approveAs(null);
      const page = await twig.mainWindow();
      const result = invoke(page, 'connect.signIn', { server: server.url, keep: 'sealed' });
      const [address] = await until('the browser', async () => ((await opened()).length > 0 ? opened() : null));
      await fetch(address ?? '');
      expect(await result).toMatchObject({ ok: false, message: expect.stringMatching(/declin|refus|not approved/i) });
    } finally {
      await twig.close();
      await server.stop();
    }
  });
});

describe('the Maton gateway', () => {
  it('lists, makes, chooses and deletes connections, and names itself in every request', async () => {
    const server = await startTwenty({ dialect: 'b', maton: true });
    const twig = await launchTwig({ env: { TWIG_MATON_ORIGIN: server.url } });
    try {
      const opened = await catchBrowser(twig);
      const page = await twig.mainWindow();
      const apiKey = server.key;
      const before = await invoke(page, 'connect.matonList', { apiKey });
      const making = invoke(page, 'connect.matonCreate', { apiKey });
      const [address] = await until('the browser', async () => ((await opened()).length > 0 ? opened() : null));
      await fetch(address ?? '');
      const after = await making;
      expect(after).toHaveLength(before.length + 1);
      const made = after.find((one) => !before.some((known) => known.id === one.id));
      expect(made?.status).toBe('ACTIVE');
      expect(await invoke(page, 'connect.maton', { apiKey, id: made?.id ?? '', keep: 'sealed' })).toMatchObject({
        ok: true,
      });
      await synced(page);
      const rest = await invoke(page, 'connect.matonDelete', { apiKey, id: before[0]?.id ?? '' });
      expect(rest.map((one) => one.id)).not.toContain(before[0]?.id);
      await expect(invoke(page, 'connect.matonList', { apiKey: 'not-the-key' })).rejects.toThrow(/Maton/);
    } finally {
      await twig.close();
      await server.stop();
    }
  });
});

describe('several workspaces', () => {
  it('each keep their own contacts and outbox; a key switches, a capture goes where it says', async () => {
    const first = await startTwenty();
    const second = await startTwenty({ dialect: 'old' });
    const twig = await launchTwig();
    try {
      const page = await connectTwenty(twig, first);
      await synced(page);
      await invoke(page, 'connect.twenty', { server: second.url, apiKey: second.key, keep: 'sealed' });
      await chooseFirstMember(page);
      await synced(page);
      const { connections } = await invoke(page, 'app.state', undefined);
      expect(connections.map((one) => one.server)).toEqual([first.url, second.url]);

      await until('the main window to be focused', async () => (await twig.shown('Twig')).focused);
      await pressGlobal('ctrl+shift+1');
      await until(
        'the first workspace',
        async () => (await invoke(page, 'app.state', undefined)).activeConnectionId === connections[0]?.id,
      );
      await pressGlobal('ctrl+shift+j');
      await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
      await typeGlobal('Only for the first');
      await expect
        .poll(async () => (await twig.captureWindow()).getByRole('textbox', { name: 'Capture' }).inputValue())
        .toBe('Only for the first');
      await pressGlobal('Return');
      await until('the note', async () => first.rows('note').some((row) => row.title === 'Only for the first'));
      expect(second.rows('note').some((row) => row.title === 'Only for the first')).toBe(false);
    } finally {
      await twig.close();
      await first.stop();
      await second.stop();
    }
  });
});
