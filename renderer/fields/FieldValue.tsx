import { Star } from 'lucide-react';
import type { RecordRef } from '../../shared/app/contacts';
import type { FieldMeta } from '../../shared/crm';
import { Markdown } from '../record/Markdown';
import './fields.css';
import { objectOf } from './draft';
import { type FormatContext, fieldText, optionOf, ratingOf } from './format';
import { useRecordLabel } from './metadata';
import { OptionTag } from './OptionTag';

interface FieldValueProps {
  field: FieldMeta;
  value: unknown;
  context: FormatContext;
  /** `line` keeps to one line of a table; `full` takes the room it needs. */
  layout: 'line' | 'full';
  /** Opens the record a relation points at. */
  onOpen?: ((ref: RecordRef) => void) | undefined;
}

/** Members have no page of their own. */
const NOT_OPENED: ReadonlySet<string> = new Set(['workspaceMember']);

/** A field's value as it is read; nothing at all for an empty one. */
export function FieldValue({ field, value, context, layout, onOpen }: FieldValueProps) {
  switch (field.type) {
    case 'SELECT':
      return typeof value === 'string' && value !== '' ? <Option field={field} value={value} /> : null;
    case 'MULTI_SELECT':
      return (
        <span className="option-tags">
          {(Array.isArray(value) ? value : []).filter(isText).map((one) => (
            <Option key={one} field={field} value={one} />
          ))}
        </span>
      );
    case 'RATING':
      return <Stars count={ratingOf(value)} />;
    case 'RELATION':
      return isText(value) ? <Related field={field} id={value} context={context} onOpen={onOpen} /> : null;
    case 'RICH_TEXT': {
      const markdown = objectOf(value).markdown;
      if (layout === 'full') return isText(markdown) ? <Markdown text={markdown} /> : null;
      return fieldText(field, value, context);
    }
    case 'RAW_JSON':
      if (layout === 'full') {
        return value === null || value === undefined ? null : (
          <pre className="field-json">{JSON.stringify(value, null, 2)}</pre>
        );
      }
      return fieldText(field, value, context);
    default:
      return fieldText(field, value, context);
  }
}

function Option({ field, value }: { field: FieldMeta; value: string }) {
  const { label, color } = optionOf(field, value);
  return <OptionTag label={label} color={color} />;
}

function Stars({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="stars">
      <span className="visually-hidden">{count} of 5</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stars are all the same.
        <Star key={index} size={13} aria-hidden data-filled="" />
      ))}
    </span>
  );
}

function Related({
  field,
  id,
  context,
  onOpen,
}: {
  field: FieldMeta;
  id: string;
  context: FormatContext;
  onOpen: FieldValueProps['onOpen'];
}) {
  const object = field.relation?.object ?? null;
  const given = context.labels[id];
  const read = useRecordLabel(given === undefined ? object : null, id);
  const label = given ?? read ?? '';
  if (object === null || onOpen === undefined || NOT_OPENED.has(object)) return label;
  return (
    <button type="button" className="record-ref" onClick={() => onOpen({ object, id })}>
      {label}
    </button>
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
