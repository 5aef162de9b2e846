import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { TwigError } from '../../shared/errors';

/** What may be bound: the driver aborts the process on a boolean, so the type keeps them out. */
export type SqlValue = string | number | bigint | null | Uint8Array;
const MEMORY = ':memory:';
/** Kilobytes (negative: SQLite's way to say so) of pages kept in memory. */
const CACHE = -16_000;
export type Row = Record<string, unknown>;

export interface DatabaseOptions {
  path: string;
  /** 32 bytes as hex; null keeps the file in clear. */
  key: string | null;
  /** `full`: a commit is on the disk before it returns. `normal`: a power cut may take the last commits. */
  durability: 'full' | 'normal';
  /** True for a copy of what the server has: trouble that nothing else explains is taken for damage. */
  copy?: boolean;
  /** One entry per version; entry i brings a file from version i to i + 1. */
  migrations: readonly string[];
}

/**
 * A text that was read as bytes (`CAST(… AS BLOB)`). What damage may have reached is read like this:
 * the driver ends the whole process when a text is not UTF-8.
 */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** One SQLite file: statements kept prepared, errors in plain English. Not safe to share between threads. */
export class Database {
  readonly path: string;
  readonly #copy: boolean;
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement<unknown[]>>();
  #depth = 0;
  #open = true;
  /** True while a transaction stands open for more to join it. */
  #deferred = false;

