package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullUnmarked;

/** An engine of one row, whatever its name, at a time that stands still. */
@NullUnmarked
final class OneRowEngine implements Engine {

    private StoredEntry row = StoredEntry.ABSENT;
    private long lastVersion;

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> T read(Query<T> query) {
        if (query instanceof Query.Find) {
            return (T) row;
        }
        if (query instanceof Query.Get) {
            return (T) Optional.ofNullable(row.value());
        }
        throw new UnsupportedOperationException(query.toString());
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> T write(Change<T> change, Durability durability) {
        if (change instanceof Change.Put put) {
            return (T) put(put);
        }
        if (change instanceof Change.GetOrSet getOrSet) {
            Optional<Value> live = Optional.ofNullable(row.value());
            put(getOrSet.put());
            return (T) live;
        }
        if (change instanceof Change.Delete delete) {
            boolean deleted = row.version() != 0 && delete.condition().isMetBy(row.version());
            row = deleted ? StoredEntry.ABSENT : row;
            return (T) (Object) deleted;
        }
        throw new UnsupportedOperationException(change.toString());
    }

    private OptionalLong put(Change.Put put) {
        if (!put.condition().isMetBy(row.version())) {
            return OptionalLong.empty();
        }
        row = new StoredEntry(put.value(), StoredEntry.NEVER, ++lastVersion);
        return OptionalLong.of(lastVersion);
    }

    @Override
    public void requireNotCommitting() {}

    @Override
    public void requireOpen() {}

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
