import { withBareApp } from './bareApp';
import { largeProfile } from './desktop';
import { measureHotkey } from './desktop-hotkey';
import { measureIdle } from './desktop-idle';
import { measureKeystrokes } from './desktop-keystroke';
import { measureStart } from './desktop-start';
import type { Bench } from './report';
import { onDesktop, runOnDesktop } from './windows';

/** What a person feels of the real app, with 100,000 people in it, beside a bare one on the same Electron. */
export const desktopBench: Bench = {
  name: 'desktop',
  async *run(say) {
    if (!onDesktop()) {
      yield* await withBareApp(() => runOnDesktop('desktop'));
      return;
    }
    const profile = await largeProfile(say);
    for (const measure of [measureKeystrokes, measureHotkey, measureStart, measureIdle]) {
      yield* await measure(profile.directory, say);
    }
    profile.leave();
  },
};
