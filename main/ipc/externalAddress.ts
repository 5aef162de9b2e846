import { isIP } from 'node:net';
import { TwigError } from '../../shared/errors';

/** What may be opened outside Twig: only these schemes, parsed, without user info. */
const SCHEMES: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:']);

/**
 * Checklist 15: an address from a CRM field or a note is a stranger's text. Returns the address to
 * hand to the system, or throws `refused`. `http:` is let through only to `allowedHttpOrigin`, a
 * server the user typed in.
 */
export function externalAddress(address: string, allowedHttpOrigin: string | null = null): string {
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch {
    throw new TwigError('refused', 'This is not an address that can be opened.');
  }
  const plainHttp = url.protocol === 'http:' && url.origin === allowedHttpOrigin;
  if (!SCHEMES.has(url.protocol) && !plainHttp) {
    throw new TwigError('refused', 'Twig opens only web (https), mail and phone links.');
  }
  if (url.username || url.password)
    throw new TwigError('refused', 'Twig does not open addresses that carry a password.');
  if (url.protocol === 'mailto:' && !/^[^\s@<>"',;?]+@[^\s@<>"',;?]+$/.test(decodeURIComponent(url.pathname))) {
    throw new TwigError('refused', 'This is not an e-mail address.');
  }
  if (url.protocol === 'tel:' && !/^[+0-9 ()./;=a-z-]{3,40}$/i.test(url.pathname)) {
    throw new TwigError('refused', 'This is not a phone number.');
  }
  return url.href;
}

/** A link field may come without a scheme ("linkedin.com/in/jane"): https is meant. Null when it is no address. */
export function asWebAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed) return null;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed.replace(/^http:/i, 'https:')
    : `https://${trimmed}`;
  try {
    const url = new URL(withScheme);
    const named = url.hostname.includes('.') || isIP(url.hostname) !== 0;
    return url.protocol === 'https:' && named ? url.href : null;
  } catch {
    return null;
  }
}

/** True for LinkedIn and its country hosts. */
export function isLinkedIn(address: string): boolean {
  try {
    const host = new URL(address).hostname.toLowerCase();
    return host === 'linkedin.com' || host.endsWith('.linkedin.com');
  } catch {
    return false;
  }
}
