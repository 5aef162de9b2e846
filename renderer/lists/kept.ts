import { createList, type List } from './store';

/** Lists by workspace and object, so that going away and back finds the same columns, order and place. */
const kept = new Map<string, List>();

/** The list of one object of one workspace; the same one each time. */
export function listOf(connectionId: string, object: string): List {
  const key = `${connectionId} ${object}`;
  const known = kept.get(key) ?? createList(object);
  kept.set(key, known);
  return known;
}
