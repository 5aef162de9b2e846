import { describe, expect, it } from 'vitest';
import { createDemoServer } from '../../../main/demo';
import { largeSample } from '../../../main/demo/sample-large';
import { Company, Person } from '../../../shared/crm';

describe('the large sample', () => {
  const large = largeSample(3_000, 5);

  it('makes each row from its own number, always the same', () => {
    const chunks = [...large.peopleChunks(700)];
    expect(chunks.map((chunk) => chunk.length)).toEqual([700, 700, 700, 700, 200]);
    expect(chunks[1]?.[3]).toEqual(largeSample(3_000, 5).person(703));
    expect(largeSample(3_000, 6).person(703)).not.toEqual(large.person(703));
  });

  it('is made of people and companies that belong together', () => {
    const companies = new Set([...large.companyChunks(1_000)].flat().map((row) => Company.parse(row).id));
    expect(companies.size).toBe(250);
    const people = [...large.peopleChunks(1_000)].flat().map((row) => Person.parse(row));
    expect(new Set(people.map((person) => person.emails?.primaryEmail)).size).toBe(3_000);
    expect(people.every((person) => !person.companyId || companies.has(person.companyId))).toBe(true);
  });

  it('fills a server with more people than the company has', async () => {
    const server = createDemoServer({ people: 3_000, limit: null });
    const answer = await server.handle(
      new Request('http://127.0.0.1/rest/people?limit=1', { headers: { authorization: `Bearer ${server.key}` } }),
    );
    expect((await answer.json()).totalCount).toBe(3_000);
  });
});
