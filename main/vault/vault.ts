import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeepSecret, VaultStatus } from '../../shared/app/connections';
import { TwigError } from '../../shared/errors';
import { writeAtomically } from './atomicFile';
import type { Keyring, Sealer } from './sealer';

const SecretFile = z.object({
  version: z.literal(1),
  protection: z.enum(['sealed', 'none']),
  /** The keyring that sealed it, so that a change can be named. */
  backend: z.string().max(60),
  /** base64 of the sealed bytes, or of the text itself when protection is `none`. */
  data: z.string().max(200_000),
});
type SecretFile = z.infer<typeof SecretFile>;

/** A secret as read back; only `sealed` and `unprotected` carry one. */
export type VaultAnswer =
  | { state: 'sealed'; secret: string; backend: string }
  | { state: 'unprotected'; kept: 'session' | 'accepted'; secret: string; backend: string }
  | { state: 'undecryptable'; sealedBy: string; backend: string }
  | { state: 'absent' };

/** Takes the secret out of an answer: what windows may know. */
export function vaultStatus(answer: VaultAnswer): VaultStatus {
  switch (answer.state) {
    case 'sealed':
      return { state: 'sealed', backend: answer.backend };
    case 'unprotected':
      return { state: 'unprotected', kept: answer.kept, backend: answer.backend };
    default:
      return answer;
  }
}

/**
 * Secrets by id, one file each (0600, replaced atomically), sealed by the operating system. Without
 * a keyring a secret stays in memory for the session, or in clear only when that was asked for.
 */
export class Vault {
  readonly #directory: string;
  readonly #sealer: Sealer;
  readonly #session = new Map<string, string>();

  constructor(directory: string, sealer: Sealer) {
    this.#directory = directory;
    this.#sealer = sealer;
  }

  keyring(): Promise<Keyring> {
    return this.#sealer.probe();
  }

  /**
   * Keeps a secret. `sealed` throws `refused` where nothing can seal it, so that the user is asked;
   * `session` writes nothing; `accepted` writes it in clear.
   */
  async write(id: string, secret: string, keep: KeepSecret): Promise<VaultAnswer> {
    const keyring = await this.#sealer.probe();
    if (keyring.available) {
      const sealed = await this.#sealer.seal(secret);
      const { plain } = await this.#sealer.unseal(sealed);
      if (plain !== secret) throw new TwigError('corrupt', 'The system keyring did not give back what it was given.');
      await this.#store(id, {
        version: 1,
        protection: 'sealed',
        backend: keyring.backend,
        data: sealed.toString('base64'),
      });
      this.#session.delete(id);
      return { state: 'sealed', secret, backend: keyring.backend };
    }
    if (keep === 'sealed') {
      throw new TwigError('refused', 'No system keyring is available to seal the key. Choose how to keep it.');
    }
    if (keep === 'accepted') {
      const data = Buffer.from(secret, 'utf8').toString('base64');
      await this.#store(id, { version: 1, protection: 'none', backend: keyring.backend, data });
      return { state: 'unprotected', kept: 'accepted', secret, backend: keyring.backend };
    }
    await rm(this.#path(id), { force: true });
    this.#session.set(id, secret);
    return { state: 'unprotected', kept: 'session', secret, backend: keyring.backend };
  }

  /** Writes a newer secret the way the last one was kept (refreshed tokens). */
  async renew(id: string, secret: string): Promise<void> {
    const before = await this.read(id);
    const keep = before.state === 'unprotected' ? before.kept : before.state === 'sealed' ? 'sealed' : 'session';
    await this.write(id, secret, keep);
  }

  /** Never throws: a damaged file is set aside and answers `absent`, a changed keyring `undecryptable`. */
  async read(id: string): Promise<VaultAnswer> {
    const keyring = await this.#sealer.probe();
    const inSession = this.#session.get(id);
    if (inSession !== undefined) {
      return { state: 'unprotected', kept: 'session', secret: inSession, backend: keyring.backend };
    }
    const file = await this.#load(id);
    if (!file) return { state: 'absent' };
    const bytes = Buffer.from(file.data, 'base64');
    if (file.protection === 'none') {
      return { state: 'unprotected', kept: 'accepted', secret: bytes.toString('utf8'), backend: keyring.backend };
    }
    const lost: VaultAnswer = { state: 'undecryptable', sealedBy: file.backend, backend: keyring.backend };
    // Asking a missing keyring could only fail; the file stays for when it is back.
    if (!keyring.available) return lost;
    try {
      const { plain, stale } = await this.#sealer.unseal(bytes);
      if (stale) await this.write(id, plain, 'sealed');
      return { state: 'sealed', secret: plain, backend: file.backend };
    } catch {
      return lost;
    }
  }

  /** Removes a secret from memory and disk. */
  async forget(id: string): Promise<void> {
    this.#session.delete(id);
    await rm(this.#path(id), { force: true });
  }

  #path(id: string): string {
    if (!/^[a-z0-9-]{1,80}$/.test(id)) throw new TwigError('invalid', 'Not a vault id.');
    return join(this.#directory, `${id}.json`);
  }

  async #store(id: string, file: SecretFile): Promise<void> {
    await writeAtomically(this.#path(id), `${JSON.stringify(file)}\n`);
  }

  async #load(id: string): Promise<SecretFile | null> {
    let text: string;
    try {
      text = await readFile(this.#path(id), 'utf8');
    } catch {
      return null;
    }
    try {
      return SecretFile.parse(JSON.parse(text));
    } catch {
      await rename(this.#path(id), `${this.#path(id)}.damaged-${Date.now()}`).catch(() => undefined);
      return null;
    }
  }
}
