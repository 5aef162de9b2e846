import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** Starts Twig hidden when the person logs in: the OS's own list, or an autostart entry on Linux. */
export function setLaunchAtLogin(app: App, launch: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: launch, args: ['--background'] });
    return;
  }
  const folder = join(process.env.XDG_CONFIG_HOME || join(app.getPath('home'), '.config'), 'autostart');
  const entry = join(folder, 'twig.desktop');
  if (!launch) {
    rmSync(entry, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  // An AppImage runs from a mount that changes with every start; its own path is in APPIMAGE.
  const executable = process.env.APPIMAGE || process.execPath;
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Twig',
    `Exec=${quoteExec(executable)} --background`,
    'X-GNOME-Autostart-enabled=true',
  ];
  writeFileSync(entry, `${lines.join('\n')}\n`);
}

/** Quoting of the desktop entry specification: the path as one argument, whatever is in it. */
export function quoteExec(path: string): string {
  return `"${path.replace(/["`$\\]/g, '\\$&').replace(/%/g, '%%')}"`;
}
