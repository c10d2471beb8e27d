package dev.kvstore.commit;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcOperations;

/** Carries out nothing; a counter overrides one change. */
class CountingDialect implements Dialect {

    @Override
    public StoredEntry find(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<EntryState> lockedState(JdbcOperations jdbc, String group, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Value> getAll(JdbcOperations jdbc, String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(JdbcOperations jdbc, String group, KvRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoredPage page(JdbcOperations jdbc, Query.Page query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong put(JdbcOperations jdbc, Change.Put put) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean expire(JdbcOperations jdbc, String group, String key, Expiry expiry, EntryState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong increment(JdbcOperations jdbc, Change.Increment increment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(JdbcOperations jdbc, Change.Delete delete) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long deleteRange(JdbcOperations jdbc, String group, KvRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        return true;
    }

    @Override
    public boolean writesOnce(Change<?> change) {
        return isOneStatement(change);
    }
}
