// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { acceleratorOf, keysText } from '../../../renderer/ui/keys';
import { accelerator } from '../../../shared/app/settings';

const press = (code: string, held = '') => ({
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

it('writes keys as each platform does', () => {
  expect(keysText('CommandOrControl+Shift+J', true)).toBe('⌘⇧J');
  expect(keysText('CommandOrControl+Shift+J', false)).toBe('Ctrl+Shift+J');
  expect(keysText('Enter', false)).toBe('↵');
});

it('reads pressed keys as an accelerator that the contract takes', () => {
  const read = [
    acceleratorOf(press('KeyJ', 'cs'), false),
    acceleratorOf(press('KeyJ', 'ms'), true),
    acceleratorOf(press('KeyJ', 'cm'), true),
    acceleratorOf(press('Space', 'a'), false),
    acceleratorOf(press('BracketLeft', 'ca'), false),
    acceleratorOf(press('F5'), false),
    acceleratorOf(press('F5', 's'), false),
  ];
  expect(read).toEqual([
    'CommandOrControl+Shift+J',
    'CommandOrControl+Shift+J',
    'CommandOrControl+Control+J',
    'Alt+Space',
    'CommandOrControl+Alt+[',
    'F5',
    'Shift+F5',
  ]);
  for (const keys of read) expect(accelerator.safeParse(keys).success).toBe(true);
});

it('takes no key that is only typing, and no modifier alone', () => {
  expect(acceleratorOf(press('KeyJ'), false)).toBeNull();
  expect(acceleratorOf(press('KeyJ', 's'), false)).toBeNull();
  expect(acceleratorOf(press('ControlLeft', 'c'), false)).toBeNull();
});
