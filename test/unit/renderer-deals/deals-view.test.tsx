// @vitest-environment happy-dom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionView } from '../../../shared/app/connections';
import type { Settings } from '../../../shared/app/settings';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { appState, type BridgeDouble, connection, id, installBridge, refusal } from '../renderer/bridge-double';
import { field, object, options, record } from './deals';

configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

let bridge: BridgeDouble;
let rows: CrmRecord[];

const STAGE = field('stage', { type: 'SELECT', options: options('LEAD', 'PROPOSAL', 'LOST'), nullable: false });
const REASON = field('lostReason', { type: 'SELECT', options: options('BUDGET', 'TIMING'), label: 'Lost reason' });
const TYPE = field('contractType', { type: 'SELECT', options: options('RETAINER', 'PROJECT') });
const FIELDS = [field('name'), STAGE, field('amount', { type: 'CURRENCY' }), field('closeDate', { type: 'DATE_TIME' })];

interface Given {
  fields?: ObjectMeta['fields'];
  readOnly?: boolean;
  settings?: Partial<Settings>;
  connection?: Partial<ConnectionView>;
}

async function open({
  fields = FIELDS,
  readOnly = false,
  settings = {},
  connection: more = {},
}: Given = {}): Promise<void> {
  bridge = installBridge({
    'metadata.objects': () => [object('opportunity', 'Opportunity', fields)],
    'records.list': () => ({ total: rows.length, rows, labels: {}, pending: [] }),
    'records.update': ({ id: recordId, changes }: { id: string; changes: Record<string, unknown> }) => {
      rows = rows.map((row) => (row.id === recordId ? { ...row, ...changes } : row));
      return { entryId: id(500), object: 'opportunity', recordId, at: 0, message: 'Deal changed' };
    },
  });
  const { useApp } = await import('../../../renderer/app/state');
  const { DealsView } = await import('../../../renderer/deals/DealsView');
  const state = appState({ connections: [connection({ readOnly, ...more })] });
  useApp.setState({ state: { ...state, settings: { ...state.settings, ...settings } } });
  render(<DealsView />);
}

const column = (name: RegExp) => screen.findByRole('listbox', { name });
const press = (key: string, code = key) => fireEvent.keyDown(document.activeElement ?? document.body, { key, code });
const pointerAt = (card: Element, type: string, clientX: number, pointerType = 'mouse') =>
  act(() => {
    const at = type === 'pointerdown' ? card : window;
    const given = { button: 0, pointerId: 1, isPrimary: true, pointerType, clientX, clientY: 0 };
    at.dispatchEvent(new PointerEvent(type, { bubbles: true, ...given }));
  });
const updates = () => bridge.inputs('records.update');

beforeEach(() => {
  vi.resetModules();
  // Nothing is laid out here; without heights a virtualised column would be empty.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  rows = [
    record(1, { amount: 12_000 }),
    record(2, { amount: 4_500 }),
    record(3, { amount: 60_000, stage: 'PROPOSAL', more: { contractType: 'RETAINER' } }),
  ];
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('shows the workspace’s stages with counts and sums', async () => {
  await open();
  expect(await column(/^Lead, 2 deals, \$16,500$/)).toBeTruthy();
  expect(await column(/^Proposal, 1 deal, \$60,000$/)).toBeTruthy();
  expect(await column(/^Lost, 0 deals$/)).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('$76,500 open');
});

it('moves the card the keys are on, with the stage it was based on, and follows it', async () => {
  await open();
  const lead = await column(/^Lead/);
  await waitFor(() => expect(document.activeElement).toBe(lead));
  press('ArrowDown');
  press(']');
  await waitFor(() => expect(updates()).toHaveLength(1));
  expect(updates()[0]).toEqual({
    object: 'opportunity',
    id: id(2),
    changes: { stage: 'PROPOSAL' },
    base: { stage: 'LEAD' },
  });
  await waitFor(async () => expect(document.activeElement).toBe(await column(/^Proposal, 2 deals/)));
  press('[');
  await waitFor(() => expect(updates()).toHaveLength(2));
});

it('takes brackets where they are on the keyboard, and Shift with an arrow', async () => {
  await open();
  const { moveWay } = await import('../../../renderer/deals/Board');
  const way = (key: string, code = '', shiftKey = false) => moveWay({ key, code, shiftKey, altKey: false });
  expect(way('ü', 'BracketLeft')).toBe(-1);
  expect(way('+', 'BracketRight')).toBe(1);
  expect(way('ArrowRight', 'ArrowRight', true)).toBe(1);
  expect(way('ArrowRight', 'ArrowRight')).toBeNull();
});

it('puts the card back when the move was refused', async () => {
  await open();
  bridge.answer('records.update', () => {
    throw refusal('Your key may not change deals.', 'forbidden');
  });
  await waitFor(async () => expect(document.activeElement).toBe(await column(/^Lead/)));
  press(']');
  await waitFor(() => expect(updates()).toHaveLength(1));
  expect(await column(/^Lead, 2 deals/)).toBeTruthy();
});

it('asks why a deal is lost where the workspace wants to know', async () => {
  rows = [record(1, { stage: 'PROPOSAL' })];
  await open({ fields: [...FIELDS, REASON] });
  await waitFor(async () => expect(document.activeElement).toBe(await column(/^Proposal/)));
  press(']');
  const dialog = await screen.findByRole('dialog', { name: 'Lost reason of Deal 1' });
  expect(updates()).toHaveLength(0);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(updates()).toHaveLength(1));
  expect(updates()[0]).toMatchObject({ changes: { stage: 'LOST' } });
});

