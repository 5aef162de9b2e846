import { describe, expect, it } from 'vitest';
import { createDemoServer, type DemoOptions } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { bench, draft, JANE } from './support/bench';
import { until } from './support/clock';

const ORIGIN = 'http://127.0.0.1';

/** A workspace on a server with Twenty's stock allowance, which somebody else uses up after `spentAt` calls. */
function rig(options: DemoOptions, spentAt = 0) {
  const made = bench();
  const server = createDemoServer({ dialect: 'current', clock: made.clock, ...options });
  const requests: { path: string; status: number }[] = [];
  const counted = () => requests.filter(({ path }) => !/metadata/.test(path)).length;
  /** Another key of the same workspace uses up what is left. */
  const spend = async () => {
    const headers = { authorization: `Bearer ${server.key}` };
    for (;;) {
      const answer = await server.handle(new Request(`${ORIGIN}/rest/companies?limit=1`, { headers }));
      if (answer.status === 429) return;
    }
  };
  const client = createTwentyClient({
    origin: ORIGIN,
    credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: server.key }),
    fetch: async (url, init) => {
      if (counted() === spentAt && spentAt > 0) await spend();
      const answer = await server.handle(new Request(url, init));
      requests.push({ path: new URL(url).pathname, status: answer.status });
      return answer;
    },
    clock: made.clock,
  });
  return { ...made, server, client, requests, counted };
}

describe.each([
  ['with GraphQL', {}],
  ['over REST alone', { graphql: false }],
] as [string, DemoOptions][])('the allowance of calls %s', (_, options) => {
  it('is hardly touched by a first sync of 1,200 people and an idle hour', async () => {
    const { open, clock, client, counted, requests } = rig({ people: 1_200, ...options });
    const workspace = await open({ client });
    workspace.start();
    await until(async () => {
      await clock.advance(1_000);
      return workspace.syncStatus().lastSyncAt !== null;
    });
    expect(workspace.status().counts.people).toBe(1_200);
    expect(counted()).toBeLessThanOrEqual(40);
    const before = counted();
    for (let minute = 0; minute < 60; minute += 1) await clock.advance(60_000);
    expect(counted() - before).toBeLessThanOrEqual(options.graphql === false ? 90 : 30);
    expect(requests.every(({ status }) => status === 200 || (options.graphql === false && status === 404))).toBe(true);
    await workspace.close();
    client.dispose();
  });

  it('lets a capture through within seconds while the first sync has used it up', async () => {
    const { open, clock, client, server } = rig({ people: 1_200, ...options }, 12);
    const workspace = await open({ client });
    workspace.start();
    await until(() => client.budget().pausedUntil !== null);
    const saved = clock.now();
    await workspace.capture(draft('Now', { links: [{ object: 'person', id: JANE, label: 'Jane' }] }));
    await workspace.capture(draft('And this', { links: [] }));
    await until(async () => {
      await clock.advance(100);
      return [...server.store.table('note').inOrder()].some((note) => note.title === 'And this');
    });
    expect(clock.now() - saved).toBeLessThanOrEqual(5_000);
    expect(workspace.syncStatus().lastSyncAt).toBeNull();
    await until(async () => {
      await clock.advance(1_000);
      return workspace.syncStatus().lastSyncAt !== null;
    });
    expect(workspace.status().counts.people).toBe(1_200);
    await workspace.close();
    client.dispose();
  });
});
