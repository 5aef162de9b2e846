import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sealer } from '../../../main/vault/sealer';
import { Vault } from '../../../main/vault/vault';

/** A keyring that can be swapped for another one, or taken away. */
function fakeSealer(): Sealer & { available: boolean; key: number; stale: boolean } {
  const flip = (bytes: Buffer, key: number): Buffer => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    available: true,
    key: 42,
    stale: false,
    async probe() {
      return this.available
        ? { available: true, backend: 'gnome_libsecret' }
        : { available: false, backend: 'basic_text' };
    },
    async seal(plain) {
      return Buffer.concat([Buffer.from([this.key]), flip(Buffer.from(plain), this.key)]);
    },
    async unseal(sealed) {
      if (sealed[0] !== this.key) throw new Error('wrong keyring');
      return { plain: flip(sealed.subarray(1), this.key).toString(), stale: this.stale };
    },
  };
}

let directory: string;
let sealer: ReturnType<typeof fakeSealer>;
let vault: Vault;
const SECRET = 'an-api-key-that-is-not-one';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'twig-vault-'));
  sealer = fakeSealer();
  vault = new Vault(directory, sealer);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const allText = async (): Promise<string> => {
  const names = await readdir(directory);
  return (await Promise.all(names.map((name) => readFile(join(directory, name), 'latin1')))).join('\n');
};

describe('the vault', () => {
  it('seals a secret into a file only its owner can read, and reads it back', async () => {
    await vault.write('one', SECRET, 'sealed');
    expect(await vault.read('one')).toEqual({ state: 'sealed', secret: SECRET, backend: 'gnome_libsecret' });
    expect((await stat(join(directory, 'one.json'))).mode & 0o777).toBe(0o600);
    const text = await allText();
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64'));
  });

  it('leaves one file and no half-written ones behind, however often it writes', async () => {
    for (let round = 0; round < 5; round++) await vault.write('one', `${SECRET}-${round}`, 'sealed');
    expect(await readdir(directory)).toEqual(['one.json']);
  });

  it('refuses to seal without a keyring, and writes nothing', async () => {
    sealer.available = false;
    await expect(vault.write('one', SECRET, 'sealed')).rejects.toMatchObject({ kind: 'refused' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('keeps a secret for the session in memory only', async () => {
    sealer.available = false;
    await vault.write('one', SECRET, 'session');
    expect(await vault.read('one')).toMatchObject({ state: 'unprotected', kept: 'session', secret: SECRET });
    expect(await readdir(directory)).toEqual([]);
    expect(await new Vault(directory, sealer).read('one')).toEqual({ state: 'absent' });
  });

  it('writes it in clear only when that was accepted, and says so', async () => {
    sealer.available = false;
    await vault.write('one', SECRET, 'accepted');
    expect(await new Vault(directory, sealer).read('one')).toMatchObject({
      state: 'unprotected',
      kept: 'accepted',
      secret: SECRET,
    });
  });

  it('says which keyring had it when the keyring changed, and keeps the file', async () => {
    await vault.write('one', SECRET, 'sealed');
    sealer.key = 7;
    expect(await vault.read('one')).toEqual({
      state: 'undecryptable',
      sealedBy: 'gnome_libsecret',
      backend: 'gnome_libsecret',
    });
    sealer.available = false;
    expect(await vault.read('one')).toEqual({
      state: 'undecryptable',
      sealedBy: 'gnome_libsecret',
      backend: 'basic_text',
    });
    sealer.available = true;
    sealer.key = 42;
    expect(await vault.read('one')).toMatchObject({ state: 'sealed', secret: SECRET });
  });

  it('sets a damaged file aside instead of failing or deleting it', async () => {
    await writeFile(join(directory, 'one.json'), '{"version":1,"protec');
    expect(await vault.read('one')).toEqual({ state: 'absent' });
    const [aside] = await readdir(directory);
    expect(aside).toMatch(/^one\.json\.damaged-\d+$/);
  });

  it('seals again what the keyring calls stale', async () => {
    await vault.write('one', SECRET, 'sealed');
    const before = (await stat(join(directory, 'one.json'))).ino;
    sealer.stale = true;
    expect(await vault.read('one')).toMatchObject({ state: 'sealed', secret: SECRET });
    expect((await stat(join(directory, 'one.json'))).ino).not.toBe(before);
  });

  it('forgets', async () => {
    await vault.write('one', SECRET, 'sealed');
    await vault.forget('one');
    expect(await vault.read('one')).toEqual({ state: 'absent' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('renews a secret the way it was kept', async () => {
    sealer.available = false;
    await vault.write('one', SECRET, 'session');
    await vault.renew('one', 'newer');
    expect(await vault.read('one')).toMatchObject({ kept: 'session', secret: 'newer' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('never lets an id become a path', async () => {
    await expect(vault.write('../one', SECRET, 'sealed')).rejects.toMatchObject({ kind: 'invalid' });
  });
});
