import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ListFilter } from '../../shared/app/lists';
import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import { useReadContext } from '../fields/context';
import { valueKey } from '../fields/draft';
import { findRecords } from '../fields/find';
import { useRecordLabel } from '../fields/metadata';
import { OptionTag } from '../fields/OptionTag';
import { Button, IconButton } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Picker } from '../ui/picker';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import {
  type ConditionDraft,
  conditionOf,
  controlOf,
  draftOfCondition,
  filterFields,
  filterOf,
  operatorsOf,
} from './conditions';

interface FilterBuilderProps {
  object: ObjectMeta;
  filter: ListFilter | null;
  onChange: (filter: ListFilter | null) => void;
}

const MOST_CONDITIONS = 20;

/** Builds a filter from the workspace's own fields; the list follows each condition that says something. */
export function FilterBuilder({ object, filter, onChange }: FilterBuilderProps) {
  const context = useReadContext();
  const nextKey = useRef(1);
  const newKey = (): number => {
    nextKey.current += 1;
    return nextKey.current;
  };
  const [match, setMatch] = useState(filter?.match ?? 'all');
  const [rows, setRows] = useState<readonly ConditionDraft[]>(() =>
    filter === null
      ? [blank(object, 0)]
      : filter.conditions.map((condition) => draftOfCondition(condition, newKey(), object)),
  );
  const told = useRef(JSON.stringify(filter));
  // A saved view chosen elsewhere brings another filter; one's own changes come back unchanged.
  useEffect(() => {
    if (JSON.stringify(filter) === told.current) return;
    told.current = JSON.stringify(filter);
    setMatch(filter?.match ?? 'all');
    nextKey.current += 1;
    const first = nextKey.current * 100;
    setRows(
      filter === null
        ? [blank(object, first)]
        : filter.conditions.map((condition, index) => draftOfCondition(condition, first + index, object)),
    );
  }, [filter, object]);

  const tell = (nextMatch: ListFilter['match'], next: readonly ConditionDraft[]): void => {
    setMatch(nextMatch);
    setRows(next);
    const built = filterOf(nextMatch, next, object, context);
    if (JSON.stringify(built) === told.current) return;
    told.current = JSON.stringify(built);
    onChange(built);
  };

  return (
    <section className="filter" aria-label="Filter">
      {rows.length > 1 && (
        <div className="row">
          <span className="dim">Show what fits</span>
          <Segmented
            label="How the conditions combine"
            value={match}
            options={[
              { value: 'all', label: 'all conditions' },
              { value: 'any', label: 'any condition' },
            ]}
            onChange={(next) => tell(next, rows)}
          />
        </div>
      )}
      {rows.map((row, index) => (
        <ConditionRow
          key={row.key}
          object={object}
          row={row}
          number={index + 1}
          incomplete={conditionOf(row, object, context) === null && (row.text.trim() !== '' || row.choices.length > 0)}
          onChange={(next) =>
            tell(
              match,
              rows.map((one) => (one.key === row.key ? next : one)),
            )
          }
          onRemove={() =>
            tell(
              match,
              rows.filter((one) => one.key !== row.key),
            )
          }
        />
      ))}
      <div className="row">
        {rows.length < MOST_CONDITIONS && (
          <Button
            tone="quiet"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => tell(match, [...rows, blank(object, newKey())])}
          >
            Add condition
          </Button>
        )}
        {filter !== null && (
          <Button tone="quiet" onClick={() => tell('all', [])}>
            Clear the filter
          </Button>
        )}
      </div>
    </section>
  );
}

function blank(object: ObjectMeta, key: number): ConditionDraft {
  const [field] = filterFields(object);
  const op = field === undefined ? 'contains' : (operatorsOf(field)[0]?.op ?? 'contains');
  return { key, field: field === undefined ? '' : valueKey(field), op, text: '', choices: [] };
}

interface ConditionRowProps {
  object: ObjectMeta;
  row: ConditionDraft;
  number: number;
  incomplete: boolean;
  onChange: (row: ConditionDraft) => void;
  onRemove: () => void;
}

function ConditionRow({ object, row, number, incomplete, onChange, onRemove }: ConditionRowProps) {
  const fields = filterFields(object);
  const field = fields.find((one) => valueKey(one) === row.field);
  const operators = field ? operatorsOf(field) : [];
  const choose = (key: string): void => {
    const next = fields.find((one) => valueKey(one) === key);
    const [first] = next ? operatorsOf(next) : [];
    onChange({ ...row, field: key, op: first?.op ?? 'contains', text: '', choices: [] });
  };
  return (
    <fieldset className="condition">
      <legend className="visually-hidden">Condition {number}</legend>
      <Select
        label={`Field of condition ${number}`}
        value={row.field}
        options={fields.map((one) => ({ value: valueKey(one), label: one.label }))}
        onChange={choose}
      />
      <Select
        label={`Comparison of condition ${number}`}
        value={row.op}
        options={operators.map(({ op, words }) => ({ value: op, label: words }))}
        onChange={(op) => onChange({ ...row, op })}
      />
      {field && <ConditionValue field={field} row={row} incomplete={incomplete} onChange={onChange} />}
      <IconButton label={`Remove condition ${number}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </fieldset>
  );
}

const HINTS: Readonly<Record<string, string>> = {
  date: 'today, or 2026-11-23',
  money: '10,000',
  number: '10',
  text: '',
};

type ConditionValueProps = Pick<ConditionRowProps, 'row' | 'incomplete' | 'onChange'> & { field: FieldMeta };

function ConditionValue({ field, row, incomplete, onChange }: ConditionValueProps) {
  const control = controlOf(field, row.op);
  const related = useRecordLabel(control === 'record' ? (field.relation?.object ?? null) : null, row.text || null);
  const label = `${field.label} to compare with`;
  switch (control) {
    case 'none':
      return null;
    case 'boolean':
      return (
        <Segmented
          label={label}
          value={row.text}
          options={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          onChange={(text) => onChange({ ...row, text })}
        />
      );
    case 'options':
      return (
        <div className="condition-choices">
          {field.options.map((option) => (
            <Checkbox
              key={option.value}
              checked={row.choices.includes(option.value)}
              onChange={(checked) => {
                const rest = row.choices.filter((value) => value !== option.value);
                onChange({ ...row, choices: checked ? [...rest, option.value] : rest });
              }}
            >
              <OptionTag label={option.label} color={option.color} />
            </Checkbox>
          ))}
        </div>
      );
    case 'record': {
      const object = field.relation?.object ?? '';
      return (
        <Picker
          label={label}
          value={row.text === '' ? null : { id: row.text, label: related ?? '', detail: '' }}
          search={(text) => findRecords(object, text)}
          onChange={(option) => onChange({ ...row, text: option?.id ?? '' })}
        />
      );
    }
    default:
      return (
        <input
          className="input"
          aria-label={label}
          aria-invalid={incomplete || undefined}
          placeholder={HINTS[control]}
          autoComplete="off"
          spellCheck={false}
          value={row.text}
          onChange={(event) => onChange({ ...row, text: event.target.value })}
        />
      );
  }
}
