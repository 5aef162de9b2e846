import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** An empty file that lies beside a copy while it is open: found at the next start, it was not closed properly. */
function markOf(path: string): string {
  return `${path}.open`;
}

export function isMarked(path: string): boolean {
  return existsSync(markOf(path));
}

export function mark(path: string): void {
  if (path === ':memory:') return;
  try {
    writeFileSync(markOf(path), '', { mode: 0o600 });
  } catch {
    // Without it the next start only knows less.
  }
}

export function unmark(path: string): void {
  rmSync(markOf(path), { force: true });
}
