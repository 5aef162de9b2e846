import { describe, expect, it } from 'vitest';
import { commands } from '../../../shared/contract';
import { bench, newId, synced } from './support/bench';
import { field, object, relation } from './support/metadata';
import type { FakeServer } from './support/server';

const STAGES = [
  { value: 'WON', label: 'Won', color: 'green', position: -1 },
  { value: 'LEAD', label: '', color: 'no such colour', position: 0 },
];

/** Records as servers of any age and temper give them. */
function fill(server: FakeServer): void {
  const people: Record<string, unknown>[] = [
    { name: null, emails: null, phones: null },
    { name: { firstName: null, lastName: null }, emails: { primaryEmail: null, additionalEmails: null } },
    { name: { firstName: 42, lastName: ['x'] }, emails: 'a@b.example', phones: 7, jobTitle: { deep: true } },
    { name: { firstName: 'שלום', lastName: 'עולם' }, jobTitle: '\u202Eevil\u202C' },
    {
      name: { firstName: '👩‍👩‍👧‍👦', lastName: '🇫🇷' },
      phones: { primaryPhoneNumber: '0', additionalPhones: [null, 3, 'x'] },
    },
    { name: { firstName: 'A'.repeat(5_000), lastName: '' }, position: -12.5, companyId: 'not-an-id' },
    { emails: { primaryEmail: ' MiXed@Case.Example ', additionalEmails: [null, 5, 'second@case.example'] } },
    { name: 'plain text', linkedinLink: { primaryLinkUrl: 'javascript:alert(1)', secondaryLinks: null } },
  ];
  for (const person of people) server.put('person', { id: newId(), ...person });
  server.put('opportunity', {
    id: newId(),
    name: null,
    stage: 'UNHEARD_OF',
    amount: { amountMicros: '9007199254740993' },
  });
  server.put('opportunity', { id: newId(), name: 'x', stage: null, amount: 5, closeDate: 'someday' });
  server.put('opportunity', {
    id: newId(),
    name: 'y',
    stage: ['LEAD'],
    amount: { amountMicros: 'much', currencyCode: 'no' },
  });
  server.put('note', { id: newId(), title: null, bodyV2: null });
  server.put('note', {
    id: newId(),
    title: 'Huge',
    bodyV2: { markdown: `${'# Line\n'.repeat(300_000)}`, blocknote: null },
  });
  server.put('task', { id: newId(), title: '', status: 'NOPE', dueAt: 'never', assigneeId: 12 });
  server.put('workspaceMember', { id: newId(), name: null, userEmail: null });
}

describe('values that make little sense', () => {
  it('are kept, shown and found without breaking anything', async () => {
    const { open, server } = bench();
    fill(server);
    server.objects = [
      object('person', 'people', [field('name', 'FULL_NAME'), field('emails', 'EMAILS'), field('jobTitle', 'TEXT')]),
      object('opportunity', 'opportunities', [
        field('stage', 'SELECT', { options: STAGES }),
        field('amount', 'CURRENCY'),
      ]),
      object('task', 'tasks', [
        field('status', 'SELECT'),
        field('dueAt', 'DATE_TIME'),
        relation('assignee', 'workspaceMember'),
      ]),
    ];
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    expect(workspace.status().counts).toMatchObject({ people: 8, opportunities: 3 });
    const told = (name: keyof typeof commands, answer: unknown) => commands[name].output.parse(answer);
    told('metadata.objects', await workspace.objects());
    told('connections.members', await workspace.members());
    for (const name of ['person', 'opportunity', 'note', 'task']) {
      for (const sort of [[], [{ field: 'amount', descending: true }], [{ field: 'name', descending: false }]]) {
        const request = { object: name, text: '', filter: null, sort, offset: 0, limit: 100, deleted: false };
        told('records.list', await workspace.list(request));
      }
      for (const { id } of server.live(name)) {
        told('contacts.card', await workspace.card({ object: name, id }, true));
        told('records.get', await workspace.record({ object: name, id }));
        told('records.duplicates', await workspace.duplicates(name, server.table(name).get(id) ?? {}));
      }
    }
    for (const query of ['', 'שלום', '👩‍👩‍👧‍👦', 'second@case', '(((', '%_\\', '\u202E', 'a'.repeat(500)]) {
      told('contacts.search', await workspace.search(query, null, 50));
    }
    expect((await workspace.search('שלום', null, 5)).results).toHaveLength(1);
    await workspace.close();
  });

  it('show as much of a huge body as a timeline can', async () => {
    const { open, server } = bench();
    const person = server.put('person', { id: newId(), name: { firstName: 'Ada', lastName: 'B' } });
    const note = server.put('note', {
      id: newId(),
      title: 'Huge',
      bodyV2: { markdown: 'Some words.\n'.repeat(100_000) },
    });
    server.put('noteTarget', { id: newId(), noteId: note.id, targetPersonId: person.id });
    const workspace = await open();
    workspace.start();
    await synced(workspace);
    const [item] = (await workspace.card({ object: 'person', id: person.id }, false))?.timeline ?? [];
    expect(item?.body.length).toBeLessThan(51_000);
    expect(item?.body.endsWith('words.\n\n*The rest is in Twenty.*')).toBe(true);
    await workspace.close();
  });
});
