import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../main/demo/sample-random';
import type { Receipt } from '../../shared/app/outbox';
import type { Draft } from '../../shared/capture/draft';
import { startTwenty, type TestTwenty } from '../support/twenty';
import { type Captor, CaptorGone, startCaptor } from './captor';
import { Ledger } from './ledger';

/** Obviously not a secret; real keys are random. */
const TEST_KEY = 'ab'.repeat(32);

/** One server, one folder and one process after the other that works in it. */
export class Scene {
  readonly server: TestTwenty;
  readonly directory: string;
  readonly ledger: Ledger;
  readonly #around: readonly string[];
  #captor: Promise<Captor> | null = null;

  private constructor(server: TestTwenty, directory: string, around: readonly string[]) {
    this.server = server;
    this.directory = directory;
    this.ledger = new Ledger(server);
    this.#around = around;
  }

  /** @param place a folder to work in, and a command that reaches it; a new folder when absent */
  static async set(place?: { directory: string; around: readonly string[] }): Promise<Scene> {
    const directory = place?.directory ?? mkdtempSync(join(tmpdir(), 'twig-faults-'));
    return new Scene(await startTwenty({ people: 40 }), directory, place?.around ?? []);
  }

  /** The running process; started when there is none. */
  async captor(): Promise<Captor> {
    const current = this.#captor;
    // One that ended while it opened the workspace is as gone as one that was killed.
    const running = await current?.catch(() => null);
    if (running && !running.gone) return running;
    // Only ever one process works in the folder, as the app's own lock sees to.
    if (this.#captor === current) this.#captor = this.#start();
    const started = await this.#captor;
    if (!started) throw new CaptorGone('The process could not be started.');
    return started;
  }

  #start(): Promise<Captor> {
    const { url, key } = this.server;
    return startCaptor({ directory: this.directory, databaseKey: TEST_KEY, server: { url, key } }, this.#around);
  }

  /** Saves a capture; null when the process ended before it said whether it was kept. */
  async capture(random: Random): Promise<{ draft: Draft; receipt: Receipt } | null> {
    const draft = this.ledger.approve(random);
    try {
      const receipt = await (await this.captor()).ask('capture', draft);
      this.ledger.acknowledged(draft, receipt);
      return { draft, receipt };
    } catch (error) {
      if (error instanceof CaptorGone) return null;
      throw error;
    }
  }

  async captures(random: Random, count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.capture(random)));
  }

  async undo({ draft, receipt }: { draft: Draft; receipt: Receipt }): Promise<void> {
    await (await this.captor()).ask('undo', receipt.entryId);
    this.ledger.withdrawn(draft);
  }

  async kill(): Promise<void> {
    await (await this.#captor?.catch(() => null))?.kill();
  }

  /** Damaged text in the copy may end the process once; the next start finds it and reads the copy anew. */
  async stumble(): Promise<void> {
    try {
      await (await this.captor()).ask('drain');
    } catch (error) {
      if (!(error instanceof CaptorGone)) throw error;
    }
  }

  /** Everything is healthy again: sends what waits, then compares. */
  async settle(): Promise<void> {
    this.server.demo.faults.clear();
    await this.server.start();
    const stuck = await (await this.captor()).ask('drain');
    const [first] = stuck;
    if (first) throw new Error(`${stuck.length} were not sent, such as ${first.title}: ${first.error?.message}`);
    this.ledger.settle();
  }

  async leave(): Promise<void> {
    await this.kill();
    await this.server.stop();
    if (this.#around.length === 0) await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
