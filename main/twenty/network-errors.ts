import { TwigError } from '../../shared/errors';

/** Failures before a byte of the request can have reached the server, as Node and Chromium name them. */
const NEVER_LEFT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_REFUSED|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_(UNREACHABLE|INVALID)|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED|ERR_CONNECTION_TIMED_OUT|ERR_NETWORK_ACCESS_DENIED|bad port|ERR_UNSAFE_PORT/;
const CERTIFICATE =
  /ERR_CERT|ERR_SSL|CERT_|UNABLE_TO_(VERIFY|GET)|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|EPROTO|ERR_BAD_SSL|HOSTNAME_MISMATCH/;

/**
 * Turns what a fetch threw into a TwigError. `write` tells whether repeating the request could
 * matter: such a failure is `unclear` unless it is certain that nothing left this machine.
 */
export function networkFailure(thrown: unknown, host: string, write: boolean): TwigError {
  const words = describe(thrown);
  if (/redirect/i.test(words)) return redirectRefused(host);
  if (/ERR_SSL_PROTOCOL_ERROR|ERR_SSL_VERSION|ERR_SSL_WRONG_VERSION|EPROTO|wrong version number/i.test(words)) {
    return new TwigError(
      'offline',
      `${host} does not speak https as it should. Check the address and port; a server on your own machine or network may need http://.`,
    );
  }
  if (CERTIFICATE.test(words)) {
    return new TwigError(
      'offline',
      `${host} did not prove who it is: its certificate is not trusted on this computer. If it is your own server, add its certificate authority to the system; Twig never skips this check.`,
    );
  }
  if (/ENOTFOUND|EAI_|NAME_NOT_RESOLVED|NAME_RESOLUTION/.test(words)) {
    return new TwigError('offline', `There is no server named ${host}, or this computer is offline.`);
  }
  if (/ECONNREFUSED|CONNECTION_REFUSED/.test(words)) {
    return new TwigError('offline', `Nothing answers at ${host}: the server is not running or the port is wrong.`);
  }
  if (NEVER_LEFT.test(words)) {
    return new TwigError('offline', `${host} cannot be reached from here. Twig tries again when the network is back.`);
  }
  return new TwigError('offline', `The connection to ${host} broke before an answer came.`, { unclear: write });
}

/** True when a connection that stood was lost: worth another try for a read. */
export function connectionBroke(thrown: unknown): boolean {
  const words = describe(thrown);
  return !/redirect/i.test(words) && !CERTIFICATE.test(words) && !NEVER_LEFT.test(words);
}

/**
 * A redirect is never followed: it could carry the key to another host. Often it is the log-in page
 * of a hotel's network, so it counts as not reached and what waits is tried again.
 */
export function redirectRefused(host: string): TwigError {
  return new TwigError(
    'offline',
    `${host} sends Twig on to another address, which Twig does not follow with a key. Connect to the final address instead.`,
  );
}

/** No complete answer within the budget; `long` when much of it had come. */
export function timedOut(host: string, ms: number, write: boolean, long: boolean): TwigError {
  return new TwigError('offline', `${host} did not answer within ${Math.round(ms / 1000)} seconds.`, {
    unclear: write,
    reason: long ? 'tooLarge' : null,
  });
}

/** The caller gave up. */
export function aborted(write: boolean): TwigError {
  return new TwigError('offline', 'The request was cancelled.', { unclear: write, reason: 'aborted' });
}

/** Names and codes of an error and its causes; no stack. */
function describe(thrown: unknown): string {
  const words: string[] = [];
  let current: unknown = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    words.push(current.name, current.message);
    if ('code' in current) words.push(String(current.code));
    if ('errors' in current && Array.isArray(current.errors)) {
      for (const one of current.errors) words.push(one instanceof Error ? `${one.message}` : '');
    }
    current = current.cause;
  }
  return words.join(' ');
}
