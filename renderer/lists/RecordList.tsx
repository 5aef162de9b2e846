import { Download, Filter, Lock, Plus, Search } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import './lists.css';
import type { ConnectionView } from '../../shared/app/connections';
import type { ObjectMeta } from '../../shared/crm';
import { OfflineLine } from '../app/OfflineLine';
import { countText } from '../app/sync-text';
import { invoke, listen, messageOf } from '../bridge';
import { whyNotWritable } from '../fields/rights';
import { RecordForm } from '../forms/RecordForm';
import { Button } from '../ui/button';
import { showToast } from '../ui/toast';
import { Chosen } from './Chosen';
import { ColumnsPanel } from './ColumnsPanel';
import { chosenColumns, firstColumns } from './columns';
import { FilterBuilder } from './FilterBuilder';
import { useList } from './kept';
import { Nothing } from './Nothing';
import { ObjectGate } from './ObjectGate';
import { RecordPane } from './RecordPane';
import type { List } from './store';
import { Table } from './Table';
import { ViewsMenu } from './ViewsMenu';

interface RecordListProps {
  /** Singular name of the object. */
  object: string;
  /** What the page is called; the workspace's plural when left out. */
  title?: string;
  /** Stands before the usual buttons, such as a switch to another way of showing the same records. */
  extra?: ReactNode;
}

/** The records of one object as a table, with a pane for one of them. */
export function RecordList({ object, title, extra }: RecordListProps) {
  return (
    <ObjectGate object={object}>
      {(connection, meta) => (
        <Kept key={`${connection.id} ${object}`} connection={connection} meta={meta} title={title} extra={extra} />
      )}
    </ObjectGate>
  );
}

function Kept(props: Omit<LoadedProps, 'list'>) {
  const list = useList(props.connection.id, props.meta);
  return list && <Loaded {...props} list={list} />;
}

interface LoadedProps {
  list: List;
  connection: ConnectionView;
  meta: ObjectMeta;
  title: string | undefined;
  extra: ReactNode;
}

function Loaded({ list, connection, meta, title, extra }: LoadedProps) {
  const state = useStore(list.store);
  const grid = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);
  const focusPane = useRef(false);
  const [creating, setCreating] = useState(false);
  const locked = whyNotWritable(connection, meta);
  const keys = useMemo(() => state.columns ?? firstColumns(meta), [state.columns, meta]);
  const columns = useMemo(() => chosenColumns(meta, keys), [meta, keys]);
  const [filtering, setFiltering] = useState(state.filter !== null);

  useEffect(() => {
    list.refresh();
    return listen('records.changed', ({ changes }) => {
      if (changes.some((change) => change.object === meta.name)) list.refresh();
    });
  }, [list, meta.name]);
  useEffect(() => {
    if (state.open !== null && focusPane.current) pane.current?.focus();
    focusPane.current = false;
  }, [state.open]);

  const closePane = (): void => {
    list.show(null);
    grid.current?.focus({ preventScroll: true });
  };
  const name = meta.labelPlural.toLowerCase();
  const asked = state.text.trim() !== '' || state.filter !== null;
  return (
    <div className="page list" data-open={state.open !== null || undefined}>
      <header className="page-head list-head">
        <h1>{title ?? meta.labelPlural}</h1>
        <span className="dim" role="status">
          {state.total === null ? '' : countText(state.total, asked ? 'match' : '', asked ? 'matches' : '').trim()}
        </span>
        <label className="list-search">
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label={`Search ${name}`}
            placeholder={`Search ${name}`}
            autoComplete="off"
            spellCheck={false}
            value={state.text}
            onChange={(event) => list.ask({ text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                grid.current?.focus();
              } else if (event.key === 'Escape' && state.text !== '') {
                event.stopPropagation();
                list.ask({ text: '' });
              }
            }}
          />
        </label>
        {extra}
        <ViewsMenu list={list} object={meta} columns={keys} />
        <Button
          icon={<Filter size={14} aria-hidden />}
          aria-expanded={filtering}
          onClick={() => setFiltering(!filtering)}
        >
          {state.filter === null ? 'Filter' : `Filter (${state.filter.conditions.length})`}
        </Button>
        <ColumnsPanel
          object={meta}
          chosen={keys}
          onChange={(next) => list.ask({ columns: next })}
          onReset={() => {
            list.ask({ columns: null });
            list.resize({});
          }}
        />
        <Button icon={<Download size={14} aria-hidden />} onClick={() => void exportList(list, keys)}>
          Export
        </Button>
        {locked === null ? (
          <Button tone="accent" icon={<Plus size={14} aria-hidden />} onClick={() => setCreating(true)}>
            New {meta.label.toLowerCase()}
          </Button>
        ) : (
          <span className="dim list-locked" title={locked}>
            <Lock size={13} aria-hidden /> <span className="cut">{locked}</span>
          </span>
        )}
      </header>
      <OfflineLine connection={connection} />
      {filtering && <FilterBuilder object={meta} filter={state.filter} onChange={(filter) => list.ask({ filter })} />}
      <Chosen list={list} meta={meta} writable={locked === null} />
      <div className="list-columns">
        <div className="list-table">
          <Table
            list={list}
            label={meta.labelPlural}
            columns={columns}
            selectable={locked === null}
            gridRef={grid}
            onOpen={(record, focus) => {
              focusPane.current = focus;
              list.show({ object: meta.name, id: record.id });
            }}
            onDelete={() => {
              const { selected, active } = list.store.getState();
              if (selected.size === 0 && list.row(active) !== null) list.toggle(active);
              list.store.setState((now) => ({ deleting: now.selected.size > 0 }));
            }}
            onLeave={() => state.open !== null && closePane()}
          />
          <Nothing list={list} meta={meta} connection={connection} asked={asked} onClear={() => setFiltering(false)} />
        </div>
        {state.open !== null && <RecordPane target={state.open} paneRef={pane} onClose={closePane} />}
      </div>
      {creating && (
        <RecordForm
          object={meta}
          record={null}
          title=""
          onClose={() => setCreating(false)}
          onSaved={(id) => list.show({ object: meta.name, id })}
          onOpen={(id) => list.show({ object: meta.name, id })}
        />
      )}
    </div>
  );
}

async function exportList(list: List, columns: readonly string[]): Promise<void> {
  const { object, text, filter, sort } = list.store.getState();
  try {
    const { path } = await invoke('records.export', { object, text, filter, sort: [...sort], columns: [...columns] });
    if (path !== null) showToast(`Saved to ${path}`);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}
