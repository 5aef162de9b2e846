import type { CommandInput } from '../../shared/contract';
import { invoke, messageOf } from '../bridge';
import { showToast } from '../ui/toast';

/** Changes settings; they are in force at once, the new state comes back as an event. */
export async function changeSettings(change: CommandInput<'settings.change'>): Promise<void> {
  try {
    await invoke('settings.change', change);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
