package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvCodec;
import dev.kvstore.KvObserver;
import dev.kvstore.KvOpenException;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.engine.Utf8;
import dev.kvstore.jdbc.ChangeRetention;
import dev.kvstore.jdbc.GuardedObserver;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.NearCache;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * A store in one SQLite file, or in memory. Thread-safe. Several stores and processes may have the same file open.
 *
 * <pre>{@code
 * try (SqliteKvStore kv = SqliteKvStore.open(Path.of("data/kvstore.db"))) {
 *     kv.set("greetings", "en", "Hello");
 *     kv.get("greetings", "en").ifPresent(System.out::println);
 * }
 * }</pre>
 *
 * <p>The database is in WAL mode: one connection writes while others read. A file written by go-store is opened with
 * its data and migrated; go-store cannot use it afterwards. Only the user who created a file can read it.
 *
 * @since 0.1
 */
public final class SqliteKvStore extends JdbcKvStore implements AutoCloseable {

    private final SqliteEngine engine;
    private final @Nullable Path file;

    private SqliteKvStore(SqliteEngine engine, StoreOptions options, TemplateRenderer renderer, @Nullable Path file) {
        super(engine, options, renderer);
        this.engine = engine;
        this.file = file;
    }

    /**
     * Opens a store in a file, with the default settings. Creates the file and its directory if they are missing.
     *
     * @param file a path on a local disk; {@code :memory:} too would be a file of that name
     * @throws KvOpenException if the store cannot be opened
     */
    public static SqliteKvStore open(Path file) {
        return builder().file(file).build();
    }

    /**
     * Opens a new, empty store in memory, with the default settings. Its entries are lost when it is closed.
     *
     * @throws KvOpenException if the store cannot be opened
     */
    public static SqliteKvStore inMemory() {
        return builder().inMemory().build();
    }

    /** Returns a builder. Each setting has a default, except for the place: a file or memory must be chosen. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the file of the store, as given to the builder; empty for a store in memory. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Closes the store, after all subscriptions to changes. New operations fail with a
     * {@link dev.kvstore.KvClosedException}; operations in flight are completed first and are durable. If no other
     * process has the file open, no other file is left beside it. Closing again has no effect.
     */
    @Override
    public void close() {
        endSubscriptions();
        engine.close();
    }

    /**
     * The settings of a store. Not thread-safe.
     *
     * <pre>{@code
     * SqliteKvStore kv = SqliteKvStore.builder()
     *         .file(Path.of("data/kvstore.db"))
     *         .busyTimeout(Duration.ofSeconds(10))
     *         .maxValueSize(DataSize.ofMegabytes(1))
     *         .build();
     * }</pre>
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final int MOST_READERS = 64;

        private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

        /**
         * More than most machines have processors: threads then seldom wait for one another. And while one connection
         * holds the shared lock of the file, SQLite makes no system call for the others, which takes longer than the
         * read.
         */
        private static final int DEFAULT_READERS = 8;

        private boolean chosen;
        private @Nullable Path file;
        private Durability durability = Durability.FULL;
        private Duration busyTimeout = Duration.ofSeconds(5);
        private int readers = DEFAULT_READERS;
        private boolean readOnly;
        private DataSize maxKeySize = Limits.DEFAULTS.maxKeySize();
        private DataSize maxValueSize = Limits.DEFAULTS.maxValueSize();
        private InstantSource clock = InstantSource.system();
        private TemplateSettings templates = TemplateSettings.DEFAULTS;
        private @Nullable DataSize cacheSize;
        private @Nullable String applicationName;
        private ChangeRetention retention = ChangeRetention.DEFAULTS;
        private @Nullable Object jsonMapper;
        private @Nullable KvObserver observer;
        private SettingNames settingNames = SettingNames.OF_BUILDER;
        private int checkpointPages = SqliteSettings.CHECKPOINT_PAGES;

        private Builder() {}

