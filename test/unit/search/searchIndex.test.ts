import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchDoc, SearchIndex } from '../../../main/workspace/search';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const id = (n: number) => `20202020-0000-4000-8000-${String(n).padStart(12, '0')}`;
let last = 0;
const doc = (title: string, more: Partial<SearchDoc> = {}): SearchDoc => ({
  object: 'person',
  id: id(++last),
  title,
  subtitle: '',
  emails: [],
  phones: [],
  company: '',
  jobTitle: '',
  city: '',
  domain: '',
  ...more,
});
const PEOPLE = [
  doc('Jane Smith', {
    subtitle: 'CTO · Acme Corp',
    company: 'Acme Corp',
    jobTitle: 'CTO',
    city: 'Miami',
    emails: ['jane@acme.com'],
    phones: ['12015550123'],
  }),
  doc('Jan Smit', { subtitle: 'Founder · Delft Labs', company: 'Delft Labs' }),
  doc('Bernhard Müller', { emails: ['b.mueller@beispiel.de'], phones: ['49301234567', '0301234567'] }),
  doc('Jörg Weiß'),
  doc('Søren Kjær'),
  doc('Łukasz Wójcik'),
  doc('Shaun O’Brien'),
  doc('Christopher Featherstonehaugh'),
  doc('Marta Rossi', { subtitle: 'Director · Globex', company: 'Globex', jobTitle: 'Director' }),
  doc('山田 太郎'),
  doc('Ольга Иванова'),
  doc('Jan van Dijk'),
  doc('Acme Corp', { object: 'company', domain: 'acme.com', city: 'Miami' }),
  doc('Acme Renewal', { object: 'opportunity', company: 'Acme Corp' }),
];
const filled = () => {
  const index = new SearchIndex();
  index.upsert(PEOPLE);
  return index;
};
const index = filled();
const titles = (query: string, objects: string[] | null = null, from = index) =>
  from.search(query, { limit: 10, objects, now: NOW }).results.map((hit) => hit.title);

describe('finds', () => {
  it.each([
    ['jane smith', 'Jane Smith'],
    ['smith jane', 'Jane Smith'],
    ['jane smi', 'Jane Smith'],
    ['smi jane', 'Jane Smith'],
    ['JANE', 'Jane Smith'],
    ['js acme', 'Jane Smith'],
    ['jvd', 'Jan van Dijk'],
    ['jane acme', 'Jane Smith'],
    ['cto acme', 'Jane Smith'],
    ['jane miami', 'Jane Smith'],
    ['jane@acme.com', 'Jane Smith'],
    ['jane@ac', 'Jane Smith'],
    ['acme.com', 'Acme Corp'],
    ['acme corp', 'Acme Corp'],
    ['acme ren', 'Acme Renewal'],
    ['muller', 'Bernhard Müller'],
    ['mueller', 'Bernhard Müller'],
    ['müller', 'Bernhard Müller'],
    ['jorg weiss', 'Jörg Weiß'],
    ['joerg weiß', 'Jörg Weiß'],
    ['soren kjaer', 'Søren Kjær'],
    ['lukasz wojcik', 'Łukasz Wójcik'],
    ['obrien', 'Shaun O’Brien'],
    ["o'brien", 'Shaun O’Brien'],
    ['o brien', 'Shaun O’Brien'],
    ['山田', '山田 太郎'],
    ['иванова', 'Ольга Иванова'],
  ])('%s -> %s', (query, title) => {
    expect(titles(query)[0]).toBe(title);
  });

  it.each([
    ['jnae smith', 'swap'],
    ['jne smith', 'drop'],
    ['janne smith', 'one too many'],
    ['jame smith', 'wrong letter'],
    ['hane smith', 'wrong first letter'],
    ['ajne smith', 'swapped first letters'],
    ['jane smih', 'in a beginning'],
    ['jane smt', 'a letter skipped'],
    ['janesmith', 'no space'],
    ['ja ne smith', 'a space too many'],
  ])('Jane Smith by %s (%s)', (query) => {
    expect(titles(query)[0]).toBe('Jane Smith');
  });

  it('forgives two errors in a long word', () => {
    expect(titles('fetherstonhaugh')[0]).toBe('Christopher Featherstonehaugh');
    expect(titles('cristohper')[0]).toBe('Christopher Featherstonehaugh');
  });

  it.each([
    ['5550123', 'Jane Smith'],
    ['(201) 555-01', 'Jane Smith'],
    ['+1 201 555', 'Jane Smith'],
    ['001 201 555 0123', 'Jane Smith'],
    ['jane 0123', 'Jane Smith'],
    ['030 123', 'Bernhard Müller'],
    ['+49 (0)30 1234', 'Bernhard Müller'],
    ['0049 30 12', 'Bernhard Müller'],
    ['1234567', 'Bernhard Müller'],
  ])('the phone %s', (query, title) => {
    expect(titles(query)).toEqual([title]);
  });

  it('nothing where nothing is like it', () => {
    expect(titles('zzzzqq')).toEqual([]);
    expect(titles('99999999')).toEqual([]);
    expect(titles(' ,.! ')).toEqual([]);
  });

  it('only the objects asked for', () => {
    expect(titles('acme', ['company'])).toEqual(['Acme Corp']);
    expect(titles('acme', ['task'])).toEqual([]);
  });
});

