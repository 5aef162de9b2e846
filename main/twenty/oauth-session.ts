import { TwigError } from '../../shared/errors';
import { systemClock } from './clock';
import { type OauthCredential, pathOf, requestTokens, transportOf } from './signin';
import type { Clock, Credential, CredentialSource, Fetch } from './types';

export interface OauthSessionOptions {
  credential: OauthCredential;
  fetch: Fetch;
  clock?: Clock;
  /** Called with every renewed credential, to be sealed; the old one is worth nothing then. */
  onRenewed: (credential: OauthCredential) => Promise<void> | void;
}

/** The credential of a signed-in person, renewed before it ends and by one request at a time. */
export interface OauthSession extends CredentialSource {
  /** Forgets the tokens at once and asks the server to revoke them; never fails. */
  signOut(signal?: AbortSignal): Promise<void>;
}

/** Milliseconds before its end at which a token is renewed. */
const EARLY_MS = 90_000;

export function createOauthSession(options: OauthSessionOptions): OauthSession {
  const clock = options.clock ?? systemClock;
  let current: OauthCredential | null = options.credential;
  let renewal: Promise<OauthCredential> | null = null;
  const transport = transportOf({ origin: options.credential.origin, fetch: options.fetch, clock });

  async function request(from: OauthCredential, refreshToken: string): Promise<OauthCredential> {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: from.clientId,
    });
    const tokens = await requestTokens(transport, from.tokenEndpoint, form, clock);
    // Signing out while the answer was on its way wins.
    if (current === null) throw signedOut();
    const renewed: OauthCredential = {
      ...from,
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? refreshToken,
      expiresAt: clock.now() + tokens.expires_in * 1_000,
    };
    current = renewed;
    await options.onRenewed(renewed);
    return renewed;
  }

  function renewed(from: OauthCredential, refreshToken: string): Promise<OauthCredential> {
    renewal ??= request(from, refreshToken).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  return {
    async get(): Promise<Credential> {
      if (current === null) throw signedOut();
      const { refreshToken, expiresAt } = current;
      if (expiresAt - clock.now() > EARLY_MS || refreshToken === null) return current;
      const before = current;
      try {
        return await renewed(before, refreshToken);
      } catch (thrown) {
        // Still good for a moment: a server that cannot renew now may be able to later.
        const passing = thrown instanceof TwigError && thrown.kind !== 'unauthorized';
        if (passing && current !== null && before.expiresAt > clock.now()) return before;
        throw thrown;
      }
    },
    async renew(refused): Promise<Credential | null> {
      if (current === null || refused.type !== 'oauth') return null;
      if (refused.accessToken !== current.accessToken) return current;
      return current.refreshToken === null ? null : renewed(current, current.refreshToken);
    },
    async signOut(signal) {
      const last = current;
      current = null;
      if (!last?.revocationEndpoint) return;
      const tokens = [
        { token: last.refreshToken, hint: 'refresh_token' },
        { token: last.accessToken, hint: 'access_token' },
      ];
      for (const { token, hint } of tokens) {
        if (token === null) continue;
        const form = new URLSearchParams({ token, client_id: last.clientId, token_type_hint: hint });
        const path = pathOf(last.revocationEndpoint);
        const call = { method: 'POST' as const, path, form, headers: {}, write: true, budgetMs: 5_000, signal };
        await transport.send(call).catch(() => undefined);
      }
    },
  };
}

function signedOut(): TwigError {
  return new TwigError('unauthorized', 'You are signed out. Sign in again.');
}
