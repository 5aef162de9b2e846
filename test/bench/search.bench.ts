import { type SearchDoc, SearchIndex } from '../../main/workspace/search';
import { corpus } from './corpus';
import { type Engine, fts5, fuse, miniSearch, plainUFuzzy, serverFilter, twig } from './engines';
import { type BenchQuery, benchQueries, QUERY_KINDS, type QueryKind, rankOf } from './queries';
import { type Bench, type Figure, figure, percentile } from './report';

const LIMIT = 20;
/** Typed letter by letter, as ours is; or only asked whole, because typing would take the day. */
type Peer = readonly [make: (docs: readonly SearchDoc[]) => Engine, perKind: number, typing: boolean];
/** Contacts, look-ups of each kind for ours, and the peers that can hold so many. */
const ROUNDS: readonly { size: number; label: string; perKind: number; aim?: number; peers: readonly Peer[] }[] = [
  {
    size: 10_000,
    label: '10k',
    perKind: 100,
    peers: [
      [plainUFuzzy, 50, true],
      [miniSearch, 50, true],
      [fuse, 10, false],
      [fts5, 50, true],
      [serverFilter, 50, true],
    ],
  },
  {
    size: 100_000,
    label: '100k',
    perKind: 100,
    aim: 8,
    peers: [
      [plainUFuzzy, 15, true],
      [miniSearch, 15, true],
      [fts5, 50, true],
      [serverFilter, 15, true],
    ],
  },
  {
    size: 1_000_000,
    label: '1M',
    perKind: 50,
    aim: 40,
    peers: [
      [plainUFuzzy, 10, false],
      [fts5, 10, true],
    ],
  },
];
const CLEAN: readonly QueryKind[] = ['clean', 'prefix', 'swapped', 'accents', 'initials', 'phone', 'email'];
const ONE_EDIT: readonly QueryKind[] = ['oneEdit', 'oneEditPrefix'];

interface Measured {
  name: string;
  /** Milliseconds per keystroke, typing each query letter by letter. */
  times: number[];
  ranks: { kind: QueryKind; rank: number }[];
}

/** Look-ups as they are typed, ours and the peers', on the same contacts with the same errors. */
export const searchBench: Bench = {
  name: 'search',
  async *run(say) {
    for (const { size, label, perKind, aim, peers } of ROUNDS) {
      say(`search: ${label} contacts`);
      // Filled before anything else is in memory: neither the peers nor their garbage are ours.
      const before = await memory();
      const own = twig(corpus(size));
      yield figure(`search ${label}: memory`, ((await memory()) - before) / 1e6, 'MB');
      yield figure(
        `search ${label}: longest step while filling`,
        own.longestStep,
        'ms',
        null,
        size > 100_000 ? {} : { atMost: 20 },
      );
      yield* opening(label, own.index);
      const docs = [...corpus(size)];
      const queries = benchQueries(docs, perKind);
      const ours = measure(own, queries);
      const others = peers.map(([make, few, typing]) => {
        const peer = make(docs);
        say(`search: ${label}, ${peer.name}`);
        return measure(
          peer,
          queries.filter((_, at) => at % perKind < few),
          typing,
        );
      });
      yield* compare(label, ours, others, aim);
    }
  },
};

function* opening(label: string, index: SearchIndex): Generator<Figure> {
  const kept = index.snapshot();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    SearchIndex.load(kept).search('a', { limit: LIMIT, now: 0 });
    times.push(performance.now() - start);
  }
  yield figure(
    `search ${label}: kept index to first answer`,
    percentile(times, 0.5),
    'ms',
    null,
    label === '100k' ? { atMost: 250 } : {},
  );
  yield figure(`search ${label}: kept index`, kept.reduce((sum, piece) => sum + piece.length, 0) / 1e6, 'MB');
}

function* compare(
  label: string,
  ours: Measured,
  others: readonly Measured[],
  aim: number | undefined,
): Generator<Figure> {
  const uFuzzy = others.find((other) => other.name === 'uFuzzy') ?? null;
  const against = (of: (measured: Measured) => number): number | null => (uFuzzy ? of(uFuzzy) : null);
  const p50 = (measured: Measured): number => percentile(measured.times, 0.5);
  const p95 = (measured: Measured): number => percentile(measured.times, 0.95);
  yield figure(`search ${label}: keystroke p50`, p50(ours), 'ms', against(p50));
  yield figure(
    `search ${label}: keystroke p95`,
    p95(ours),
    'ms',
    against(p95),
    aim === undefined ? {} : { atMost: aim },
  );
  const groups = [
    ['clean', CLEAN, 0.99],
    ['one edit', ONE_EDIT, 0.98],
    ['two edits', ['twoEdits'], 0.9],
  ] as const;
  for (const [words, kinds, wanted] of groups) {
    const of = (measured: Measured): number => recall(measured, kinds);
    yield figure(`search ${label}: recall@5 ${words}`, of(ours), '', against(of), { atLeast: wanted });
  }
  for (const kind of QUERY_KINDS) {
    yield figure(
      `search ${label}: recall@5 of ${kind}`,
      recall(ours, [kind]),
      '',
      against((one) => recall(one, [kind])),
    );
  }
  yield figure(`search ${label}: MRR`, reciprocal(ours), '', against(reciprocal));
  for (const other of others) {
    yield figure(`search ${label}: ${other.name} p50`, p50(other), 'ms');
    yield figure(`search ${label}: ${other.name} p95`, p95(other), 'ms');
    yield figure(`search ${label}: ${other.name} recall@5`, recall(other, QUERY_KINDS), '', recall(ours, QUERY_KINDS));
  }
}

/** Types every query letter by letter or, for the slow, only asks it whole. */
function measure(engine: Engine, queries: readonly BenchQuery[], typing = true): Measured {
  const measured: Measured = { name: engine.name, times: [], ranks: [] };
  for (const query of queries.slice(0, typing ? 20 : 2)) engine.search(query.text, LIMIT);
  for (const query of queries) {
    for (let length = typing ? 1 : query.text.length; length <= query.text.length; length += 1) {
      const start = performance.now();
      const hits = engine.search(query.text.slice(0, length), LIMIT);
      measured.times.push(performance.now() - start);
      if (length === query.text.length) measured.ranks.push({ kind: query.kind, rank: rankOf(query, hits) });
    }
  }
  return measured;
}

function recall(measured: Measured, kinds: readonly QueryKind[]): number {
  const asked = measured.ranks.filter(({ kind }) => kinds.includes(kind));
  return asked.filter(({ rank }) => rank >= 1 && rank <= 5).length / asked.length;
}

function reciprocal({ ranks }: Measured): number {
  return ranks.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length;
}

/** Bytes in use after a collection: objects and the arrays beside them, which go a turn later. */
async function memory(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
