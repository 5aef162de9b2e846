import type { ConnectResult, KeepSecret } from '../../shared/app/connections';
import { TwigError } from '../../shared/errors';
import { parseServer } from '../twenty/address';
import { discoverOauth, signIn } from '../twenty/signin';
import type { Clock, Fetch } from '../twenty/types';
import { type Connector, failed, type StepReport } from './connector';

export interface SignInPorts {
  connector: Connector;
  fetch: Fetch;
  clock: Clock;
  openBrowser(url: string): Promise<void>;
  report: StepReport;
}

/** "Sign in with Twenty": the person approves in the browser; Twig then acts with that person's rights. */
export class SignIn {
  readonly #ports: SignInPorts;

  constructor(ports: SignInPorts) {
    this.#ports = ports;
  }

  /** Whether a server offers it. Never throws for a server that is out of reach: the key stays as the other way. */
  async discover(server: string): Promise<{ oauth: boolean; cleartext: boolean; message: string }> {
    const { origin, cleartext } = parseServer(server);
    const { fetch, clock } = this.#ports;
    try {
      const found = await discoverOauth({ origin, fetch, clock });
      return { oauth: found !== null, cleartext, message: '' };
    } catch (error) {
      return { oauth: false, cleartext, message: error instanceof TwigError ? error.message : '' };
    }
  }

  async connect(server: string, keep: KeepSecret): Promise<ConnectResult> {
    const { connector, fetch, clock, openBrowser, report } = this.#ports;
    const { origin } = parseServer(server);
    const say = (step: 'discovery' | 'browser', state: 'running' | 'ok' | 'failed', message: string): void =>
      report({ kind: 'oauth', step, state, message });
    const credential = await connector.run(async (signal) => {
      try {
        say('discovery', 'running', 'Asking the server how to sign in.');
        const found = await discoverOauth({ origin, fetch, clock }, signal);
        if (!found) {
          const message = 'This server offers no sign-in for apps. Use an API key instead.';
          say('discovery', 'failed', message);
          return { ok: false as const, reason: 'failed' as const, step: 'discovery' as const, message };
        }
        say('discovery', 'ok', 'The server offers sign-in.');
        say('browser', 'running', 'Waiting for your approval in the browser.');
        const granted = await signIn({ origin, fetch, clock, server: found, openBrowser, signal });
        say('browser', 'ok', 'Approved in the browser.');
        return granted;
      } catch (error) {
        return failed(error, signal);
      }
    });
    if ('ok' in credential) return credential;
    return connector.attempt({ kind: 'oauth', credential, keep, again: null });
  }
}
