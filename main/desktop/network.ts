import { session } from 'electron';
import { isLoopback } from '../twenty/address';
import type { Fetch } from '../twenty/types';

/**
 * The one way out: Chromium's network stack, so that the system's proxy and certificate store count
 * (a self-hoster's own CA too) and verification is always on. A session of its own, in memory: it
 * keeps no cookies and no cache, and the rule that cuts windows off does not apply to it.
 */
export function openNetwork(): Fetch {
  const wire = session.fromPartition('wire', { cache: false });
  wire.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  return (url, init) => wire.fetch(url, { ...init, credentials: 'omit', cache: 'no-store' });
}

/** `TWIG_MATON_ORIGIN` points the gateway at a server on this machine, for trials; anything else is ignored. */
export function matonOriginForTrials(environment: NodeJS.ProcessEnv): string | null {
  try {
    const url = new URL(environment.TWIG_MATON_ORIGIN ?? '');
    return isLoopback(url.hostname) ? url.origin : null;
  } catch {
    return null;
  }
}
