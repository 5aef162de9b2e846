import { launchTwig } from '../support/desktop';
import { invoke } from '../support/steps';
import { bareAlone, launchBare, twigAlone } from './desktop';
import { type Figure, figure, percentile } from './report';

const ROUNDS = 5;

/** From nothing to ready, signed in to a workspace of 100,000 people; beside a bare hello world. */
export async function measureStart(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const ours = { armed: [] as number[], painted: [] as number[], searchable: [] as number[] };
  const bare = { armed: [] as number[], painted: [] as number[], driven: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    say(`start: round ${round + 1} of ${ROUNDS}`);
    const twig = await twigAlone(directory);
    await twig.end();
    const other = await bareAlone();
    await other.end();
    ours.armed.push(twig.times.armed);
    ours.painted.push(twig.times.painted);
    bare.armed.push(other.times.armed);
    bare.painted.push(other.times.painted);
    ours.searchable.push(await searchable(directory));
    bare.driven.push(await driven());
  }
  const half = (values: readonly number[]): number => percentile(values, 0.5);
  const aim = { ratioAtMost: 1.3 };
  return [
    figure('cold start to hotkey armed', half(ours.armed), 'ms', half(bare.armed), aim),
    figure('cold start to first painted window', half(ours.painted), 'ms', half(bare.painted), aim),
    figure('open at 100k, start to first searchable', half(ours.searchable), 'ms', half(bare.driven), {
      atMost: Math.round(half(bare.driven) + 400),
    }),
  ];
}

/** Milliseconds from the start until a search over the bridge is answered. */
async function searchable(directory: string): Promise<number> {
  const start = performance.now();
  const twig = await launchTwig({ userDataDir: directory, args: ['--background'] });
  const page = await twig.captureWindow();
  let found = 0;
  while (found === 0) {
    const query = { query: 'smith', objects: null, limit: 20 };
    found = (await invoke(page, 'contacts.search', query).catch(() => null))?.results.length ?? 0;
  }
  const time = performance.now() - start;
  await twig.close();
  return time;
}

/** Milliseconds from the start until the bare app's page answers, asked in the same way. */
async function driven(): Promise<number> {
  const start = performance.now();
  const bare = await launchBare(true);
  await bare.page.evaluate(() => document.title);
  const time = performance.now() - start;
  await bare.close();
  return time;
}