        /** Sets the file of the store. The file and its directory are created if they are missing. */
        public Builder file(Path file) {
            this.file = Objects.requireNonNull(file, "file");
            this.chosen = true;
            return this;
        }

        /** Chooses a store in memory instead of a file. */
        public Builder inMemory() {
            this.file = null;
            this.chosen = true;
            return this;
        }

        /** Sets what a write survives; {@link Durability#FULL} by default. */
        public Builder durability(Durability durability) {
            this.durability = Objects.requireNonNull(durability, "durability");
            return this;
        }

        /**
         * Sets how long an operation, or opening the store, waits for a lock of another process; 5 seconds by default,
         * zero to fail at once.
         *
         * @throws IllegalArgumentException if the duration is negative
         */
        public Builder busyTimeout(Duration busyTimeout) {
            if (busyTimeout.isNegative()) {
                throw new IllegalArgumentException("busyTimeout must not be negative: " + busyTimeout);
            }
            this.busyTimeout = busyTimeout;
            return this;
        }

        /**
         * Sets how many connections can read concurrently; 8 by default.
         *
         * @throws IllegalArgumentException if the number is not between 1 and 64
         */
        public Builder readers(int readers) {
            if (readers < 1 || readers > MOST_READERS) {
                throw new IllegalArgumentException("readers must be between 1 and " + MOST_READERS + ": " + readers);
            }
            this.readers = readers;
            return this;
        }

        /**
         * Sets the maximum length of a group or key in a write, in UTF-8 bytes; 64 KB by default.
         *
         * @throws IllegalArgumentException if the size is not between 1 byte and 1 MB
         */
        public Builder maxKeySize(DataSize maxKeySize) {
            this.maxKeySize = new Limits(maxKeySize, maxValueSize).maxKeySize();
            return this;
        }

        /**
         * Sets the maximum length of a value in a write, in UTF-8 bytes; 16 MB by default.
         *
         * @throws IllegalArgumentException if the size is not between 1 byte and 512 MB
         */
        public Builder maxValueSize(DataSize maxValueSize) {
            this.maxValueSize = new Limits(maxKeySize, maxValueSize).maxValueSize();
            return this;
        }

        /**
         * Sets whether the store refuses writes; false by default. A read-only store also refuses to open a file that
         * is missing or needs a migration. The directory of the file must be writable nevertheless.
         */
        public Builder readOnly(boolean readOnly) {
            this.readOnly = readOnly;
            return this;
        }

        /** Sets the clock that decides when entries expire; the system clock by default. It must be thread-safe. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Caches entries in memory for {@code get} and {@code require}; off by default. The cache is exact, because the
         * store then opens its file exclusively: no other process and no other store of this process can open it. Other
         * JDBC connections of this process are not locked out, and must not write. Requires Caffeine on the class path,
         * and an operating system other than Windows.
         *
         * @param maxSize approximate maximum size of the entries on the Java heap
         * @throws IllegalArgumentException if the size is not positive
         * @throws IllegalStateException if Caffeine is missing
         */
        public Builder nearCache(DataSize maxSize) {
            if (maxSize.toBytes() < 1) {
                throw new IllegalArgumentException("The size of the near cache must be at least 1B: " + maxSize);
            }
            if (!ClassUtils.isPresent(CAFFEINE, SqliteKvStore.class.getClassLoader())) {
                throw new IllegalStateException("A near cache needs Caffeine on the class path: add the dependency"
                        + " com.github.ben-manes.caffeine:caffeine");
            }
            this.cacheSize = maxSize;
            return this;
        }

        /**
         * Sets how long changes are kept for durable subscriptions of {@link dev.kvstore.KvStore#changes()} that have
         * not handled them; 7 days by default. A subscription that goes on later begins with a gap.
         *
         * @throws IllegalArgumentException if the duration is not positive
         */
        public Builder changesRetention(Duration retention) {
            this.retention = new ChangeRetention(retention, this.retention.maxSize());
            return this;
        }

