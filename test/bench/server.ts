import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createDemoServer } from '../../main/demo';
import { listen } from '../../main/demo/listen';

const SERVE = '--serve';

/** An embedded Twenty in a process of its own, so that it takes no time from what is measured. */
export interface Served {
  url: string;
  key: string;
  stop(): void;
}

/** Starts it with so many people, without a limit of calls. */
export async function startServer(people: number): Promise<Served> {
  const child = fork(process.argv[1] ?? '', [SERVE, String(people)], { stdio: ['ignore', 2, 2, 'ipc'] });
  const [told] = (await once(child, 'message')) as [{ url: string; key: string }];
  return { ...told, stop: () => void child.kill() };
}

/** True when this process was started to serve; then it does so until its parent ends. */
export async function serves(): Promise<boolean> {
  const at = process.argv.indexOf(SERVE);
  if (at < 0) return false;
  const demo = createDemoServer({ people: Number(process.argv[at + 1]), limit: null });
  const { url } = await listen((request) => demo.handle(request));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url, key: demo.key });
  return true;
}
