import type { ListCondition, ListFilter } from '../../shared/app/lists';
import { type FieldMeta, formatDecimal, type ObjectMeta, parseAmount, readMicros } from '../../shared/crm';
import { valueKey } from '../fields/draft';
import { type ReadContext, readDraft } from '../fields/read';
import { columnsOf } from './columns';

export type Operator = ListCondition['op'];

/** What a condition's value is asked with. */
export type ValueControl = 'none' | 'text' | 'number' | 'money' | 'date' | 'boolean' | 'options' | 'record';

interface OperatorWords {
  op: Operator;
  words: string;
}

const EMPTY: readonly OperatorWords[] = [
  { op: 'empty', words: 'is empty' },
  { op: 'notEmpty', words: 'is not empty' },
];
const TEXT: readonly OperatorWords[] = [
  { op: 'contains', words: 'contains' },
  { op: 'notContains', words: 'does not contain' },
  { op: 'is', words: 'is' },
  { op: 'isNot', words: 'is not' },
  { op: 'startsWith', words: 'starts with' },
  ...EMPTY,
];
const NUMBER: readonly OperatorWords[] = [
  { op: 'is', words: 'is' },
  { op: 'isNot', words: 'is not' },
  { op: 'gte', words: 'is at least' },
  { op: 'lte', words: 'is at most' },
  { op: 'gt', words: 'is more than' },
  { op: 'lt', words: 'is less than' },
  ...EMPTY,
];
const DATE: readonly OperatorWords[] = [
  { op: 'is', words: 'is on' },
  { op: 'gte', words: 'is on or after' },
  { op: 'lte', words: 'is on or before' },
  { op: 'gt', words: 'is after' },
  { op: 'lt', words: 'is before' },
  ...EMPTY,
];
const OPTIONS: readonly OperatorWords[] = [{ op: 'anyOf', words: 'is any of' }, ...EMPTY];
const SAME: readonly OperatorWords[] = [{ op: 'is', words: 'is' }, { op: 'isNot', words: 'is not' }, ...EMPTY];

/** The comparisons that make sense for a field, the usual one first. */
export function operatorsOf(field: FieldMeta): readonly OperatorWords[] {
  switch (controlOf(field, 'is')) {
    case 'number':
    case 'money':
      return NUMBER;
    case 'date':
      return DATE;
    case 'options':
      return OPTIONS;
    case 'record':
      return SAME;
    case 'boolean':
      return SAME.slice(0, 1);
    default:
      return TEXT;
  }
}

/** The control for a condition's value. */
export function controlOf(field: FieldMeta, op: Operator): ValueControl {
  if (op === 'empty' || op === 'notEmpty') return 'none';
  switch (field.type) {
    case 'NUMBER':
    case 'NUMERIC':
      return 'number';
    case 'CURRENCY':
      return 'money';
    case 'DATE':
    case 'DATE_TIME':
      return 'date';
    case 'BOOLEAN':
      return 'boolean';
    case 'SELECT':
    case 'MULTI_SELECT':
    case 'RATING':
      return field.options.length > 0 ? 'options' : 'text';
    case 'RELATION':
      return field.relation?.object ? 'record' : 'text';
    default:
      return 'text';
  }
}

/** Fields a filter can be built from, the one that names the record first. */
export function filterFields(object: ObjectMeta): FieldMeta[] {
  return columnsOf(object)
    .map((column) => column.field)
    .filter((field) => field.type !== 'RAW_JSON' && field.type !== 'ACTOR');
}

/** A condition as it stands in the builder: its value as typed, so that half a number is no filter yet. */
export interface ConditionDraft {
  /** Tells rows apart while they are edited. */
  key: number;
  field: string;
  op: Operator;
  text: string;
  choices: readonly string[];
}

/** The builder's row for a condition of a saved filter. */
export function draftOfCondition(condition: ListCondition, key: number, object: ObjectMeta): ConditionDraft {
  const field = object.fields.find((one) => valueKey(one) === condition.field);
  const { value } = condition;
  const plain = value === null || Array.isArray(value) ? '' : String(value);
  const micros = field?.type === 'CURRENCY' ? readMicros(plain) : null;
  return {
    key,
    field: condition.field,
    op: condition.op,
    text: micros === null ? plain : formatDecimal(micros),
    choices: Array.isArray(value) ? value : [],
  };
}

/** A row of the builder as a condition; null while it says nothing yet, or nothing that can be compared. */
export function conditionOf(draft: ConditionDraft, object: ObjectMeta, context: ReadContext): ListCondition | null {
  const field = object.fields.find((one) => valueKey(one) === draft.field);
  if (!field) return null;
  const condition = (value: ListCondition['value']): ListCondition => ({ field: draft.field, op: draft.op, value });
  const text = draft.text.trim();
  switch (controlOf(field, draft.op)) {
    case 'none':
      return condition(null);
    case 'options':
      return draft.choices.length === 0 ? null : condition([...draft.choices]);
    case 'money': {
      const micros = parseAmount(text);
      return micros === null ? null : condition(micros.toString());
    }
    case 'number': {
      const read = readDraft({ ...field, type: 'NUMBER', nullable: true }, { kind: 'text', text }, context);
      return read.ok && typeof read.value === 'number' ? condition(read.value) : null;
    }
    case 'date': {
      const read = readDraft({ ...field, type: 'DATE', nullable: true }, { kind: 'text', text }, context);
      return read.ok && typeof read.value === 'string' ? condition(read.value) : null;
    }
    default:
      return text === '' ? null : condition(text);
  }
}

/** The filter the rows stand for; null when none of them says anything yet. */
export function filterOf(
  match: ListFilter['match'],
  drafts: readonly ConditionDraft[],
  object: ObjectMeta,
  context: ReadContext,
): ListFilter | null {
  const conditions = drafts.flatMap((draft) => conditionOf(draft, object, context) ?? []);
  return conditions.length === 0 ? null : { match, conditions };
}
