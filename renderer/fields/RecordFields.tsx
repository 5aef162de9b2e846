import { useMemo, useState } from 'react';
import type { RecordRef } from '../../shared/app/contacts';
import type { CrmRecord, FieldMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { useNow } from '../app/time';
import { Button } from '../ui/button';
import './fields.css';
import { valueKey } from './draft';
import { fieldText } from './format';
import { InPlaceField } from './InPlaceField';
import { useObject } from './metadata';
import { type FieldGroup, groupOf, isShown, whyNotWritable } from './rights';

interface RecordFieldsProps {
  object: string;
  record: CrmRecord;
  title: string;
  onOpen: (ref: RecordRef) => void;
  /** What to show for a field instead of its plain value, such as a value with copy buttons; null for the plain value. */
  shown?: ((field: FieldMeta) => React.ReactNode | null) | undefined;
}

const GROUPS: readonly { group: FieldGroup; label: string }[] = [
  { group: 'standard', label: '' },
  { group: 'custom', label: 'Custom fields' },
  { group: 'system', label: 'Record' },
];

/** Every field of a record, standard and custom, each read and edited in place; the empty ones on demand. */
export function RecordFields({ object, record, title, onOpen, shown }: RecordFieldsProps) {
  const meta = useObject(object);
  const connection = useConnection();
  const now = useNow(60_000);
  const [all, setAll] = useState(false);
  const context = useMemo(() => ({ labels: {}, now: new Date(now) }), [now]);
  if (meta === null) return null;
  const locked = whyNotWritable(connection, meta);
  const fields = meta.fields.filter(isShown);
  const isEmpty = (field: FieldMeta): boolean => {
    const value = record[valueKey(field)];
    return field.relation === null ? fieldText(field, value, context) === '' : !value;
  };
  const folded = fields.filter(
    (field) => isEmpty(field) || field.name === meta.labelField || groupOf(field) === 'system',
  );
  const visible = all ? fields : fields.filter((field) => !folded.includes(field));
  return (
    <div className="fields">
      {GROUPS.map(({ group, label }) => {
        const inside = visible.filter((field) => groupOf(field) === group);
        if (inside.length === 0) return null;
        return (
          <section key={group} aria-label={label === '' ? 'Fields' : label}>
            {label !== '' && <h3 className="field-group dim">{label}</h3>}
            <dl className="field-list">
              {inside.map((field) => (
                <InPlaceField
                  key={`${record.id} ${field.name}`}
                  object={meta}
                  field={field}
                  record={record}
                  title={title}
                  context={context}
                  locked={locked}
                  onOpen={onOpen}
                >
                  {shown?.(field) ?? undefined}
                </InPlaceField>
              ))}
            </dl>
          </section>
        );
      })}
      <div className="fields-foot">
        {folded.length > 0 && (
          <Button tone="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Fewer fields' : `All fields (${folded.length} more)`}
          </Button>
        )}
        {locked !== null && <span className="dim field-locked">{locked}</span>}
      </div>
    </div>
  );
}