  constructor(options: DatabaseOptions) {
    this.path = options.path;
    this.#copy = options.copy === true;
    try {
      mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
      this.#db = new Libsql(options.path, {
        timeout: 2_000,
        ...(options.key === null ? {} : { encryptionCipher: 'aes256cbc', encryptionKey: options.key }),
      });
    } catch (cause) {
      throw this.#explain(cause);
    }
    try {
      this.#db.exec('SELECT count(*) FROM sqlite_master');
      this.#journal();
      this.#db.exec(`PRAGMA synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'}`);
      this.#db.exec(`PRAGMA cache_size = ${CACHE}; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY`);
      // What was deleted from an encrypted file cannot be read there anyway.
      this.#db.exec(`PRAGMA secure_delete = ${options.key === null ? 'ON' : 'OFF'}`);
      this.#migrate(options.migrations);
      // Only the owner reads it; journals take their rights from the file.
      if (options.path !== MEMORY) chmodSync(options.path, 0o600);
    } catch (cause) {
      this.close();
      throw this.#explain(cause);
    }
  }

  /** All rows of a query. */
  all<T = Row>(sql: string, ...values: SqlValue[]): T[] {
    try {
      return this.#prepare(sql).all(values) as T[];
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** All rows as arrays in column order; cheaper for many rows. */
  tuples<T extends unknown[]>(sql: string, ...values: SqlValue[]): T[] {
    try {
      return this.#db.prepare(sql).raw().all(values) as T[];
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** The first row, or undefined. */
  one<T = Row>(sql: string, ...values: SqlValue[]): T | undefined {
    try {
      return this.#prepare(sql).get(values) as T | undefined;
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** Runs a statement that changes rows; answers how many and the last row number. */
  run(sql: string, ...values: SqlValue[]): { changes: number; row: number } {
    try {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(values);
      return { changes, row: Number(lastInsertRowid) };
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** Runs `work` in one transaction; anything thrown undoes all of it. Nested calls join the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    const joined = this.#deferred;
    try {
      const result = this.deferred(work);
      this.commit();
      return result;
    } catch (error) {
      if (!joined) this.#rollback();
      throw error;
    }
  }

  /**
   * Like `transaction`, but leaves the commit to a later `commit`, so that the parts of a page share one:
   * what several of them touch is then written once. Reads on this connection see them at once.
   */
  deferred<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    if (!this.#deferred) {
      this.#exec('BEGIN IMMEDIATE');
      this.#deferred = true;
    }
    this.#exec('SAVEPOINT part');
    this.#depth = 1;
    try {
      const result = work();
      this.#exec('RELEASE part');
      return result;
    } catch (error) {
      this.#undoPart();
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  /** Commits what `deferred` left open. When that fails, all of it is undone and the reason thrown. */
  commit(): void {
    if (!this.#deferred) return;
    try {
      this.#exec('COMMIT');
      this.#deferred = false;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  #undoPart(): void {
    try {
      this.#db.exec('ROLLBACK TO part; RELEASE part');
    } catch {
      // After a full disk or an I/O error SQLite has rolled back all of it already.
      this.#rollback();
    }
  }

  #rollback(): void {
    this.#deferred = false;
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // There is nothing left to undo.
    }
  }

  /** Throws `corrupt` when the file's structure is damaged. */
  check(): void {
    const [row] = this.tuples<[string]>('PRAGMA quick_check(1)');
    if (row?.[0] !== 'ok') throw new TwigError('corrupt', `The file ${this.path} is damaged.`);
  }

  /** Moves the journal into the file and empties it, where that works; what was committed is safe either way. */
  tidy(): void {
    if (this.#depth > 0) return;
    try {
      this.commit();
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A damaged or locked file stays as it is.
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#statements.clear();
    this.tidy();
    this.#db.close();
  }

  #explain(cause: unknown): TwigError {
    return explain(cause, this.path, this.#copy);
  }

  #prepare(sql: string): Libsql.Statement<unknown[]> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #exec(sql: string): void {
    try {
      this.#db.exec(sql);
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** WAL costs one flush per commit; where shared memory does not work (network drives) a rollback journal does. */
  #journal(): void {
    try {
      this.#db.exec('PRAGMA journal_mode = WAL');
      this.#db.exec('SELECT count(*) FROM sqlite_master');
    } catch (error) {
      if (codeOf(error) === 'SQLITE_NOTADB' || codeOf(error) === 'SQLITE_CORRUPT') throw error;
      this.#db.exec('PRAGMA journal_mode = DELETE');
    }
  }

  #migrate(migrations: readonly string[]): void {
    const [row] = this.#db.prepare('PRAGMA user_version').raw().all([]) as [number][];
    const version = row?.[0] ?? 0;
    if (version > migrations.length) {
      throw new TwigError(
        'refused',
        `The file ${this.path} was written by a newer Twig. Install the newest Twig to open it.`,
      );
    }
    for (let next = version; next < migrations.length; next += 1) {
      this.#db.exec(`BEGIN IMMEDIATE; ${migrations[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
    }
  }
}

/**
 * Renames a database file and its journals so that nothing is lost; answers the new name.
 * `stamp` is epoch milliseconds.
 */
export function setAside(path: string, stamp: number): string {
  const time = new Date(stamp).toISOString().replace(/[:.]/g, '-');
  let target = `${path}.damaged-${time}`;
  for (let n = 2; existsSync(target); n += 1) target = `${path}.damaged-${time}-${n}`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What went wrong with a file, in a sentence a person can act on. */
export function explain(cause: unknown, path: string, copy = false): TwigError {
  if (cause instanceof TwigError) return cause;
  const code = codeOf(cause);
  const text = cause instanceof Error ? cause.message : '';
  const is = (...codes: string[]) => codes.some((known) => code.startsWith(known));
  if (is('SQLITE_NOTADB', 'SQLITE_CORRUPT')) {
    return new TwigError('corrupt', `The file ${path} is damaged and cannot be read.`, { cause });
  }
  if (is('SQLITE_FULL', 'ENOSPC')) {
    return new TwigError('refused', 'The disk is full, so nothing was saved. Free some space and try again.', {
      cause,
    });
  }
  if (is('SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH', 'EACCES', 'EPERM', 'EROFS')) {
    return new TwigError(
      'refused',
      `Twig may not write to ${dirname(path)}, so nothing was saved. Allow it to write there and try again.`,
      { cause },
    );
  }
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) {
    return new TwigError('refused', `Another program is using ${path}, so nothing was saved. Close it and try again.`, {
      cause,
    });
  }
  if (is('SQLITE_CANTOPEN') || /unable to open/i.test(text)) {
    return new TwigError('refused', `Twig cannot open ${path}. Check that the folder exists and may be written.`, {
      cause,
    });
  }
  if (is('SQLITE_IOERR')) {
    return new TwigError('refused', `The disk holding ${path} did not answer properly, so nothing was saved.`, {
      cause,
    });
  }
  // Tables that are missing although the version says they are there: the schema's page is gone.
  // In a copy also what contradicts itself: a row that its index does not know, a value of another type.
  if (is('SQLITE_ERROR') || (copy && !/^E[A-Z]/.test(code))) {
    return new TwigError('corrupt', `The file ${path} is damaged.`, { cause });
  }
  return new TwigError('refused', `Twig cannot use ${path}. Check the folder and the disk it is on.`, { cause });
}
