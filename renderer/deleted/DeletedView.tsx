import { ArchiveRestore, CircleAlert, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import './deleted.css';
import { type ObjectMeta, recordLabel } from '../../shared/crm';
import { useConnection } from '../app/state';
import { countText } from '../app/sync-text';
import { listen, messageOf } from '../bridge';
import { useObjects } from '../fields/metadata';
import { whyNotWritable } from '../fields/rights';
import { trashRecords } from '../fields/writes';
import { chosenColumns, columnsOf } from '../lists/columns';
import '../lists/lists.css';
import { createList, type List } from '../lists/store';
import { Table } from '../lists/Table';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { Select } from '../ui/select';
import { Spinner } from '../ui/spinner';

const SHOWN: readonly string[] = ['person', 'company', 'opportunity', 'note', 'task'];

/** What was moved to Deleted, object by object, and the way back. */
export function DeletedView() {
  const connection = useConnection();
  const { objects } = useObjects();
  const [chosen, setChosen] = useState('person');
  const offered = (objects ?? []).filter((object) => SHOWN.includes(object.name) || object.custom);
  const meta = offered.find((object) => object.name === chosen) ?? offered[0] ?? null;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Deleted</h1>
        {meta !== null && (
          <Select
            label="Kind of record"
            value={meta.name}
            options={offered.map((object) => ({ value: object.name, label: object.labelPlural }))}
            onChange={setChosen}
          />
        )}
        <span className="dim">Moved here in {connection?.name ?? 'the workspace'}; nothing is destroyed by Twig.</span>
      </header>
      {meta === null ? (
        <EmptyState icon={<Spinner />} title="Reading the workspace’s fields" />
      ) : (
        <Deleted key={`${connection?.id} ${meta.name}`} meta={meta} locked={whyNotWritable(connection, meta)} />
      )}
    </div>
  );
}

function Deleted({ meta, locked }: { meta: ObjectMeta; locked: string | null }) {
  const [list] = useState(() => createList(meta.name, true));
  const { total, error, selected } = useStore(list.store);
  const grid = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState(false);
  const columns = useMemo(() => {
    const when = meta.fields.find((field) => field.name === 'deletedAt');
    const shown = chosenColumns(
      meta,
      columnsOf(meta)
        .slice(0, 3)
        .map((column) => column.key),
    );
    if (!when) return shown;
    const deletedAt = { key: 'deletedAt', label: 'Deleted', field: when, width: 10, sortable: true, numeric: false };
    return [...shown.slice(0, 1), deletedAt, ...shown.slice(1)];
  }, [meta]);
  useEffect(() => {
    list.ask({ sort: [{ field: 'deletedAt', descending: true }] });
    return listen('records.changed', () => list.refresh());
  }, [list]);
  const many = countText(selected.size, meta.label.toLowerCase(), meta.labelPlural.toLowerCase());
  const ask = (): void => {
    const { active } = list.store.getState();
    if (selected.size === 0 && list.row(active) !== null) list.toggle(active);
    setAsking(list.store.getState().selected.size > 0);
  };
  return (
    <>
      <div className="list-chosen" data-quiet={selected.size === 0 || undefined}>
        <span role="status">{selected.size === 0 ? 'Choose rows to restore them.' : `${many} chosen`}</span>
        {locked === null ? (
          <Button
            icon={<ArchiveRestore size={14} aria-hidden />}
            disabled={selected.size === 0}
            onClick={() => setAsking(true)}
          >
            Restore…
          </Button>
        ) : (
          <span className="dim">{locked}</span>
        )}
      </div>
      <div className="list-columns">
        <div className="list-table">
          <Table
            list={list}
            label={`Deleted ${meta.labelPlural.toLowerCase()}`}
            columns={columns}
            selectable={locked === null}
            gridRef={grid}
            onOpen={(_record, focus) => {
              if (focus && locked === null) ask();
            }}
            onDelete={() => undefined}
            onLeave={() => undefined}
          />
          {(error !== null || total === null || total === 0) && (
            <div className="list-nothing">
              {error !== null ? (
                <EmptyState
                  icon={<CircleAlert size={28} aria-hidden />}
                  title="This could not be read"
                  actions={<Button onClick={() => list.refresh()}>Try again</Button>}
                >
                  <p>{error}</p>
                </EmptyState>
              ) : total === null ? (
                <EmptyState icon={<Spinner />} title="Reading what was deleted" />
              ) : (
                <EmptyState icon={<Trash2 size={28} aria-hidden />} title="Nothing deleted here">
                  <p>Deleted {meta.labelPlural.toLowerCase()} wait here until they are restored.</p>
                </EmptyState>
              )}
            </div>
          )}
        </div>
      </div>
      <Restore list={list} meta={meta} open={asking} many={many} onClose={() => setAsking(false)} />
    </>
  );
}

interface RestoreProps {
  list: List;
  meta: ObjectMeta;
  open: boolean;
  many: string;
  onClose: () => void;
}

const NAMED = 8;

/** Asks with count and names before records come back. */
function Restore({ list, meta, open, many, onClose }: RestoreProps) {
  const connection = useConnection();
  const { selected, pages } = useStore(list.store);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const rows = [...pages.values()].flat().filter((row) => selected.has(row.id));
  const restore = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await trashRecords('restore', meta.name, [...selected], many);
      list.clearSelection();
      onClose();
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      open={open}
      title={`Restore ${many}?`}
      action="Restore"
      danger={false}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void restore()}
    >
      <ul className="delete-names">
        {rows.slice(0, NAMED).map((row) => (
          <li key={row.id} className="cut">
            {recordLabel(meta.name, row, meta.labelField)}
          </li>
        ))}
        {selected.size > NAMED && <li className="dim">and {selected.size - NAMED} more</li>}
      </ul>
      <p>They come back in {connection?.name ?? 'the workspace'}, for everyone there.</p>
      {error !== null && (
        <p className="field-note" data-level="error" role="alert">
          {error}
        </p>
      )}
    </ConfirmDialog>
  );
}
