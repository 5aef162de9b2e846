import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { CommandName, EventName } from '../shared/contract';

/** The only bridge: two named functions, no Electron object, nothing of the event. */
contextBridge.exposeInMainWorld('twig', {
  invoke: (name: CommandName, input: unknown): Promise<unknown> => ipcRenderer.invoke('twig:command', name, input),
  on: (name: EventName, listener: (payload: unknown) => void): (() => void) => {
    const relay = (_event: IpcRendererEvent, sent: EventName, payload: unknown): void => {
      if (sent === name) listener(payload);
    };
    ipcRenderer.on('twig:event', relay);
    return () => {
      ipcRenderer.off('twig:event', relay);
    };
  },
});
