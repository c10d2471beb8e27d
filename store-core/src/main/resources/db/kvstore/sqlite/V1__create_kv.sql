-- The shape of the files that go-store wrote before it knew expiry.
CREATE TABLE kv (
    grp   TEXT NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (grp, key)
);
