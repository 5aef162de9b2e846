import { TwigError } from '../../shared/errors';

/** A Twenty server as typed by a person, reduced to what a credential can be pinned to. */
export interface ServerAddress {
  /** Scheme, host and port, e.g. `https://crm.example.com`; never a path. */
  origin: string;
  /** True for http: only loopback and private hosts, and shown with a mark. */
  cleartext: boolean;
}

const refuse = (message: string) => new TwigError('invalid', message, { field: 'server' });

/**
 * Reads a server address. https goes anywhere, http only to this machine or a private network.
 * A path that ends in Twenty's own endpoints (`/rest`, `/graphql`) is dropped; any other is refused.
 * Throws TwigError `invalid` with a sentence that says what to type instead.
 */
export function parseServer(text: string): ServerAddress {
  const typed = text.trim();
  if (typed === '') throw refuse('Type the address of your Twenty server, for example https://crm.example.com.');
  if (/[\s\\]/.test(typed)) throw refuse('An address cannot contain spaces or backslashes.');
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `${schemeFor(typed)}://${typed}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw refuse('This is not an address. Type one such as https://crm.example.com.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refuse('The address must begin with https:// (or http:// on your own machine or network).');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('Leave the user name and password out of the address; the API key goes into its own field.');
  }
  if (url.search !== '' || typed.includes('?')) throw refuse('Leave out everything from the question mark on.');
  if (url.hash !== '' || typed.includes('#')) throw refuse('Leave out everything from the # on.');
  if (url.hostname === '') throw refuse('The address has no host name.');
  const path = url.pathname.replace(/\/+$/, '');
  if (!/^(\/(rest|graphql|metadata))?$/.test(path)) {
    throw refuse(`Leave out the path: ${url.origin} is enough.`);
  }
  const cleartext = url.protocol === 'http:';
  if (cleartext && !isPrivateHost(url.hostname)) {
    throw refuse(
      'Without https anyone on the way could read your contacts and the key. Use https:// for this server; http is only for this machine or a private network.',
    );
  }
  return { origin: url.origin, cleartext };
}

/** True for this machine itself: `localhost`, `*.localhost`, 127.0.0.0/8, ::1. Takes a URL's hostname. */
export function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host) || host === '::1';
}

/** True for loopback, RFC 1918, link-local, unique-local IPv6, carrier-grade NAT (overlay networks) and `.local`-like names. */
export function isPrivateHost(hostname: string): boolean {
  const host = bare(hostname);
  if (isLoopback(host)) return true;
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (v4) {
    const a = Number(v4[1]);
    const b = Number(v4[2]);
    if (a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31)) return true;
    return (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127);
  }
  if (host.includes(':')) return /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host);
  return !host.includes('.') || /\.(local|lan|home\.arpa|internal|intranet|test)$/.test(host);
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

/** `localhost:3000` means http to the person who types it; everything else means https. */
function schemeFor(typed: string): 'http' | 'https' {
  const host = /^(\[[^\]]*\]|[^/:?#@]*)/.exec(typed)?.[1] ?? '';
  return isLoopback(host) ? 'http' : 'https';
}
