import { launchTwig, pressGlobal, screenshot, typeGlobal, until } from '../test/support/desktop.ts';
import { connectDemo } from '../test/support/steps.ts';

/** The tour that `npm start` takes where nobody can look: the demo workspace, by keyboard, with pictures. */
const show = (line: string) => process.stderr.write(`  ${line}\n`);
const title = 'Send the renewal proposal';

const twig = await launchTwig().catch((error: unknown) => {
  show(`Twig could not be started: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
try {
  const main = await twig.mainWindow();
  await main.getByRole('form', { name: 'Connect' }).waitFor();
  await screenshot(main, '1-connect');
  await connectDemo(twig);
  show('Connected to the demo workspace: one click, no network.');

  await pressGlobal('ctrl+shift+k');
  const search = main.getByRole('searchbox', { name: 'Search' });
  await until('the search field', () => search.evaluate((field) => field === document.activeElement));
  await typeGlobal('an');
  const found = main.getByRole('listbox', { name: 'Contacts' }).getByRole('option');
  await found.first().click();
  const card = main.getByRole('region', { name: 'Contact' });
  const name = (await card.getByRole('heading').first().textContent()) ?? '';
  show(`Found ${name} by two letters.`);
  await screenshot(main, '2-contacts');

  await pressGlobal('ctrl+shift+j');
  const capture = await twig.captureWindow();
  await until('the capture window', async () => (await twig.shown('Twig Capture')).focused);
  await capture.getByRole('radio', { name: 'Task' }).check({ force: true });
  await capture.getByRole('textbox', { name: 'Capture' }).focus();
  await typeGlobal(`${title} to @${name}`);
  await capture.getByRole('option', { name }).first().waitFor();
  await pressGlobal('Return');
  await typeGlobal(' tomorrow 3pm');
  await screenshot(capture, '3-capture');
  await pressGlobal('Return');
  await until('the capture to be kept', async () => !(await twig.shown('Twig Capture')).visible);
  show(`Captured a task for tomorrow, linked to ${name}.`);

  await pressGlobal('ctrl+shift+k');
  await search.fill(name);
  await found.first().click();
  await card.getByText(title).first().waitFor();
  await screenshot(main, '4-look-up');
  show(`Looked ${name} up: the task is in the timeline.`);
} catch (error) {
  for (const [index, page] of twig.app.windows().entries()) await screenshot(page, `stopped-${index + 1}`);
  show(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  process.exitCode = 1;
} finally {
  await twig.close();
}
