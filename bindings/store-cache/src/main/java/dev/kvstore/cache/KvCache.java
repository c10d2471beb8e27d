package dev.kvstore.cache;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvTypeException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/** One cache: a group of the store. The stored form of a value is {@code S}. */
final class KvCache<S> extends AbstractValueAdaptingCache {

    private static final Logger log = LoggerFactory.getLogger(KvCacheManager.class);

    private final String name;
    private final ValueFormat<S> format;
    private final KvGroup<S> group;
    private final Expiry expiry;
    private final CacheEntries<S> entries;
    private final CacheCounts counts;
    private final Executor executor;
    private final AsyncLoads asyncLoads = new AsyncLoads();
    private final AtomicBoolean warned = new AtomicBoolean();

    KvCache(
            String name,
            ValueFormat<S> format,
            KvGroup<S> group,
            Expiry expiry,
            CacheEntries<S> entries,
            CacheCounts counts,
            Executor executor) {
        super(true);
        this.name = name;
        this.format = format;
        this.group = group;
        this.expiry = expiry;
        this.entries = entries;
        this.counts = counts;
        this.executor = executor;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return group;
    }

    CacheCounts counts() {
        return counts;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        Object value = valueOf(text(key));
        (value == null ? counts.misses() : counts.hits()).increment();
        return value;
    }

    private String text(Object key) {
        return CacheKeys.text(name, key);
    }

    /** The value, which represents null by itself, or null if there is none that can be read. */
    private @Nullable Object valueOf(String key) {
        try {
            Optional<S> stored = group.get(key);
            return stored.isPresent() ? toStoreValue(format.read(stored.get())) : null;
        } catch (KvTypeException unreadable) {
            warn(unreadable);
            return null;
        }
    }

    // Once: after a class has changed, every entry of the cache may be like that.
    private void warn(KvTypeException unreadable) {
        if (warned.compareAndSet(false, true)) {
            Throwable cause = unreadable.getMostSpecificCause();
            log.warn(
                    "The cache '{}' contains an entry that cannot be read, such as one of a class that has changed. It"
                            + " counts as absent, as will others like it: {}",
                    name,
                    cause.getClass().getName());
        }
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        Object present = lookup(key);
        return cast(fromStoreValue(present == null ? load(key, valueLoader) : present));
    }

    private <T> Object load(Object key, Callable<T> valueLoader) {
        String text = text(key);
        if (group.contains(text)) {
            removeUnreadable(text);
        }
        Load<T> load = new Load<>(text, key, valueLoader);
        S stored = group.getOrCompute(text, expiry, load);
        if (load.stored != null) {
            entries.completeLoad(text, load.stored);
        }
        return toStoreValue(format.read(stored));
    }

    private void removeUnreadable(String key) {
        if (valueOf(key) == null) {
            entries.delete(key);
        }
    }

    /** One loader runs for a key in this process; it puts the value, so that the bound knows of it. */
    private final class Load<T> implements Supplier<S> {

        private final String text;
        private final Object key;
        private final Callable<T> loader;
        private @Nullable S stored;

        private Load(String text, Object key, Callable<T> loader) {
            this.text = text;
            this.key = key;
            this.loader = loader;
        }

        @Override
        public S get() {
            Object value;
            try {
                value = loader.call();
            } catch (Exception e) { // Whatever the method throws that is cached; Spring unwraps it.
                throw new ValueRetrievalException(key, loader, e);
            }
            S form = format.store(value);
            S present = entries.addLoaded(text, form);
            if (present == null) {
                counts.puts().increment();
                stored = form;
                return form;
            }
            return present;
        }
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        String text = text(key);
        return CompletableFuture.supplyAsync(
                () -> {
                    Object value = valueOf(text);
                    (value == null ? counts.misses() : counts.hits()).increment();
                    return toValueWrapper(value);
                },
                executor);
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        String text = text(key);
        return asyncLoads.join(
                text,
                () -> CompletableFuture.supplyAsync(() -> lookup(key), executor)
                        .thenCompose(present -> present == null
                                ? valueLoader.get().thenApplyAsync(value -> this.<T>cast(keep(text, value)), executor)
                                : CompletableFuture.completedFuture(this.<T>cast(fromStoreValue(present)))));
    }

    /** Returns what is in the cache afterwards: what somebody else put in the meantime wins. */
    private @Nullable Object keep(String text, @Nullable Object value) {
        ValueWrapper present = putFirst(text, value);
        return present == null ? value : present.get();
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        entries.put(text(key), format.store(value));
        counts.puts().increment();
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        return putFirst(text(key), value);
    }

    private @Nullable ValueWrapper putFirst(String text, @Nullable Object value) {
        S form = format.store(value);
        try {
            S present = entries.putIfAbsent(text, form);
            if (present != null) {
                return toValueWrapper(toStoreValue(format.read(present)));
            }
        } catch (KvTypeException unreadable) {
            warn(unreadable);
            entries.put(text, form);
        }
        counts.puts().increment();
        return null;
    }

    @Override
    public void evict(Object key) {
        evictIfPresent(key);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return entries.delete(text(key));
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public boolean invalidate() {
        return entries.clear() > 0;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As everywhere in Spring's caches.
    private <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public String toString() {
        return "KvCache[" + name + "]";
    }
}
