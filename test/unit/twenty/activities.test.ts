import { describe, expect, it } from 'vitest';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { newId, ORIGIN, READ } from './support';

const PERSON = newId();
const DEAL = newId();
const OF = [
  { object: 'person', id: PERSON },
  { object: 'opportunity', id: DEAL },
];

const metadata = (...names: [string, string][]) => ({
  data: {
    objects: names.map(([nameSingular, namePlural]) => ({
      id: newId(),
      applicationId: 'stock',
      nameSingular,
      namePlural,
      isActive: true,
      isSystem: nameSingular === 'timelineActivity',
      fields: [{ id: newId(), applicationId: 'stock', name: 'id', type: 'UUID' }],
    })),
  },
});

/** A server without GraphQL that knows its timeline's records by the given columns; null when it has none. */
function rig(columns: 'target' | 'plain' | null) {
  const asked: string[] = [];
  const row = {
    id: newId(),
    createdAt: '2026-11-20T10:00:00.000Z',
    happensAt: '2026-11-20T10:00:00.000Z',
    name: 'opportunity.updated',
    linkedRecordId: null,
    properties: {
      diff: { stage: { before: 'NEW', after: 'WON' }, bodyV2: { before: 'x'.repeat(5_000), after: null }, odd: 7 },
      updatedFields: ['stage'],
    },
  };
  const answer = (url: URL): { status: number; body: unknown } => {
    if (url.pathname === '/rest/metadata/objects') {
      const stock: [string, string][] = [
        ['person', 'people'],
        ['note', 'notes'],
      ];
      return {
        status: 200,
        body: metadata(...stock, ...(columns ? [['timelineActivity', 'timelineActivities'] as [string, string]] : [])),
      };
    }
    if (url.pathname !== '/rest/timelineActivities') return { status: 404, body: { statusCode: 404, message: 'No' } };
    const filter = url.searchParams.get('filter') ?? '';
    asked.push(filter);
    const prefixed = filter.includes('targetPersonId');
    if (prefixed !== (columns === 'target')) {
      const name = prefixed ? 'targetPersonId' : 'personId';
      return {
        status: 400,
        body: { statusCode: 400, messages: [`Object timelineActivity doesn't have any "${name}" field.`] },
      };
    }
    const owner = prefixed ? { targetOpportunityId: DEAL } : { opportunityId: DEAL };
    return { status: 200, body: { data: { timelineActivities: [{ ...row, ...owner }] }, totalCount: 1, pageInfo: {} } };
  };
  const client = createTwentyClient({
    origin: ORIGIN,
    credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: 'fake-key' }),
    fetch: async (url) => {
      const { status, body } = answer(new URL(url));
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    },
  });
  return { client, asked };
}

describe('the server’s timeline', () => {
  it.each(['target', 'plain'] as const)(
    'is read by %s columns, in canonical names and without long texts',
    async (form) => {
      const { client, asked } = rig(form);
      await client.learn(READ);
      const records = await client.activities(OF, 50, READ);
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject({
        name: 'opportunity.updated',
        targetOpportunityId: DEAL,
        diff: { stage: { before: 'NEW', after: 'WON' } },
      });
      expect(JSON.stringify(records).length).toBeLessThan(1_000);
      expect(records[0]).not.toHaveProperty('properties');
      // What was found out is not asked for twice.
      const before = asked.length;
      await client.activities(OF, 50, READ);
      expect(asked.length).toBe(before + 1);
      expect(client.dialect.targets).toBe('prefixed');
    },
  );

  it('is empty, and not asked for, where there is none', async () => {
    const { client, asked } = rig(null);
    expect(await client.activities(OF, 50, READ)).toEqual([]);
    await client.learn(READ);
    expect(await client.activities(OF, 50, READ)).toEqual([]);
    expect(asked).toEqual([]);
  });
});
