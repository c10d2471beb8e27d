package dev.kvstore.benchmarks.contender;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The store itself, with its default settings except the durability. */
final class KvStoreContender implements Contender {

    private final SqliteKvStore store;

    KvStoreContender(Path directory, Storage storage) {
        this(builder(directory, storage));
    }

    private KvStoreContender(SqliteKvStore.Builder builder) {
        this.store = builder.build();
    }

    static Contender withNearCache(Path directory, Storage storage) {
        return new KvStoreContender(builder(directory, storage).nearCache(DataSize.ofMegabytes(64)));
    }

    private static SqliteKvStore.Builder builder(Path directory, Storage storage) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder();
        if (storage == Storage.MEMORY) {
            return builder.inMemory();
        }
        return builder.file(directory.resolve("kvstore.db"))
                .durability(storage == Storage.FULL ? Durability.FULL : Durability.NORMAL);
    }

    @Override
    public @Nullable String get(String group, String key) {
        return store.get(group, key).orElse(null);
    }

    @Override
    public void set(String group, String key, String value) {
        store.set(group, key, value);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        store.set(group, key, value, ttl);
    }

    @Override
    public void delete(String group, String key) {
        store.delete(group, key);
    }

    @Override
    public Map<String, String> getAll(String group) {
        return store.getAll(group);
    }

    @Override
    public long count(String group) {
        return store.count(group);
    }

    @Override
    public String render(String template, String group) {
        return store.render(template, group);
    }

    @Override
    public void close() {
        store.close();
    }
}
