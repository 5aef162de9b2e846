import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../main/demo/sample';
import { createRandom } from '../../../main/demo/sample-random';
import { Opportunity, Person, Task } from '../../../shared/crm';

const NOW = Date.parse('2026-11-18T10:00:00.000Z');
const STAGES = ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'];
const made = sample({ now: NOW, seed: 7, people: 400, stages: STAGES });
const rows = (object: string) => made.rows[object] ?? [];
const people = rows('person').map((row) => Person.parse(row));

describe('the sample workspace', () => {
  it('is the same for the same options', () => {
    expect(sample({ now: NOW, seed: 7, people: 400, stages: STAGES })).toEqual(made);
    expect(sample({ now: NOW, seed: 8, people: 400, stages: STAGES })).not.toEqual(made);
  });

  it('has the promised sizes', () => {
    expect(rows('person')).toHaveLength(400);
    expect(rows('company')).toHaveLength(120);
    expect(rows('opportunity')).toHaveLength(60);
    expect(rows('workspaceMember').length).toBeGreaterThan(4);
  });

  it('uses every id once, and only version 4 UUIDs', () => {
    const ids = Object.values(made.rows).flatMap((list) => list.map((row) => row.id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('gives every person an e-mail of their own at an example domain', () => {
    const emails = people.map((person) => person.emails?.primaryEmail ?? '');
    expect(new Set(emails).size).toBe(emails.length);
    for (const email of emails) expect(email).toMatch(/^[a-z0-9.-]+@[a-z0-9-]+\.example$/);
  });

  it('gives phones that are valid in their country', () => {
    const wrong = people
      .map((person) => person.phones)
      .filter((phone) => phone?.primaryPhoneNumber)
      .filter((phone) => !isValidPhoneNumber(`${phone?.primaryPhoneCallingCode}${phone?.primaryPhoneNumber}`))
      .map((phone) => `${phone?.primaryPhoneCallingCode} ${phone?.primaryPhoneNumber}`);
    expect(wrong).toEqual([]);
  });

  it('knows Jane Smith of Acme Corp and her renewal', () => {
    const jane = people.find((person) => person.emails?.primaryEmail === 'jane.smith@acme.example');
    expect(jane?.jobTitle).toBe('CTO');
    const deal = rows('opportunity')
      .map((row) => Opportunity.parse(row))
      .find((row) => row.name === 'Acme Renewal');
    expect(deal?.amount).toEqual({ amountMicros: 60_000_000_000, currencyCode: 'USD' });
    expect(deal?.pointOfContactId).toBe(jane?.id);
    expect(rows('noteTarget').some((row) => row.targetPersonId === jane?.id)).toBe(true);
    expect(rows('taskTarget').some((row) => row.targetPersonId === jane?.id)).toBe(true);
  });

  it('has deals in every stage, tasks overdue, today, this week, later, without a date and done', () => {
    expect(new Set(rows('opportunity').map((row) => row.stage))).toEqual(new Set(STAGES));
    const today = Date.parse('2026-11-18T00:00:00.000Z');
    const tasks = rows('task').map((row) => Task.parse(row));
    const due = (from: number, to: number) =>
      tasks.filter(
        (task) =>
          task.status !== 'DONE' &&
          task.dueAt &&
          Date.parse(task.dueAt) >= today + from * 86_400_000 &&
          Date.parse(task.dueAt) < today + to * 86_400_000,
      ).length;
    expect(due(-30, 0)).toBe(5);
    expect(due(0, 1)).toBe(3);
    expect(due(1, 7)).toBe(10);
    expect(due(7, 60)).toBe(6);
    expect(tasks.filter((task) => task.dueAt === null)).toHaveLength(3);
    expect(tasks.filter((task) => task.status === 'DONE')).toHaveLength(24);
  });

  it('was made before now, and points only at what is there', () => {
    const ids = new Set(Object.values(made.rows).flatMap((list) => list.map((row) => row.id)));
    for (const row of Object.values(made.rows).flat()) {
      expect(Date.parse(row.updatedAt ?? '')).toBeLessThan(NOW);
      expect(Date.parse(row.updatedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(row.createdAt ?? ''));
      for (const [name, value] of Object.entries(row))
        if (/Id$/.test(name) && name !== 'userId' && typeof value === 'string')
          expect(ids.has(value), `${name} ${value}`).toBe(true);
    }
  });
});

describe('the seeded random source', () => {
  it('stays in range and spreads', () => {
    const random = createRandom(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 6_000; i++) {
      const value = random.int(1, 6);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(count).toBeGreaterThan(850);
  });
});
