import { recordLabel } from '../../shared/crm';
import { activeConnection, useApp } from '../app/state';
import { invoke } from '../bridge';
import type { PickerOption } from '../ui/picker';

/** What the contact search knows; every other object is searched by its own list. */
const SEARCHED: ReadonlySet<string> = new Set(['person', 'company', 'opportunity']);
const LIMIT = 30;

/** Records of one object that fit the text, best first; the first few for an empty text. */
export async function findRecords(object: string, text: string): Promise<PickerOption[]> {
  if (object === 'workspaceMember') return findMembers(text);
  const wanted = text.trim();
  if (SEARCHED.has(object) && wanted !== '') {
    const { results } = await invoke('contacts.search', { query: wanted, objects: [object], limit: LIMIT });
    return results.map(({ id, title, subtitle }) => ({ id, label: title, detail: subtitle }));
  }
  const { rows } = await invoke('records.list', { object, text: wanted, limit: LIMIT });
  return rows.map((record) => ({ id: record.id, label: recordLabel(object, record), detail: '' }));
}

async function findMembers(text: string): Promise<PickerOption[]> {
  const connection = activeConnection(useApp.getState().state);
  if (connection === null) return [];
  const members = await invoke('connections.members', { id: connection.id });
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return members
    .filter(({ name, email }) => words.every((word) => `${name} ${email}`.toLocaleLowerCase().includes(word)))
    .map(({ id, name, email }) => ({ id, label: name, detail: email }));
}
