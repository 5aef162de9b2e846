import { expect, it } from 'vitest';
import { bench, seed } from './support/bench';

it('knows after a restart how each list was laid out', async () => {
  const { open, server } = bench();
  seed(server);
  const first = await open();
  expect(await first.layouts.get('person')).toBeNull();
  const layout = { columns: ['name', 'city'], sort: [{ field: 'city', descending: true }], widths: { city: 22.5 } };
  await first.layouts.keep('person', { columns: null, sort: [], widths: {} });
  await first.layouts.keep('person', layout);
  await first.close();
  const second = await open();
  expect(await second.layouts.get('person')).toEqual(layout);
  expect(await second.layouts.get('company')).toBeNull();
  await second.close();
});
