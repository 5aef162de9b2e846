import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  capture(): void;
  contacts(): void;
  settings(): void;
  quit(): void;
}

/** The application menu: the roles that text fields and zooming need, and Twig's own places. */
export function setApplicationMenu(actions: MenuActions): void {
  const mac = process.platform === 'darwin';
  const twig: MenuItemConstructorOptions = {
    label: 'Twig',
    submenu: [
      ...(mac ? [{ role: 'about' } as const, { type: 'separator' } as const] : []),
      { label: 'Capture', click: actions.capture },
      { label: 'Contacts', click: actions.contacts },
      { label: 'Settings…', accelerator: 'CommandOrControl+,', click: actions.settings },
      { type: 'separator' },
      ...(mac ? [{ role: 'hide' } as const, { role: 'hideOthers' } as const, { type: 'separator' } as const] : []),
      { label: 'Quit Twig', accelerator: 'CommandOrControl+Q', click: actions.quit },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const window: MenuItemConstructorOptions = { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([twig, { role: 'editMenu' }, view, window]));
}