describe('order', () => {
  it('puts whole words before beginnings before misspelt ones', () => {
    expect(titles('jan').slice(0, 3)).toEqual(['Jan Smit', 'Jan van Dijk', 'Jane Smith']);
    expect(titles('jan smit').slice(0, 2)).toEqual(['Jan Smit', 'Jane Smith']);
  });

  it('lets what is opened often and lately break ties, and no more', () => {
    const opened = filled();
    const [jane, jan] = [PEOPLE[0], PEOPLE[11]];
    opened.setOpened('person', jan?.id ?? '', [NOW - DAY, NOW - 2 * DAY]);
    expect(titles('jan', null, opened)[0]).toBe('Jan van Dijk');
    opened.setOpened('person', jane?.id ?? '', [NOW, NOW - 1, NOW - 2, NOW - 3]);
    expect(titles('', null, opened)).toEqual(['Jane Smith', 'Jan van Dijk']);
    opened.setOpened('person', jan?.id ?? '', []);
    expect(titles('jan', null, opened)[0]).toBe('Jane Smith');
    expect(titles('jan smit', null, opened)[0]).toBe('Jan Smit');
    expect(titles('', null, opened)).toEqual(['Jane Smith']);
  });

  it('has people before companies before deals, all else equal', () => {
    const same = new SearchIndex();
    same.upsert([doc('Apollo', { object: 'opportunity' }), doc('Apollo', { object: 'company' }), doc('Apollo')]);
    const objects = same.search('apollo', { limit: 5, now: NOW }).results.map((hit) => hit.object);
    expect(objects).toEqual(['person', 'company', 'opportunity']);
  });
});

describe('marks', () => {
  const marked = (query: string, text: 'title' | 'subtitle' = 'title', from = index) => {
    const [hit] = from.search(query, { limit: 1, now: NOW }).results;
    const ranges = text === 'title' ? hit?.titleRanges : hit?.subtitleRanges;
    return ranges?.map(([start, end]) => hit?.[text].slice(start, end));
  };

  it.each([
    ['jane smith', ['Jane', 'Smith']],
    ['jan smi', ['Jan', 'Smi']],
    ['jane smt', ['Jane', 'Sm', 't']],
    ['jvd', ['J', 'v', 'D']],
    ['weiss', ['Weiß']],
    ['obr', ['O', 'Br']],
    ['mueller', ['Müller']],
    ['soren', ['Søren']],
  ])('%s', (query, expected) => {
    expect(marked(query)).toEqual(expected);
  });

  it('marks the subtitle as well', () => {
    expect(marked('jane acme', 'subtitle')).toEqual(['Acme']);
  });
});

