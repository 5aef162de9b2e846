import { z } from 'zod';

/** What another program may ask for through `twig://…` or the command line. A link never saves anything. */
export type Request =
  | { type: 'capture'; text: string; kind: 'note' | 'task' | null }
  | { type: 'contacts' }
  | { type: 'background' }
  | { type: 'show' };

/** Control characters have no place in a line of text; line breaks do. */
const NOT_TEXT = /(?!\n)\p{Cc}/gu;

const CaptureQuery = z.object({
  text: z.string().max(20_000).default(''),
  kind: z.enum(['note', 'task']).nullable().default(null).catch(null),
});

/** Reads `twig://capture?text=…&kind=task` and `twig://contacts`; null for anything else. */
export function parseDeepLink(address: string): Request | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'twig:') return null;
  const place = url.host || url.pathname.replace(/^\/+/, '');
  if (place === 'contacts') return { type: 'contacts' };
  if (place !== 'capture') return null;
  const query = CaptureQuery.safeParse({
    text: url.searchParams.get('text') ?? undefined,
    kind: url.searchParams.get('kind') ?? undefined,
  });
  return query.success ? { type: 'capture', ...query.data, text: query.data.text.replace(NOT_TEXT, '') } : null;
}

/** What the arguments of a (second) start ask for. */
export function parseArguments(argv: readonly string[]): Request {
  const link = argv.map(parseDeepLink).find((request) => request !== null);
  if (link) return link;
  if (argv.includes('--capture')) return { type: 'capture', text: '', kind: null };
  if (argv.includes('--contacts')) return { type: 'contacts' };
  if (argv.includes('--background')) return { type: 'background' };
  return { type: 'show' };
}
