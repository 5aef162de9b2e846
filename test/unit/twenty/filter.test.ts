import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENT, MID, OLD } from '../../../main/demo/dialects';
import { type FilterTree, isCondition } from '../../../main/demo/filter';
import { parseFilter } from '../../../main/demo/filter-parse';
import { NEWEST } from '../../../main/twenty/dialect';
import { restFilter } from '../../../main/twenty/filter';
import { graphqlFilter } from '../../../main/twenty/graphql';
import { matches } from '../../../main/twenty/matching';
import type { Dialect, Filter } from '../../../main/twenty/types';
import { isTwigError } from '../../../shared/errors';

const OLDER: Dialect = { ...NEWEST, source: 'introspection', body: 'body', targets: 'plain' };

/** Text as people type it, rich in what a parser might trip over. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      ',',
      "'",
      '"',
      '(',
      ')',
      '[',
      ']',
      ':',
      '%',
      '_',
      '\\',
      ' ',
      '+',
      '&',
      '\n',
      'or(',
      'é',
    ),
    maxLength: 8,
  }),
);
const field = fc.constantFrom('name.firstName', 'name.lastName', 'jobTitle', 'city');
const leaf = fc.oneof(
  fc.record({
    field,
    op: fc.constantFrom('eq', 'contain', 'startsWith', 'endsWith', 'notContain', 'neq'),
    value: typed,
  }),
  fc.record({ field, op: fc.constant('in' as const), value: fc.array(typed, { maxLength: 3 }) }),
  fc.record({ field, op: fc.constant('is' as const), value: fc.constantFrom('NULL', 'NOT_NULL') }),
) as fc.Arbitrary<Filter>;
const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    tie('tree').map((not) => ({ not })),
  ),
}));
const record = fc.record({
  id: fc.uuid(),
  name: fc.record({ firstName: typed, lastName: typed }),
  jobTitle: typed,
  city: typed,
});

/** What the embedded server understood, as the client's own kind of tree. */
function understood(parsed: FilterTree): Filter {
  if (isCondition(parsed)) return { field: parsed.path.join('.'), op: parsed.op, value: parsed.value } as Filter;
  if ('and' in parsed) return { and: parsed.and.map(understood) };
  if ('or' in parsed) return { or: parsed.or.map(understood) };
  return { not: understood(parsed.not) };
}

function built(filter: Filter, dialect: Dialect): ReturnType<typeof restFilter> | null {
  try {
    return restFilter(filter, 'person', dialect);
  } catch (thrown) {
    if (isTwigError(thrown) && thrown.kind === 'refused') return null;
    throw thrown;
  }
}

/** Values of the conditions, so that records can be made that meet them. */
function valuesOf(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(valuesOf);
  if ('or' in filter) return filter.or.flatMap(valuesOf);
  if ('not' in filter) return valuesOf(filter.not);
  return Array.isArray(filter.value) ? [...filter.value] : [String(filter.value)];
}

describe('a REST filter', () => {
  it.each([
    ['current', NEWEST, CURRENT],
    ['old', OLDER, OLD],
    ['middle', { ...OLDER, body: 'both' as const }, MID],
  ])('means on a %s server what it means here, or is refused', (_, dialect, traits) => {
    fc.assert(
      fc.property(tree, fc.array(record, { minLength: 1, maxLength: 4 }), (filter, records) => {
        const rest = built(filter, dialect);
        if (!rest) return;
        const asked = understood(parseFilter(rest.text, traits));
        const values = valuesOf(filter);
        const some = records.map((one, index) => ({ ...one, jobTitle: values[index % values.length] ?? one.jobTitle }));
        for (const one of [...records, ...some]) {
          const kept = matches(one, asked) && (rest.check?.(one) ?? true);
          expect(kept, rest.text).toBe(matches(one, filter));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['O’Neil', 'and(name[eq]:"O’Neil")', false],
    ["O'Neil & Sons", `and(name[eq]:"O'Neil & Sons")`, false],
    ['Acme, Inc.', 'and(name[eq]:"Acme, Inc.")', false],
    ['Paren (Test) Ltd', 'and(name[eq]:"Paren (Test) Ltd")', false],
    ['Half ( Paren', 'and(name[like]:"Half _ Paren")', true],
    ['Fully "quoted, name"', 'and(name[like]:"Fully _quoted, name_")', true],
    ['He said "hi"', 'and(name[eq]:"He said "hi"")', false],
    ['100% Pure_Co', 'and(name[eq]:"100% Pure_Co")', false],
    ['100% (half', 'and(name[like]:"100\\% _half")', true],
  ])('asks for %s', (value, text, checked) => {
    const rest = restFilter({ field: 'name', op: 'eq', value }, 'company', NEWEST);
    expect(rest.text).toBe(text);
    expect(rest.check !== null).toBe(checked);
  });

  it('puts the condition with an apostrophe last', () => {
    const filter: Filter = {
      and: [
        { field: 'name', op: 'contain', value: "O'Neil" },
        { field: 'createdAt', op: 'gt', value: '2020-01-01T00:00:00Z' },
      ],
    };
    expect(restFilter(filter, 'company', NEWEST).text).toBe(
      `and(createdAt[gt]:"2020-01-01T00:00:00Z",name[ilike]:"%O'Neil%")`,
    );
  });

  it('asks in one list for plain words, and in alternatives for what a list would split', () => {
    const plain: Filter = { field: 'name', op: 'in', value: ['Stripe', 'Airtable'] };
    const split: Filter = { field: 'name', op: 'in', value: ['Acme, Inc.', 'Stripe'] };
    expect(restFilter(plain, 'company', NEWEST).text).toBe('and(name[in]:["Stripe","Airtable"])');
    expect(restFilter(split, 'company', NEWEST).text).toBe('and(or(name[eq]:"Acme, Inc.",name[eq]:"Stripe"))');
  });

  it('speaks an older server’s names and refuses what that server cannot read', () => {
    const person: Filter = { field: 'targetPersonId', op: 'eq', value: 'x' };
    const note: Filter = { field: 'noteId', op: 'eq', value: 'x' };
    expect(restFilter(person, 'noteTarget', OLDER).text).toBe('and(personId[eq]:"x")');
    expect(() => restFilter(note, 'noteTarget', OLDER)).toThrow(/older Twenty/);
    expect(restFilter(note, 'noteTarget', NEWEST).text).toBe('and(noteId[eq]:"x")');
    expect(graphqlFilter(note, 'noteTarget', OLDER)).toEqual({ noteId: { eq: 'x' } });
  });

  it.each(['', 'a b', 'name[eq]:x', 'id),or(', 'a.b.c.d', 'Name', '__proto__'])('takes no field named %j', (name) => {
    expect(() => restFilter({ field: name, op: 'eq', value: 'x' }, 'person', NEWEST)).toThrow(/name of a field/);
  });

  it('refuses what no server stores', () => {
    expect(() => restFilter({ field: 'name', op: 'eq', value: 'a\0b' }, 'company', NEWEST)).toThrow(/no server/);
    expect(() => restFilter({ field: 'name', op: 'eq', value: '\ud800' }, 'company', NEWEST)).toThrow(/no server/);
  });
});
