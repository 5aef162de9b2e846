import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DIALECT_NAMES } from './dialects';
import { Fault } from './faults';
import { createDemoServer, type DemoOptions } from './index';
import { type Listening, listen } from './listen';

const HELP = `npm run -s demo:server -- [options]

  --dialect NAME     ${DIALECT_NAMES.join(', ')} (default current)
  --maton            put the gateway in front
  --people N         people in the workspace (default 400)
  --seed N           another seed gives another workspace (default 7)
  --port N           port on 127.0.0.1 (default: a free one)
  --latency MS       wait before every answer
  --limit N/SECONDS  calls per time, "off" lifts the limit (default: the dialect's own)
  --fault FAULT      may be repeated: a kind (dropAfter), a kind and how often (dropAfter:3), or JSON
  --no-graphql       GraphQL cannot be reached
  --no-introspection GraphQL does not tell its schema
`;

const whole = z.coerce.number().int().min(0);
const Options = z.object({
  dialect: z.enum(DIALECT_NAMES).default('current'),
  maton: z.boolean().default(false),
  people: whole.max(2_000_000).default(400),
  seed: whole.default(7),
  port: whole.max(65_535).default(0),
  latency: whole.max(600_000).default(0),
  limit: z
    .string()
    .regex(/^(off|\d+\/\d+)$/)
    .optional(),
  fault: z.array(z.string()).default([]),
  'no-graphql': z.boolean().default(false),
  'no-introspection': z.boolean().default(false),
});

/** Where the command's words go; standard output holds nothing but the JSON line. */
export interface Output {
  answer(line: string): void;
  complain(text: string): void;
}

const TERMINAL: Output = {
  answer: (line) => process.stdout.write(`${line}\n`),
  complain: (text) => process.stderr.write(text),
};

/**
 * Serves a demo workspace on 127.0.0.1 until it is stopped (SIGINT, SIGTERM). Prints one JSON line
 * `{"url","key","dialect"}` once it answers; with the gateway in front `url` and `key` are the gateway's.
 *
 * @param args the words after the command's name
 * @returns the exit code when there was nothing to serve, else the running server
 */
export async function demoServer(args: readonly string[], output: Output = TERMINAL): Promise<number | Listening> {
  const parsed = readArguments(args);
  if (typeof parsed === 'string') {
    output.complain(parsed);
    return parsed === HELP ? 0 : 2;
  }
  const { server: options, faults, port } = parsed;
  const server = createDemoServer(options);
  server.faults.set(faults);
  const listening = await listen((request) => server.handle(request), port);
  const stop = () => void listening.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const line = { url: listening.url, key: server.key, dialect: server.dialect };
  output.answer(JSON.stringify(line));
  return listening;
}

interface Parsed {
  server: DemoOptions;
  faults: z.input<typeof Fault>[];
  port: number;
}

/** The options, or the text to print instead. */
function readArguments(args: readonly string[]): Parsed | string {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        dialect: text,
        maton: flag,
        people: text,
        seed: text,
        port: text,
        latency: text,
        limit: text,
        fault: { type: 'string', multiple: true },
        'no-graphql': flag,
        'no-introspection': flag,
        help: flag,
      },
    });
    if (values.help) return HELP;
    const read = Options.parse(values);
    const latency: z.input<typeof Fault>[] = read.latency > 0 ? [{ kind: 'latency', ms: read.latency }] : [];
    return {
      port: read.port,
      faults: [...latency, ...read.fault.map(readFault)],
      server: {
        dialect: read.dialect,
        maton: read.maton,
        people: read.people,
        seed: read.seed,
        graphql: !read['no-graphql'],
        introspection: !read['no-introspection'],
        limit: readLimit(read.limit),
      },
    };
  } catch (error) {
    if (error instanceof z.ZodError) return `${z.prettifyError(error)}\n\n${HELP}`;
    return `${error instanceof Error ? error.message : String(error)}\n\n${HELP}`;
  }
}

function readFault(text: string): z.input<typeof Fault> {
  if (text.startsWith('{')) return Fault.parse(JSON.parse(text));
  const [kind, times] = text.split(':');
  return Fault.parse({ kind, ...(times === undefined ? {} : { times: Number(times) }) });
}

function readLimit(text: string | undefined): DemoOptions['limit'] {
  if (text === undefined) return undefined;
  if (text === 'off') return null;
  const [calls = '0', seconds = '60'] = text.split('/');
  return { calls: Number(calls), ms: Number(seconds) * 1_000 };
}
