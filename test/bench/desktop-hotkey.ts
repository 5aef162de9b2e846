import type { ElectronApplication } from 'playwright';
import { focusOtherWindow, launchTwig, pressGlobal, until } from '../support/desktop';
import { launchBare } from './desktop';
import { type Figure, figure, percentile } from './report';

const ROUNDS = 40;

interface Shown {
  app: ElectronApplication;
  title: string;
  keys: string;
  hide(): Promise<void>;
}

/** From the key pressed in another program to a focused, painted window. */
export async function measureHotkey(directory: string): Promise<Figure[]> {
  const twig = await launchTwig({ userDataDir: directory, args: ['--background'] });
  const bare = await launchBare(true);
  await twig.captureWindow();
  const other = await focusOtherWindow();
  const hide = async (app: typeof bare.app): Promise<void> => {
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    });
    await until('the focus to go back', () => other.focused());
  };
  const capture: Shown = { app: twig.app, title: 'Twig Capture', keys: 'ctrl+shift+j', hide: () => hide(twig.app) };
  const plain: Shown = { app: bare.app, title: 'Bare', keys: 'ctrl+shift+y', hide: () => hide(bare.app) };
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first press of each only warms it up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [twigTime, bareTime] = [await press(capture), await press(plain)];
    if (round === 0) continue;
    ours.push(twigTime);
    theirs.push(bareTime);
  }
  other.close();
  await twig.close();
  await bare.close();
  const aim = { ratioAtMost: 1.25 };
  return [
    figure('hotkey to caret p50', percentile(ours, 0.5), 'ms', percentile(theirs, 0.5), aim),
    figure('hotkey to caret p95', percentile(ours, 0.95), 'ms', percentile(theirs, 0.95), aim),
  ];
}

/** Milliseconds until the window has the focus and its next frame is painted, as its own app sees it. */
async function press({ app, title, keys, hide }: Shown): Promise<number> {
  const painted = app.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === wanted);
    const frame = 'new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))';
    return new Promise<number>((resolve, reject) => {
      if (!window) return reject(new Error(`There is no window titled ${wanted}.`));
      window.once('focus', () =>
        window.webContents
          .executeJavaScript(frame)
          .then(() => resolve(performance.timeOrigin + performance.now()), reject),
      );
    });
  }, title);
  // The listener is in place once the app has answered something after it.
  await app.evaluate(() => process.pid);
  const start = performance.timeOrigin + performance.now();
  await pressGlobal(keys);
  const time = (await painted) - start;
  await hide();
  return time;
}
