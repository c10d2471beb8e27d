package dev.kvstore.benchmarks.contender;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Caffeine, with one cache per group: the upper bound, since it persists nothing. */
final class CaffeineContender implements Contender {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Map<String, Cache<String, Entry>> groups = new ConcurrentHashMap<>();

    CaffeineContender(Path directory, Storage storage) {
        if (storage != Storage.MEMORY) {
            throw new IllegalArgumentException("Caffeine cannot store entries in " + directory);
        }
    }

    @Override
    public @Nullable String get(String group, String key) {
        Entry entry = cache(group).getIfPresent(key);
        return entry == null ? null : entry.value();
    }

    @Override
    public void set(String group, String key, String value) {
        set(group, key, value, FOR_EVER);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        cache(group).put(key, new Entry(value, ttl));
    }

    @Override
    public void delete(String group, String key) {
        cache(group).invalidate(key);
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new TreeMap<>();
        cache(group).asMap().forEach((key, entry) -> all.put(key, entry.value()));
        return all;
    }

    @Override
    public long count(String group) {
        return cache(group).estimatedSize();
    }

    @Override
    public void close() {
        groups.clear();
    }

    private Cache<String, Entry> cache(String group) {
        return groups.computeIfAbsent(
                group,
                name -> Caffeine.newBuilder()
                        .expireAfter(Expiry.writing((String key, Entry entry) -> entry.ttl()))
                        .build());
    }

    private record Entry(String value, Duration ttl) {}
}
