/** True on macOS, where the Command key is the main modifier and keys are shown as symbols. */
export const isMac = /Mac/.test(navigator.userAgent);

const MAC_SYMBOLS: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Cmd: '⌘',
  Super: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Ctrl: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
};
const OTHER_WORDS: Readonly<Record<string, string>> = { CommandOrControl: 'Ctrl', Control: 'Ctrl', Super: 'Win' };
const KEY_SYMBOLS: Readonly<Record<string, string>> = {
  Enter: '↵',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  Delete: 'Del',
  Escape: 'Esc',
};

/** How an accelerator such as `CommandOrControl+Shift+J` is written on this platform. */
export function keysText(accelerator: string, mac = isMac): string {
  const parts = accelerator.split('+').map((part) => {
    const modifier = mac ? MAC_SYMBOLS[part] : OTHER_WORDS[part];
    return modifier ?? KEY_SYMBOLS[part] ?? part;
  });
  return parts.join(mac ? '' : '+');
}

/** True when the platform's main modifier (Command on macOS, Control elsewhere) is held. */
export function mainModifier(event: { metaKey: boolean; ctrlKey: boolean }): boolean {
  return isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}

const CODE_KEYS: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backquote: '`',
  Space: 'Space',
  Enter: 'Enter',
  Tab: 'Tab',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Delete: 'Delete',
};

/** The accelerator a key press stands for, or null while only modifiers are held or it cannot be one. */
export function acceleratorOf(
  event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac = isMac,
): string | null {
  const letter = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(event.code);
  const key = letter?.[1] ?? letter?.[2] ?? letter?.[3] ?? CODE_KEYS[event.code];
  if (key === undefined) return null;
  const main = mac ? event.metaKey : event.ctrlKey;
  const second = mac ? event.ctrlKey : event.metaKey;
  const modifiers = [
    main ? 'CommandOrControl' : '',
    second ? (mac ? 'Control' : 'Super') : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ].filter(Boolean);
  const strong = main || second || event.altKey;
  if (!strong && !key.match(/^F\d/)) return null;
  return [...modifiers, key].join('+');
}