it('says a retainer by month only where the workspace has retainers, and only while that is on', async () => {
  await open({ fields: [...FIELDS, TYPE] });
  expect(await screen.findByText('$5,000/mo')).toBeTruthy();
  expect(screen.getByRole('switch', { name: 'Retainers per month' })).toBeTruthy();
  cleanup();
  vi.resetModules();
  await open({ fields: [...FIELDS, TYPE], settings: { monthlyRetainers: false } });
  await column(/^Lead/);
  expect(screen.queryByText('$5,000/mo')).toBeNull();
  cleanup();
  vi.resetModules();
  await open();
  await column(/^Lead/);
  expect(screen.queryByRole('switch')).toBeNull();
});

it('offers nothing that is not allowed, and says why', async () => {
  await open({ readOnly: true });
  await waitFor(async () => expect(document.activeElement).toBe(await column(/^Lead/)));
  press(']');
  expect(screen.queryByRole('button', { name: /New deal/ })).toBeNull();
  expect(screen.getAllByText(/is read-only in Twig/).length).toBeGreaterThan(0);
  expect(updates()).toHaveLength(0);
});

it('moves a card by drag, and not when Esc is pressed on the way', async () => {
  await open();
  await column(/^Lead/);
  const card = screen.getAllByRole('option')[0];
  const target = document.querySelector('[data-stage="PROPOSAL"]');
  if (!card || !target) throw new Error('The board has no cards.');
  document.elementFromPoint = () => target;
  const pointer = (type: string, x: number) => pointerAt(card, type, x);
  pointer('pointerdown', 0);
  pointer('pointermove', 100);
  act(() => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  });
  pointer('pointerup', 100);
  expect(updates()).toHaveLength(0);
  pointer('pointerdown', 0);
  pointer('pointermove', 100);
  expect(screen.getByText('Moves to Proposal')).toBeTruthy();
  pointer('pointerup', 100);
  await waitFor(() => expect(updates()).toHaveLength(1));
});

it('lifts a card for a finger that rests on it, and scrolls for one that moves at once', async () => {
  await open();
  await column(/^Lead/);
  const card = screen.getAllByRole('option')[0];
  const target = document.querySelector('[data-stage="PROPOSAL"]');
  if (!card || !target) throw new Error('The board has no cards.');
  document.elementFromPoint = () => target;
  const finger = (type: string, x: number) => pointerAt(card, type, x, 'touch');
  finger('pointerdown', 0);
  finger('pointermove', 100);
  expect(screen.queryByText('Moves to Proposal')).toBeNull();
  finger('pointerup', 100);
  expect(updates()).toHaveLength(0);
  finger('pointerdown', 0);
  expect(await screen.findByText('Moves to Proposal')).toBeTruthy();
  const scroll = new Event('touchmove', { bubbles: true, cancelable: true });
  card.dispatchEvent(scroll);
  expect(scroll.defaultPrevented).toBe(true);
  finger('pointermove', 100);
  finger('pointerup', 100);
  await waitFor(() => expect(updates()).toHaveLength(1));
});

it('says while offline that changes are kept and how many wait', async () => {
  await open({ connection: { online: false, outbox: { waiting: 2, failed: 0 } } });
  await column(/^Lead/);
  expect(screen.getByText(/Offline\. 2 changes wait, kept safe, and are sent/)).toBeTruthy();
});

it('keeps how likely a stage is won for this workspace', async () => {
  await open({ settings: { stageWeights: { 'other:LEAD': 1 } } });
  // The charts come on demand, which takes its time where everything is compiled on the way.
  await import('../../../renderer/deals/ForecastView');
  fireEvent.click(await screen.findByRole('radio', { name: 'Forecast' }));
  const likely = await screen.findByRole('textbox', { name: 'How likely Lead is won, in percent' });
  fireEvent.change(likely, { target: { value: '120' } });
  fireEvent.keyDown(likely, { key: 'Enter' });
  expect(bridge.inputs('settings.change')).toHaveLength(0);
  fireEvent.change(likely, { target: { value: '45 %' } });
  fireEvent.keyDown(likely, { key: 'Enter' });
  await waitFor(() =>
    expect(bridge.inputs('settings.change')).toEqual([{ stageWeights: { 'other:LEAD': 1, 'acme:LEAD': 45 } }]),
  );
  const table = screen.getByRole('table', { name: 'Deals by stage' });
  expect(within(table).getByRole('row', { name: /Proposal/ }).textContent).toContain('$60,000');
});
