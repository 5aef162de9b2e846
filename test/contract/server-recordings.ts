import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const Recording = z.looseObject({
  request: z.looseObject({
    method: z.string(),
    path: z.string(),
    url: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    rawBody: z.string().optional(),
    note: z.string().optional(),
  }),
  response: z.looseObject({
    status: z.number(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    trimmedLists: z.record(z.string(), z.number()).optional(),
  }),
});

/** One recorded exchange. */
export interface Exchange extends z.infer<typeof Recording> {
  /** `crud/people.list`. */
  name: string;
}

export type Recorded = 'current' | 'old' | 'mid';

const ROOT = join(import.meta.dirname, 'recorded');

/** Every exchange recorded from a server, by topic and name. */
export function recordings(server: Recorded): Exchange[] {
  if (server === 'mid') return observations();
  const folders = readdirSync(join(ROOT, server), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, server, folder.name))
        .filter((file) => file.endsWith('.json') && !file.startsWith('_'))
        .map((file) => ({ topic: folder.name, file })),
    )
    .sort((a, b) => (`${a.topic}/${a.file}` < `${b.topic}/${b.file}` ? -1 : 1))
    .flatMap(({ topic, file }) => {
      const parsed = Recording.safeParse(readJson(server, topic, file));
      return parsed.success ? [{ ...parsed.data, name: `${topic}/${basename(file, '.json')}` }] : [];
    });
}

const Observations = z.object({
  observations: z.array(
    z.looseObject({
      case: z.string(),
      method: z.string().optional(),
      path: z.string().optional(),
      query: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      status: z.number().optional(),
      answer: z.string().optional(),
    }),
  ),
});

/** The calls noted from 0.51 whose answers are whole. */
function observations(): Exchange[] {
  const { observations: noted } = Observations.parse(readJson('mid', '', 'observations.json'));
  return noted.flatMap(({ case: name, method, path, query, body, status, answer }) => {
    if (!method || !path || status === undefined || !answer || / characters>$/.test(answer)) return [];
    const params = new URLSearchParams(query).toString();
    return [
      {
        name: `mid/${name}`,
        request: { method, path, url: params === '' ? path : `${path}?${params}`, headers: JSON_TYPE, body },
        response: { status, body: JSON.parse(answer) as unknown },
      },
    ];
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A file of a server's folder as it is. */
export function readJson(server: Recorded, topic: string, file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, server, topic, file), 'utf8'));
}
