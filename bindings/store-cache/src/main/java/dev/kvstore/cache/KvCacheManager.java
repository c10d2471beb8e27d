package dev.kvstore.cache;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.AbstractTransactionSupportingCacheManager;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Manager of caches whose entries are in a {@link KvStore}: they outlive the application, and processes that share the
 * store share them. A cache that was not named is created when it is asked for, with the default settings.
 *
 * <pre>{@code
 * @Bean
 * KvCacheManager cacheManager(KvStore kv) {
 *     return KvCacheManager.builder(kv)
 *             .cache("books", KvCacheSettings.of(Duration.ofHours(1), 10_000).withType(Book.class))
 *             .defaults(KvCacheSettings.of(Duration.ofMinutes(10), 1_000))
 *             .build();
 * }
 * }</pre>
 *
 * <p>The entries of the cache {@code books} are in the group {@code cache:books}, and the order in which they were
 * written in {@code cache:books#index}. A put, an eviction and a clear have happened when the call returns, unless the
 * manager was made {@linkplain #setTransactionAware transaction-aware}. One loader runs for a key in this process;
 * another process may load at the same time, and what is put first wins. An entry that cannot be read any more counts
 * as absent.
 *
 * <p>Keys are strings, numbers, enums, UUIDs, dates and times, Spring's {@code SimpleKey}, arrays and lists of them;
 * another key is an {@link IllegalArgumentException}, and so is a value that cannot be stored. Null is a value. Other
 * errors are those of {@link KvGroup}.
 *
 * <p>Thread-safe. Methods of caches that return futures do not block; they use a few threads of this manager.
 *
 * @since 0.1
 */
public class KvCacheManager extends AbstractTransactionSupportingCacheManager implements DisposableBean {

    private static final String INDEX = "#index";

    private final Builder configuration;
    private final RetrievalThreads threads = new RetrievalThreads();
    private volatile Consumer<Cache> listener = cache -> {};

    /**
     * Creates a manager from a builder.
     *
     * @param builder is copied
     */
    protected KvCacheManager(Builder builder) {
        this.configuration = new Builder(builder);
    }

    /**
     * Starts to configure a manager.
     *
     * @throws IllegalArgumentException if {@code store} is null
     */
    public static Builder builder(KvStore store) {
        return new Builder(store);
    }

    @Override
    protected Collection<? extends Cache> loadCaches() {
        List<Cache> caches = new ArrayList<>();
        configuration.names.forEach(name -> caches.add(create(name)));
        return caches;
    }

    @Override
    protected Cache getMissingCache(String name) {
        return create(name);
    }

    @Override
    public @Nullable Cache getCache(String name) {
        Cache known = lookupCache(name);
        if (known != null) {
            return known;
        }
        Cache created = super.getCache(name);
        if (created != null) {
            listener.accept(created);
        }
        return created;
    }

    /** Calls a listener with each cache that there is, and that will be. */
    void onCache(Consumer<Cache> newListener) {
        listener = newListener;
        for (String name : getCacheNames()) {
            Cache cache = lookupCache(name);
            if (cache != null) {
                newListener.accept(cache);
            }
        }
    }

    private Cache create(String name) {
        Assert.isTrue(!name.endsWith(INDEX), () -> "The name of a cache must not end with '" + INDEX + "'");
        KvCacheSettings settings = configuration.caches.getOrDefault(name, configuration.defaults);
        String group = configuration.prefix + name;
        return settings.type() == null
                ? create(
                        name,
                        settings,
                        new SerializedFormat(
                                name,
                                configuration.store.group(group, byte[].class),
                                configuration.classLoader(),
                                AllowedClasses.of(configuration.allowedClasses)))
                : create(name, settings, JsonFormat.of(name, settings.type(), configuration.store, group));
    }

    private <S> Cache create(String name, KvCacheSettings settings, ValueFormat<S> format) {
        KvGroup<S> group = format.group().durability(settings.durability());
        Expiry expiry = settings.ttl() == null ? Expiry.never() : Expiry.after(settings.ttl());
        CacheCounts counts = new CacheCounts();
        CacheEntries<S> entries = new UnboundedEntries<>(group, expiry);
        if (settings.maxEntries() != null) {
            KvStore store = configuration.store;
            WriteOrder order = new WriteOrder(
                    store, store.group(group.name() + INDEX).durability(settings.durability()), InstantSource.system());
            EntryBound bound = new EntryBound(group, order, settings.maxEntries(), counts.evictions());
            entries = new BoundedEntries<>(store, group, expiry, order, bound);
        }
        return new KvCache<>(name, format, group, expiry, entries, counts, threads);
    }

    /** Ends the threads of this manager. The store stays open. */
    @Override
    public void destroy() {
        threads.close();
    }

    /**
     * Configures a {@link KvCacheManager}. Every method throws an {@link IllegalArgumentException} if an argument is
     * null.
     *
     * <p>Not thread-safe.
     */
    public static class Builder {

        private final KvStore store;
        private final Map<String, KvCacheSettings> caches = new HashMap<>();
        private final Set<String> names = new LinkedHashSet<>();
        private final List<String> allowedClasses = new ArrayList<>();
        private KvCacheSettings defaults = KvCacheSettings.of(Duration.ofHours(1), 10_000);
        private String prefix = "cache:";
        private @Nullable ClassLoader classLoader;

        private Builder(KvStore store) {
            Assert.notNull(store, "store must not be null");
            this.store = store;
        }

        private Builder(Builder other) {
            this(other.store);
            caches.putAll(new LinkedHashMap<>(other.caches));
            names.addAll(other.names);
            allowedClasses.addAll(other.allowedClasses);
            defaults = other.defaults;
            prefix = other.prefix;
            classLoader = other.classLoader;
        }

        /**
         * Names a cache.
         *
         * @throws IllegalArgumentException also if the settings have neither a ttl nor a maximum of entries
         */
        public Builder cache(String name, KvCacheSettings settings) {
            Assert.hasText(name, "name must not be empty");
            Assert.notNull(settings, "settings must not be null");
            if (settings.isUnbounded()) {
                throw new UnboundedCacheException(name);
            }
            caches.put(name, settings);
            names.add(name);
            return this;
        }

        /** Names caches that have the default settings, unless they were named before. */
        public Builder caches(Collection<String> cacheNames) {
            Assert.notNull(cacheNames, "cacheNames must not be null");
            names.addAll(cacheNames);
            return this;
        }

        /**
         * Sets the settings of all caches that were not named with their own: by default an hour and 10,000 entries.
         *
         * @throws IllegalArgumentException also if the settings have neither a ttl nor a maximum of entries
         */
        public Builder defaults(KvCacheSettings settings) {
            Assert.notNull(settings, "settings must not be null");
            if (settings.isUnbounded()) {
                throw new UnboundedCacheException(null);
            }
            defaults = settings;
            return this;
        }

        /** Sets the prefix of the groups, {@code cache:} by default. */
        public Builder prefix(String newPrefix) {
            Assert.hasText(newPrefix, "prefix must not be empty");
            prefix = newPrefix;
            return this;
        }

        /**
         * Allows classes in serialized values, beside those of the JDK: names such as {@code com.example.Book}, or
         * patterns such as {@code com.example.**}.
         *
         * @throws IllegalArgumentException also if a pattern is invalid
         */
        public Builder allowedClasses(Collection<String> patterns) {
            Assert.notNull(patterns, "patterns must not be null");
            AllowedClasses.of(patterns);
            allowedClasses.addAll(patterns);
            return this;
        }

        /** Sets the class loader of serialized values, the one of the current thread by default. */
        public Builder classLoader(ClassLoader newClassLoader) {
            Assert.notNull(newClassLoader, "classLoader must not be null");
            classLoader = newClassLoader;
            return this;
        }

        private ClassLoader classLoader() {
            ClassLoader chosen = classLoader == null ? ClassUtils.getDefaultClassLoader() : classLoader;
            return chosen == null ? ClassLoader.getSystemClassLoader() : chosen;
        }

        /** Creates the manager; its named caches exist once it is a bean, or was initialized. */
        public KvCacheManager build() {
            return new KvCacheManager(this);
        }
    }
}
