import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../../main/demo';
import { NEWEST, parseDialect } from '../../../main/twenty/dialect';
import type { Dialect } from '../../../main/twenty/types';
import { CAPTURE, newId, READ, rig, SYNC } from './support';

const CURRENT: Partial<Dialect> = {
  body: 'bodyV2',
  targets: 'prefixed',
  restDelete: 'softWithParameter',
  upsert: true,
};
const OLD: Partial<Dialect> = { body: 'body', targets: 'plain', restDelete: 'soft', upsert: false, merge: false };

describe('a server is recognised', () => {
  it.each<[string, DemoOptions, Partial<Dialect>]>([
    ['current', { dialect: 'current' }, { ...CURRENT, source: 'introspection', search: 'unified', graphql: true }],
    [
      'current, schema hidden',
      { introspection: false },
      { ...CURRENT, source: 'metadata', search: 'unified', graphql: true },
    ],
    ['current, REST alone', { graphql: false }, { ...CURRENT, source: 'metadata', graphql: false }],
    ['old', { dialect: 'old' }, { ...OLD, source: 'introspection', search: 'perObject', graphql: true }],
    [
      'old, REST alone',
      { dialect: 'old', graphql: false },
      { ...OLD, source: 'metadata', search: 'none', graphql: false },
    ],
    ['middle', { dialect: 'mid' }, { body: 'both', targets: 'plain', search: 'plainList', restDelete: 'unknown' }],
    ['A', { dialect: 'a' }, CURRENT],
    ['B through Maton', { dialect: 'b', maton: true }, { ...CURRENT, graphql: false, restPage: 60 }],
  ])('%s', async (_, options, expected) => {
    const kept: Dialect[] = [];
    const { client } = rig(options, { onDialect: (dialect) => void kept.push(dialect) });
    const { dialect } = await client.learn(READ);
    expect(dialect).toMatchObject(expected);
    expect(kept.at(-1)).toEqual(dialect);
    expect(parseDialect(JSON.parse(JSON.stringify(dialect)))).toEqual(dialect);
  });

  it('is not taken from a damaged copy', () => {
    expect([parseDialect(null), parseDialect('x'), parseDialect({ ...NEWEST, body: 'html' })]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('keeps options, custom fields and relations of the workspace', async () => {
    const { client } = rig({ dialect: 'a' });
    const { objects } = await client.learn(READ);
    const field = (object: string, name: string) =>
      objects.find((one) => one.name === object)?.fields.find((one) => one.name === name);
    expect(field('opportunity', 'stage')?.options.map((option) => option.value)).toEqual(
      expect.arrayContaining(['LEAD', 'WON', 'LOST', 'RETAINER']),
    );
    expect(field('opportunity', 'contractType')).toMatchObject({ type: 'SELECT', custom: true, readOnly: false });
    expect(field('person', 'company')).toMatchObject({
      readOnly: false,
      relation: { kind: 'many-to-one', object: 'company', joinColumn: 'companyId' },
    });
    expect(field('person', 'createdAt')?.readOnly).toBe(true);
    expect(field('note', 'bodyV2')?.type).toBe('RICH_TEXT');
  });

  it.each<[string, DemoOptions]>([
    ['old', { dialect: 'old' }],
    ['middle', { dialect: 'mid' }],
  ])('and its names are put into canonical form: %s', async (_, options) => {
    const { client } = rig(options);
    const { objects } = await client.learn(READ);
    const names = (object: string) => objects.find((one) => one.name === object)?.fields.map((field) => field.name);
    expect(names('note')).toContain('bodyV2');
    expect(names('note')).not.toContain('body');
    expect(names('noteTarget')).toEqual(expect.arrayContaining(['note', 'targetPerson', 'targetCompany']));
    expect(names('person')).not.toContain('companyId');
    const person = objects.find((one) => one.name === 'noteTarget')?.fields.find((one) => one.name === 'targetPerson');
    expect(person?.relation).toEqual({ kind: 'many-to-one', object: 'person', joinColumn: 'targetPersonId' });
  });
});

describe('a server that was never asked', () => {
  it.each<[string, DemoOptions]>([
    ['old', { dialect: 'old' }],
    ['old over REST alone', { dialect: 'old', graphql: false }],
    ['middle', { dialect: 'mid' }],
    ['middle over REST alone', { dialect: 'mid', graphql: false }],
    ['current', {}],
    ['current over REST alone', { graphql: false }],
  ])('is learned from its refusals, and nothing is damaged: %s', async (_, options) => {
    const { client, server } = rig(options);
    const note = { id: newId(), title: 'First', bodyV2: { markdown: 'Plain words' } };
    await client.create('note', note, CAPTURE);
    const [person] = (await client.list('person', { limit: 1 }, READ)).records;
    await client.create('noteTarget', { id: newId(), noteId: note.id, targetPersonId: person?.id }, CAPTURE);
    expect((await client.get('note', note.id, READ))?.bodyV2).toMatchObject({ markdown: 'Plain words' });
    expect((await client.list('note', { limit: 50 }, READ)).records.length).toBeGreaterThan(0);
    const stored = [...server.store.table('note').inOrder()].find((row) => row.id === note.id);
    if (typeof stored?.body === 'string')
      expect(JSON.parse(stored.body)).toEqual([expect.objectContaining({ type: 'paragraph' })]);
  });
});

describe('the way that is safe', () => {
  it.each<[string, DemoOptions, RegExp]>([
    ['current', {}, /^POST \/rest\/notes\?depth=0$/],
    ['middle', { dialect: 'mid' }, /^POST \/graphql$/],
    ['old', { dialect: 'old' }, /^POST \/graphql$/],
    ['old over REST alone', { dialect: 'old', graphql: false }, /^POST \/rest\/notes\?depth=0$/],
  ])('is taken for note texts: %s', async (_, options, request) => {
    const { client, requests } = rig(options);
    await client.learn(READ);
    requests.length = 0;
    await client.create('note', { id: newId(), title: 'x', bodyV2: { markdown: 'y' } }, CAPTURE);
    expect(requests).toEqual([expect.stringMatching(request)]);
  });

  it.each<[string, DemoOptions, RegExp]>([
    ['current', {}, /^POST \/graphql$/],
    ['current over REST alone', { graphql: false }, /^DELETE \/rest\/people\/[0-9a-f-]{36}\?soft_delete=true$/],
    [
      'B through Maton',
      { dialect: 'b', maton: true },
      /^DELETE \/twenty\/rest\/people\/[0-9a-f-]{36}\?soft_delete=true$/,
    ],
  ])('is taken for deletes: %s', async (_, options, request) => {
    const { client, requests } = rig(options);
    await client.learn(READ);
    const [person] = (await client.list('person', { limit: 1 }, READ)).records;
    requests.length = 0;
    await client.softDelete('person', person?.id ?? '', READ);
    expect(requests).toEqual([expect.stringMatching(request)]);
  });

  it('is not assumed: without knowing the server nothing is deleted over REST', async () => {
    const { client, requests } = rig({ graphql: false });
    await expect(client.softDelete('person', newId(), READ)).rejects.toMatchObject({ kind: 'refused' });
    await expect(client.restore('person', newId(), READ)).rejects.toMatchObject({ kind: 'refused' });
    expect(requests.filter((request) => !request.endsWith('/graphql'))).toEqual([]);
  });

  it('stops deleting over REST when an answer looks like destruction', async () => {
    const known: Dialect = { ...NEWEST, source: 'metadata', graphql: false, restDelete: 'softWithParameter' };
    const { client } = rig({ dialect: 'mid' }, { dialect: known });
    const [person] = (await client.list('person', { limit: 1 }, READ)).records;
    await expect(client.softDelete('person', person?.id ?? '', READ)).rejects.toThrow(/destroyed/);
    expect(client.dialect.restDelete).toBe('unknown');
  });

  it('reads a thousand at once through GraphQL and as much as REST gives without it', async () => {
    const wide = rig({ people: 400 });
    await wide.client.learn(SYNC);
    expect((await wide.client.list('person', { limit: 1_000 }, SYNC)).records.length).toBeGreaterThanOrEqual(400);
    const narrow = rig({ people: 400, dialect: 'b', maton: true });
    await narrow.client.learn(SYNC);
    expect((await narrow.client.list('person', { limit: 1_000 }, SYNC)).records).toHaveLength(60);
  });

  it('gives whole records either way', async () => {
    const { client } = rig({ people: 300, dialect: 'a' });
    await client.learn(SYNC);
    const large = (await client.list('opportunity', { limit: 1_000 }, SYNC)).records[0];
    const small = await client.get('opportunity', large?.id ?? '', SYNC);
    const { position: _p, createdBy: _c, updatedBy: _u, ...shared } = small ?? { id: '' };
    expect(large).toMatchObject(shared);
  });

  it('updates what is there instead of making it twice', async () => {
    for (const dialect of ['current', 'old'] as const) {
      const { client } = rig({ dialect });
      await client.learn(READ);
      const emails = { primaryEmail: 'once@example.test' };
      const first = await client.upsert('person', { id: newId(), emails, jobTitle: 'CTO' }, READ);
      const second = await client.upsert('person', { id: newId(), emails, jobTitle: 'CEO' }, READ);
      expect([second.id, second.jobTitle]).toEqual([first.id, 'CEO']);
    }
  });

  it('completes e-mails, phones and links before a server could wipe the rest', async () => {
    const { client } = rig({});
    await client.learn(READ);
    const id = newId();
    const emails = { primaryEmail: 'ada@example.test', additionalEmails: ['ada@second.example.test'] };
    const linkedinLink = { primaryLinkUrl: 'https://linkedin.com/in/ada', primaryLinkLabel: 'Ada' };
    await client.create('person', { id, emails, linkedinLink }, READ);
    await client.update(
      'person',
      id,
      { emails: { additionalEmails: [] }, linkedinLink: { primaryLinkLabel: 'A.' } },
      READ,
    );
    expect(await client.get('person', id, READ)).toMatchObject({
      emails: { primaryEmail: 'ada@example.test', additionalEmails: [] },
      linkedinLink: { primaryLinkUrl: 'https://linkedin.com/in/ada', primaryLinkLabel: 'A.' },
    });
  });
});
