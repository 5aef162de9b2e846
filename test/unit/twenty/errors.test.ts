import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../../main/demo';
import { createTwentyClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import { type Attempt, graphqlRefusal, quoteServer, refusal } from '../../../main/twenty/errors';
import type { Answer } from '../../../main/twenty/transport';
import { CAPTURE, fetchOf, newId, ORIGIN, READ, type Rig, rig } from './support';

const attempt: Attempt = { host: 'crm.example.test', gateway: false, write: true, now: 0 };
const answer = (status: number, body: unknown, more: Partial<Answer> = {}): Answer => ({
  status,
  body,
  html: false,
  retryAfterMs: null,
  ...more,
});
const said = (status: number, message: string, code?: string) =>
  answer(status, { statusCode: status, messages: [message], code });

describe('a refusal', () => {
  it.each<[string, Answer, object]>([
    ['bad key', said(401, 'Token invalid.'), { kind: 'unauthorized' }],
    [
      'expired key',
      said(401, 'Token has expired.'),
      { kind: 'unauthorized', message: expect.stringMatching(/expired/) },
    ],
    [
      'revoked key',
      said(403, 'This API Key is revoked'),
      { kind: 'unauthorized', message: expect.stringMatching(/revoked/) },
    ],
    ['older server, any key trouble', said(403, 'Forbidden resource'), { kind: 'unauthorized' }],
    ['middle server, any key trouble', said(400, 'Forbidden resource'), { kind: 'unauthorized' }],
    [
      'role',
      said(400, 'Entity performing the request does not have permission', 'PERMISSION_DENIED'),
      { kind: 'forbidden' },
    ],
    ['unknown record', said(404, 'Record not found'), { kind: 'notFound' }],
    ['unknown record, older', said(400, 'Record not found'), { kind: 'notFound' }],
    ['duplicate', said(400, 'A duplicate entry was detected'), { kind: 'rejected', reason: 'duplicate' }],
    ['duplicate, older', said(400, 'Duplicate Domain Name. Please set a unique one.'), { field: 'domainName' }],
    ['duplicate, middle', said(400, 'duplicate key value violates unique constraint "IDX"'), { reason: 'duplicate' }],
    [
      'unknown field',
      said(400, 'Object person doesn\'t have any "nope" field.'),
      { reason: 'unknownField', field: 'nope' },
    ],
    ['unknown field, older', said(400, "Field 'nope' is not defined by type 'PersonCreateInput'."), { field: 'nope' }],
    [
      'unknown field, middle',
      said(400, 'Field metadata for field "nope" is missing in object metadata'),
      { field: 'nope' },
    ],
    [
      'wrong option',
      said(400, 'Invalid value "WON" for field "stage". Valid values are: NEW, CUSTOMER'),
      { kind: 'rejected', field: 'stage', message: '"WON" is not an option of stage. Possible: NEW, CUSTOMER.' },
    ],
    [
      'wrong option, older',
      said(400, "Invalid value 'WON' at 'data.stage'; Value 'WON' does not exist in 'OpportunityStageEnum' enum."),
      { kind: 'rejected', field: 'stage' },
    ],
    [
      'wrong address',
      said(400, 'Invalid string value \'x\' for email field "emails.primaryEmail"'),
      { kind: 'rejected', field: 'emails.primaryEmail' },
    ],
    ['too large', answer(500, 'request entity too large'), { kind: 'rejected', reason: 'tooLarge', unclear: false }],
    ['too long', answer(431, ''), { kind: 'invalid', reason: 'tooLarge' }],
    ['too many', said(429, 'Limit reached (100 tokens per 60000 ms)'), { kind: 'rateLimited', unclear: false }],
    ['too many, older', said(400, 'Too many requests.'), { kind: 'rateLimited' }],
    ['too many, with a time', said(429, 'x'), { kind: 'rateLimited' }],
    [
      'a raw exception',
      said(400, "Cannot read properties of undefined (reading 'id')"),
      { kind: 'server', unclear: true },
    ],
    ['an internal error', answer(500, ''), { kind: 'server', unclear: true }],
    ['a proxy', answer(502, '', { html: true }), { kind: 'gateway', unclear: true }],
    ['too large, a proxy', answer(413, '', { html: true }), { kind: 'rejected', reason: 'tooLarge', unclear: false }],
    ['too many, a proxy', answer(429, '', { html: true }), { kind: 'rateLimited', unclear: false }],
    ['a web page', answer(200, '', { html: true }), { kind: 'gateway', reason: 'notTwenty' }],
    [
      'no such route',
      answer(404, { message: 'Cannot GET /rest', error: 'Not Found', statusCode: 404 }),
      { reason: 'unknownRoute' },
    ],
  ])('is understood: %s', (_, given, expected) => {
    expect(refusal(given, attempt)).toMatchObject(expected);
  });

  it('waits as long as it was told', () => {
    expect(refusal(answer(429, {}, { retryAfterMs: 7_000 }), { ...attempt, now: 1_000 }).retryAt).toBe(8_000);
  });

  it('says whether Maton or Twenty spoke', () => {
    const through = { ...attempt, gateway: true };
    expect(refusal(answer(401, { error: 'Invalid API key' }), through).message).toMatch(/Maton/);
    expect(refusal(answer(400, { error: 'No Twenty connection' }), through)).toMatchObject({
      kind: 'gateway',
      message: expect.stringMatching(/Maton refused the call: No Twenty connection/),
    });
    expect(refusal(said(401, 'Token invalid.'), through).message).toMatch(/Twenty’s settings/);
  });

  it('never shows a token, a control character or a flood', () => {
    const flood = `bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl Bearer abc123\n${'x'.repeat(900)}`;
    const shown = quoteServer(flood);
    expect(shown).not.toMatch(/eyJ|abc123|\n/);
    expect(shown.length).toBeLessThanOrEqual(300);
  });

  it('carries the conflicting record that GraphQL names', () => {
    const error = {
      message: 'A duplicate entry was detected',
      extensions: { code: 'BAD_USER_INPUT', conflictingRecordId: '20202020-b305-41e7-8c72-ba44072a4c58' },
    };
    expect(graphqlRefusal([error], attempt)).toMatchObject({
      reason: 'duplicate',
      conflictId: '20202020-b305-41e7-8c72-ba44072a4c58',
    });
  });

  it.each([{ a: 1 }, null, [], 'text', { messages: [{}] }, { message: 7 }])(
    'makes a sentence of nonsense: %j',
    (body) => {
      for (const status of [400, 403, 404, 409, 418, 422, 500, 503]) {
        expect(refusal(answer(status, body), attempt).message).toMatch(/^[A-Z].*[.]$|^crm\.example\.test .*[.]$/);
      }
    },
  );
});

async function steps({ server, client: _ }: Rig, key: string): Promise<string[]> {
  const client = createTwentyClient({
    origin: ORIGIN,
    credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key }),
    fetch: fetchOf(server),
  });
  const seen: string[] = [];
  for await (const { step, state } of client.check()) seen.push(`${step} ${state}`);
  return seen;
}

