// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { updateFields } from '../../../renderer/fields/writes';
import { id, installBridge } from '../renderer/bridge-double';
import { receipt } from './window';

const HERE = { addressLat: 47.3769, addressLng: 8.5417 };
const ZURICH = { addressStreet1: '1 Lake St', addressStreet2: null, addressCity: 'Zürich', addressState: '' };

it.each([
  ['the street', { ...ZURICH, addressStreet1: '2 Lake St' }, { ...ZURICH, ...HERE }, ['addressLat', 'addressLng']],
  ['the state', { ...ZURICH, addressState: 'ZH' }, { ...ZURICH, ...HERE }, ['addressLat', 'addressLng']],
  ['the city of an address at 0, 0', { addressCity: 'Null' }, { addressCity: '', addressLat: 0 }, ['addressLat']],
  ['the street of an address without a place', { addressStreet1: '2 Lake St' }, ZURICH, []],
])('forgets where an address lies when %s changes', async (_what, typed, before, cleared) => {
  const bridge = installBridge({ 'records.update': () => receipt('Changed') });
  await updateFields({ object: 'company', id: id(1) }, { address: typed }, { address: before });
  const nothing = Object.fromEntries(cleared.map((part) => [part, null]));
  expect(bridge.inputs('records.update')).toMatchObject([{ changes: { address: { ...typed, ...nothing } } }]);
  expect(Object.keys((bridge.inputs('records.update')[0] as { changes: { address: object } }).changes.address)).toEqual(
    [...Object.keys(typed), ...cleared],
  );
});

it('writes nothing, and forgets no place, when an address is the same', async () => {
  const bridge = installBridge();
  const same = { ...ZURICH, addressStreet2: '' };
  expect(
    await updateFields({ object: 'company', id: id(1) }, { address: same }, { address: { ...ZURICH, ...HERE } }),
  ).toBeNull();
  expect(bridge.inputs('records.update')).toEqual([]);
});
