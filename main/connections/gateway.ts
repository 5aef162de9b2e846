import type { ConnectResult, KeepSecret, MatonConnection } from '../../shared/app/connections';
import { createMatonClient, MATON_ORIGIN, type MatonClient } from '../twenty/maton';
import type { Clock, Fetch } from '../twenty/types';
import { type Connector, cleanKey, type StepReport } from './connector';

/** Time for a person to finish a connection in the browser. */
const FINISH_WITHIN_MS = 10 * 60_000;

export interface GatewayPorts {
  connector: Connector;
  fetch: Fetch;
  clock: Clock;
  openBrowser(url: string): Promise<void>;
  report: StepReport;
  /** Another origin of the gateway than the service's own: loopback, for trials. */
  origin: string | null;
}

/** The Maton gateway at Connect: its connections, and Twenty through one of them. */
export class Gateway {
  readonly #ports: GatewayPorts;

  constructor(ports: GatewayPorts) {
    this.#ports = ports;
  }

  list(key: string): Promise<MatonConnection[]> {
    return this.#client(key).list();
  }

  /** Opens Maton's page in the browser and waits until the connection is ACTIVE, the person cancels or time is up. */
  create(key: string): Promise<MatonConnection[]> {
    const { connector, openBrowser, report } = this.#ports;
    const client = this.#client(key);
    return connector.run(async (signal) => {
      const { connection, url } = await client.create(signal);
      await openBrowser(url);
      const onState = (status: string): void =>
        report({
          kind: 'maton',
          step: 'maton',
          state: status === 'ACTIVE' ? 'ok' : 'running',
          message:
            status === 'ACTIVE'
              ? 'Maton connected your Twenty.'
              : 'Waiting for you to finish on Maton’s page in the browser.',
        });
      await client.waitUntilActive(connection.id, { timeoutMs: FINISH_WITHIN_MS, signal, onState });
      return client.list(signal);
    });
  }

  async delete(key: string, id: string): Promise<MatonConnection[]> {
    const client = this.#client(key);
    await client.remove(id);
    return client.list();
  }

  connect(key: string, id: string, keep: KeepSecret): Promise<ConnectResult> {
    const credential = this.#client(key).credential(id);
    return this.#ports.connector.attempt({ kind: 'maton', credential, keep, again: null });
  }

  #client(key: string): MatonClient {
    const { fetch, clock, origin } = this.#ports;
    return createMatonClient({ key: cleanKey(key), fetch, clock, origin: origin ?? MATON_ORIGIN });
  }
}
