import { Star } from 'lucide-react';
import { IconButton } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import type { EditorProps } from './FieldEditor';
import { OptionTag } from './OptionTag';

/** Stands for "no value" in a drop-down, which cannot hold an empty one. */
const NONE = '\u0000none';

/** One of the workspace's options, or yes and no. */
export function ChoiceEditor({ field, draft, onChange, id }: EditorProps<'choice'>) {
  const set = (value: string): void => onChange({ kind: 'choice', value });
  if (field.type === 'RATING') return <RatingEditor field={field} draft={draft} onChange={onChange} id={id} />;
  if (field.type === 'BOOLEAN') {
    return (
      <Segmented
        label={field.label}
        value={draft.value}
        options={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
          ...(field.nullable ? [{ value: '', label: 'Not set' }] : []),
        ]}
        onChange={set}
      />
    );
  }
  const known = field.options.some((option) => option.value === draft.value);
  const gone =
    draft.value !== '' && !known ? [{ value: draft.value, label: `${draft.value} (not offered any more)` }] : [];
  return (
    <Select
      id={id}
      label={field.label}
      value={draft.value === '' ? (field.nullable ? NONE : null) : draft.value}
      options={[
        ...(field.nullable ? [{ value: NONE, label: 'Not set' }] : []),
        ...field.options.map(({ value, label, color }) => ({ value, label, tag: color })),
        ...gone,
      ]}
      onChange={(value) => set(value === NONE ? '' : value)}
    />
  );
}

/** Any number of the workspace's options. */
export function ChoicesEditor({ field, draft, onChange }: EditorProps<'choices'>) {
  const known = new Set(field.options.map((option) => option.value));
  const gone = draft.values
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: value, color: 'gray' }));
  return (
    <fieldset className="editor-choices">
      <legend className="visually-hidden">{field.label}</legend>
      {[...field.options, ...gone].map((option) => (
        <Checkbox
          key={option.value}
          checked={draft.values.includes(option.value)}
          onChange={(checked) => {
            const rest = draft.values.filter((value) => value !== option.value);
            onChange({ kind: 'choices', values: checked ? [...rest, option.value] : rest });
          }}
        >
          <OptionTag label={option.label} color={option.color} />
        </Checkbox>
      ))}
    </fieldset>
  );
}

const STARS = [1, 2, 3, 4, 5] as const;

/** One to five stars; the chosen one again takes it away. */
function RatingEditor({ field, draft, onChange }: EditorProps<'choice'>) {
  const stars = Number(/^RATING_([1-5])$/.exec(draft.value)?.[1] ?? 0);
  const set = (count: number): void =>
    onChange({ kind: 'choice', value: count === stars && field.nullable ? '' : `RATING_${count}` });
  return (
    <fieldset className="editor-stars">
      <legend className="visually-hidden">{field.label}</legend>
      {STARS.map((count) => (
        <IconButton
          key={count}
          label={`${field.label} ${count} of 5`}
          aria-pressed={count === stars}
          onClick={() => set(count)}
        >
          <Star size={16} aria-hidden data-filled={count <= stars || undefined} />
        </IconButton>
      ))}
    </fieldset>
  );
}
