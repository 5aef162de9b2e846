import type { GlobalShortcut } from 'electron';
import type { HotkeyName, HotkeyState } from '../../shared/app/settings';

/** The part of Electron's globalShortcut that is used. */
export type ShortcutRegistry = Pick<GlobalShortcut, 'register' | 'unregister'>;

const NAMES: Readonly<Record<HotkeyName, string>> = { capture: 'Capture', contacts: 'Contacts' };

/**
 * The two global hotkeys. A new one is registered before the old one is given up, so that a taken
 * one leaves the old in force.
 */
export class Hotkeys {
  readonly #registry: ShortcutRegistry;
  readonly #actions: Readonly<Record<HotkeyName, () => void>>;
  /** On Wayland registering may "succeed" and never fire; only a press proves it. */
  readonly #pressIsProof: boolean;
  readonly #onChange: () => void;
  readonly #active: Record<HotkeyName, string> = { capture: '', contacts: '' };
  readonly #states: Record<HotkeyName, HotkeyState> = {
    capture: { accelerator: '', state: 'none', message: '' },
    contacts: { accelerator: '', state: 'none', message: '' },
  };
  /** What the OS holds for us right now. */
  readonly #held = new Set<string>();
  #paused = false;

  constructor(
    registry: ShortcutRegistry,
    actions: Readonly<Record<HotkeyName, () => void>>,
    options: { pressIsProof: boolean; onChange: () => void },
  ) {
    this.#registry = registry;
    this.#actions = actions;
    this.#pressIsProof = options.pressIsProof;
    this.#onChange = options.onChange;
  }

  states(): Readonly<Record<HotkeyName, HotkeyState>> {
    return { ...this.#states };
  }

  /** Registers an accelerator (empty: none) for an action and says how that went. */
  set(name: HotkeyName, accelerator: string): HotkeyState {
    const old = this.#active[name];
    const other: HotkeyName = name === 'capture' ? 'contacts' : 'capture';
    if (accelerator && accelerator === this.#active[other]) {
      return this.#refuse(name, accelerator, `${accelerator} already opens ${NAMES[other]}.`);
    }
    if (accelerator && accelerator !== old && !this.#register(name, accelerator)) {
      return this.#refuse(name, accelerator, `${accelerator} is taken by the system or another app.`);
    }
    if (old && accelerator !== old) this.#release(old);
    this.#active[name] = accelerator;
    return this.#settle(name, this.#stateOf(accelerator));
  }

  /** Lets all keys through while the user presses a new hotkey in Settings. */
  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const name of ['capture', 'contacts'] as const) {
      const accelerator = this.#active[name];
      if (!accelerator) continue;
      if (paused) this.#release(accelerator);
      else if (!this.#register(name, accelerator)) {
        this.#active[name] = '';
        this.#settle(name, {
          accelerator,
          state: 'taken',
          message: `${accelerator} was taken by another app meanwhile.`,
        });
      }
    }
  }

  #register(name: HotkeyName, accelerator: string): boolean {
    if (this.#held.has(accelerator)) return true;
    try {
      const registered = this.#registry.register(accelerator, () => {
        this.#prove(name);
        this.#actions[name]();
      });
      if (registered) this.#held.add(accelerator);
      return registered;
    } catch {
      // Electron throws for words it does not know as keys.
      return false;
    }
  }

  #release(accelerator: string): void {
    if (this.#held.delete(accelerator)) this.#registry.unregister(accelerator);
  }

  #prove(name: HotkeyName): void {
    if (this.#states[name].state !== 'unproven') return;
    this.#settle(name, { accelerator: this.#active[name], state: 'registered', message: '' });
  }

  #stateOf(accelerator: string): HotkeyState {
    if (!accelerator) return { accelerator, state: 'none', message: 'No hotkey is set.' };
    if (this.#pressIsProof) {
      return { accelerator, state: 'unproven', message: 'Press it once: this desktop does not tell whether it works.' };
    }
    return { accelerator, state: 'registered', message: '' };
  }

  /** Reports a hotkey that cannot be had; the old one stays in force. */
  #refuse(name: HotkeyName, accelerator: string, why: string): HotkeyState {
    const kept = this.#active[name];
    const message = kept ? `${why} ${kept} still works.` : `${why} Choose another one; the tray menu works meanwhile.`;
    const refused: HotkeyState = { accelerator, state: 'taken', message };
    if (kept) {
      // The state shown stays that of the hotkey in force; the caller gets the refusal.
      this.#settle(name, { ...this.#stateOf(kept), message });
      return refused;
    }
    return this.#settle(name, refused);
  }

  #settle(name: HotkeyName, state: HotkeyState): HotkeyState {
    this.#states[name] = state;
    this.#onChange();
    return state;
  }
}
