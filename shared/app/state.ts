import { z } from 'zod';
import { ConnectionView, connectionId } from './connections';
import { HotkeyState, Settings } from './settings';

/** The whole state of the app that every window shows; pushed when any part of it changes. */
export const AppState = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  /** True when it runs on the old runtime that is only for tests. */
  fallbackRuntime: z.boolean(),
  settings: Settings,
  hotkeys: z.object({ capture: HotkeyState, contacts: HotkeyState }),
  tray: z.enum(['shown', 'unavailable', 'starting']),
  /** `keyring` usable here, and its name; decides what Connect says before a key is typed. */
  keyring: z.object({ available: z.boolean(), backend: z.string() }),
  connections: z.array(ConnectionView),
  activeConnectionId: connectionId.nullable(),
  /** Sentences the user should read once (settings set aside, copy rebuilt …). */
  notices: z.array(z.object({ id: z.string(), level: z.enum(['info', 'warning', 'error']), message: z.string() })),
});
export type AppState = z.infer<typeof AppState>;
