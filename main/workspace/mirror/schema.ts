/**
 * The local copy. `data` is a record as the user sees it (JSONB); `server` is what the server said,
 * kept only while an unsent change lies over it. `rev` grows with every change, so a stored search
 * snapshot knows what it has missed.
 */
export const MIRROR_MIGRATIONS = [
  `CREATE TABLE records (
     n INTEGER PRIMARY KEY,
     object TEXT NOT NULL,
     id TEXT NOT NULL,
     title TEXT NOT NULL,
     title_key TEXT NOT NULL,
     hay TEXT NOT NULL,
     created_at TEXT NOT NULL,
     updated_at TEXT NOT NULL,
     deleted INTEGER NOT NULL,
     pending INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     data BLOB NOT NULL,
     server BLOB
   ) STRICT;
   CREATE UNIQUE INDEX records_id ON records (id, object);
   CREATE INDEX records_title ON records (object, deleted, title_key, id);
   CREATE INDEX records_updated ON records (object, deleted, updated_at, id);
   CREATE INDEX records_created ON records (object, deleted, created_at, id);
   CREATE INDEX records_rev ON records (rev);
   CREATE INDEX records_pending ON records (object, id) WHERE pending = 1;
   CREATE TABLE refs (n INTEGER NOT NULL, field TEXT NOT NULL, target TEXT NOT NULL) STRICT;
   CREATE INDEX refs_target ON refs (target, field);
   CREATE INDEX refs_n ON refs (n);
   CREATE TABLE gone (rev INTEGER PRIMARY KEY, object TEXT NOT NULL, id TEXT NOT NULL) STRICT;
   CREATE TABLE overlays (
     entry TEXT NOT NULL, seq INTEGER NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL
   ) STRICT;
   CREATE INDEX overlays_record ON overlays (object, id, seq);
   CREATE INDEX overlays_entry ON overlays (entry);
   CREATE TABLE opened (object TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, times TEXT NOT NULL,
     PRIMARY KEY (object, id)) STRICT;
   CREATE INDEX opened_at ON opened (at);
   CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE seen (object TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (object, id)) STRICT, WITHOUT ROWID;
   CREATE TABLE snapshot (generation INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
     PRIMARY KEY (generation, part)) STRICT`,
] as const;
