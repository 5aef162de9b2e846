import { execFile } from 'node:child_process';

const ANSWER_WITHIN_MS = 2_000;

/**
 * Is there anything that shows tray icons? Always on macOS and Windows. On Linux: a
 * StatusNotifierWatcher on the session bus, or (X11) an owner of the system tray selection. GNOME
 * without an extension has neither, and Electron does not tell.
 */
export async function hasTrayHost(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (await onSessionBus('org.kde.StatusNotifierWatcher')) return true;
  return process.env.DISPLAY ? await ownsSelection('_NET_SYSTEM_TRAY_S0') : false;
}

function onSessionBus(name: string): Promise<boolean> {
  const call = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
    `string:${name}`,
  ];
  return new Promise((resolve) => {
    execFile('dbus-send', call, { timeout: ANSWER_WITHIN_MS }, (error, output) => {
      resolve(!error && output.includes('boolean true'));
    });
  });
}

async function ownsSelection(selection: string): Promise<boolean> {
  // A large package for one question that nobody waits for.
  const { createClient } = await import('x11');
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), ANSWER_WITHIN_MS);
    let finished = false;
    const finish = (owned: boolean): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      client.terminate();
      resolve(owned);
    };
    const client = createClient((error, display) => {
      if (error) return finish(false);
      display.client.InternAtom(true, selection, (unknown, atom) => {
        if (unknown || atom === 0) return finish(false);
        display.client.GetSelectionOwner(atom, (failed, window) => finish(!failed && window !== 0));
      });
    });
    client.on('error', () => finish(false));
  });
}
