package dev.kvstore.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Entries of the database kept in memory, and those that are known to be missing. Exact as long as nobody but the store
 * that has this cache changes the database: a get never returns what the database did not hold at some moment of the call.
 *
 * <p>What a write may change is taken out before the write begins, and kept out until it has ended, whatever became of it:
 * gets meanwhile ask the database. A load that is under way when a write begins is waited for. Thread-safe.
 */
public final class NearCache {

    /** About what an entry takes beside its texts, in bytes. */
    private static final int OVERHEAD = 150;

    private final Cache<Name, Stored> entries;
    // Loads share it; who is about to change many entries has it alone while those are taken out.
    private final ReadWriteLock loading = new ReentrantReadWriteLock();
    private final Map<Name, Integer> changingEntries = new ConcurrentHashMap<>();
    private final Map<String, Integer> changingGroups = new ConcurrentHashMap<>();
    private final AtomicInteger purges = new AtomicInteger();

    private record Name(String group, String key) {}

    /**
     * What the database holds of an entry, whether it is live or not.
     *
     * @param value null when there is no such entry
     * @param expiresAt {@link #NEVER} when it does not expire
     */
    record Stored(@Nullable String value, long expiresAt) {

        static final long NEVER = Long.MAX_VALUE;

        static final Stored NOTHING = new Stored(null, NEVER);

        Optional<String> at(long now) {
            return expiresAt > now ? Optional.ofNullable(value) : Optional.empty();
        }
    }

    /** A cache whose entries take about the given size in memory; those that are asked for often stay. */
    public NearCache(DataSize maxSize) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxSize.toBytes())
                .weigher(NearCache::weight)
                .executor(Runnable::run)
                .build();
    }

    private static int weight(Name name, Stored stored) {
        int value = stored.value() == null ? 0 : stored.value().length();
        return OVERHEAD + name.group().length() + name.key().length() + value;
    }

    Optional<String> get(String group, String key, long now, Supplier<Stored> load) {
        Name name = new Name(group, key);
        Stored stored = entries.getIfPresent(name);
        return (stored == null ? load(name, load) : stored).at(now);
    }

    private Stored load(Name name, Supplier<Stored> load) {
        Lock shared = loading.readLock();
        shared.lock();
        try {
            Stored kept = entries.asMap().computeIfAbsent(name, absent -> isChanging(absent) ? null : keepable(load));
            if (kept != null) {
                return kept;
            }
        } finally {
            shared.unlock();
        }
        return load.get();
    }

    private boolean isChanging(Name name) {
        return changingEntries.containsKey(name) || changingGroups.containsKey(name.group());
    }

    // What expires may be purged while it is loaded: a purge that begins after this question waits for the load, but
    // one that
    // is running may end before it.
    private @Nullable Stored keepable(Supplier<Stored> load) {
        boolean purging = purges.get() > 0;
        Stored stored = load.get();
        return purging && stored.expiresAt() != Stored.NEVER ? null : stored;
    }

    /** Runs a write of one entry. */
    <T extends @Nullable Object> T change(String group, String key, Supplier<T> write) {
        Name name = new Name(group, key);
        changingEntries.merge(name, 1, Integer::sum);
        try {
            entries.invalidate(name);
            return write.get();
        } finally {
            changingEntries.computeIfPresent(name, NearCache::oneLess);
        }
    }

    /** Runs a write of the entries of a group. */
    <T extends @Nullable Object> T changeGroup(String group, Supplier<T> write) {
        changingGroups.merge(group, 1, Integer::sum);
        try {
            takeOut(() -> entries.asMap().keySet().removeIf(name -> name.group().equals(group)));
            return write.get();
        } finally {
            changingGroups.computeIfPresent(group, NearCache::oneLess);
        }
    }

    /** Runs a purge of what has expired at a time. */
    <T extends @Nullable Object> T purge(long now, Supplier<T> purge) {
        purges.incrementAndGet();
        try {
            takeOut(() -> entries.asMap().values().removeIf(stored -> stored.expiresAt() <= now));
            return purge.get();
        } finally {
            purges.decrementAndGet();
        }
    }

    // A load that is under way does not show in the map yet.
    private void takeOut(Runnable removal) {
        Lock alone = loading.writeLock();
        alone.lock();
        try {
            removal.run();
        } finally {
            alone.unlock();
        }
    }

    private static @Nullable Integer oneLess(Object changed, int count) {
        return count == 1 ? null : count - 1;
    }
}
