import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { launchTwig, until } from '../support/desktop';
import { invoke } from '../support/steps';
import { type Alone, bareAlone, launchBare, SETTLED, twigAlone } from './desktop';
import { type Figure, figure } from './report';

const SECONDS = 60;
/** Ticks of processor time a second, as Linux counts them. */
const TICKS = 100;

/** Memory and processor of all processes while nothing happens, with 100,000 people loaded and windows hidden. */
export async function measureIdle(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const twig = await launchTwig({ userDataDir: directory, args: ['--background'] });
  const page = await twig.captureWindow();
  await until('the copy', async () => {
    const answer = await invoke(page, 'contacts.search', { query: 'smith', objects: null, limit: 20 });
    return answer.results.length > 0;
  });
  await wait(SETTLED);
  const ours = megabytes(twig.app.process().pid ?? 0);
  await twig.close();
  const bare = await launchBare(true);
  await wait(SETTLED);
  const theirs = megabytes(bare.app.process().pid ?? 0);
  await bare.close();
  say(`idle: ${SECONDS} s of each`);
  const twigBusy = await busy(await twigAlone(directory, true));
  const bareBusy = await busy(await bareAlone(true));
  return [
    figure('idle memory, all processes, 100k loaded', ours, 'MB', theirs, { ratioAtMost: 1.6 }),
    figure(`idle processor over ${SECONDS} s`, twigBusy, '%', bareBusy, { atMost: 0.05 }),
  ];
}

/** Per cent of one processor that a program takes when left alone; ends it. */
async function busy(program: Alone): Promise<number> {
  await wait(SETTLED);
  const before = processorTicks(program.pid);
  await wait(SECONDS * 1_000);
  const ticks = processorTicks(program.pid) - before;
  await program.end();
  return (ticks / TICKS / SECONDS) * 100;
}

function megabytes(pid: number): number {
  return family(pid).reduce((sum, one) => sum + proportional(one), 0) / 1_000;
}

/** A process and everything it started. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  const all = [pid];
  for (const one of all) all.push(...(children.get(one) ?? []));
  return all;
}

function statOf(pid: number): { parent: number; ticks: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    return { parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    return null;
  }
}

function processorTicks(pid: number): number {
  return family(pid).reduce((sum, one) => sum + (statOf(one)?.ticks ?? 0), 0);
}

/** Kilobytes of a process, with what it shares counted in proportion. */
function proportional(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
}
