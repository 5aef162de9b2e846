import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { createDemoServer } from '../demo';
import { systemClock } from '../twenty/clock';
import type { Fetch } from '../twenty/types';

const Write = z.object({
  /** Epoch milliseconds when it was made. */
  at: z.number(),
  method: z.string().max(10),
  path: z.string().max(20_000),
  body: z.string(),
});
type Write = z.infer<typeof Write>;

/** The embedded server as a client reaches it. */
export interface DemoWorkspace {
  readonly key: string;
  readonly fetch: Fetch;
}

/**
 * The demo's server, made anew at each start with dates around today; what was written in it is kept
 * in a journal (`path`) and played again at its own time, so that nothing written there is lost.
 */
export async function openDemoWorkspace(path: string): Promise<DemoWorkspace> {
  const writes = await readJournal(path);
  let playing: number | null = null;
  const clock = { ...systemClock, now: () => playing ?? systemClock.now() };
  const demo = createDemoServer({ limit: null, clock });
  const authorization = `Bearer ${demo.key}`;
  for (const { at, method, path: where, body } of writes) {
    playing = at;
    const headers = { authorization, 'content-type': 'application/json' };
    await demo.handle(new Request(`http://demo.invalid${where}`, { method, headers, body: body || undefined }));
  }
  playing = null;
  return {
    key: demo.key,
    async fetch(url, init) {
      const { pathname, search } = new URL(url);
      const body = typeof init.body === 'string' ? init.body : '';
      const method = init.method ?? 'GET';
      const answer = await demo.handle(new Request(url, init));
      if (answer.ok && isWrite(method, pathname, body)) {
        await keep(path, { at: clock.now(), method, path: pathname + search, body });
      }
      return answer;
    },
  };
}

function isWrite(method: string, path: string, body: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return path === '/graphql'
    ? /"query"\s*:\s*"\s*mutation/.test(body)
    : path.startsWith('/rest/') && !path.endsWith('/duplicates');
}

async function keep(path: string, write: Write): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, `${JSON.stringify(write)}\n`, { mode: 0o600 });
}

/** What can be read of the journal; a line cut off by a crash is left out. */
async function readJournal(path: string): Promise<Write[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = Write.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}
