package dev.kvstore.benchmarks.contender;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store itself, with its default settings but for the durability. */
final class KvStoreContender implements Contender {

    private final SqliteKvStore store;

    KvStoreContender(Path directory, Storage storage) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder();
        this.store = switch (storage) {
            case MEMORY -> builder.inMemory().build();
            case NORMAL ->
                builder.file(directory.resolve("kvstore.db"))
                        .durability(Durability.NORMAL)
                        .build();
            case FULL ->
                builder.file(directory.resolve("kvstore.db"))
                        .durability(Durability.FULL)
                        .build();
        };
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
