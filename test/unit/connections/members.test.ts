import { expect, it } from 'vitest';
import { readMembers } from '../../../main/connections/members';
import type { ListQuery, Page, TwentyClient } from '../../../main/twenty/types';

const id = (n: number) => `20202020-0000-4000-8000-${String(n).padStart(12, '0')}`;

it('reads every member of a large workspace, by name, and ends where a server repeats itself', async () => {
  const all = Array.from({ length: 1_005 }, (_, n) => ({
    id: id(n),
    name: n === 3 ? null : { firstName: 'M', lastName: String(9_999 - n) },
    userEmail: `m${n}@acme.example`,
  }));
  const list = async (_object: string, { after }: ListQuery): Promise<Page> => {
    const from = after === undefined ? 0 : Number(after);
    const records = all.slice(from, from + 200);
    const end = from + records.length;
    // Past the end this server goes on with the last cursor for ever.
    return { records, totalCount: all.length, hasNextPage: true, endCursor: String(end) };
  };
  const members = await readMembers({ list } as unknown as TwentyClient);
  expect(members).toHaveLength(1_005);
  expect(members[0]).toEqual({ id: id(1_004), name: 'M 8995', email: 'm1004@acme.example' });
  expect(members.find((member) => member.id === id(3))?.name).toBe('m3@acme.example');
});
