import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Hotkeys } from '../../../main/desktop/hotkeys';

let held: Map<string, () => void>;
let taken: Set<string>;
const actions = { capture: vi.fn(), contacts: vi.fn() };
const make = (pressIsProof = false): Hotkeys => {
  const registry = {
    register: (accelerator: string, press: () => void) => {
      if (accelerator === 'Nonsense+Key') throw new TypeError('conversion failure');
      if (taken.has(accelerator) || held.has(accelerator)) return false;
      held.set(accelerator, press);
      return true;
    },
    unregister: (accelerator: string) => void held.delete(accelerator),
  };
  return new Hotkeys(registry, actions, { pressIsProof, onChange: () => undefined });
};

beforeEach(() => {
  held = new Map();
  taken = new Set(['Ctrl+Taken']);
  vi.clearAllMocks();
});

describe('hotkeys', () => {
  it('fires its action', () => {
    make().set('capture', 'Ctrl+Shift+J');
    held.get('Ctrl+Shift+J')?.();
    expect(actions.capture).toHaveBeenCalledOnce();
  });

  it('keeps the old one in force when the new one is taken', () => {
    const hotkeys = make();
    hotkeys.set('capture', 'Ctrl+Shift+J');
    const answer = hotkeys.set('capture', 'Ctrl+Taken');
    expect(answer).toMatchObject({ state: 'taken', message: expect.stringContaining('Ctrl+Shift+J still works') });
    expect([...held.keys()]).toEqual(['Ctrl+Shift+J']);
    expect(hotkeys.states().capture).toMatchObject({ accelerator: 'Ctrl+Shift+J', state: 'registered' });
  });

  it('gives up the old one after the new one was registered', () => {
    const hotkeys = make();
    hotkeys.set('capture', 'Ctrl+Shift+J');
    hotkeys.set('capture', 'Ctrl+Shift+L');
    expect([...held.keys()]).toEqual(['Ctrl+Shift+L']);
  });

  it('refuses one key for both actions, and words that are no keys', () => {
    const hotkeys = make();
    hotkeys.set('capture', 'Ctrl+Shift+J');
    expect(hotkeys.set('contacts', 'Ctrl+Shift+J')).toMatchObject({
      state: 'taken',
      message: expect.stringContaining('already opens Capture'),
    });
    expect(hotkeys.set('contacts', 'Nonsense+Key').state).toBe('taken');
  });

  it('lets keys through while a new one is pressed, then takes them back', () => {
    const hotkeys = make();
    hotkeys.set('capture', 'Ctrl+Shift+J');
    hotkeys.pause(true);
    expect(held.size).toBe(0);
    hotkeys.set('capture', 'Ctrl+Shift+M');
    hotkeys.pause(false);
    expect([...held.keys()]).toEqual(['Ctrl+Shift+M']);
    expect(hotkeys.states().capture.state).toBe('registered');
  });

  it('calls a hotkey unproven until it was pressed once, where registering proves nothing', () => {
    const hotkeys = make(true);
    expect(hotkeys.set('capture', 'Ctrl+Shift+J').state).toBe('unproven');
    held.get('Ctrl+Shift+J')?.();
    expect(hotkeys.states().capture.state).toBe('registered');
  });
});
