import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEWEST } from '../../../main/twenty/dialect';
import { idMutation, updateDocument } from '../../../main/twenty/graphql';
import { objectUrls, type RecordId, recordId, restOrder } from '../../../main/twenty/query';
import { CAPTURE, rig } from './support';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const urls = objectUrls('/rest', 'people');

describe('the address of one record', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.uuid(),
    fc.constantFrom('', '/', ' ', '.', '..', '%', '?', '#', 'batch', 'merge'),
  );

  it('is built from a UUID or not at all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // The brand is only a promise of the compiler: a caller may break it.
        const id = text as RecordId;
        for (const build of [urls.one, urls.softDelete, urls.restoreSuffix, urls.restore]) {
          if (!UUID.test(text)) expect(() => build(id)).toThrow(/addressed by its id/);
          else expect(decodeURIComponent(build(id))).toMatch(new RegExp(`(/people/|id\\[eq\\]:)${text}`));
        }
        for (const document of [
          () => idMutation('delete', 'person', id),
          () => updateDocument('person', id, {}, 'id'),
        ]) {
          if (!UUID.test(text)) expect(document).toThrow(/addressed by its id/);
          else expect(document().query).toContain(`id:"${text}"`);
        }
      }),
    );
  });

  it('is needed by every write of a client before anything is sent', async () => {
    const { client, requests } = rig({ people: 1 });
    await fc.assert(
      fc.asyncProperty(
        anyText.filter((text) => !UUID.test(text)),
        async (text) => {
          await expect(client.update('person', text, { jobTitle: 'x' }, CAPTURE)).rejects.toThrow(
            /addressed by its id/,
          );
          await expect(client.softDelete('person', text, CAPTURE)).rejects.toThrow(/addressed by its id/);
          await expect(client.restore('person', text, CAPTURE)).rejects.toThrow(/addressed by its id/);
          await expect(client.create('person', { id: text }, CAPTURE)).rejects.toThrow(/addressed by its id/);
        },
      ),
      { numRuns: 50 },
    );
    expect(requests).toEqual([]);
  });

  it('takes only names for objects', () => {
    for (const plural of ['', 'people/', '../x', 'People', 'a b', 'people?x=1']) {
      expect(() => objectUrls('/rest', plural)).toThrow(/name of an object/);
    }
  });
});

describe('a list address', () => {
  const page = { filter: '', orderBy: '', limit: 60, depth: 0 as const };

  it('always says depth and limit, and encodes what is typed', () => {
    expect(urls.list({ ...page, filter: 'and(name[eq]:"a+b&c=d#e")', after: 'x=' })).toBe(
      '/rest/people?limit=60&depth=0&starting_after=x%3D&filter=and(name%5Beq%5D%3A%22a%2Bb%26c%3Dd%23e%22)',
    );
  });

  it('is read in one direction', () => {
    expect(() => urls.list({ ...page, after: 'a', before: 'b' })).toThrow(/not both/);
  });

  it('refuses what no server would take', () => {
    expect(() => urls.list({ ...page, filter: 'x'.repeat(9_000) })).toThrow(/too long/);
  });

  it('orders by several keys in four directions, and by nothing else', () => {
    const keys = [
      { field: 'updatedAt', direction: 'DescNullsLast' as const },
      { field: 'name.lastName', direction: 'AscNullsFirst' as const },
    ];
    expect(restOrder(keys, 'person', NEWEST)).toBe('updatedAt[DescNullsLast],name.lastName[AscNullsFirst]');
    expect(() => restOrder([{ field: 'a,b', direction: 'AscNullsFirst' }], 'person', NEWEST)).toThrow(
      /name of a field/,
    );
    expect(() => restOrder([{ field: 'a', direction: 'x' as 'AscNullsFirst' }], 'person', NEWEST)).toThrow(/direction/);
  });
});

it('accepts ids in either case', () => {
  expect(recordId('20202020-B000-4485-94DE-70C2A98DAEF2')).toBe('20202020-B000-4485-94DE-70C2A98DAEF2');
});
