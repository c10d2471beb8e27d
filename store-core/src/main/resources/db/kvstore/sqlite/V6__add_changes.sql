-- The log of changes, in the order of the commits. Triggers write it, which exist only while somebody subscribes.
-- Positions follow one another without holes, so a reader that finds one has missed changes.
CREATE TABLE kv_change (
    position INTEGER PRIMARY KEY,
    kind     INTEGER NOT NULL,
    grp      TEXT NOT NULL,
    key      TEXT NOT NULL,
    version  INTEGER NOT NULL
);

-- Who subscribes, and the last position that was told. The owner is the store that tells the changes, and was last seen
-- at a time of the system's clock.
CREATE TABLE kv_subscriber (
    name     TEXT NOT NULL PRIMARY KEY,
    durable  INTEGER NOT NULL,
    feed     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    owner    INTEGER,
    seen_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- All changes up to a position were made by a time of the system's clock.
CREATE TABLE kv_change_mark (
    position INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL
);

-- 0 while nobody subscribes, else a random number of this log: positions of another one say nothing. With the inode of
-- the file, which a restored backup does not have.
ALTER TABLE kv_meta ADD COLUMN feed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kv_meta ADD COLUMN feed_inode INTEGER;
-- During a delete while the log is written: the version of the deletion, and the time by the store's clock.
ALTER TABLE kv_meta ADD COLUMN deletion_version INTEGER;
ALTER TABLE kv_meta ADD COLUMN deletion_time INTEGER;
