-- Versions of entries: each write of one takes the next.
CREATE SEQUENCE kv_version;

-- Text is stored with U+0000 and U+0001 escaped. A group or key of more than 1,000 bytes is shortened, and ends in a hash:
-- an index entry has at most 2,704 bytes. The collation "C" orders by bytes, whatever the database's own collation.
CREATE TABLE kv (
    grp        text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    expires_at bigint,                    -- in milliseconds since the epoch; NULL for never
    version    bigint NOT NULL,
    full_grp   text COLLATE "C",          -- the whole of a shortened group
    full_key   text COLLATE "C",          -- the whole of a shortened key
    value      text COLLATE "C",          -- of text
    bytes      bytea,                     -- of bytes
    PRIMARY KEY (grp, key),
    CHECK ((value IS NULL) <> (bytes IS NULL))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX kv_expires_at ON kv (expires_at) WHERE expires_at IS NOT NULL;

-- A server may have been built without lz4.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE kv ALTER COLUMN value SET COMPRESSION lz4, ALTER COLUMN bytes SET COMPRESSION lz4;
    END IF;
END
$$;
