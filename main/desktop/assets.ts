import { extname, join, normalize, sep } from 'node:path';
import { APP_HOST, APP_SCHEME } from '../ipc/origin';

/** Checklist 7: no inline code, no foreign origin, and a renderer has no network at all. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Content types by ending; anything else is not served. */
export const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The file that an address stands for, or null when it is not ours or leads out of the directory. */
export function resolveAsset(address: string, directory: string): string | null {
  let pathname: string;
  try {
    const url = new URL(address);
    if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return null;
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return null;
  const root = normalize(directory);
  const path = normalize(join(root, pathname));
  return path.startsWith(root + sep) && TYPES[extname(path)] !== undefined ? path : null;
}
