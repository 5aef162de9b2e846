import { randomUUID } from 'node:crypto';
import type { Dialect, Traits } from './dialects';
import { badRequest, recordNotFound } from './errors';
import { type ObjectDef, type Schema, uniqueSubField } from './schema';
import { checkUnique, connectRelations, foreignKeysExist } from './store-rules';
import { type Row, Table } from './store-table';
import { emptyRow, type Values } from './values';
import { readValues, type Through } from './values-read';
import { seedValues } from './values-seed';

/** Who writes: an API key (`source: 'API'`) or a signed-in person. */
export interface Actor {
  source: string;
  workspaceMemberId: string | null;
  name: string;
}

export interface StoreOptions {
  dialect: Dialect;
  /** Epoch milliseconds. */
  now(): number;
  /** A new UUID; random when left out. */
  newId?(): string;
}

export interface CreateOptions {
  /** Updates the record with the same id or unique value instead of refusing a second one. */
  upsert?: boolean;
  through?: Through;
}

const SYSTEM: Actor = { source: 'MANUAL', workspaceMemberId: null, name: 'System' };

/**
 * One workspace's records in memory, under the rules of one dialect: values are checked and
 * normalised as that server does, refusals are `ServerError`s in its words. Rows handed out are the
 * stored ones and must not be changed.
 */
export class Store {
  readonly dialect: Dialect;
  readonly schema: Schema;
  readonly traits: Traits;
  private readonly tables = new Map<string, Table>();
  private readonly options: StoreOptions;
  private micros = 0;

  constructor(options: StoreOptions) {
    this.options = options;
    this.dialect = options.dialect;
    this.schema = options.dialect.schema;
    this.traits = options.dialect.traits;
    for (const object of this.schema.objects) this.tables.set(object.name, new Table(indexedPaths(object)));
  }

  /** The table of an object by singular name. */
  table(object: string): Table {
    const table = this.tables.get(object);
    if (!table) throw new Error(`The demo workspace has no object ${object}.`);
    return table;
  }

  now(): number {
    return this.options.now();
  }

  /** A time as it is stored: UTC text with as many digits as this server keeps. */
  stamp(): string {
    const iso = new Date(this.options.now()).toISOString();
    if (this.traits.timeDigits === 3) return iso;
    // Never zero: the shown time of a row lies before its stored one.
    this.micros = ((this.micros + 136) % 999) + 1;
    return `${iso.slice(0, -1)}${String(this.micros).padStart(3, '0')}Z`;
  }

  /** A record by id, also from the trash. */
  find(object: string, id: string): Row | undefined {
    return this.table(object).get(id.toLowerCase());
  }

  /** A record by id that is not in the trash. */
  live(object: string, id: string): Row | undefined {
    const row = this.find(object, id);
    return row && !row.deletedAt ? row : undefined;
  }

  /** Checks and stores one new record. With `upsert`, a record with the same id or unique value is updated. */
  create(object: string, input: unknown, actor: Actor = SYSTEM, options: CreateOptions = {}): Row {
    const [row] = this.createMany(object, [input], actor, options);
    if (!row) throw badRequest('Record was not created');
    return row;
  }

