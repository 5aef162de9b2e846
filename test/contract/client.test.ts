import { expect, test } from 'vitest';
import { isObject } from '../../main/twenty/json';
import { isTwigError } from '../../shared/errors';
import { isRefused, neverMet, readExchange, rowsWithId } from './client-readings';
import { type Exchange, type Recorded, recordings } from './server-recordings';

/** Kinds of error that are right for a recorded refusal. */
function fitting({ response }: Exchange): string[] {
  const { status } = response;
  const words = JSON.stringify(response.body ?? '');
  if (/LIMIT_REACHED|Limit reached|Too many requests/.test(words)) return ['rateLimited'];
  if (/PERMISSION_DENIED|requires a user/.test(words)) return ['forbidden'];
  if (
    status === 401 ||
    /Forbidden resource|UNAUTHENTICATED|revoked|Missing authentication|No payload|Token/.test(words)
  ) {
    return ['unauthorized'];
  }
  if (/Record not found|Cannot (GET|POST)/.test(words) || status === 404) return ['notFound'];
  if (status === 431) return ['invalid'];
  if (/entity too large|Data validation/.test(words)) return ['rejected'];
  if (status >= 500) return ['server'];
  if (/Cannot query field|Unknown type/.test(words)) return ['server'];
  if (
    /Cannot (read|create) propert|is not a function|Unexpected (token|end)|TypeError|after property value/.test(words)
  ) {
    return ['server', 'rejected'];
  }
  return ['rejected'];
}

/** What is wrong with how the client read an exchange; null when it read it right. */
async function fault(exchange: Exchange, server: Recorded): Promise<string | null> {
  const { response, request } = exchange;
  const refused = isRefused(exchange);
  try {
    const read = await readExchange(exchange, server);
    if (!refused) return rightRows(exchange, read);
    const gone = fitting(exchange).includes('notFound') && (read === null || request.method === 'DELETE');
    // A batch that is refused as a whole is sent one by one, and duplicates are looked up another way.
    const another = /\/(batch|duplicates)/.test(request.path);
    // Metadata may be out of reach: what is known is enough.
    const metadata = request.path.includes('/metadata/objects');
    return gone || another || metadata ? null : `a refusal (${response.status}) was read as a success`;
  } catch (thrown) {
    if (!isTwigError(thrown)) return `threw ${String(thrown)}`;
    if (!refused) return `a success was read as ${thrown.kind}: ${thrown.message}`;
    if (!fitting(exchange).includes(thrown.kind)) {
      return `${response.status} ${JSON.stringify(response.body).slice(0, 160)} was read as ${thrown.kind}`;
    }
    return /undefined|\[object|^$/.test(thrown.message) || !/[.!?]$/.test(thrown.message)
      ? `not a sentence: ${thrown.message}`
      : null;
  }
}

function rightRows({ request, response }: Exchange, read: unknown): string | null {
  const plural = /^\/rest\/(\w+)\/?(\?|$)/.exec(request.path)?.[1] ?? '';
  const rows = request.method === 'GET' ? rowsWithId(response.body, plural) : null;
  if (rows === null || !isObject(read) || !Array.isArray(read.records)) return null;
  return read.records.length === rows ? null : `${read.records.length} of ${rows} records were read`;
}

const figures: string[] = [];

test.each<Recorded>(['current', 'old'])('the client reads every answer of the recorded %s server', async (server) => {
  const all = recordings(server);
  const met = all.filter((exchange) => neverMet(exchange, server) === null);
  const faults: string[] = [];
  for (const exchange of met) {
    const wrong = await fault(exchange, server);
    if (wrong) faults.push(`${exchange.name}: ${wrong}`);
  }
  figures.push(`${met.length - faults.length} of ${met.length} (${server})`);
  if (server === 'old') console.info(`contract: client reads ${figures.join(', ')}`);
  expect(faults).toEqual([]);
});

test('every exchange that the client does not read is named with its reason', () => {
  const reasons = (['current', 'old'] as const).flatMap((server) =>
    recordings(server).flatMap((exchange) => {
      const reason = neverMet(exchange, server);
      return reason ? [`${server}/${exchange.name}: ${reason}`] : [];
    }),
  );
  console.info(`contract: the client never meets ${reasons.length} exchanges\n${reasons.join('\n')}`);
  expect(reasons.length).toBeLessThan(40);
});
