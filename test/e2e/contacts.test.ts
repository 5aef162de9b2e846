import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchTwig, pressGlobal, type Twig, typeGlobal, until } from '../support/desktop';
import { connectDemo } from '../support/steps';

describe('contacts', () => {
  let twig: Twig;
  beforeAll(async () => {
    twig = await launchTwig();
    await connectDemo(twig);
  });
  afterAll(() => twig.close());

  const search = async (text: string) => {
    const page = await twig.mainWindow();
    await pressGlobal('ctrl+shift+k');
    await until('the caret in Search', () =>
      page.getByRole('searchbox', { name: 'Search' }).evaluate((field) => field === document.activeElement),
    );
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await typeGlobal(text);
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe(text);
    return page;
  };

  it.each(['jan smi', 'smith jane', 'jnae smith', 'jane acme', 'jsmith', 'JANE.SMITH'])(
    'finds Jane Smith by "%s"',
    async (text) => {
      const page = await search(text);
      const first = page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first();
      await expect.poll(() => first.innerText()).toContain('Jane Smith');
    },
  );

  it('finds people by a piece of their phone number in any form', async () => {
    const page = await search('jane smith');
    await pressGlobal('Return');
    const card = page.getByRole('region', { name: 'Contact' });
    await card.getByRole('heading', { name: 'Jane Smith' }).waitFor();
    const phone = (await card.innerText()).match(/\+1 [\d ()-]{8,}\d/)?.[0] ?? '';
    const digits = phone.replace(/\D/g, '').slice(-7);
    const again = await search(`${digits.slice(0, 3)}-${digits.slice(3)}`);
    await expect
      .poll(() => again.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first().innerText())
      .toContain('Jane Smith');
  });

  it('forgives accents', async () => {
    const page = await search('zoe weiss');
    await expect
      .poll(() => page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first().innerText())
      .toContain('Zoë Weiß');
  });

  it('copies the e-mail address and says so', async () => {
    const page = await search('jane smith');
    await pressGlobal('Return');
    const card = page.getByRole('region', { name: 'Contact' });
    await card.getByRole('heading', { name: 'Jane Smith' }).waitFor();
    await card
      .getByRole('button', { name: /Copy e-mail/i })
      .first()
      .click();
    await expect.poll(() => twig.app.evaluate(async ({ clipboard }) => clipboard.readText())).toMatch(/^jane\.smith@/);
  });

  it('opens mail and calls through the system, and nothing else', async () => {
    const page = await search('jane smith');
    await twig.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (address: string) => void opened.push(address);
    });
    await pressGlobal('Return');
    const card = page.getByRole('region', { name: 'Contact' });
    await card
      .getByRole('button', { name: /^(Write|Mail|E-mail)/i })
      .first()
      .click();
    await card.getByRole('button', { name: /^Call/i }).first().click();
    const opened = () => twig.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    await expect.poll(opened).toHaveLength(2);
    expect((await opened())[0]).toMatch(/^mailto:jane\.smith@[a-z.]+$/);
    expect((await opened())[1]).toMatch(/^tel:\+1\d{10}$/);
  });

  it('takes a note about her to Capture, with the link made', async () => {
    const page = await search('jane smith');
    await pressGlobal('Return');
    await page.getByRole('region', { name: 'Contact' }).getByRole('button', { name: /^Note/ }).click();
    await until('Capture to be focused', async () => (await twig.shown('Twig Capture')).focused);
    await typeGlobal('Prefers mornings');
    const capture = await twig.captureWindow();
    await expect
      .poll(() => capture.getByRole('textbox', { name: 'Capture' }).inputValue())
      .toContain('Prefers mornings');
    await pressGlobal('Return');
    await page.getByRole('region', { name: 'Contact' }).getByText('Prefers mornings').first().waitFor();
  });
});
