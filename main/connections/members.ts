import type { MemberView } from '../../shared/app/connections';
import type { CrmRecord } from '../../shared/crm';
import { fullName } from '../../shared/crm/names';
import type { TwentyClient } from '../twenty/types';

const PAGE = 1_000;
/** More than any workspace has members for; a list without end is left there. */
const MOST_PAGES = 50;

/** All members of a workspace from its server, by name. */
export async function readMembers(client: TwentyClient): Promise<MemberView[]> {
  const members = new Map<string, MemberView>();
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: PAGE, depth: 0 as const, ...(after === undefined ? {} : { after }) };
    const { records, hasNextPage, endCursor } = await client.list('workspaceMember', query, { lane: 'read' });
    for (const record of records) members.set(record.id, memberView(record));
    if (!hasNextPage || endCursor === null || endCursor === after) break;
    after = endCursor;
  }
  return [...members.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** A member as windows show one. */
function memberView(record: CrmRecord): MemberView {
  const email = typeof record.userEmail === 'string' ? record.userEmail : '';
  return { id: record.id, name: fullName(record.name) || email || 'Member', email };
}
