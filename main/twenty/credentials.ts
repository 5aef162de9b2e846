import { TwigError } from '../../shared/errors';
import type { Credential, CredentialSource } from './types';

/**
 * The headers that carry a credential. Throws TwigError `refused` when they would go to any other
 * origin than the one the credential is pinned to: a Maton key never reaches a Twenty host, nor the
 * other way round.
 */
export function credentialHeaders(credential: Credential, origin: string): Record<string, string> {
  if (credential.origin !== origin) {
    throw new TwigError('refused', 'This key belongs to another server, so Twig does not send it here.');
  }
  const secret = credential.type === 'oauth' ? credential.accessToken : credential.key;
  if (!/^[\x21-\x7e]{1,16384}$/.test(secret)) {
    throw new TwigError('unauthorized', 'The key holds characters that no key has. Copy it again.');
  }
  const headers: Record<string, string> = { authorization: `Bearer ${secret}` };
  if (credential.type === 'maton') headers['maton-connection'] = credential.matonConnectionId;
  return headers;
}

/** A source for a key that never changes. */
export function fixedCredential(credential: Credential): CredentialSource {
  return { get: async () => credential, renew: async () => null };
}
