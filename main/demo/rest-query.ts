import type { Direction } from '../twenty/types';
import { badRequest, codedError, ServerError } from './errors';
import type { FilterTree } from './filter';
import { columnNames } from './filter-check';
import { parseFilter, restFault } from './filter-parse';
import type { OrderKey } from './paging';
import { compositeOf, type ObjectDef } from './schema';
import type { Store } from './store';
import { didYouMean } from './values-suggest';

/** The query of a REST call as this server reads it; what it does not know is ignored. */
export class RestQuery {
  private readonly params: URLSearchParams;
  private readonly store: Store;

  constructor(store: Store, params: URLSearchParams) {
    this.store = store;
    this.params = params;
  }

  /** A parameter given once; one that is repeated counts as not given. */
  text(name: string): string | undefined {
    const values = this.params.getAll(name);
    return values.length === 1 ? values[0] : undefined;
  }

  filter(): FilterTree | undefined {
    const text = this.text('filter');
    return text ? parseFilter(text, this.store.traits) : undefined;
  }

  /** Rows per page: 60 when not given, cut at the server's maximum. */
  limit(): number {
    const text = this.text('limit');
    if (!text) return 60;
    const limit = Number(text);
    if (Number.isNaN(limit) || limit < 0) throw restFault(`limit '${text}' is invalid. Should be an integer`);
    const { family, pageMax } = this.store.traits;
    if (!Number.isInteger(limit) && family !== 'current')
      throw badRequest(`Variable "$first" got invalid value ${text}; Int cannot represent non-integer value: ${text}`);
    return pageMax === null ? limit : Math.min(limit, pageMax);
  }

  depth(): number {
    const { depths, defaultDepth } = this.store.traits;
    const text = this.text('depth');
    if (!text) return defaultDepth;
    const depth = Number(text);
    if (!depths.includes(depth))
      throw restFault(`'depth=${text}' parameter invalid. Allowed values are ${depths.join(', ')}`);
    return depth;
  }

  cursors(): { after?: string; before?: string } {
    return { after: this.text('starting_after') || undefined, before: this.text('ending_before') || undefined };
  }

  /** True only for the exact text. */
  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  orderBy(object: ObjectDef): OrderKey[] {
    const text = this.text('order_by');
    if (!text) return [];
    if (this.store.traits.family === 'mid')
      throw new ServerError(400, "Cannot read properties of undefined (reading 'fields')", { word: 'TypeError' });
    return text.split(',').map((part) => this.orderKey(object, part));
  }

  private orderKey(object: ObjectDef, part: string): OrderKey {
    const [, name = '', direction = 'AscNullsFirst'] = /^(.*?)(?:\[(.*)\])?$/s.exec(part) ?? [];
    if (!isDirection(direction))
      throw restFault(
        `'order_by' direction '${direction}' invalid. Allowed values are ${DIRECTIONS.map((one) => `'${one}'`).join(', ')}. eg: ?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3`,
      );
    const path = name.split('.');
    const [first = '', sub] = path;
    const current = this.store.traits.family === 'current';
    if (this.store.schema.join(object.name, first)) return { path, direction };
    const field = this.store.schema.field(object.name, first);
    if (!field || field.relation?.kind === 'one-to-many') {
      if (current) throw codedError('FIELD_NOT_FOUND', `Field "${name}" does not exist or is not sortable`);
      throw restFault(`field '${first}' does not exist in '${object.name}' object`);
    }
    if (field.relation && !current)
      throw badRequest(
        `Field "${first}" is not defined by type "${typeName(object.name)}OrderByInput".${didYouMean(first, columnNames(object))}`,
      );
    const composite = compositeOf(field);
    if (composite && sub === undefined)
      throw current ? wholeComposite(first) : oldComposite(first, field.type, direction);
    if (composite && sub !== undefined && !(sub in composite))
      throw codedError('FIELD_NOT_FOUND', `Field "${name}" does not exist or is not sortable`);
    return { path, direction };
  }
}

const DIRECTIONS: readonly Direction[] = ['AscNullsFirst', 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast'];

function isDirection(text: string): text is Direction {
  return DIRECTIONS.some((direction) => direction === text);
}

function wholeComposite(name: string): ServerError {
  return codedError(
    'INVALID_QUERY_INPUT',
    `Composite field "${name}" requires subfield ordering (e.g., { ${name}: { subFieldName: 'AscNullsFirst' } })`,
  );
}

function oldComposite(name: string, type: string, direction: string): ServerError {
  const input = type.toLowerCase().split('_').map(typeName).join('');
  return badRequest(
    `Variable "$orderBy" got invalid value "${direction}" at "orderBy[0].${name}"; Expected type "${input}OrderByInput" to be an object.`,
  );
}

const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
