-- A purge finds its rows without a scan; entries without expiry pay nothing for it.
CREATE INDEX IF NOT EXISTS kv_expires_at ON kv (expires_at) WHERE expires_at IS NOT NULL;
