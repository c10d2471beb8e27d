package dev.kvstore.postgresql;

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
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A store in a schema of a PostgreSQL database, version 14 or newer. Thread-safe. Any number of stores, in any number
 * of processes, may share the schema.
 *
 * <pre>{@code
 * try (PostgresKvStore kv = PostgresKvStore.builder()
 *         .url("jdbc:postgresql://localhost/example")
 *         .username("example")
 *         .password(System.getenv("EXAMPLE_PASSWORD"))
 *         .build()) {
 *     kv.set("greetings", "en", "Hello");
 *     kv.get("greetings", "en").ifPresent(System.out::println);
 * }
 * }</pre>
 *
 * <p>The store has a pool of connections of its own. If a connection fails while it writes, the outcome is unknown: the
 * call fails with a {@link org.springframework.dao.DataAccessResourceFailureException} that says so, and the write may
 * or may not have taken effect.
 *
 * @since 0.1
 */
public final class PostgresKvStore extends JdbcKvStore implements AutoCloseable {

    private final PostgresEngine engine;

    private PostgresKvStore(PostgresEngine engine, StoreOptions options, TemplateRenderer renderer) {
        super(engine, options, renderer);
        this.engine = engine;
    }

    /** Returns a builder. Each setting has a default, except for the URL. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Closes the store. New operations fail with a {@link dev.kvstore.KvClosedException}; operations in flight are
     * completed first. Closing again has no effect.
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
     * PostgresKvStore kv = PostgresKvStore.builder()
     *         .url("jdbc:postgresql://one.example.com,other.example.com/example")
     *         .username("example")
     *         .password(System.getenv("EXAMPLE_PASSWORD"))
     *         .schema("state")
     *         .poolSize(20)
     *         .build();
     * }</pre>
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final int MOST_CONNECTIONS = 1_000;

        private @Nullable String url;
        private @Nullable String migrationUrl;
        private @Nullable String username;
        private @Nullable String password;
        private String schema = "kvstore";
        private int poolSize = 10;
        private boolean migrate = true;
        private boolean readOnly;
        private Durability durability = Durability.FULL;
        private Duration busyTimeout = Duration.ofSeconds(5);
        private DataSize maxKeySize = Limits.DEFAULTS.maxKeySize();
        private DataSize maxValueSize = Limits.DEFAULTS.maxValueSize();
        private @Nullable InstantSource clock;
        private TemplateSettings templates = TemplateSettings.DEFAULTS;
        private @Nullable String applicationName;
        private @Nullable Object jsonMapper;
        private @Nullable KvObserver observer;
        private SettingNames settingNames = SettingNames.OF_BUILDER;

        private Builder() {}

        /**
         * Sets the database, as a URL of the PostgreSQL driver.
         *
         * @param url for example {@code jdbc:postgresql://host/database}, with several hosts for a primary and its
         *     standbys
         * @throws IllegalArgumentException if the driver does not understand the URL; the message does not contain it
         */
        public Builder url(String url) {
            this.url = checked("url", url);
            return this;
        }

        private static String checked(String setting, String url) {
            if (!PostgresDataSource.isUrl(url)) {
                throw new IllegalArgumentException(
                        setting + " must be a URL such as jdbc:postgresql://host:5432/database");
            }
            return url;
        }

        /** Sets the user; by default the one in the URL. */
        public Builder username(String username) {
            this.username = Objects.requireNonNull(username, "username");
            return this;
        }

        /** Sets the password; by default the one in the URL. */
        public Builder password(String password) {
            this.password = Objects.requireNonNull(password, "password");
            return this;
        }

        /**
         * Sets the schema with the tables of the store; {@code kvstore} by default. It is created if it is missing.
         *
         * @throws IllegalArgumentException if the name is not made of up to 63 lower-case letters, digits and
         *     {@code _}
         */
        public Builder schema(String schema) {
            if (!schema.matches("[a-z_][a-z0-9_]{0,62}") || schema.startsWith("pg_")) {
                throw new IllegalArgumentException("schema must begin with a lower-case letter or '_', which up to 62"
                        + " lower-case letters, digits and '_' follow, and must not begin with 'pg_'");
            }
            this.schema = schema;
            return this;
        }

        /**
         * Sets the number of connections of the store; 10 by default.
         *
         * @throws IllegalArgumentException if the number is not between 1 and 1,000
         */
        public Builder poolSize(int poolSize) {
            if (poolSize < 1 || poolSize > MOST_CONNECTIONS) {
                throw new IllegalArgumentException(
                        "poolSize must be between 1 and " + MOST_CONNECTIONS + ": " + poolSize);
            }
            this.poolSize = poolSize;
            return this;
        }

        /** Sets whether opening the store creates and migrates its schema; true by default. */
        public Builder migrate(boolean migrate) {
            this.migrate = migrate;
            return this;
        }

        /**
         * Sets a URL for the migration; by default that of the store. For a database that the store reaches through a
         * pooler.
         *
         * @throws IllegalArgumentException if the driver does not understand the URL; the message does not contain it
         */
        public Builder migrationUrl(String migrationUrl) {
            this.migrationUrl = checked("migrationUrl", migrationUrl);
            return this;
        }

        /**
         * Sets what a write survives; {@link Durability#FULL} by default: an end of the server and, with a synchronous
         * standby, its loss. With {@link Durability#NORMAL} an end of the server may undo the last writes.
         */
        public Builder durability(Durability durability) {
            this.durability = Objects.requireNonNull(durability, "durability");
            return this;
        }

        /**
         * Sets how long an operation waits for the lock of an entry, and for a connection; 5 seconds by default.
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

        /** Sets whether the store refuses writes and migrations; false by default. It may then be on a standby. */
        public Builder readOnly(boolean readOnly) {
            this.readOnly = readOnly;
            return this;
        }

        /**
         * Sets the clock that decides when entries expire, for tests; by default that of the server, which all nodes
         * share. All stores on a schema must have the same clock.
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
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
         * Sets the name of the application, which the schema stores; none by default. If another application opened the
         * schema last, opening it logs a warning, because the two applications share all groups.
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

        /**
         * Opens the store.
         *
         * @throws IllegalStateException if there is no URL
         * @throws KvOpenException if the store cannot be opened
         */
        public PostgresKvStore build() {
            if (url == null) {
                throw new IllegalStateException("Choose where the store is: url(\"jdbc:postgresql://host/database\")");
            }
            Limits limits = new Limits(maxKeySize, maxValueSize, settingNames);
            TemplateRenderer renderer = TemplateRenderer.with(templates, settingNames);
            GuardedObserver guarded = GuardedObserver.of(observer);
            PostgresSettings settings = new PostgresSettings(
                    url,
                    migrationUrl,
                    username,
                    password,
                    schema,
                    poolSize,
                    migrate,
                    readOnly,
                    durability,
                    busyTimeout,
                    maxValueSize,
                    clock,
                    settingNames);
            PostgresEngine engine = PostgresOpening.open(settings, guarded);
            StoreOptions options = new StoreOptions(limits, null, ChangeRetention.DEFAULTS, jsonMapper, guarded);
            PostgresKvStore store = new PostgresKvStore(engine, options, renderer);
            if (applicationName != null && !readOnly) {
                noteApplication(store, engine.place(), applicationName);
            }
            return store;
        }

        // A failure, such as one of the clock, must not leave a store open that nobody can close.
        private static void noteApplication(PostgresKvStore store, String database, String application) {
            try {
                store.noteApplication(database, application);
            } catch (RuntimeException | Error e) {
                store.close();
                throw e;
            }
        }
    }
}
