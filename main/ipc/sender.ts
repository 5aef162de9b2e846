import type { WebContents, WebFrameMain } from 'electron';
import { APP_ORIGIN } from './origin';

export type WindowName = 'main' | 'capture';

/** The part of an Electron IPC event that says who speaks. */
export interface Sender {
  sender: Pick<WebContents, 'id' | 'mainFrame'>;
  senderFrame: Pick<WebFrameMain, 'url'> | null;
}

/**
 * Electron security checklist 17: only the main frame of one of our own windows, showing our own
 * origin, may speak. Throws for anyone else, so that nothing after it runs.
 */
export function assertSender(event: Sender, windows: ReadonlyMap<number, WindowName>): WindowName {
  const name = windows.get(event.sender.id);
  if (!name) throw new Error('Refused: not a window of Twig');
  const frame = event.senderFrame;
  if (!frame || frame !== event.sender.mainFrame) throw new Error('Refused: not the main frame');
  let origin: string;
  try {
    const url = new URL(frame.url);
    origin = `${url.protocol}//${url.host}`;
  } catch {
    throw new Error('Refused: no address');
  }
  if (origin !== APP_ORIGIN) throw new Error('Refused: foreign origin');
  return name;
}