  /** All or nothing: one refused record undoes the others. Answers in input order. */
  createMany(object: string, inputs: readonly unknown[], actor: Actor = SYSTEM, options: CreateOptions = {}): Row[] {
    const undo: (() => void)[] = [];
    const stamp = this.stamp();
    try {
      return inputs.map((input) => {
        const existing = options.upsert ? this.upsertTarget(object, input) : undefined;
        if (existing) {
          undo.push(() => this.table(object).put(existing));
          return this.write(object, existing, input, actor, stamp, options.through);
        }
        const row = this.insert(object, input, actor, stamp, options.through);
        undo.push(() => this.table(object).remove(row.id));
        return row;
      });
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  }

  /** Applies changes to a record, live or trashed; refuses an unknown id. */
  update(object: string, id: string, input: unknown, actor: Actor = SYSTEM, through?: Through): Row {
    return this.write(object, this.must(object, id), input, actor, this.stamp(), through);
  }

  /** Moves a record to the trash; targets of notes and tasks follow where this server does so. */
  softDelete(object: string, id: string): Row {
    const row = this.must(object, id);
    const stamp = this.stamp();
    const deleted = this.put(object, { ...row, deletedAt: stamp, updatedAt: stamp });
    for (const target of this.followers(object, id))
      if (!target.row.deletedAt) this.put(target.object, { ...target.row, deletedAt: stamp, updatedAt: stamp });
    return deleted;
  }

  /** Brings a record back from the trash, with what went there along with it. */
  restore(object: string, id: string): Row {
    const row = this.must(object, id);
    checkUnique(this, this.schema.mustObject(object), { deletedAt: null }, row.id);
    const stamp = this.stamp();
    for (const target of this.followers(object, id))
      if (target.row.deletedAt) this.put(target.object, { ...target.row, deletedAt: null, updatedAt: stamp });
    return this.put(object, { ...row, deletedAt: null, updatedAt: stamp });
  }

  /** Removes a record for good. Rows that point at it lose the link, or go too (targets of notes and tasks). */
  destroy(object: string, id: string): Row {
    const row = this.must(object, id);
    this.table(object).remove(row.id);
    for (const { object: other, relation } of this.schema.pointingAt(object)) {
      for (const otherId of [...this.table(other.name).idsWhere(relation.joinColumn, row.id)]) {
        const pointing = this.table(other.name).get(otherId);
        if (!pointing) continue;
        if (relation.onDelete === 'CASCADE' && this.traits.targetsFollowNote) this.table(other.name).remove(otherId);
        else this.put(other.name, { ...pointing, [relation.joinColumn]: null });
      }
    }
    return row;
  }

  /**
   * Stores records given in the canonical form of shared/crm, translated to this dialect (`bodyV2`
   * to `body`, `targetPersonId` to `personId`, fields the schema lacks are left out). Times and
   * authors are kept when given, an object this workspace lacks is passed over. For sample data and
   * tests; nothing is validated.
   */
  seed(object: string, records: readonly Record<string, unknown>[]): void {
    const def = this.schema.object(object);
    if (!def) return;
    const table = this.table(object);
    const stamp = this.stamp();
    for (const record of records) {
      const values = seedValues(this.dialect, def, record);
      const id = typeof values.id === 'string' ? values.id : this.newId();
      const base = { ...emptyRow(this.dialect, def), createdAt: stamp, updatedAt: stamp };
      table.put({ ...base, position: table.size, ...values, id });
    }
  }

  /** A new record id. */
  newId(): string {
    return this.options.newId?.() ?? randomUUID();
  }

  private insert(object: string, input: unknown, actor: Actor, stamp: string, through?: Through): Row {
    const def = this.schema.mustObject(object);
    const table = this.table(object);
    const values = this.checked(def, input, null, through);
    const id = typeof values.id === 'string' ? values.id : this.newId();
    if (table.get(id)) throw badRequest('A duplicate entry was detected');
    const author = { ...actor, context: {} };
    const row: Row = {
      ...emptyRow(this.dialect, def),
      createdAt: stamp,
      updatedAt: stamp,
      createdBy: author,
      position: (table.lowestPosition ?? 1) - 1,
      ...values,
      updatedBy: author,
      id,
    };
    return this.put(object, row);
  }

  private write(object: string, before: Row, input: unknown, actor: Actor, stamp: string, through?: Through): Row {
    const def = this.schema.mustObject(object);
    const values = this.checked(def, input, before, through);
    const author = { ...actor, context: {} };
    return this.put(object, { ...before, updatedAt: stamp, ...values, updatedBy: author, id: before.id });
  }

  private checked(def: ObjectDef, input: unknown, before: Row | null, through?: Through): Values {
    const values = readValues(this.dialect, def, connectRelations(this, def, input), before, through);
    foreignKeysExist(this, def, values);
    checkUnique(this, def, values, before?.id ?? null);
    return values;
  }

  private put(object: string, row: Row): Row {
    this.table(object).put(row);
    return row;
  }

  private must(object: string, id: string): Row {
    const row = this.find(object, id);
    if (!row) throw recordNotFound(this.traits.notFound);
    return row;
  }

  private followers(object: string, id: string): { object: string; row: Row }[] {
    if (!this.traits.targetsFollowNote || (object !== 'note' && object !== 'task')) return [];
    return this.schema.pointingAt(object).flatMap(({ object: other, relation }) => {
      if (relation.onDelete !== 'CASCADE') return [];
      const table = this.table(other.name);
      return [...table.idsWhere(relation.joinColumn, id.toLowerCase())].flatMap((otherId) => {
        const row = table.get(otherId);
        return row ? [{ object: other.name, row }] : [];
      });
    });
  }

  private upsertTarget(object: string, input: unknown): Row | undefined {
    if (input === null || typeof input !== 'object') return undefined;
    const def = this.schema.mustObject(object);
    const table = this.table(object);
    const given = input as Record<string, unknown>;
    if (typeof given.id === 'string') {
      const row = table.get(given.id.toLowerCase());
      if (row) return row;
    }
    // Older servers know a record again by its id alone.
    if (this.traits.family !== 'current') return undefined;
    const values = readValues(this.dialect, def, connectRelations(this, def, input), null);
    for (const field of def.fields.filter((candidate) => candidate.unique)) {
      const sub = uniqueSubField(field);
      const value = sub ? (values[field.name] as Values | undefined)?.[sub] : values[field.name];
      if (typeof value !== 'string' || value === '') continue;
      const [id] = table.idsWhere(sub ? `${field.name}.${sub}` : field.name, value);
      if (id) return table.get(id);
    }
    return undefined;
  }
}

/** Foreign keys and unique values are looked up by value. */
function indexedPaths(object: ObjectDef): string[][] {
  const paths: string[][] = [];
  for (const field of object.fields) {
    if (field.relation?.kind === 'many-to-one') paths.push([field.relation.joinColumn]);
    if (field.unique) {
      const sub = uniqueSubField(field);
      paths.push(sub ? [field.name, sub] : [field.name]);
    }
  }
  return paths;
}
