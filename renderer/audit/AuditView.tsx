import { CircleAlert, Download, History } from 'lucide-react';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import './audit.css';
import type { AuditEntry } from '../../shared/app/lists';
import { useConnection } from '../app/state';
import { countText } from '../app/sync-text';
import { useNow } from '../app/time';
import { invoke, listen, messageOf } from '../bridge';
import { FieldValue } from '../fields/FieldValue';
import type { FormatContext } from '../fields/format';
import { useObjects } from '../fields/metadata';
import { sameValue } from '../fields/writes';
import { valueText } from '../outbox/ConflictChooser';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Spinner } from '../ui/spinner';
import { showToast } from '../ui/toast';
import { actionWords, changedFields, momentText, OUTCOMES, type ValueChange, WINDOWS } from './words';

const PAGE = 100;

/** Everything this app wrote: when, what, from which window, before and after. */
export function AuditView() {
  const connection = useConnection();
  return (
    <div className="page">
      <header className="page-head">
        <h1>Audit</h1>
        <span className="dim grow">What Twig on this computer wrote to {connection?.name ?? 'the workspace'}</span>
        <Button icon={<Download size={14} aria-hidden />} onClick={() => void exportAudit()}>
          Export
        </Button>
      </header>
      <div className="page-body">
        <Entries key={connection?.id ?? 'none'} />
      </div>
    </div>
  );
}

async function exportAudit(): Promise<void> {
  try {
    const { path } = await invoke('audit.export');
    if (path !== null) showToast(`Saved to ${path}`);
  } catch (error) {
    showToast(messageOf(error), 'error');
  }
}

function Entries() {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const wanted = useRef(PAGE);
  const asked = useRef(0);
  const now = useNow(60_000);

  const load = async (): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const read: AuditEntry[] = [];
      let all = 0;
      while (read.length < wanted.current) {
        const page = await invoke('audit.list', { offset: read.length, limit: PAGE });
        all = page.total;
        read.push(...page.entries);
        if (page.entries.length < PAGE) break;
      }
      if (mine !== asked.current) return;
      setEntries(read);
      setTotal(all);
      setError(null);
    } catch (failure) {
      if (mine === asked.current) setError(messageOf(failure));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: loads once, then with each change of the outbox.
  useEffect(() => {
    void load();
    return listen('outbox.changed', () => void load());
  }, []);

  if (error !== null) {
    return (
      <EmptyState
        icon={<CircleAlert size={28} aria-hidden />}
        title="The audit list could not be read"
        actions={<Button onClick={() => void load()}>Try again</Button>}
      >
        <p>{error}</p>
      </EmptyState>
    );
  }
  if (entries === null) return <EmptyState icon={<Spinner />} title="Reading the audit list" />;
  if (entries.length === 0) {
    return (
      <EmptyState icon={<History size={28} aria-hidden />} title="Nothing written yet">
        <p>Every record that Twig creates, changes, deletes or restores for you is listed here.</p>
      </EmptyState>
    );
  }
  return (
    <div className="audit">
      <p className="visually-hidden" role="status">
        {countText(total, 'entry', 'entries')}
      </p>
      <ul>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
      {entries.length < total && (
        <Button
          tone="quiet"
          onClick={() => {
            wanted.current += PAGE;
            void load();
          }}
        >
          Show older
        </Button>
      )}
    </div>
  );
}

function Entry({ entry, now }: { entry: AuditEntry; now: number }) {
  const { objects } = useObjects();
  const meta = objects?.find((object) => object.name === entry.object) ?? null;
  const [open, setOpen] = useState(false);
  const changes = changedFields(entry, meta);
  const context = useMemo<FormatContext>(() => ({ labels: {}, now: new Date(now) }), [now]);
  return (
    <li className="audit-entry" data-outcome={entry.outcome}>
      <div className="audit-line">
        <time className="dim" dateTime={new Date(entry.at).toISOString()}>
          {momentText(entry.at)}
        </time>
        <p className="grow">
          {actionWords(entry.action)} <span className="strong">{entry.title}</span>{' '}
          <span className="dim">
            ({(meta?.label ?? entry.object).toLowerCase()}) from {WINDOWS[entry.window]}
          </span>
        </p>
        <span className="audit-outcome">{OUTCOMES[entry.outcome]}</span>
        <Button
          tone="quiet"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} the values of ${entry.title}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'}
        </Button>
      </div>
      {open && (
        <div className="audit-detail">
          <p className="dim">
            Record <code>{entry.recordId}</code>
          </p>
          {changes.length === 0 ? (
            <p className="dim">No values were written with it.</p>
          ) : (
            <dl>
              {changes.map((change) => (
                <Fragment key={change.key}>
                  <dt>{change.label}</dt>
                  <dd>
                    {entry.action !== 'create' && (
                      <del>
                        <Value change={change} value={change.before} context={context} />
                      </del>
                    )}
                    {entry.action === 'update' && <span aria-hidden="true"> → </span>}
                    {entry.action !== 'delete' && (
                      <ins>
                        <Value change={change} value={change.after} context={context} />
                      </ins>
                    )}
                  </dd>
                </Fragment>
              ))}
            </dl>
          )}
        </div>
      )}
    </li>
  );
}

function Value({ change, value, context }: { change: ValueChange; value: unknown; context: FormatContext }) {
  if (sameValue(value, null)) return 'empty';
  if (change.field === null) return valueText(value);
  return <FieldValue field={change.field} value={value} context={context} layout="line" />;
}
