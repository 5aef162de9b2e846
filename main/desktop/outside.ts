import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron';
import { TwigError } from '../../shared/errors';
import type { Outside } from '../ipc/recordActions';

/** The clipboard, other programs and files: always main's own calls, never a window's. */
export function createOutside(parent: () => BrowserWindow | null): Outside {
  return {
    async copy(text) {
      // A promise since Electron 44, nothing before.
      await clipboard.writeText(text);
    },
    async open(address) {
      try {
        await shell.openExternal(address);
      } catch {
        throw new TwigError('refused', 'No program on this machine opens this kind of address.');
      }
    },
    async save(suggestedName, content) {
      const options = { defaultPath: join(app.getPath('documents'), suggestedName) };
      const window = parent();
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options));
      if (canceled || !filePath) return null;
      try {
        await writeFile(filePath, content, { encoding: 'utf8', mode: 0o600 });
      } catch {
        throw new TwigError('refused', `The file could not be written to ${filePath}. Choose another folder.`);
      }
      return filePath;
    },
  };
}
