package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvOpenException;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Utf8;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.NearCache;
import dev.kvstore.jdbc.TemplateRenderer;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * A store in one SQLite file, or in memory. Thread-safe; several stores and several processes may have one file open.
 *
 * <p>A file is opened in WAL mode, one connection writes and others read beside it. Files that go-store wrote are opened
 * with their data, and rebuilt: go-store cannot work with them afterwards. Other users of the machine cannot read a file that was created here.
 */
public final class SqliteKvStore extends JdbcKvStore implements AutoCloseable {

    private final SqliteEngine engine;
    private final @Nullable Path file;

    private SqliteKvStore(
            SqliteEngine engine,
            Limits limits,
            TemplateRenderer renderer,
            @Nullable NearCache cache,
            @Nullable Path file) {
        super(engine, limits, renderer, cache);
        this.engine = engine;
        this.file = file;
    }

    /**
     * Opens the store in a file, with the default settings. The file and its directory are created when they are missing.
     *
     * @param file always a file, whatever its name
     * @throws KvOpenException when it cannot be opened
     */
    public static SqliteKvStore open(Path file) {
        return builder().file(file).build();
    }

    /**
     * Opens a new store in memory, with the default settings. It ends when it is closed.
     *
     * @throws KvOpenException when it cannot be opened
     */
    public static SqliteKvStore inMemory() {
        return builder().inMemory().build();
    }

    /** The settings of a store, each with a default, except the file, which must be chosen. */
    public static Builder builder() {
        return new Builder();
    }

    /** The file of the store, as it was named; empty for a store in memory. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Closes the store: refuses new operations, waits for those in flight, and leaves nothing beside the file unless
     * another process has it open. Closing again does nothing.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** The settings of a store. Not thread-safe. */
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
        private int checkpointPages = SqliteSettings.CHECKPOINT_PAGES;

        private Builder() {}

        /** The file of the store. The file and its directory are created when they are missing. */
        public Builder file(Path file) {
            this.file = Objects.requireNonNull(file, "file");
            this.chosen = true;
            return this;
        }

        /** A store in memory, instead of one in a file. */
        public Builder inMemory() {
            this.file = null;
            this.chosen = true;
            return this;
        }

        /** What a write survives; {@link Durability#FULL} by default. */
        public Builder durability(Durability durability) {
            this.durability = Objects.requireNonNull(durability, "durability");
            return this;
        }

        /**
         * How long an operation, or the opening, waits for a lock that another process holds; 5 seconds by default.
         */
        public Builder busyTimeout(Duration busyTimeout) {
            if (busyTimeout.isNegative()) {
                throw new IllegalArgumentException("busyTimeout must not be negative: " + busyTimeout);
            }
            this.busyTimeout = busyTimeout;
            return this;
        }

        /** How many connections read side by side, 1 to 64; 8 by default. */
        public Builder readers(int readers) {
            if (readers < 1 || readers > MOST_READERS) {
                throw new IllegalArgumentException("readers must be between 1 and " + MOST_READERS + ": " + readers);
            }
            this.readers = readers;
            return this;
        }

        /** The longest group and the longest key that can be set, in UTF-8 bytes; 64 KB by default, at most 1 MB. */
        public Builder maxKeySize(DataSize maxKeySize) {
            this.maxKeySize = new Limits(maxKeySize, maxValueSize).maxKeySize();
            return this;
        }

        /** The longest value that can be set, in UTF-8 bytes; 16 MB by default, at most 512 MB. */
        public Builder maxValueSize(DataSize maxValueSize) {
            this.maxValueSize = new Limits(maxKeySize, maxValueSize).maxValueSize();
            return this;
        }

        /**
         * Whether the store refuses writes; false by default. A read-only store also refuses a missing file and one
         * that needs a migration; the directory must be writable all the same.
         */
        public Builder readOnly(boolean readOnly) {
            this.readOnly = readOnly;
            return this;
        }

        /** The clock that decides which entries are live; the system's clock by default. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Caches entries in memory for {@code get} and {@code require}; off by default. The cache is exact, because the
         * store then opens its file exclusively: no other process and no other store of this process can open it. Other
         * connections of this process are not kept out, and must not write. Needs Caffeine on the class path, and an
         * operating system other than Windows.
         *
         * @param maxSize about how much memory the entries take
         * @throws IllegalArgumentException when the size is not positive
         * @throws IllegalStateException when Caffeine is missing
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

        /** Where templates are found and what bounds them; {@link TemplateSettings#DEFAULTS} by default. */
        public Builder templates(TemplateSettings templates) {
            this.templates = Objects.requireNonNull(templates, "templates");
            return this;
        }

        /**
         * The name of the application, which the file remembers: opening the file under another name logs a warning at
         * WARN, since the two applications share all groups. By default none, and nothing is compared. Ignored in memory
         * and by a read-only store.
         */
        public Builder applicationName(String applicationName) {
            Utf8.check("applicationName", applicationName);
            this.applicationName = applicationName;
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
         * @throws IllegalStateException when neither a file nor memory was chosen, or a read-only store in memory
         * @throws KvOpenException when the store cannot be opened
         */
        public SqliteKvStore build() {
            if (!chosen) {
                throw new IllegalStateException("Choose where the store is: file(path) or inMemory()");
            }
            if (file == null && readOnly) {
                throw new IllegalStateException("A store in memory cannot be read-only: it would stay empty");
            }
            Limits limits = new Limits(maxKeySize, maxValueSize);
            TemplateRenderer renderer = TemplateRenderer.with(templates);
            NearCache cache = cacheSize == null ? null : new NearCache(cacheSize);
            SqliteSettings settings = new SqliteSettings(
                    file, durability, busyTimeout, readers, readOnly, cache != null, checkpointPages, clock);
            SqliteKvStore store = new SqliteKvStore(SqliteOpening.open(settings), limits, renderer, cache, file);
            if (applicationName != null && file != null && !readOnly) {
                store.noteApplication(settings.name(), applicationName);
            }
            return store;
        }
    }
}
