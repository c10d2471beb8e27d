package dev.kvstore.sqlite.table;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.ChangeLog;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.ExpiryTime;
import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.Value;
import dev.kvstore.sqlite.connection.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operations in SQLite's SQL, on the tables of {@link Schema}.
 *
 * @param versions of the store; only used by the thread that holds the writing connection
 * @param fileNumber the number of the file in its file system; 0 if there is none
 */
public record SqliteDialect(Instant now, Versions versions, long fileNumber) implements Dialect {

    @Override
    public Optional<Value> get(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.get(jdbc, group, key, millis());
    }

    @Override
    public StoredEntry find(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.find(jdbc, group, key, millis());
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.getStored(jdbc, group, key);
    }

    @Override
    public Optional<EntryState> state(JdbcOperations jdbc, String group, String key) {
        return EntryQueries.state(jdbc, group, key, millis());
    }

    // There is one transaction at a time that writes.
    @Override
    public Optional<EntryState> lockedState(JdbcOperations jdbc, String group, String key) {
        return state(jdbc, group, key);
    }

    @Override
    public Map<String, Value> getAll(JdbcOperations jdbc, String group) {
        return SlicedGroup.entries(jdbc, group, millis());
    }

    @Override
    public Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys) {
        return EntryQueries.isOneStatement(keys)
                ? EntryQueries.getEach(jdbc, group, keys, millis())
                : Transactions.read(jdbc, () -> EntryQueries.getEach(jdbc, group, keys, millis()));
    }

    @Override
    public long count(JdbcOperations jdbc, String group, KvRange range) {
        return range.lowerBound().isEmpty() && range.upperBound().isEmpty()
                ? RangeQueries.count(jdbc, group, millis())
                : RangeQueries.count(jdbc, group, KeyBounds.of(range), millis());
    }

    @Override
    public StoredPage page(JdbcOperations jdbc, Query.Page query) {
        return RangeQueries.page(jdbc, query, millis());
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        return RangeQueries.nextGroup(jdbc, query, millis());
    }

    @Override
    public OptionalLong put(JdbcOperations jdbc, Change.Put put) {
        return EntryChanges.put(jdbc, put, versions, now);
    }

    @Override
    public boolean expire(JdbcOperations jdbc, String group, String key, Expiry expiry, EntryState state) {
        return EntryChanges.expire(jdbc, group, key, ExpiryTime.ofNew(expiry, now), state, versions);
    }

    @Override
    public OptionalLong increment(JdbcOperations jdbc, Change.Increment increment) {
        return EntryChanges.increment(jdbc, increment, versions, now);
    }

    @Override
    public boolean delete(JdbcOperations jdbc, Change.Delete delete) {
        return deletions(jdbc)
                .run(
                        () -> EntryDeletes.deletesAny(jdbc, delete, millis()),
                        () -> EntryDeletes.delete(jdbc, delete, millis()));
    }

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        long live = RangeQueries.count(jdbc, group, millis());
        deletions(jdbc).run(() -> EntryDeletes.groupExists(jdbc, group), () -> EntryDeletes.deleteGroup(jdbc, group));
        return live;
    }

    @Override
    public long deleteRange(JdbcOperations jdbc, String group, KvRange range) {
        return deletions(jdbc)
                .run(
                        () -> EntryDeletes.groupExists(jdbc, group),
                        () -> EntryDeletes.deleteRange(jdbc, group, range, millis()));
    }

    @Override
    public Optional<List<Object>> allOrNothing(JdbcOperations jdbc, Change.AllOrNothing all) {
        return all.isMet(this, jdbc)
                ? Optional.of(new PutRows(this, versions, now).run(jdbc, all.changes()))
                : Optional.empty();
    }

    // Entries set after the clock was set back expire before upTo, and are live.
    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        long millis = Math.min(upTo.toEpochMilli(), millis());
        return deletions(jdbc)
                .run(() -> EntryDeletes.anyExpired(jdbc, millis), () -> EntryDeletes.purge(jdbc, millis, limit));
    }

    private Deletions deletions(JdbcOperations jdbc) {
        return new Deletions(jdbc, versions, millis());
    }

    @Override
    public ChangeLog changeLog() {
        return new SqliteChangeLog(versions, fileNumber);
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        if (change instanceof Change.Put put) {
            return EntryChanges.isOneStatement(put);
        }
        if (change instanceof Change.Increment increment) {
            return EntryChanges.isOneStatement(increment);
        }
        // A purge is not: in a transaction it finds out whether deletions are logged, and then logs its own time.
        return change instanceof Change.Delete && !versions.mayDeletionsBeLogged();
    }

    @Override
    public boolean writesOnce(Change<?> change) {
        return !(change instanceof Change.DeleteGroup
                || change instanceof Change.DeleteRange
                || change instanceof Change.AllOrNothing
                || change instanceof FeedChange
                || (change.deletions() > 0 && versions.mayDeletionsBeLogged()));
    }

    private long millis() {
        return now.toEpochMilli();
    }
}
