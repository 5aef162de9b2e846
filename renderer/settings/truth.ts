import type { ConnectionView, VaultStatus } from '../../shared/app/connections';
import type { AppState } from '../../shared/app/state';

export interface Truth {
  level: 'ok' | 'warning' | 'error';
  text: string;
}

/** How the secret of a connection is kept, in one true sentence. */
export function vaultTruth(vault: VaultStatus, kind: ConnectionView['kind']): Truth {
  if (kind === 'demo') return { level: 'ok', text: 'Needs no key. Everything stays on this machine.' };
  const secret = kind === 'oauth' ? 'Sign-in' : 'Key';
  switch (vault.state) {
    case 'sealed':
      return { level: 'ok', text: `${secret} sealed by ${backendName(vault.backend)}.` };
    case 'unprotected':
      return vault.kept === 'session'
        ? {
            level: 'warning',
            text: `${secret} kept for this session only: no keyring here. It is gone when Twig quits.`,
          }
        : { level: 'error', text: `${secret} not protected: no keyring here, and you chose to keep it in clear.` };
    case 'undecryptable':
      return {
        level: 'error',
        text: `${secret} sealed by ${backendName(vault.sealedBy)}, which cannot open it now. The file is kept, and everything that waits.`,
      };
    case 'absent':
      return { level: 'warning', text: 'Signed out: no key on this machine.' };
  }
}

/** What to know about the local copy, or null when it is sealed as it should be. */
export function copyTruth(connection: ConnectionView): string | null {
  if (connection.encryptedAtRest || connection.kind === 'demo') return null;
  return 'The local copy of this workspace is not encrypted on this disk.';
}

/** What becomes of a key typed here, said before it is typed. */
export function keyringTruth(keyring: AppState['keyring']): Truth {
  return keyring.available
    ? { level: 'ok', text: `The key will be sealed by ${backendName(keyring.backend)}.` }
    : { level: 'warning', text: 'No system keyring here: you will be asked how to keep the key.' };
}

const BACKENDS: Readonly<Record<string, string>> = {
  gnome_libsecret: 'the GNOME keyring',
  'gnome-libsecret': 'the GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
  keychain: 'the macOS Keychain',
  dpapi: 'Windows data protection',
  basic_text: 'nothing',
  unknown: 'the system keyring',
};

/** The name people know a keyring by. */
export function backendName(backend: string): string {
  return BACKENDS[backend] ?? (backend || 'the system keyring');
}
