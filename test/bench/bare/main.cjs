const { app, BrowserWindow, globalShortcut } = require('electron');
const { join } = require('node:path');

// The least an Electron app can be: what Twig is compared with.
const sinceStart = () => Math.round(Date.now() - (process.getCreationTime() ?? Date.now()));
const tell = (/** @type {string} */ name) => console.log(JSON.stringify({ [name]: sinceStart() }));

app.enableSandbox();
app.on('window-all-closed', () => undefined);
app.whenReady().then(() => {
  const hidden = process.env.BARE_HIDDEN === '1';
  const webPreferences = { sandbox: true, contextIsolation: true, backgroundThrottling: !hidden };
  const window = new BrowserWindow({ width: 600, height: 400, show: !hidden, title: 'Bare', webPreferences });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => tell('painted'));
  globalShortcut.register('CommandOrControl+Shift+Y', () => {
    window.show();
    window.focus();
    window.webContents.focus();
  });
  tell('armed');
  window.loadFile(join(__dirname, 'index.html'));
});
