import { CORE_OBJECTS } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import { countDocument } from './graphql';
import { isObject } from './json';
import { type Session, tryGraphql } from './session';
import type { Transport } from './transport';
import type { CallOptions, CheckStep } from './types';

/**
 * The live check at Connect: is it reachable, is it Twenty, is the key accepted, what may it read?
 * Ends at the first step that fails. The key is sent only after the server looks like Twenty.
 */
export async function* checkServer(
  session: Session,
  transport: Transport,
  gateway: boolean,
  learn: () => Promise<void>,
  options: CallOptions,
): AsyncIterable<CheckStep> {
  const host = new URL(transport.origin).host;
  const who = gateway ? 'Maton' : host;
  const ok = (step: CheckStep['step'], message: string): CheckStep => ({ step, state: 'ok', message });
  const failed = (step: CheckStep['step'], thrown: unknown): CheckStep => ({
    step,
    state: 'failed',
    message: thrown instanceof TwigError ? thrown.message : `${who} could not be checked.`,
  });

  if (!gateway) {
    let page: boolean;
    try {
      const answer = await transport.send({
        method: 'GET',
        path: `${session.basePath}/people?limit=1`,
        headers: {},
        write: false,
        signal: options.signal,
      });
      page = answer.html || !looksLikeTwenty(answer.body);
    } catch (thrown) {
      return yield failed('reachable', thrown);
    }
    yield ok('reachable', `${host} answers.`);
    if (page) {
      return yield failed('twenty', new TwigError('gateway', notTwenty(host)));
    }
    yield ok('twenty', 'It is a Twenty server.');
  }
  try {
    await learn();
    yield* gateway ? [ok('reachable', 'Maton answers.'), ok('twenty', 'It passes calls on to Twenty.')] : [];
    const counts = await readable(session, options);
    yield ok('key', gateway ? 'Maton accepts the key.' : 'The key is accepted.');
    yield objectsStep(counts);
  } catch (thrown) {
    const step = thrown instanceof TwigError && thrown.kind === 'offline' && gateway ? 'reachable' : 'key';
    yield failed(step, thrown);
  }
}

/** Any Twenty, asked without a key, says its status in JSON; or lists people when it is wide open. */
function looksLikeTwenty(body: unknown): boolean {
  return isObject(body) && (typeof body.statusCode === 'number' || Array.isArray(body.messages) || isObject(body.data));
}

/** Twenty's own cloud serves its pages and its API at different addresses. */
function notTwenty(host: string): string {
  const advice =
    host === 'twenty.com' || host.endsWith('.twenty.com')
      ? 'Twenty’s cloud takes calls at https://api.twenty.com: type that address.'
      : 'Check the address and its port.';
  return `${host} answers, but not as a Twenty server. ${advice}`;
}

type Counts = Map<string, number | null>;

async function readable(session: Session, options: CallOptions): Promise<Counts> {
  const plurals = CORE_OBJECTS.map((object) => [object, session.plural(object)] as const);
  const asks = plurals.map(([name, plural]) => ({ meta: { name, plural } }));
  const data = await tryGraphql(session, () =>
    session.api.graphql(countDocument(asks, session.dialect), {
      ...options,
      write: false,
      partial: true,
    }),
  ).catch((thrown: unknown) => {
    if (thrown instanceof TwigError && ['forbidden', 'server', 'rejected'].includes(thrown.kind)) return null;
    throw thrown;
  });
  if (data && plurals.some(([, plural]) => isObject(data[plural]))) {
    return new Map(plurals.map(([object, plural]) => [object, totalOf(data[plural])]));
  }
  const counts: Counts = new Map();
  for (const [object] of plurals) {
    const path = session.urls(object).list({ filter: '', orderBy: '', limit: 1, depth: 0 });
    try {
      const body = await session.api.rest({ ...options, method: 'GET', path });
      counts.set(object, isObject(body) && typeof body.totalCount === 'number' ? body.totalCount : 0);
    } catch (thrown) {
      if (!(thrown instanceof TwigError) || thrown.kind !== 'forbidden') throw thrown;
      counts.set(object, null);
    }
  }
  return counts;
}

function totalOf(connection: unknown): number | null {
  return isObject(connection) && typeof connection.totalCount === 'number' ? connection.totalCount : null;
}

const LABELS: Readonly<Record<string, string>> = {
  person: 'people',
  company: 'companies',
  opportunity: 'deals',
  note: 'notes',
  task: 'tasks',
};

function objectsStep(counts: Counts): CheckStep {
  const may = [...counts].filter(([, count]) => count !== null);
  const mayNot = [...counts].filter(([, count]) => count === null).map(([object]) => LABELS[object]);
  if (may.length === 0) {
    return {
      step: 'objects',
      state: 'failed',
      message: 'The key is accepted, but its role may read nothing. Give it a role in Twenty’s settings.',
    };
  }
  const list = may.map(([object, count]) => `${(count ?? 0).toLocaleString('en-US')} ${LABELS[object]}`).join(', ');
  const rest = mayNot.length === 0 ? '' : ` Not allowed: ${mayNot.join(', ')}.`;
  return { step: 'objects', state: 'ok', message: `It may read ${list}.${rest}` };
}
