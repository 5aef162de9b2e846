import { crmBench } from './crm.bench';
import { desktopBench } from './desktop.bench';
import { writeDocument } from './document';
import { receiptBench } from './receipt.bench';
import { type Bench, type Figure, machine, table } from './report';
import { searchBench } from './search.bench';
import { serves } from './server';
import { limitBench, syncBench } from './sync.bench';

/** Every part, in the order it runs. */
const BENCHES: readonly Bench[] = [searchBench, desktopBench, receiptBench, syncBench, limitBench, crmBench];

/** `--json` prints the array of figures alone; `--only NAME,NAME` runs some parts; `--write` writes docs/. */
async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : null;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const figures: Figure[] = [];
  for (const bench of BENCHES) {
    if (only && !only.includes(bench.name)) continue;
    say(`${bench.name} ...`);
    for await (const one of bench.run(say)) {
      figures.push(one);
      say(`  ${one.name}: ${one.value.toFixed(2)} ${one.unit}`);
    }
  }
  if (process.argv.includes('--write')) writeDocument(figures);
  process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : `${machine()}\n\n${table(figures)}\n`);
}

if (!(await serves())) await main();
