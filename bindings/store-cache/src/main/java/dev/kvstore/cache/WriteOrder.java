package dev.kvstore.cache;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The index of a bounded cache: its keys in the order in which they were written. It is a group with two kinds of
 * entries, {@code @position → key} and {@code =key → position}. Positions are times, which
 * never go back even if the clock does, and end in a text of this process, so that no two writes share one.
 */
final class WriteOrder {

    private static final String POSITION = "@";
    private static final String KEY = "=";
    private static final KvRange POSITIONS = KvRange.prefix(POSITION);

    private final KvStore store;
    private final KvGroup<String> index;
    private final InstantSource clock;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong last = new AtomicLong();

    WriteOrder(KvStore store, KvGroup<String> index, InstantSource clock) {
        this.store = store;
        this.index = index;
        this.clock = clock;
        newest().ifPresent(position -> last.set(Long.parseUnsignedLong(position, 1, 17, 16)));
    }

    private String next() {
        long micros = clock.millis() * 1000;
        long time = last.updateAndGet(before -> Math.max(before + 1, micros));
        return "%s%016x-%s".formatted(POSITION, time, process);
    }

    Optional<KvEntry<String>> entryOf(String key) {
        return index.entry(KEY + key);
    }

    Optional<String> positionOf(String key) {
        return index.get(KEY + key);
    }

    void add(KvBatch batch, String key, Expiry expiry) {
        String position = next();
        batch.set(index, KEY + key, position, expiry).set(index, position, key, expiry);
    }

    void remove(KvBatch batch, String position) {
        batch.delete(index, position);
    }

    /** Removes a key, unless it was written again. */
    void forget(String key, KvEntry<String> position) {
        store.batch()
                .check(index, KEY + key, position.version())
                .delete(index, KEY + key)
                .delete(index, position.value())
                .commit();
    }

    Optional<String> newest() {
        return index.keys(POSITIONS.reversed().limit(1)).findFirst();
    }

    void clearUpTo(String position) {
        index.deleteAll(KvRange.prefix(KEY));
        index.deleteAll(POSITIONS.before(position + "~"));
    }

    /** The number of entries, or a few more. It takes as long as the cache is large. */
    long count() {
        return index.count(POSITIONS);
    }

    /**
     * Evicts the entries of the oldest positions. One that is written in the meantime may be evicted, too: then the
     * next read is a miss.
     *
     * @return the number of positions that were removed
     */
    int evictOldest(KvGroup<?> entries, int positions) {
        List<KvEntry<String>> oldest = index.page(POSITIONS.limit(positions)).entries();
        Map<String, String> keys = new LinkedHashMap<>();
        oldest.forEach(position -> keys.put(position.key(), KEY + position.value()));
        Map<String, String> current = index.getAll(keys.values());
        KvBatch batch = store.batch();
        for (KvEntry<String> position : oldest) {
            String key = KEY + position.value();
            // Without a position of its own, as after a clear, nothing else would ever evict the entry.
            if (current.getOrDefault(key, position.key()).equals(position.key())) {
                batch.delete(entries, position.value()).delete(index, key);
            }
            batch.delete(index, position.key());
        }
        batch.commit();
        return oldest.size();
    }
}
