package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * H2's MVStore. Its background thread writes changes within a second, so that the end of the process loses some. For
 * durable writes the documentation requires {@code commit()} and then {@code sync()}.
 */
final class MvStoreContender implements Contender {

    private final ReentrantLock committing = new ReentrantLock();
    private final MVStore store;
    private final MVMap<String, String> entries;
    private final boolean synced;

    MvStoreContender(Path directory, Storage storage) {
        MVStore.Builder builder = new MVStore.Builder();
        if (storage != Storage.MEMORY) {
            builder.fileName(directory.resolve("kv.mv").toString());
        }
        this.store = builder.open();
        this.entries = store.openMap("kv");
        this.synced = storage == Storage.FULL;
    }

    @Override
    public @Nullable String get(String group, String key) {
        return entries.get(CompositeKey.of(group, key));
    }

    @Override
    public void set(String group, String key, String value) {
        entries.put(CompositeKey.of(group, key), value);
        commit();
    }

    @Override
    public void delete(String group, String key) {
        entries.remove(CompositeKey.of(group, key));
        commit();
    }

    private void commit() {
        if (synced) {
            committing.lock();
            try {
                store.commit();
                store.sync();
            } finally {
                committing.unlock();
            }
        }
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new LinkedHashMap<>();
        Cursor<String, String> cursor = entries.cursor(CompositeKey.first(group), CompositeKey.end(group), false);
        while (cursor.hasNext()) {
            String key = cursor.next();
            all.put(CompositeKey.key(group, key), cursor.getValue());
        }
        return all;
    }

    @Override
    public Map<String, String> page(String group, String from, int limit) {
        Map<String, String> page = new LinkedHashMap<>();
        Cursor<String, String> cursor = entries.cursor(CompositeKey.of(group, from), CompositeKey.end(group), false);
        while (cursor.hasNext() && page.size() < limit) {
            String key = cursor.next();
            page.put(CompositeKey.key(group, key), cursor.getValue());
        }
        return page;
    }

    @Override
    public long count(String group) {
        Iterator<String> keys = entries.cursor(CompositeKey.first(group), CompositeKey.end(group), false);
        long count = 0;
        for (; keys.hasNext(); keys.next()) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        store.close();
    }
}
