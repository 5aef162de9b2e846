import { cpus, totalmem } from 'node:os';

/** One measured figure beside what it is compared with in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The compared figure, in the same unit; null when there is none. */
  baseline: number | null;
  /** value / baseline. */
  ratio: number | null;
  /** What is wanted, in words: `<= 8 ms`. Empty for a figure that is only told. */
  aim: string;
  /** Null when there is no aim. */
  met: boolean | null;
}

/** One part of `npm run bench`; prints nothing itself. */
export interface Bench {
  name: string;
  run(say: (line: string) => void): AsyncIterable<Figure>;
}

export interface Aim {
  /** `at most` or `at least` this value, or this ratio to the baseline. */
  atMost?: number;
  atLeast?: number;
  ratioAtMost?: number;
  ratioAtLeast?: number;
}

/** Makes a figure and judges it by its aim. */
export function figure(
  name: string,
  value: number,
  unit: string,
  baseline: number | null = null,
  aim: Aim = {},
): Figure {
  const ratio = baseline === null || baseline === 0 ? null : value / baseline;
  const judged: [string, boolean][] = [];
  if (aim.atMost !== undefined) judged.push([`<= ${aim.atMost} ${unit}`, value <= aim.atMost]);
  if (aim.atLeast !== undefined) judged.push([`>= ${aim.atLeast} ${unit}`, value >= aim.atLeast]);
  if (aim.ratioAtMost !== undefined)
    judged.push([`<= ${aim.ratioAtMost} x`, ratio !== null && ratio <= aim.ratioAtMost]);
  if (aim.ratioAtLeast !== undefined)
    judged.push([`>= ${aim.ratioAtLeast} x`, ratio !== null && ratio >= aim.ratioAtLeast]);
  return {
    name,
    value,
    unit,
    baseline,
    ratio,
    aim: judged.map(([words]) => words.trim()).join(', '),
    met: judged.length === 0 ? null : judged.every(([, isMet]) => isMet),
  };
}

/** The value below which this share of the values lies; `values` may be in any order and is not changed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What the figures were measured on. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${process.platform} ${process.arch}, ${cpus().length} x ${model}, ${memory} GB, Node ${process.version}`;
}

/** A table for a terminal or, with the same columns, for a Markdown file. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'value', 'unit', 'baseline', 'ratio', 'aim', 'met'],
    ...figures.map((one) => [
      one.name,
      short(one.value),
      one.unit,
      one.baseline === null ? '' : short(one.baseline),
      one.ratio === null ? '' : `${short(one.ratio)} x`,
      one.aim,
      one.met === null ? '' : one.met ? 'yes' : 'NO',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(size >= 1 ? 2 : 3);
}
