import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/setup/run.mjs';
import { type Bar, barChart } from './charts';
import { type Figure, machine, table } from './report';

interface Chart {
  file: string;
  title: string;
  unit: string;
  /** Figures to draw, by the beginning of their names. */
  of: RegExp;
}

const CHARTS: readonly Chart[] = [
  { file: 'bench-search.svg', title: 'A look-up at 100,000 contacts, p95', unit: 'ms', of: /^search 100k: (.*) p95$/ },
  {
    file: 'bench-waiting.svg',
    title: 'What a person waits for',
    unit: 'ms',
    of: /^(keystroke to painted.*|hotkey.*)$/,
  },
  { file: 'bench-start.svg', title: 'From the start', unit: 'ms', of: /^(cold start.*|open at.*)$/ },
  { file: 'bench-memory.svg', title: 'Memory when idle', unit: 'MB', of: /^(idle memory.*)$/ },
  {
    file: 'bench-sync.svg',
    title: 'First sync of 100,000 people',
    unit: 'records/s',
    of: /^(first sync 100k people)$/,
  },
];

/** Writes docs/benchmarks.md and its charts from the figures of one run. */
export function writeDocument(figures: readonly Figure[]): void {
  const docs = join(root, 'docs');
  mkdirSync(docs, { recursive: true });
  const drawn = CHARTS.flatMap(({ file, title, unit, of }) => {
    const bars = figures.flatMap(({ name, value, baseline }): Bar[] => {
      const label = of.exec(name)?.[1];
      return label === undefined ? [] : [{ label, value, baseline }];
    });
    if (bars.length === 0) return [];
    writeFileSync(join(docs, file), barChart(title, unit, bars));
    return [`![${title}](${file})`];
  });
  const notes = readFileSync(join(root, 'test/bench/notes.md'), 'utf8').trim();
  const missed = figures.filter(({ met }) => met === false);
  const aims = figures.filter(({ met }) => met !== null).length;
  const text = `# Benchmarks

One run of \`npm run bench -- --write\` on ${machine()}. Every figure stands beside a baseline of the
same run; ${aims - missed.length} of ${aims} aims are met.

${drawn.join('\n\n')}

${notes}

## All figures

${table(figures)}
`;
  writeFileSync(join(docs, 'benchmarks.md'), text);
}
