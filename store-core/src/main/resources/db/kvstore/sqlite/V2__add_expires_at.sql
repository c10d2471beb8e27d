-- Milliseconds since the epoch; NULL: never. The shape of the files that go-store wrote from then on.
ALTER TABLE kv ADD COLUMN expires_at INTEGER;
