import { beforeEach, describe, expect, it } from 'vitest';
import { createDemoServer, DEMO_KEY, type DemoServer } from '../../../main/demo';
import { HandClock } from './support';

const ORIGIN = 'http://127.0.0.1:3001';
let server: DemoServer;
beforeEach(() => {
  server = createDemoServer({ people: 80, dialect: 'b', maton: true, clock: new HandClock() });
});

async function call(method: string, path: string, more: { body?: unknown; key?: string; connection?: string } = {}) {
  const answer = await server.handle(
    new Request(ORIGIN + path, {
      method,
      headers: {
        authorization: `Bearer ${more.key ?? server.key}`,
        'content-type': 'application/json',
        ...(more.connection ? { 'maton-connection': more.connection } : {}),
      },
      body: more.body === undefined ? undefined : JSON.stringify(more.body),
    }),
  );
  const text = await answer.text();
  return {
    status: answer.status,
    body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}

describe('the gateway', () => {
  it('passes REST on with pages of at most 60', async () => {
    const page = await call('GET', '/twenty/rest/people?limit=200&depth=0');
    expect(page.status).toBe(200);
    expect(page.body.data.people).toHaveLength(60);
    const made = await call('POST', '/twenty/rest/notes', { body: { title: 'through the gateway' } });
    expect(made.status).toBe(201);
    expect(server.store.find('note', made.body.data.createNote.id)?.title).toBe('through the gateway');
  });

  it('says itself what is wrong with its key, and lets Twenty speak for Twenty', async () => {
    expect(await call('GET', '/twenty/rest/people', { key: DEMO_KEY })).toEqual({
      status: 401,
      body: { error: 'Invalid or missing Maton API key.' },
    });
    const unknown = await call('GET', '/twenty/rest/unicorns');
    expect(unknown.status).toBe(400);
    expect(unknown.body).toHaveProperty('statusCode', 400);
  });

  it('is all there is: no Twenty paths beside it, no GraphQL unless wished', async () => {
    expect((await call('GET', '/rest/people')).status).toBe(404);
    expect((await call('POST', '/twenty/graphql', { body: { query: '{people{totalCount}}' } })).status).toBe(404);
    server = createDemoServer({ people: 10, maton: { graphql: true }, clock: new HandClock() });
    const open = await call('POST', '/twenty/graphql', { body: { query: '{people{totalCount}}' } });
    expect(open.body.data.people.totalCount).toBe(10);
  });

  it('makes a connection pending, active once its page was opened, and deletes it', async () => {
    const made = await call('POST', '/connections', { body: { app: 'twenty' } });
    const id = made.body.connection_id as string;
    const pending = (await call('GET', `/connections/${id}`)).body.connection;
    expect(pending).toMatchObject({ connection_id: id, status: 'PENDING', app: 'twenty' });
    expect((await call('GET', '/twenty/rest/people?limit=1', { connection: id })).status).toBe(400);
    expect((await call('GET', pending.url.slice(ORIGIN.length), { key: 'none' })).status).toBe(200);
    expect((await call('GET', `/connections/${id}`)).body.connection.status).toBe('ACTIVE');
    expect((await call('GET', '/twenty/rest/people?limit=1', { connection: id })).status).toBe(200);
    expect((await call('GET', '/connections?app=twenty&status=ACTIVE')).body.connections).toHaveLength(2);
    expect((await call('DELETE', `/connections/${id}`)).status).toBe(200);
    expect((await call('GET', `/connections/${id}`)).status).toBe(404);
  });

  it('refuses calls when there is no connection', async () => {
    for (const id of server.maton?.connections.keys() ?? []) await call('DELETE', `/connections/${id}`);
    expect(await call('GET', '/twenty/rest/people')).toEqual({
      status: 400,
      body: { error: 'No active Twenty connection was found for this request.' },
    });
  });
});
