/** What is approved and not settled yet; `sum` tells a row whose bytes changed on the disk. */
export const OUTBOX_MIGRATIONS = [
  `CREATE TABLE entries (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     sum TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT`,
] as const;

/** What was settled, everything this app wrote, saved views and the layouts of lists. No server could give any of it back. */
export const HISTORY_MIGRATIONS = [
  `CREATE TABLE entries (
     seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, body TEXT NOT NULL
   ) STRICT;
   CREATE TABLE audit (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL
   ) STRICT;
   CREATE TABLE views (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT`,
  `CREATE INDEX audit_record ON audit (json_extract(body, '$.recordId'))`,
  `CREATE TABLE layouts (object TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT`,
] as const;
