import { nativeImage } from 'electron';
import colour from './icons/tray.png?inline';
import template2x from './icons/trayTemplate@2x.png?inline';
import template from './icons/trayTemplate.png?inline';

/** The twig: a template on macOS, which the menubar inks itself; in colour elsewhere. */
export function trayImage(): Electron.NativeImage {
  if (process.platform !== 'darwin') return nativeImage.createFromDataURL(colour);
  const image = nativeImage.createFromDataURL(template);
  image.addRepresentation({ scaleFactor: 2, dataURL: template2x });
  image.setTemplateImage(true);
  return image;
}
