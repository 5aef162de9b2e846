import { randomUUID } from 'node:crypto';
import { createDemoServer, type DemoOptions, type DemoServer } from '../../../main/demo';
import { createTwentyClient, type TwentyClientOptions, type WholeClient } from '../../../main/twenty/client';
import { fixedCredential } from '../../../main/twenty/credentials';
import type { CallOptions, Clock, Credential, Fetch } from '../../../main/twenty/types';

export const ORIGIN = 'https://crm.example.test';
export const READ: CallOptions = { lane: 'read' };
export const CAPTURE: CallOptions = { lane: 'capture' };
export const SYNC: CallOptions = { lane: 'sync' };

/** Time that moves only when told; sleepers wake in order. */
export class ManualClock implements Clock {
  private time: number;
  private sleepers: { at: number; wake: () => void }[] = [];

  constructor(start = Date.UTC(2026, 10, 22)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: this.time + ms, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((one) => one !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Milliseconds until the next sleeper wakes; null when nobody sleeps. */
  nextIn(): number | null {
    return this.sleepers.length === 0 ? null : Math.min(...this.sleepers.map((one) => one.at)) - this.time;
  }

  async advance(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const due = this.sleepers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = Math.max(this.time, due.at);
      this.sleepers = this.sleepers.filter((one) => one !== due);
      due.wake();
      await settled();
    }
    this.time = until;
    await settled();
  }
}

/** Lets every promise that can move, move. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** The fetch of a server in this process. */
export function fetchOf(server: Pick<DemoServer, 'handle'>): Fetch {
  return (url, init) => server.handle(new Request(url, init));
}

export interface Rig {
  server: DemoServer;
  client: WholeClient;
  /** `METHOD path` of every request that arrived. */
  requests: string[];
}

/** A client of an embedded server, which keeps what was asked. */
export function rig(demo: DemoOptions, more: Partial<TwentyClientOptions> = {}): Rig {
  const server = createDemoServer({ people: 60, limit: null, ...demo });
  const requests: string[] = [];
  const serve = fetchOf(server);
  const credential: Credential = demo.maton
    ? {
        type: 'maton',
        origin: ORIGIN,
        key: server.key,
        matonConnectionId: [...(server.maton?.connections.keys() ?? [])][0] ?? 'none',
      }
    : { type: 'apiKey', origin: ORIGIN, key: server.key };
  const client = createTwentyClient({
    origin: ORIGIN,
    basePath: `${server.base}/rest`,
    credential: fixedCredential(credential),
    fetch: (url, init) => {
      requests.push(`${init.method} ${url.slice(ORIGIN.length)}`);
      return serve(url, init);
    },
    ...more,
  });
  return { server, client, requests };
}

export const newId = () => randomUUID();
