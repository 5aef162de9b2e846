import { describe, expect, test } from 'vitest';
import { idOf, rows, testServer } from './server';

describe('a current server', () => {
  test('PATCH without an id changes every record; DELETE without a filter is refused', async () => {
    const { call, store } = testServer('current');
    store.seed('project', [{ name: 'one' }, { name: 'two' }]);
    const patched = await call('PATCH', '/rest/projects/', { name: 'all' });
    expect(rows(patched, 'updateProjects').map((row) => row.name)).toEqual(['all', 'all']);
    expect((await call('DELETE', '/rest/projects')).status).toBe(400);
  });

  test('DELETE is for good unless soft_delete is exactly true', async () => {
    const { call, store } = testServer('current');
    store.seed('person', [{ id: idOf(1) }, { id: idOf(2) }]);
    await call('DELETE', `/rest/people/${idOf(1)}?soft_delete=true`);
    await call('DELETE', `/rest/people/${idOf(2)}?soft_delete=1`);
    expect(store.find('person', idOf(1))?.deletedAt).toBeTypeOf('string');
    expect(store.find('person', idOf(2))).toBeUndefined();
    expect((await call('GET', `/rest/people/${idOf(1)}`)).status).toBe(404);
  });

  test('targets follow their note to the trash and back, but not over a PATCH of deletedAt', async () => {
    const { call, store } = testServer('current');
    store.seed('person', [{ id: idOf(1) }]);
    store.seed('note', [{ id: idOf(2), title: 'n' }]);
    store.seed('noteTarget', [{ id: idOf(3), noteId: idOf(2), targetPersonId: idOf(1) }]);
    const live = async () =>
      (await call('GET', '/rest/noteTargets', undefined, { filter: `noteId[eq]:${idOf(2)}` })).body.totalCount;
    await call('DELETE', `/rest/notes/${idOf(2)}?soft_delete=true`);
    expect(await live()).toBe(0);
    await call('PATCH', `/rest/notes/${idOf(2)}`, { deletedAt: null });
    expect(await live()).toBe(0);
    await call('DELETE', `/rest/notes/${idOf(2)}?soft_delete=true`);
    await call('PATCH', '/rest/restore/notes', undefined, { filter: `id[eq]:${idOf(2)}` });
    expect(await live()).toBe(1);
    await call('DELETE', `/rest/notes/${idOf(2)}`);
    expect(store.find('noteTarget', idOf(3))).toBeUndefined();
  });

  test('destroying a company leaves its people without one', async () => {
    const { call, store } = testServer('current');
    store.seed('company', [{ id: idOf(1), name: 'c' }]);
    store.seed('person', [{ id: idOf(2), companyId: idOf(1) }]);
    await call('DELETE', `/rest/companies/${idOf(1)}?soft_delete=true`);
    expect((await call('GET', `/rest/people/${idOf(2)}`)).body.data.person?.companyId).toBe(idOf(1));
    const deep = await call('GET', `/rest/people/${idOf(2)}?depth=1`);
    expect(deep.body.data.person).toMatchObject({ company: null, companyId: null });
    await call('DELETE', `/rest/companies/${idOf(1)}`);
    expect(store.find('person', idOf(2))?.companyId).toBeNull();
  });

  test('a batch is all or nothing and at most 200', async () => {
    const { call, store } = testServer('current');
    const email = { emails: { primaryEmail: 'a@one.example' } };
    expect((await call('POST', '/rest/batch/people', [email, {}, email])).status).toBe(400);
    expect(store.table('person').size).toBe(0);
    const many = Array.from({ length: 201 }, () => ({}));
    expect((await call('POST', '/rest/batch/people', many)).status).toBe(400);
    expect((await call('POST', '/rest/batch/people', many.slice(1))).body.data.createPeople).toHaveLength(200);
  });

  test('upsert finds a record by id or unique value, also in the batch itself', async () => {
    const { call, store } = testServer('current');
    const person = { emails: { primaryEmail: 'Up@one.example' }, jobTitle: 'first' };
    await call('POST', '/rest/people?upsert=true', person);
    const again = await call('POST', '/rest/people?upsert=true', { ...person, jobTitle: 'second' });
    expect(again).toMatchObject({ status: 201, body: { data: { createPerson: { jobTitle: 'second' } } } });
    expect(store.table('person').size).toBe(1);
  });

  test('the same id twice is a duplicate, whatever the case', async () => {
    const { call } = testServer('current');
    const id = 'ABCDEF00-0000-4000-8000-00000000ABCD';
    expect((await call('POST', '/rest/notes', { id, title: 'x' })).body.data.createNote?.id).toBe(id.toLowerCase());
    expect((await call('POST', '/rest/notes', { id: id.toLowerCase(), title: 'x' })).body.messages).toEqual([
      'A duplicate entry was detected',
    ]);
  });

  test('phones are split and checked', async () => {
    const { call } = testServer('current');
    const created = await call('POST', '/rest/people', { phones: { primaryPhoneNumber: '+33612345678' } });
    expect(created.body.data.createPerson?.phones).toEqual({
      primaryPhoneNumber: '612345678',
      primaryPhoneCountryCode: 'FR',
      primaryPhoneCallingCode: '+33',
      additionalPhones: [],
    });
    const conflicting = {
      primaryPhoneNumber: '612345678',
      primaryPhoneCountryCode: 'FR',
      primaryPhoneCallingCode: '+1',
    };
    expect((await call('POST', '/rest/people', { phones: conflicting })).status).toBe(400);
  });
});

