import { type ReactNode, useState } from 'react';
import { invoke } from '../bridge';
import { Approval } from '../fields/Approval';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Picker, type PickerOption } from '../ui/picker';

interface LinkDialogProps {
  /** What gets the link, in words: "Call Jane" or "3 tasks". */
  what: string;
  /** The id of what gets it, null when there are several. */
  id: string | null;
  /** Names of what gets it, when there are several. */
  children?: ReactNode;
  onClose: () => void;
  onSave: (to: { object: string; id: string }, label: string) => void;
}

const LIMIT = 30;

/** Finds a person, company or deal to link notes or tasks to. */
export function LinkDialog({ what, id, children, onClose, onSave }: LinkDialogProps) {
  const [chosen, setChosen] = useState<PickerOption | null>(null);
  const [objects] = useState(() => new Map<string, string>());
  const [error, setError] = useState<string | null>(null);
  const search = async (text: string): Promise<PickerOption[]> => {
    const { results } = await invoke('contacts.search', { query: text, objects: null, limit: LIMIT });
    for (const { id, object } of results) objects.set(id, object);
    return results.map(({ id, title, subtitle }) => ({ id, label: title, detail: subtitle }));
  };
  const save = (): void => {
    const object = chosen && objects.get(chosen.id);
    if (chosen && object) onSave({ object, id: chosen.id }, chosen.label);
    else setError('Choose a record from the list.');
  };
  return (
    <Dialog open title={`Link ${what}`} onClose={onClose}>
      <form
        className="task-change"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Picker
          label="Link to"
          placeholder="Person, company or deal"
          value={chosen}
          search={search}
          invalid={error !== null}
          onChange={(option) => {
            setChosen(option);
            setError(null);
          }}
        />
        {error !== null && (
          <p className="field-note" data-level="error" role="alert">
            {error}
          </p>
        )}
        {children}
        <Approval what={`Links ${what} to ${chosen?.label ?? 'what you choose'}`} id={id} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" type="submit">
            Link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
