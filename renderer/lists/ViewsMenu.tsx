import { Bookmark, Plus, Save, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SavedView } from '../../shared/app/lists';
import type { ObjectMeta } from '../../shared/crm';
import { invoke, messageOf } from '../bridge';
import { Button } from '../ui/button';
import { ConfirmDialog, Dialog } from '../ui/dialog';
import { Menu, type MenuEntry } from '../ui/menu';
import { TextField } from '../ui/text-field';
import { showToast } from '../ui/toast';
import type { List } from './store';

interface ViewsMenuProps {
  list: List;
  object: ObjectMeta;
  /** Keys of the columns in use. */
  columns: readonly string[];
}

/** The saved views of an object: choose one, save what is shown now, delete one. */
export function ViewsMenu({ list, object, columns }: ViewsMenuProps) {
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [naming, setNaming] = useState(false);
  const [deleting, setDeleting] = useState<SavedView | null>(null);
  const viewId = useStore(list.store, (state) => state.viewId);
  const current = views.find((view) => view.id === viewId) ?? null;

  const load = async (): Promise<void> => {
    try {
      const all = await invoke('views.list');
      setViews(all.filter((view) => view.object === object.name));
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the views belong to the object.
  useEffect(() => {
    void load();
  }, [object.name]);

  const save = async (id: string, name: string): Promise<void> => {
    const { filter, sort } = list.store.getState();
    try {
      await invoke('views.save', { id, object: object.name, name, columns: [...columns], filter, sort: [...sort] });
      list.ask({ viewId: id });
      setNaming(false);
      await load();
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };
  const remove = async (view: SavedView): Promise<void> => {
    try {
      await invoke('views.delete', { id: view.id });
      if (viewId === view.id) list.ask({ viewId: null });
      setDeleting(null);
      await load();
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };

  const entries: MenuEntry[] = [
    {
      key: 'all',
      label: `All ${object.labelPlural.toLowerCase()}`,
      current: current === null,
      onSelect: () => list.ask({ viewId: null, filter: null, ...list.store.getState().own }),
    },
    ...views.map((view) => ({
      key: view.id,
      label: view.name,
      current: view.id === viewId,
      onSelect: () => list.ask({ viewId: view.id, filter: view.filter, sort: view.sort, columns: view.columns }),
    })),
    {
      key: 'save-new',
      label: 'Save as a view…',
      icon: <Plus size={14} aria-hidden />,
      separated: true,
      onSelect: () => setNaming(true),
    },
  ];
  if (current !== null) {
    entries.push(
      {
        key: 'save',
        label: `Save changes to ${current.name}`,
        icon: <Save size={14} aria-hidden />,
        onSelect: () => void save(current.id, current.name),
      },
      {
        key: 'delete',
        label: `Delete ${current.name}…`,
        icon: <Trash2 size={14} aria-hidden />,
        danger: true,
        onSelect: () => setDeleting(current),
      },
    );
  }
  return (
    <>
      <Menu
        trigger={
          <Button icon={<Bookmark size={14} aria-hidden />}>
            <span className="cut">{current?.name ?? 'Views'}</span>
          </Button>
        }
        entries={entries}
      />
      {naming && <NameView onClose={() => setNaming(false)} onSave={(name) => void save(crypto.randomUUID(), name)} />}
      <ConfirmDialog
        open={deleting !== null}
        title={`Delete the view ${deleting?.name ?? ''}?`}
        action="Delete"
        onClose={() => setDeleting(null)}
        onConfirm={() => deleting && void remove(deleting)}
      >
        <p>Only the saved columns, filter and order go. No record is touched.</p>
      </ConfirmDialog>
    </>
  );
}

function NameView({ onClose, onSave }: { onClose: () => void; onSave: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <Dialog open title="Save as a view" onClose={onClose}>
      <form
        className="asked-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onSave(name.trim());
        }}
      >
        <TextField label="Name" value={name} maxLength={100} onChange={setName} />
        <p className="dim">It keeps the columns, the filter and the order, on this computer.</p>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