describe('an old server', () => {
  const plain = { title: 'poison', body: 'Plain text' };

  test('a plain body is refused, stored all the same, and breaks every answer with it', async () => {
    const { call, store } = testServer('old');
    store.seed('note', [{ id: idOf(1), title: 'fine' }]);
    const refused = await call('POST', '/rest/notes', { ...plain, id: idOf(2) });
    expect(refused).toMatchObject({ status: 400, body: { messages: ['Unexpected token P in JSON at position 0'] } });
    expect(store.find('note', idOf(2))).toBeDefined();
    expect((await call('GET', '/rest/notes?depth=0')).status).toBe(400);
    expect((await call('GET', `/rest/notes/${idOf(1)}?depth=0`)).status).toBe(200);
    const cured = await call('PATCH', `/rest/notes/${idOf(2)}?depth=0`, { body: '[]' });
    expect(cured.status).toBe(200);
    expect((await call('GET', '/rest/notes?depth=0')).status).toBe(200);
  });

  test('PATCH deletedAt null answers 400 and restores', async () => {
    const { call, store } = testServer('old');
    store.seed('person', [{ id: idOf(1) }]);
    await call('DELETE', `/rest/people/${idOf(1)}`);
    expect(store.find('person', idOf(1))?.deletedAt).toBeTypeOf('string');
    const answer = await call('PATCH', `/rest/people/${idOf(1)}`, { deletedAt: null });
    expect(answer.body.messages).toEqual(["Cannot read properties of undefined (reading 'id')"]);
    expect((await call('GET', `/rest/people/${idOf(1)}?depth=0`)).status).toBe(200);
  });

  test('a batch answers 60 rows, one level deeper, and takes an object for a list', async () => {
    const { call, store } = testServer('old');
    const many = Array.from({ length: 201 }, () => ({}));
    const created = await call('POST', '/rest/batch/people?depth=0', many);
    expect(created.body.data.data?.createPeople).toHaveLength(60);
    expect(store.table('person').size).toBe(201);
    expect((await call('POST', '/rest/batch/people', {})).status).toBe(201);
  });

  test('a page shares what it embeds among its records', async () => {
    const { call, store } = testServer('old');
    store.seed('company', [{ id: idOf(1) }, { id: idOf(2) }]);
    store.seed(
      'person',
      Array.from({ length: 9 }, (_, at) => ({ id: idOf(10 + at), companyId: idOf(at < 8 ? 1 : 2) })),
    );
    const embedded = async (limit: number) =>
      rows(await call('GET', `/rest/companies?limit=${limit}`), 'companies').map((row) =>
        Array.isArray(row.people) ? row.people.length : null,
      );
    expect(await embedded(1)).toEqual([1]);
    expect(await embedded(2)).toEqual([4, 0]);
    expect(await embedded(60)).toEqual([8, 1]);
  });
});

describe('the middle server', () => {
  test('deletes for good, refuses every order and keeps what REST writes to bodies raw', async () => {
    const { call, store } = testServer('mid');
    const note = await call('POST', '/rest/notes?depth=0', { title: 'm', bodyV2: { markdown: '# H' } });
    expect(note.body.data.createNote?.bodyV2).toEqual({ blocknote: '', markdown: '# H' });
    const dropped = await call('POST', '/rest/notes?depth=0', { title: 'm', bodyV2: 'text' });
    expect(dropped).toMatchObject({ status: 201, body: { data: { createNote: { bodyV2: { markdown: '' } } } } });
    expect((await call('GET', '/rest/notes?order_by=createdAt')).body.messages).toEqual([
      "Cannot read properties of undefined (reading 'fields')",
    ]);
    const id = note.body.data.createNote?.id ?? '';
    expect((await call('PATCH', `/rest/notes/${id}?depth=0`, { bodyV2: { markdown: 'x' } })).body).toMatchObject({
      data: { updateNote: { bodyV2: { markdown: 'x' } } },
    });
    await call('DELETE', `/rest/notes/${id}?soft_delete=true`);
    expect(store.find('note', id)).toBeUndefined();
    expect((await call('GET', `/rest/notes/${id}`)).body).toEqual({
      statusCode: 400,
      error: 'RestApiException',
      messages: ['Rest Api Exception'],
    });
  });
});
