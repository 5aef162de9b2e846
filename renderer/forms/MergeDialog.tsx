import { useEffect, useMemo, useState } from 'react';
import type { CrmRecord, FieldMeta, ObjectMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { invoke, messageOf } from '../bridge';
import { valueKey } from '../fields/draft';
import { FieldValue } from '../fields/FieldValue';
import { groupOf, isShown } from '../fields/rights';
import { sameValue } from '../fields/writes';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Segmented } from '../ui/segmented';
import { Spinner } from '../ui/spinner';
import { showToast } from '../ui/toast';
import './forms.css';

interface MergeDialogProps {
  object: ObjectMeta;
  /** The two records; where both say something different, the first or the second wins. */
  pair: readonly [{ id: string; title: string }, { id: string; title: string }];
  onClose: () => void;
  /** `id` is that of the record that stays. */
  onMerged: (id: string) => void;
}

/** Makes one record of two. The server's own preview is shown first; it does not happen before it is confirmed. */
export function MergeDialog({ object, pair, onClose, onMerged }: MergeDialogProps) {
  const connection = useConnection();
  const [priority, setPriority] = useState<'0' | '1'>('0');
  const [preview, setPreview] = useState<CrmRecord | null>(null);
  const [both, setBoth] = useState<readonly (CrmRecord | null)[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const context = useMemo(() => ({ labels: {}, now: new Date() }), []);
  const [first, second] = pair;

  useEffect(() => {
    let current = true;
    setPreview(null);
    setError(null);
    const ids = [first.id, second.id];
    Promise.all([
      invoke('records.merge', { object: object.name, ids, priority: Number(priority), dryRun: true }),
      ...ids.map((id) => invoke('records.get', { object: object.name, id })),
    ]).then(
      ([merged, ...records]) => {
        if (!current) return;
        setPreview(merged ?? null);
        setBoth(records);
      },
      (failure: unknown) => current && setError(messageOf(failure)),
    );
    return () => {
      current = false;
    };
  }, [object.name, first.id, second.id, priority]);

  const merge = async (): Promise<void> => {
    setBusy(true);
    try {
      const ids = [first.id, second.id];
      const merged = await invoke('records.merge', {
        object: object.name,
        ids,
        priority: Number(priority),
        dryRun: false,
      });
      showToast(`${first.title} and ${second.title} are one record now.`);
      onMerged(merged.id);
      onClose();
    } catch (failure) {
      setError(messageOf(failure));
      setBusy(false);
    }
  };

  const differs = (field: FieldMeta): boolean => {
    const key = valueKey(field);
    return isShown(field) && groupOf(field) !== 'system' && !sameValue(both[0]?.[key], both[1]?.[key]);
  };
  const fields = preview === null ? [] : object.fields.filter(differs);
  const cell = (field: FieldMeta, record: CrmRecord | null | undefined) => (
    <td>
      <FieldValue field={field} value={record?.[valueKey(field)]} context={context} layout="line" />
    </td>
  );
  return (
    <Dialog open title={`Merge ${first.title} and ${second.title}`} onClose={onClose}>
      <div className="merge">
        <div className="row merge-choice">
          <span className="dim">Where both say something, keep</span>
          <Segmented
            label="Where both say something, keep"
            value={priority}
            options={[
              { value: '0', label: `${first.title} (1)` },
              { value: '1', label: `${second.title} (2)` },
            ]}
            onChange={setPriority}
          />
        </div>
        {error !== null ? (
          <p className="field-note" data-level="error" role="alert">
            {error}
          </p>
        ) : preview === null ? (
          <p className="row dim">
            <Spinner /> Asking the server what would come out
          </p>
        ) : fields.length === 0 ? (
          <p className="dim">Both say the same in every field.</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that can scroll must be reachable by keyboard.
          <section className="merge-table" aria-label="What comes out" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Field</th>
                  <th scope="col">1</th>
                  <th scope="col">2</th>
                  <th scope="col">Result</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={field.name}>
                    <th scope="row">{field.label}</th>
                    {cell(field, both[0])}
                    {cell(field, both[1])}
                    {cell(field, preview)}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <p className="dim">
          The two become one in {connection?.name ?? 'the workspace'} at once, with the notes, tasks and deals of both.
          Merging cannot be undone in Twig.
        </p>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" busy={busy} disabled={preview === null || error !== null} onClick={() => void merge()}>
            Merge
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
