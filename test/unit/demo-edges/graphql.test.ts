import { describe, expect, it } from 'vitest';
import { graphqlOf } from './support';

const uuid = '11111111-1111-4111-8111-111111111111';

describe('GraphQL of a current server', () => {
  const { ask, store } = graphqlOf('current');

  it('pages through people with fields and a relation, each once', async () => {
    const query =
      'query P($n:Int,$after:String){people(first:$n,after:$after){totalCount pageInfo{hasNextPage endCursor startCursor hasPreviousPage} edges{cursor node{id updatedAt name{firstName lastName} emails{primaryEmail} company{id name}}}}}';
    const seen = new Set<string>();
    let after: string | null = null;
    for (let page = 0; page < 10; page++) {
      const { data } = await ask(query, { n: 25, after });
      expect(data.people.totalCount).toBe(60);
      for (const edge of data.people.edges) seen.add(edge.node.id);
      expect(data.people.pageInfo.startCursor).toBe(data.people.edges[0].cursor);
      if (!data.people.pageInfo.hasNextPage) break;
      after = data.people.pageInfo.endCursor;
    }
    expect(seen.size).toBe(60);
  });

  it('answers null for a field that does not exist, and refuses an unknown root field', async () => {
    expect((await ask('query{people(first:1){edges{node{nope}}}}')).data).toEqual({
      people: { edges: [{ node: { nope: null } }] },
    });
    expect(await ask('query{unicorns(first:1){totalCount}}')).toEqual({
      status: 200,
      data: undefined,
      errors: [{ message: 'Cannot query field "unicorns" on type "Query".', locations: [{ line: 1, column: 7 }] }],
    });
  });

  it('filters, nests conditions and shows the trash only when it is spoken of', async () => {
    const [row] = [...store.table('person').inOrder()];
    await ask('mutation($id:UUID!){deletePerson(id:$id){id deletedAt}}', { id: row?.id });
    const live = await ask('query{people(first:1){totalCount}}');
    expect(live.data.people.totalCount).toBe(59);
    const trash = await ask('query{people(filter:{deletedAt:{is:NOT_NULL}}){edges{node{id}}}}');
    expect(trash.data.people.edges).toEqual([{ node: { id: row?.id } }]);
    const both = await ask('query($f:PersonFilterInput){people(filter:$f){totalCount}}', {
      f: {
        or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }],
        updatedAt: { gt: '2000-01-01T00:00:00Z' },
      },
    });
    expect(both.data.people.totalCount).toBe(60);
    const restored = await ask('mutation($id:UUID!){restorePerson(id:$id){deletedAt}}', { id: row?.id });
    expect(restored.data.restorePerson).toEqual({ deletedAt: null });
  });

  it('finds Jane by any filter path', async () => {
    const byMail = await ask(
      'query{people(filter:{emails:{primaryEmail:{eq:"jane.smith@acme.example"}}}){edges{node{jobTitle}}}}',
    );
    expect(byMail.data.people.edges).toEqual([{ node: { jobTitle: 'CTO' } }]);
    const byCompany = await ask(
      'query{people(filter:{company:{name:{eq:"Acme Corp"}},name:{lastName:{ilike:"smi%"}}}){totalCount}}',
    );
    expect(byCompany.data.people.totalCount).toBe(1);
  });

  it('writes notes in both forms and says which field it does not know', async () => {
    const made = await ask('mutation($d:NoteCreateInput!){createNote(data:$d){id title bodyV2{markdown blocknote}}}', {
      d: { title: 'gql note', bodyV2: { markdown: 'gql **md**', blocknote: null } },
    });
    expect(made.data.createNote.bodyV2.markdown).toBe('gql **md**');
    expect(JSON.parse(made.data.createNote.bodyV2.blocknote)[0].type).toBe('paragraph');
    expect(await ask('mutation($d:NoteCreateInput!){createNote(data:$d){id}}', { d: { nope: 1 } })).toEqual({
      status: 200,
      data: { createNote: null },
      errors: [
        {
          message: 'Object note doesn\'t have any "nope" field.',
          extensions: {
            subCode: 'INVALID_ARGS_DATA',
            userFriendlyMessage: 'An error occurred.',
            code: 'BAD_USER_INPUT',
          },
        },
      ],
    });
  });

  it('names the record that holds a duplicate e-mail', async () => {
    const { errors } = await ask('mutation($d:PersonCreateInput!){createPerson(data:$d){id}}', {
      d: { emails: { primaryEmail: 'Jane.Smith@acme.example' } },
    });
    const [jane] = store.table('person').idsWhere('emails.primaryEmail', 'jane.smith@acme.example');
    expect(errors[0]?.message).toBe('A duplicate entry was detected');
    expect(errors[0]?.extensions?.conflictingRecordId).toBe(jane);
  });

  it('updates, deletes, restores and destroys by id and by filter', async () => {
    await ask('mutation{createCompanies(data:[{name:"Many A"},{name:"Many B"}]){id}}');
    const filter = { name: { startsWith: 'Many ' } };
    const updated = await ask(
      'mutation($f:CompanyFilterInput,$d:CompanyUpdateInput!){updateCompanies(filter:$f,data:$d){employees}}',
      {
        f: filter,
        d: { employees: 7 },
      },
    );
    expect(updated.data.updateCompanies).toEqual([{ employees: 7 }, { employees: 7 }]);
    const remove = await ask('mutation($f:CompanyFilterInput!){deleteCompanies(filter:$f){deletedAt}}', { f: filter });
    expect(remove.data.deleteCompanies).toHaveLength(2);
    const back = await ask('mutation($f:CompanyFilterInput!){restoreCompanies(filter:$f){deletedAt}}', { f: filter });
    expect(back.data.restoreCompanies).toEqual([{ deletedAt: null }, { deletedAt: null }]);
    const gone = await ask('mutation($f:CompanyFilterInput!){destroyCompanies(filter:$f){id}}', { f: filter });
    expect(gone.data.destroyCompanies).toHaveLength(2);
    const unknown = await ask(`mutation{deletePerson(id:"${uuid}"){id}}`);
    expect(unknown.data).toEqual({ deletePerson: null });
    expect(unknown.errors[0]?.extensions).toEqual({
      subCode: 'RECORD_NOT_FOUND',
      userFriendlyMessage: 'This record does not exist or has been deleted.',
      code: 'NOT_FOUND',
    });
  });

  it('upserts by id and by unique value', async () => {
    const first = await ask('mutation($d:[PersonCreateInput!]!){createPeople(data:$d,upsert:true){id jobTitle}}', {
      d: [{ id: uuid, emails: { primaryEmail: 'up@sert.example' }, jobTitle: 'One' }],
    });
    const second = await ask('mutation($d:PersonCreateInput!){createPerson(data:$d,upsert:true){id jobTitle}}', {
      d: { emails: { primaryEmail: 'up@sert.example' }, jobTitle: 'Two' },
    });
    expect(first.data.createPeople).toEqual([{ id: uuid, jobTitle: 'One' }]);
    expect(second.data.createPerson).toEqual({ id: uuid, jobTitle: 'Two' });
  });

  it('searches all objects by prefixes without accents, best first, page after page', async () => {
    const query =
      'query S($s:String!,$l:Int!,$inc:[String!],$after:String){search(searchInput:$s,limit:$l,includedObjectNameSingulars:$inc,after:$after){edges{cursor node{recordId objectNameSingular objectLabelSingular label imageUrl tsRank tsRankCD}} pageInfo{hasNextPage endCursor}}}';
    const zoe = await ask(query, { s: 'zoe wei', l: 5, inc: ['person'] });
    expect(zoe.data.search.edges[0].node).toMatchObject({
      objectNameSingular: 'person',
      label: 'Zoë Weiß',
      imageUrl: '',
    });
    expect((await ask(query, { s: 'mith', l: 5, inc: ['person'] })).data.search.edges).toEqual([]);
    expect((await ask(query, { s: 'a', l: 3, inc: ['unicorn'] })).data.search).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    const all = new Set<string>();
    let after: string | null = null;
    for (;;) {
      const { data } = await ask(query, { s: 'a', l: 20, inc: ['person', 'company'], after });
      for (const edge of data.search.edges) all.add(edge.node.recordId);
      if (!data.search.pageInfo.hasNextPage) break;
      after = data.search.pageInfo.endCursor;
    }
    expect(all.size).toBeGreaterThan(20);
    expect((await ask(query, { s: 'a', l: 101 })).errors).toHaveLength(1);
  });

  it('tells objects and the workspace at /metadata, and nobody who a key is', async () => {
    const { data } = await ask(
      'query{objects(paging:{first:1000}){edges{node{nameSingular fieldsList{name type options relation{type targetObjectMetadata{nameSingular}}}}}} currentWorkspace{displayName}}',
      {},
      { path: '/metadata' },
    );
    expect(data.currentWorkspace.displayName).toBe('Test');
    const target = data.objects.edges.find(
      (edge: { node: { nameSingular: string } }) => edge.node.nameSingular === 'noteTarget',
    );
    const person = target.node.fieldsList.find((field: { name: string }) => field.name === 'targetPerson');
    expect(person.relation).toEqual({ type: 'MANY_TO_ONE', targetObjectMetadata: { nameSingular: 'person' } });
    const nobody = await ask('query{currentUser{id email}}', {}, { path: '/metadata' });
    expect(nobody.data).toBeNull();
    expect(nobody.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('shows its dialect to introspection, unless that is switched off', async () => {
    const query =
      'query{__type(name:"Note"){fields{name}} q:__type(name:"Query"){fields{name}} t:__type(name:"NoteTarget"){fields{name}}}';
    const { data } = await ask(query);
    const names = (type: { fields: { name: string }[] }) => type.fields.map((field) => field.name);
    expect(names(data.__type)).toContain('bodyV2');
    expect(names(data.q)).toContain('search');
    expect(names(data.t)).toContain('targetPersonId');
    const closed = graphqlOf('current', { introspection: false });
    const refused = await closed.ask(query);
    expect(refused.data).toBeUndefined();
    expect(refused.errors[0]?.message).toMatch(/introspection has been disabled/i);
    expect((await closed.ask('query{people(first:1){totalCount}}')).data.people.totalCount).toBe(60);
  });

  it('refuses keys in its own words', async () => {
    expect((await ask('{ people(first:1){ totalCount } }', {}, { key: null })).errors).toEqual([
      { message: 'Cannot query field "people" on type "Query".', locations: [{ line: 1, column: 3 }] },
    ]);
    const bad = await ask('{ people(first:1){ totalCount } }', {}, { key: 'nope' });
    expect(bad.errors[0]).toMatchObject({ message: 'Token invalid.', extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('says the limit with HTTP 200, and goes on searching', async () => {
    const limited = graphqlOf('current', { calls: 2 });
    for (let i = 0; i < 2; i++) expect((await limited.ask('{people(first:1){totalCount}}')).errors).toEqual([]);
    expect(await limited.ask('{people(first:1){totalCount} notes(first:1){totalCount}}')).toMatchObject({
      status: 200,
      data: { people: null, notes: null },
      errors: [
        {
          message: 'Limit reached (2 tokens per 60000 ms)',
          extensions: { subCode: 'LIMIT_REACHED', code: 'BAD_USER_INPUT' },
        },
        {},
      ],
    });
    expect((await limited.ask('{search(searchInput:"a",limit:1){edges{node{label}}}}')).errors).toEqual([]);
  });
});
