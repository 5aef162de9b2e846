import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { APP_SCHEME } from '../ipc/origin';
import { CONTENT_SECURITY_POLICY, resolveAsset, TYPES } from './assets';

/** Must run before the app is ready. `codeCache` keeps V8's compiled scripts where the runtime knows it. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } as Electron.Privileges },
  ]);
}

/** Checklist 18: windows are served from `app://twig/`, never from file://. */
export function serveRenderer(session: Session, directory: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const path = resolveAsset(request.url, directory);
    if (!path || request.method !== 'GET') return new Response('Not found', { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(path)), {
        headers: {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
