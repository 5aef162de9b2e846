import type { ListQuery, Page, TwentyClient } from '../../twenty/types';

/** More than a workspace of a hundred million records would take; an endless server is left there. */
const MOST_PAGES = 100_000;

/**
 * Pages of one read, in the server's own order, each with the moment it was asked for (`tick`).
 * While one is being stored the next is already asked for. Ends when the server says so, repeats a
 * cursor, or gives none: real servers do both.
 */
export async function* pages(
  client: TwentyClient,
  object: string,
  query: ListQuery,
  signal: AbortSignal,
  now: () => number,
): AsyncGenerator<Page & { tick: number }> {
  const seen = new Set<string>();
  const ask = async (after: string | undefined): Promise<Page & { tick: number }> => {
    const tick = now();
    const from = after === undefined ? {} : { after };
    return { ...(await client.list(object, { ...query, depth: 0, ...from }, { lane: 'sync', signal })), tick };
  };
  let asked = ask(query.after);
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await asked;
    if (!page.hasNextPage || page.endCursor === null || seen.has(page.endCursor)) {
      yield page;
      return;
    }
    seen.add(page.endCursor);
    asked = ask(page.endCursor);
    // A failure is told when its turn comes; who stops before has no use for it.
    asked.catch(() => undefined);
    yield page;
  }
}