describe('changes', () => {
  it('finds the new text, not the old one, and nothing that was removed', () => {
    const changing = filled();
    const jane = PEOPLE[0] as SearchDoc;
    changing.upsert([{ ...jane, title: 'Jane Doe', emails: [], phones: [] }]);
    expect(titles('doe', null, changing)[0]).toBe('Jane Doe');
    expect(titles('jane smith', null, changing)).not.toContain('Jane Smith');
    expect(titles('5550123', null, changing)).toEqual([]);
    expect(changing.size).toBe(PEOPLE.length);
    changing.remove('person', jane.id);
    expect(titles('doe', null, changing)).not.toContain('Jane Doe');
    changing.remove('person', jane.id);
    expect(changing.size).toBe(PEOPLE.length - 1);
  });

  it('says the same before and after it settled, was kept and was opened again', () => {
    const grown = new SearchIndex();
    const many = Array.from({ length: 12_000 }, (_, n) => doc(`Person${n % 300} Family${n}`, { phones: [`4479${n}`] }));
    grown.upsert(many);
    grown.upsert(many.map((one) => ({ ...one, company: `Firm${one.title.length}` })));
    const ask = (from: SearchIndex) =>
      ['family77', 'person7 family1', 'famly123', '447911', 'firm15'].map((query) =>
        from.search(query, { limit: 20, now: NOW }).results.map((hit) => [hit.id, hit.title]),
      );
    const before = ask(grown);
    while (grown.settle(1)) grown.upsert(many.slice(0, 5));
    expect(ask(grown)[0]).toEqual(before[0]);
    expect(grown.size).toBe(many.length);
    const opened = SearchIndex.load(grown.snapshot());
    expect(ask(opened)).toEqual(ask(grown));
    opened.upsert([doc('Newcomer Person')]);
    expect(titles('newcomer', null, opened)).toEqual(['Newcomer Person']);
    opened.upsert([{ ...(many[5] as SearchDoc), title: 'Renamed Person' }]);
    expect(opened.size).toBe(many.length + 1);
  });

  it('refuses a damaged copy', () => {
    const pieces = index.snapshot().map((piece) => piece.slice());
    const body = pieces[1] as Uint8Array;
    body[100] = (body[100] ?? 0) ^ 1;
    expect(() => SearchIndex.load(pieces)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
    expect(() => SearchIndex.load([])).toThrow(expect.objectContaining({ kind: 'corrupt' }));
    expect(() => SearchIndex.load(pieces.slice(0, 1))).toThrow(expect.objectContaining({ kind: 'corrupt' }));
    expect(() => SearchIndex.load([new Uint8Array(200)])).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });
});

describe('any text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());

  it('can be a record and a query; ranges stay inside, in order', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (names, query) => {
        const any = new SearchIndex();
        any.upsert(names.map((name, n) => doc(name, { id: id(900_000 + n), subtitle: query, emails: [name] })));
        for (const asked of [query, ...names]) {
          for (const hit of any.search(asked, { limit: 5, now: NOW }).results) {
            for (const [shown, ranges] of [
              [hit.title, hit.titleRanges],
              [hit.subtitle, hit.subtitleRanges],
            ] as const) {
              let end = 0;
              for (const [from, to] of ranges) {
                expect(from).toBeGreaterThanOrEqual(end);
                expect(to).toBeGreaterThan(from);
                end = to;
              }
              expect(end).toBeLessThanOrEqual(shown.length);
            }
          }
        }
      }),
    );
  });

  it('is found by its own words', () => {
    const name = fc.stringMatching(/^[a-z]{3,12} [a-z]{3,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30 }), (names) => {
        const any = new SearchIndex();
        any.upsert(names.map((one, n) => doc(one, { id: id(800_000 + n) })));
        for (const one of names) expect(titles(one, null, any)[0]).toBe(one);
      }),
    );
  });
});
