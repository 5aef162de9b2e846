import { describe, expect, it } from 'vitest';
import { graphqlOf } from './support';

const uuid = '11111111-1111-4111-8111-111111111111';

describe('GraphQL of an old server', () => {
  const { ask, store } = graphqlOf('old');

  it('checks queries against its schema', async () => {
    expect((await ask('query{people(first:1){edges{node{nope}}}}')).errors).toEqual([
      {
        message: 'Cannot query field "nope" on type "Person". Did you mean "name"?',
        locations: [{ line: 1, column: 34 }],
      },
    ]);
    expect((await ask('query{notes(first:2){edges{node{id title bodyV2{markdown blocknote}}}}}')).errors).toEqual([
      {
        message: 'Cannot query field "bodyV2" on type "Note". Did you mean "body"?',
        locations: [{ line: 1, column: 42 }],
      },
    ]);
    expect(
      (await ask('query N($id:UUID!){noteTargets(filter:{noteId:{eq:$id}}){totalCount}}', { id: uuid })).errors,
    ).toEqual([
      {
        message: 'Variable "$id" of type "UUID!" used in position expecting type "ID".',
        locations: [
          { line: 1, column: 9 },
          { line: 1, column: 51 },
        ],
      },
    ]);
  });

  it('says what is wrong with a variable, with HTTP 200', async () => {
    const message =
      'Variable "$d" got invalid value { nope: 1 }; Field "nope" is not defined by type "NoteCreateInput".';
    expect(await ask('mutation($d:NoteCreateInput!){createNote(data:$d){id}}', { d: { nope: 1 } })).toEqual({
      status: 200,
      data: undefined,
      errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', response: message } }],
    });
  });

  it('keeps a plain body and breaks every answer that holds it, until it is cured', async () => {
    const made = await ask('mutation($d:NoteCreateInput!){createNote(data:$d){id}}', {
      d: { id: uuid, title: 'x', body: 'Plain' },
    });
    expect(made.errors[0]?.message).toBe('Unexpected token P in JSON at position 0');
    expect(store.find('note', uuid)).toBeDefined();
    const read = await ask(`{note(filter:{id:{eq:"${uuid}"}}){id title}}`);
    expect(read).toMatchObject({
      data: { note: null },
      errors: [{ message: 'Unexpected token P in JSON at position 0' }],
    });
    const cured = await ask(`mutation{updateNote(id:"${uuid}",data:{body:""}){title}}`);
    expect(cured.data.updateNote).toEqual({ title: 'x' });
  });

  it('searches each object for itself: accents matter, whole addresses and phones find nothing', async () => {
    const query =
      'query S($s:String,$l:Int){searchPeople(searchInput:$s,limit:$l){totalCount pageInfo{hasNextPage endCursor} edges{cursor node{id name{firstName lastName}}}}}';
    const find = async (s: string | null) => (await ask(query, { s, l: 5 })).data.searchPeople;
    expect((await find('Zoë')).edges[0].node.name.firstName).toBe('Zoë');
    await ask('mutation{createNote(data:{title:"Réunion"}){id}}');
    const notes = async (s: string) =>
      (await ask('query S($s:String){searchNotes(searchInput:$s,limit:5){edges{node{title}}}}', { s })).data.searchNotes
        .edges;
    expect(await notes('réun')).toEqual([{ node: { title: 'Réunion' } }]);
    expect(await notes('reun')).toEqual([]);
    expect((await find('jane.smith@acme.example')).edges).toEqual([]);
    expect((await find('jane.sm')).edges).toHaveLength(1);
    expect((await find('4155550132')).edges).toEqual([]);
    expect((await find('jane')).totalCount).toBe(60);
    expect(await find(null)).toEqual({ totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it('upserts by id only', async () => {
    const { data } = await ask('mutation($d:[NoteCreateInput!]!){createNotes(data:$d,upsert:true){id title}}', {
      d: [
        { id: '22222222-2222-4222-8222-222222222222', title: 'a' },
        { id: '22222222-2222-4222-8222-222222222222', title: 'b' },
      ],
    });
    expect(data.createNotes.at(-1)).toEqual({ id: '22222222-2222-4222-8222-222222222222', title: 'b' });
    const { errors } = await ask('mutation($d:PersonCreateInput!){createPerson(data:$d,upsert:true){id}}', {
      d: { emails: { primaryEmail: 'jane.smith@acme.example' } },
    });
    expect(errors).toEqual([
      { message: 'Duplicate Emails. Please set a unique one.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('answers 60 rows when first is left out, and as many as asked', async () => {
    const many = graphqlOf('old', { people: 90 });
    const rows = async (query: string) => (await many.ask(query)).data.people.edges.length;
    expect(await rows('query{people{edges{node{id}}}}')).toBe(60);
    expect(await rows('query{people(first:20000){edges{node{id}}}}')).toBe(90);
  });

  it('counts each root field for itself', async () => {
    const limited = graphqlOf('old', { calls: 1 });
    await limited.ask('{people(first:1){totalCount}}');
    expect(await limited.ask('{people(first:1){totalCount}}')).toEqual({
      status: 200,
      data: { people: null },
      errors: [
        {
          message: 'Too many requests.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', response: 'Too many requests.' },
        },
      ],
    });
    expect((await limited.ask('{companies(first:1){totalCount}}')).errors).toEqual([]);
  });
});

describe('GraphQL of the middle server', () => {
  const { ask } = graphqlOf('mid');

  it('answers search as a plain list', async () => {
    const { data } = await ask('query{search(searchInput:"jane",limit:5){recordId objectNameSingular label}}');
    expect(data.search[0]).toMatchObject({ objectNameSingular: 'person', label: 'Jane Smith' });
    expect(
      (await ask('query{search(searchInput:"chris",limit:5){edges{node{recordId label}}}}')).errors[0]?.message,
    ).toBe('Cannot query field "edges" on type "SearchRecord".');
  });

  it('wants both forms of a body and converts them', async () => {
    const create = 'mutation($d:NoteCreateInput!){createNote(data:$d){body bodyV2{markdown blocknote}}}';
    const both = await ask(create, { d: { title: 'g', bodyV2: { markdown: 'Hello **bold**', blocknote: null } } });
    expect(both.data.createNote.bodyV2.markdown).toBe('Hello **bold**');
    expect(JSON.parse(both.data.createNote.bodyV2.blocknote)).toHaveLength(1);
    expect((await ask(create, { d: { title: 'g', bodyV2: { markdown: 'x' } } })).errors[0]?.message).toContain(
      '"Required"',
    );
    expect((await ask(create, { d: { title: 'g', body: 'plain' } })).errors[0]?.message).toBe(
      'Rich text is not supported, please use RICH_TEXT_V2 instead',
    );
  });
});
