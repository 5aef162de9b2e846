import { once } from 'node:events';
import { describe, it } from 'vitest';
import { launchTwig } from '../support/desktop';
import { connectDemo } from '../support/steps';

describe('quitting', () => {
  it.each(['on Connect', 'in a workspace'])('ends every process when the system asks for it, %s', async (where) => {
    const twig = await launchTwig();
    const page = await twig.mainWindow();
    if (where === 'on Connect') await page.getByRole('form', { name: 'Connect' }).waitFor();
    else await connectDemo(twig);
    const ended = once(twig.app.process(), 'exit');
    twig.app.process().kill('SIGTERM');
    await ended;
  });
});
