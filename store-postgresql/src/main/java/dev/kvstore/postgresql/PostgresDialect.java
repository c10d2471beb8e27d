package dev.kvstore.postgresql;

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

/** The operations in PostgreSQL's SQL. Almost all are one statement, which commits by itself. */
record PostgresDialect(Moment now) implements Dialect {

    @Override
    public Optional<Value> get(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.get(jdbc, EntryKey.of(group, key), now);
    }

    @Override
    public StoredEntry find(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.find(jdbc, EntryKey.of(group, key), now);
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.getStored(jdbc, EntryKey.of(group, key));
    }

    @Override
    public Optional<EntryState> state(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.state(jdbc, EntryKey.of(group, key), now);
    }

    @Override
    public Optional<EntryState> lockedState(JdbcOperations jdbc, String group, String key) {
        List<EntryKey> entry = List.of(EntryKey.of(group, key));
        EntryLocks.lock(jdbc, entry);
        Optional<EntryState> state = state(jdbc, group, key);
        // Until the transaction ends, others wait for a row that it has inserted and deleted.
        EntryLocks.removeRowsOfAbsent(jdbc, entry);
        return state;
    }

    @Override
    public Map<String, Value> getAll(JdbcOperations jdbc, String group) {
        return EntryQueries.getAll(jdbc, StoredName.of(group), now);
    }

    @Override
    public Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys) {
        return EntryQueries.getEach(jdbc, StoredName.of(group), keys, now);
    }

    @Override
    public long count(JdbcOperations jdbc, String group, KvRange range) {
        return range.lowerBound().isEmpty() && range.upperBound().isEmpty()
                ? RangeQueries.count(jdbc, StoredName.of(group), now)
                : RangeQueries.count(jdbc, StoredName.of(group), range, now);
    }

    @Override
    public StoredPage page(JdbcOperations jdbc, Query.Page query) {
        return RangeQueries.page(jdbc, query, now);
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        return GroupQueries.next(jdbc, query, now);
    }

    @Override
    public OptionalLong put(JdbcOperations jdbc, Change.Put put) {
        return EntryChanges.put(jdbc, put, now);
    }

    @Override
    public boolean expire(JdbcOperations jdbc, String group, String key, Expiry expiry, EntryState state) {
        return EntryChanges.expire(jdbc, EntryKey.of(group, key), expiry, state, now);
    }

    @Override
    public OptionalLong increment(JdbcOperations jdbc, Change.Increment increment) {
        return EntryChanges.increment(jdbc, increment, now);
    }

    @Override
    public boolean delete(JdbcOperations jdbc, Change.Delete delete) {
        return EntryDeletes.delete(jdbc, delete, now);
    }

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        return EntryDeletes.deleteGroup(jdbc, StoredName.of(group), now);
    }

    @Override
    public long deleteRange(JdbcOperations jdbc, String group, KvRange range) {
        return EntryDeletes.deleteRange(jdbc, StoredName.of(group), range, now);
    }

    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        return EntryDeletes.purge(jdbc, upTo.toEpochMilli(), limit, now);
    }

    @Override
    public Optional<List<Object>> allOrNothing(JdbcOperations jdbc, Change.AllOrNothing all) {
        return new ManyChanges(this, all).run(jdbc);
    }

    /** Whether a change needs no transaction around it: of its statements, the last one at the most writes. */
    @Override
    public boolean isOneStatement(Change<?> change) {
        return !(change instanceof Change.AllOrNothing all) || new ManyChanges(this, all).isOneStatement();
    }

    @Override
    public boolean writesOnce(Change<?> change) {
        return isOneStatement(change);
    }
}
