import type { App, Session } from 'electron';
import { APP_ORIGIN } from '../ipc/origin';

/** Electron security checklist 5: nothing here needs a permission of the web platform. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Checklist 1 and 7, a second wall behind the CSP: windows load our own files and nothing else. */
function blockForeignRequests(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const ours = details.url.startsWith(`${APP_ORIGIN}/`) || /^(data|devtools):/.test(details.url);
    answer({ cancel: !ours });
  });
}

/** Checklist 11 to 14: no navigation, no redirects, no new windows, no webviews. */
function pinContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Checklist 2, 3, 4, 6, 8, 9, 10: what every window is made with. */
export const SAFE_WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** Applies the rules to the app and the one session all windows share. */
export function enforceSecurity(app: App, session: Session): void {
  denyPermissions(session);
  blockForeignRequests(session);
  pinContents(app);
}
