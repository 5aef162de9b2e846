import { join } from 'node:path';
import Libsql from 'libsql';
import type { Draft } from '../../shared/capture/draft';
import { type Bench, type Figure, figure, percentile } from './report';
import { builtWorker, inFolder, openForBench } from './workspace';

const ROUNDS = 500;
const PERSON = '11111111-1111-4111-8111-111111111111';

/** From Save to the receipt: the capture is on the disk. Beside it, the same text inserted with the bare driver. */
export const receiptBench: Bench = {
  name: 'receipt',
  async *run() {
    yield* await inFolder(measure);
  },
};

async function measure(directory: string): Promise<Figure[]> {
  const workspace = await openForBench({
    directory: join(directory, 'workspace'),
    client: null,
    mirrorWorker: await builtWorker(),
  });
  const bare = new Libsql(join(directory, 'bare.db'));
  bare.exec('PRAGMA journal_mode = WAL');
  bare.exec('PRAGMA synchronous = FULL');
  bare.exec('CREATE TABLE captures (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = bare.prepare('INSERT INTO captures (body) VALUES (?)');
  const ours: number[] = [];
  const theirs: number[] = [];
  // One after the other in turns, so that both meet the same disk.
  for (let round = 0; round < ROUNDS; round += 1) {
    const draft = draftNumber(round);
    const saving = performance.now();
    await workspace.capture(draft);
    ours.push(performance.now() - saving);
    const text = JSON.stringify(draft);
    const inserting = performance.now();
    insert.run([text]);
    theirs.push(performance.now() - inserting);
  }
  bare.close();
  await workspace.close();
  return [
    figure('Save to durable receipt p50', percentile(ours, 0.5), 'ms', percentile(theirs, 0.5)),
    figure('Save to durable receipt p95', percentile(ours, 0.95), 'ms', percentile(theirs, 0.95), { ratioAtMost: 2 }),
  ];
}

function draftNumber(number: number): Draft {
  return {
    kind: 'task',
    title: `Send the proposal, number ${number}`,
    body: 'With the prices we agreed on.\n\n- and the list',
    due: { at: '2031-05-04T15:00:00.000Z', hasTime: true, words: 'in May' },
    assigneeId: null,
    links: [{ object: 'person', id: PERSON, label: 'Jane Smith' }],
    connectionId: 'bench',
    replaces: null,
  };
}
