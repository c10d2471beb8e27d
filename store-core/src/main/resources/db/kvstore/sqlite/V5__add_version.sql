-- Each change of an entry gets a new version. The version of a large value is in kv_large, and 0 in kv, so that another
-- large value in its place writes no page of kv. Entries that were there before have version 1.
ALTER TABLE kv ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE kv_large ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- The block of versions, from low to below high, that the last writer has reserved.
CREATE TABLE kv_meta (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    low  INTEGER NOT NULL,
    high INTEGER NOT NULL
);
INSERT INTO kv_meta VALUES (1, 2, 2);

DROP TRIGGER kv_entry_set;
DROP VIEW kv_entry;

-- All entries with their values and versions; an insert sets an entry with a large value.
CREATE VIEW kv_entry AS
SELECT grp, key, coalesce(value, (SELECT kv_large.value FROM kv_large WHERE id = value_id)) AS value, expires_at,
    iif(version = 0, (SELECT kv_large.version FROM kv_large WHERE id = value_id), version) AS version
FROM kv;

CREATE TRIGGER kv_entry_set INSTEAD OF INSERT ON kv_entry
BEGIN
    INSERT INTO kv_large (id, value, version)
    VALUES ((SELECT value_id FROM kv WHERE grp = new.grp AND key = new.key), new.value, new.version)
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, version = excluded.version;
    INSERT INTO kv (grp, key, value, expires_at, value_id, version)
    VALUES (new.grp, new.key, NULL, new.expires_at, last_insert_rowid(), 0)
    ON CONFLICT (grp, key) DO UPDATE
    SET value = NULL, expires_at = excluded.expires_at, value_id = coalesce(value_id, excluded.value_id), version = 0;
END;
