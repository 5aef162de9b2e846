import { CopyCheck, Hash, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RecordRef } from '../../shared/app/contacts';
import type { CrmRecord } from '../../shared/crm';
import { useConnection } from '../app/state';
import { invoke, messageOf } from '../bridge';
import { useObject } from '../fields/metadata';
import { whyNotWritable } from '../fields/rights';
import { Button, IconButton } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Menu, type MenuEntry } from '../ui/menu';
import { showToast } from '../ui/toast';
import { DeleteDialog } from './DeleteDialog';
import { type Duplicate, Duplicates } from './Duplicates';
import { MergeDialog } from './MergeDialog';
import { RecordForm } from './RecordForm';

interface RecordActionsProps {
  object: string;
  record: CrmRecord;
  title: string;
  onOpen: (ref: RecordRef) => void;
}

/** Objects of which the server can tell and merge duplicates. */
const MERGED: ReadonlySet<string> = new Set(['person', 'company']);

/** Edit, and what else can be done with a record. What is not allowed is not offered. */
export function RecordActions({ object, record, title, onOpen }: RecordActionsProps) {
  const meta = useObject(object);
  const locked = whyNotWritable(useConnection(), meta);
  const [shown, setShown] = useState<'edit' | 'delete' | null>(null);
  const [duplicates, setDuplicates] = useState<readonly Duplicate[] | null>(null);
  const [merging, setMerging] = useState<Duplicate | null>(null);
  if (meta === null) return null;

  const findDuplicates = async (): Promise<void> => {
    try {
      const found = await invoke('records.duplicates', { object, values: record });
      setDuplicates(found.filter((one) => one.id !== record.id));
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };
  const copyId = async (): Promise<void> => {
    try {
      const { copied } = await invoke('contacts.copy', { object, id: record.id, what: 'id', index: 0 });
      showToast(`Copied ${copied}`);
    } catch (error) {
      showToast(messageOf(error), 'error');
    }
  };

  const entries: MenuEntry[] = [
    { key: 'id', label: 'Copy id', icon: <Hash size={14} aria-hidden />, onSelect: () => void copyId() },
  ];
  if (MERGED.has(object)) {
    entries.unshift({
      key: 'duplicates',
      label: 'Find duplicates…',
      icon: <CopyCheck size={14} aria-hidden />,
      onSelect: () => void findDuplicates(),
    });
  }
  if (locked === null) {
    entries.push({
      key: 'delete',
      label: 'Delete…',
      icon: <Trash2 size={14} aria-hidden />,
      danger: true,
      separated: true,
      onSelect: () => setShown('delete'),
    });
  }
  return (
    <>
      {locked === null && (
        <Button shape="pill" icon={<Pencil size={12} aria-hidden />} onClick={() => setShown('edit')}>
          Edit
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={`More for ${title}`}>
            <MoreHorizontal size={15} aria-hidden />
          </IconButton>
        }
        entries={entries}
      />
      {shown === 'edit' && <RecordForm object={meta} record={record} title={title} onClose={() => setShown(null)} />}
      <DeleteDialog
        object={meta}
        records={shown === 'delete' ? [{ id: record.id, title }] : []}
        onClose={() => setShown(null)}
        onDeleted={() => undefined}
      />
      {duplicates !== null && merging === null && (
        <Dialog open title={`Duplicates of ${title}`} onClose={() => setDuplicates(null)}>
          {duplicates.length === 0 ? (
            <p>Nothing here looks like {title}: no same e-mail address, website, phone number or name.</p>
          ) : (
            <Duplicates
              object={object}
              duplicates={duplicates}
              onOpen={(id) => {
                setDuplicates(null);
                onOpen({ object, id });
              }}
              {...(locked === null ? { onMerge: setMerging } : {})}
            />
          )}
          <div className="dialog-actions">
            <Button onClick={() => setDuplicates(null)}>Close</Button>
          </div>
        </Dialog>
      )}
      {merging !== null && (
        <MergeDialog
          object={meta}
          pair={[{ id: record.id, title }, merging]}
          onClose={() => {
            setMerging(null);
            setDuplicates(null);
          }}
          onMerged={(id) => onOpen({ object, id })}
        />
      )}
    </>
  );
}
