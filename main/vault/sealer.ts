import type { SafeStorage } from 'electron';

/** What the operating system offers for sealing a short text. */
export interface Sealer {
  /** Never throws. `available` is false where sealing would only obfuscate (Linux without a keyring). */
  probe(): Promise<Keyring>;
  seal(plain: string): Promise<Buffer>;
  /** Throws when the keyring cannot open it any more. `stale` asks for sealing it again. */
  unseal(sealed: Buffer): Promise<{ plain: string; stale: boolean }>;
}

export interface Keyring {
  available: boolean;
  /** `keychain`, `dpapi`, `gnome_libsecret`, `kwallet5` …; `basic_text` when there is none. */
  backend: string;
}

type AnySafeStorage = Partial<SafeStorage>;

/** Chromium marks what was only obfuscated with a built-in password (os_crypt's `v10` on Linux). */
const OBFUSCATED = Buffer.from('v10');

/**
 * Electron's safeStorage behind one port: its async calls where the runtime has them (the sync ones
 * go in Electron 46), the sync ones on older runtimes.
 */
export function electronSealer(safeStorage: AnySafeStorage, platform: NodeJS.Platform, passwordStore: string): Sealer {
  let probed: Promise<Keyring> | null = null;

  const seal = async (plain: string): Promise<Buffer> => {
    if (safeStorage.encryptStringAsync) return safeStorage.encryptStringAsync(plain);
    if (safeStorage.encryptString) return safeStorage.encryptString(plain);
    throw new Error('This runtime cannot seal');
  };

  const backendName = (): string => {
    if (platform === 'darwin') return 'keychain';
    if (platform === 'win32') return 'dpapi';
    const selected = safeStorage.getSelectedStorageBackend?.();
    if (selected && selected !== 'unknown') return selected;
    return passwordStore.replace('-', '_') || 'keyring';
  };

  const probe = async (): Promise<Keyring> => {
    const backend = backendName();
    try {
      const offered = safeStorage.isAsyncEncryptionAvailable
        ? await safeStorage.isAsyncEncryptionAvailable()
        : safeStorage.isEncryptionAvailable?.() === true;
      if (!offered || backend === 'basic_text') return { available: false, backend: 'basic_text' };
      const sample = await seal('probe');
      const obfuscated = platform === 'linux' && sample.subarray(0, OBFUSCATED.length).equals(OBFUSCATED);
      return obfuscated ? { available: false, backend: 'basic_text' } : { available: true, backend };
    } catch {
      return { available: false, backend: 'basic_text' };
    }
  };

  return {
    probe() {
      // One probe for everyone: on Linux each is a round trip over D-Bus.
      probed ??= probe();
      return probed;
    },
    seal,
    async unseal(sealed) {
      if (safeStorage.decryptStringAsync) {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
        return { plain: result, stale: shouldReEncrypt };
      }
      if (safeStorage.decryptString) return { plain: safeStorage.decryptString(sealed), stale: false };
      throw new Error('This runtime cannot unseal');
    },
  };
}
