import './ui/style.css';
import './app/app.css';

// Main has told Chromium which theme is wanted; the app itself follows it later.
document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

/** Milliseconds after which the program is read although nothing was painted: a hidden window paints nothing. */
const LATEST = 100;

/** The frame in the page's own HTML is painted first, so that a window stands at once; then the program is read. */
async function start(): Promise<void> {
  await Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
    new Promise((resolve) => setTimeout(resolve, LATEST)),
  ]);
  await import('./start');
}

void start();
