import { invoke, messageOf } from '../bridge';
import { showToast } from '../ui/toast';
import { goTo } from './navigation';

/** Makes another workspace the one all windows show. */
export async function activate(id: string): Promise<void> {
  try {
    await invoke('connections.activate', { id });
    goTo('contacts');
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

/** Asks for the server's changes now instead of at the next round. */
export async function syncNow(): Promise<void> {
  try {
    await invoke('sync.now');
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
