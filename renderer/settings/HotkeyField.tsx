import { useEffect, useState } from 'react';
import type { HotkeyName, HotkeyState } from '../../shared/app/settings';
import { invoke, messageOf } from '../bridge';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { acceleratorOf } from '../ui/keys';

interface HotkeyFieldProps {
  name: HotkeyName;
  label: string;
  state: HotkeyState;
}

/** Records a global hotkey by pressing it; says at once when another program has it. */
export function HotkeyField({ name, label, state }: HotkeyFieldProps) {
  const [recording, setRecording] = useState(false);
  const [answer, setAnswer] = useState<HotkeyState | null>(null);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    if (!recording) return;
    // Otherwise pressing the present hotkey would open its window instead of reaching this field.
    void invoke('settings.recordHotkey', { recording: true }).catch(() => undefined);
    return () => void invoke('settings.recordHotkey', { recording: false }).catch(() => undefined);
  }, [recording]);

  const set = async (accelerator: string): Promise<void> => {
    setRecording(false);
    try {
      setError(null);
      setAnswer(await invoke('settings.hotkey', { name, accelerator }));
    } catch (failure) {
      setError(messageOf(failure));
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (!recording) return;
    if (event.key === 'Tab' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      setRecording(false);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(false);
      return;
    }
    const accelerator = acceleratorOf(event.nativeEvent);
    if (accelerator !== null) void set(accelerator);
  };

  const shown = answer ?? state;
  const bad = error !== null || shown.state === 'taken' || shown.state === 'unsupported';
  return (
    <div className="setting">
      <div className="setting-words">
        <p>{label}</p>
        <p className="setting-hint" data-level={bad ? 'error' : 'info'} role="status">
          {recording ? 'Press the keys. Esc keeps the old ones.' : (error ?? shown.message)}
        </p>
      </div>
      <div className="setting-control">
        {state.accelerator === '' ? <span className="dim">None</span> : <Kbd keys={state.accelerator} />}
        <Button
          aria-label={`Change the ${label} shortcut`}
          aria-pressed={recording}
          onClick={() => setRecording(!recording)}
          onKeyDown={onKeyDown}
          onBlur={() => setRecording(false)}
        >
          {recording ? 'Press keys…' : 'Change'}
        </Button>
        {state.accelerator !== '' && (
          <Button tone="quiet" aria-label={`Remove the ${label} shortcut`} onClick={() => void set('')}>
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}