        /**
         * Sets about how many bytes of changes are kept for subscriptions of {@link dev.kvstore.KvStore#changes()} that
         * have not handled them; 64 MB by default. The oldest are removed first, which leaves a gap.
         *
         * @throws IllegalArgumentException if the size is not positive
         */
        public Builder changesMaxSize(DataSize maxSize) {
            this.retention = new ChangeRetention(this.retention.duration(), maxSize);
            return this;
        }

        /**
         * Sets the mapper for values that are stored as JSON; by default the store has one of its own, whose settings
         * never change. An application that later changes the settings of this mapper may no longer be able to read
         * what is stored.
         *
         * @param jsonMapper a {@code tools.jackson.databind.json.JsonMapper}; the signature does not say so, because
         *     applications without Jackson reflect on this class
         * @throws IllegalArgumentException if it is null, or not a {@code JsonMapper}
         */
        public Builder jsonMapper(Object jsonMapper) {
            KvCodec.json(jsonMapper, Object.class);
            this.jsonMapper = jsonMapper;
            return this;
        }

        /** Sets what observes the store, for monitoring; none by default. A second call replaces the first. */
        public Builder observer(KvObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /** Sets where templates are found, and their limits; {@link TemplateSettings#DEFAULTS} by default. */
        public Builder templates(TemplateSettings templates) {
            this.templates = Objects.requireNonNull(templates, "templates");
            return this;
        }

        /**
         * Sets the name of the application, which the file stores; none by default. If another application opened the
         * file last, opening it logs a warning, because the two applications share all groups. Ignored for a store in
         * memory or read-only.
         *
         * @throws IllegalArgumentException if the name is null or contains an unpaired surrogate
         */
        public Builder applicationName(String applicationName) {
            Utf8.check("applicationName", applicationName);
            this.applicationName = applicationName;
            return this;
        }

        /**
         * Sets how messages name the settings; by default like the methods of this builder. For integrations whose
         * users know the settings by other names.
         *
         * @param naming maps the name of a setting, such as {@code maxValueSize} or {@code template.maxLength}
         */
        public Builder settingNames(UnaryOperator<String> naming) {
            this.settingNames = new SettingNames(Objects.requireNonNull(naming, "naming"));
            return this;
        }

        /** For tests that need many checkpoints. */
        Builder checkpointPages(int pages) {
            this.checkpointPages = pages;
            return this;
        }

        /**
         * Opens the store.
         *
         * @throws IllegalStateException if neither a file nor memory was chosen, or the store in memory is read-only
         * @throws KvOpenException if the store cannot be opened
         */
        public SqliteKvStore build() {
            if (!chosen) {
                throw new IllegalStateException("Choose where the store is: file(path) or inMemory()");
            }
            if (file == null && readOnly) {
                throw new IllegalStateException("A store in memory cannot be read-only: it would stay empty");
            }
            TemplateRenderer renderer = TemplateRenderer.with(templates, settingNames);
            NearCache cache = cacheSize == null ? null : new NearCache(cacheSize, observer != null);
            Limits limits = new Limits(maxKeySize, maxValueSize, settingNames);
            GuardedObserver guarded = GuardedObserver.of(observer);
            StoreOptions options = new StoreOptions(limits, cache, retention, jsonMapper, guarded);
            SqliteSettings settings = new SqliteSettings(
                    file,
                    durability,
                    busyTimeout,
                    readers,
                    readOnly,
                    cache != null,
                    checkpointPages,
                    clock,
                    settingNames);
            SqliteKvStore store = new SqliteKvStore(SqliteOpening.open(settings, guarded), options, renderer, file);
            if (applicationName != null && file != null && !readOnly) {
                noteApplication(store, settings.name(), applicationName);
            }
            return store;
        }

        // A failure, such as one of the clock, must not leave a store open that nobody can close.
        private static void noteApplication(SqliteKvStore store, String database, String application) {
            try {
                store.noteApplication(database, application);
            } catch (RuntimeException | Error e) {
                store.close();
                throw e;
            }
        }
    }
}