describe('the live check', () => {
  const dialects: DemoOptions[] = [
    { dialect: 'current' },
    { dialect: 'mid' },
    { dialect: 'old' },
    { dialect: 'old', graphql: false },
  ];

  it.each(dialects)('says that the key is the trouble (%j)', async (options) => {
    const one = rig(options);
    for (const key of ['obviously-wrong-key', one.server.keys.expired, one.server.keys.revoked]) {
      expect(await steps(one, key)).toEqual(['reachable ok', 'twenty ok', 'key failed']);
    }
  });

  it.each([
    [ORIGIN, /not as a Twenty server\. Check the address/],
    ['https://acme.twenty.com', /https:\/\/api\.twenty\.com/],
  ])('says that it is not Twenty, and never sends the key there (%s)', async (origin, message) => {
    const sent: (string | null)[] = [];
    const client = createTwentyClient({
      origin,
      credential: fixedCredential({ type: 'apiKey', origin, key: 'obviously-fake-key' }),
      fetch: async (_, init) => {
        sent.push(new Headers(init.headers).get('authorization'));
        return new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } });
      },
    });
    const seen = [];
    for await (const step of client.check()) seen.push(step);
    expect(seen.at(-1)).toMatchObject({
      step: 'twenty',
      state: 'failed',
      message: expect.stringMatching(message),
    });
    expect(sent).toEqual([null]);
  });

  it('says that nothing answers', async () => {
    const client = createTwentyClient({
      origin: ORIGIN,
      credential: fixedCredential({ type: 'apiKey', origin: ORIGIN, key: 'obviously-fake-key' }),
      fetch: async () => {
        throw Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
        });
      },
    });
    const seen = [];
    for await (const step of client.check()) seen.push(step);
    expect(seen).toMatchObject([
      { step: 'reachable', state: 'failed', message: expect.stringMatching(/Nothing answers/) },
    ]);
  });
});

describe('a fault on the way', () => {
  it('leaves a create unclear, and repeating it makes no second record', async () => {
    const { client, server } = rig({});
    await client.learn(READ);
    for (const kind of ['dropAfter', 'dropDuring', 'halfJson'] as const) {
      server.faults.set([{ kind, method: 'POST', path: '/rest/notes', times: 1 }]);
      const note = { id: newId(), title: kind };
      await expect(client.create('note', note, CAPTURE)).rejects.toMatchObject({ unclear: true });
      expect((await client.create('note', note, CAPTURE)).id).toBe(note.id);
      expect([...server.store.table('note').inOrder()].filter((row) => row.title === kind)).toHaveLength(1);
    }
  });

  it('is ridden out by a read', async () => {
    const { client, server } = rig(
      {},
      { clock: { now: () => Date.now(), sleep: (ms, signal) => hurried(ms, signal) } },
    );
    server.faults.set([{ kind: 'dropBefore', method: 'GET', times: 2 }]);
    expect((await client.list('person', { limit: 5 }, READ)).records).toHaveLength(5);
    server.faults.set([{ kind: 'status', status: 503, method: 'GET', times: 1 }]);
    expect((await client.list('person', { limit: 5 }, READ)).records).toHaveLength(5);
  });

  it('falls back to REST when GraphQL stumbles', async () => {
    const { client, server } = rig({ people: 300 });
    await client.learn(READ);
    server.faults.set([{ kind: 'status', status: 500, path: '/graphql' }]);
    expect((await client.list('person', { limit: 1_000 }, READ)).records).toHaveLength(200);
  });
});

/** Retries at once; time-outs never come. */
function hurried(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms < 5_000) return Promise.resolve();
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}
