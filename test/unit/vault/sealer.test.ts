import { describe, expect, it } from 'vitest';
import { electronSealer } from '../../../main/vault/sealer';

const sync = (prefix: string) => ({
  isEncryptionAvailable: () => true,
  encryptString: (plain: string) => Buffer.from(prefix + plain),
  decryptString: (sealed: Buffer) => sealed.toString().slice(prefix.length),
});

describe('the sealer', () => {
  it('calls a Linux keyring available only when the sealed bytes say so', async () => {
    expect(await electronSealer(sync('v11'), 'linux', 'gnome-libsecret').probe()).toEqual({
      available: true,
      backend: 'gnome_libsecret',
    });
    expect(await electronSealer(sync('v10'), 'linux', 'gnome-libsecret').probe()).toEqual({
      available: false,
      backend: 'basic_text',
    });
  });

  it('does not take the prefix for obfuscation where the OS protects', async () => {
    expect(await electronSealer(sync('v10'), 'darwin', '').probe()).toEqual({ available: true, backend: 'keychain' });
    expect(await electronSealer(sync('v10'), 'win32', '').probe()).toEqual({ available: true, backend: 'dpapi' });
  });

  it('believes the runtime that names basic_text', async () => {
    const named = { ...sync('v11'), getSelectedStorageBackend: () => 'basic_text' as const };
    expect(await electronSealer(named, 'linux', '').probe()).toEqual({ available: false, backend: 'basic_text' });
  });

  it('prefers the async calls where they exist', async () => {
    const both = {
      ...sync('v11'),
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (plain: string) => Buffer.from(`v12${plain}`),
      decryptStringAsync: async (sealed: Buffer) => ({ result: sealed.toString().slice(3), shouldReEncrypt: true }),
    };
    const sealer = electronSealer(both, 'linux', 'gnome-libsecret');
    expect((await sealer.seal('x')).toString()).toBe('v12x');
    expect(await sealer.unseal(Buffer.from('v12x'))).toEqual({ plain: 'x', stale: true });
  });

  it('answers "none" instead of throwing when the keyring does not answer', async () => {
    const broken = {
      isEncryptionAvailable: () => {
        throw new Error('no bus');
      },
    };
    expect(await electronSealer(broken, 'linux', '').probe()).toEqual({ available: false, backend: 'basic_text' });
  });
});
