package dev.kvstore.autoconfigure;

import dev.kvstore.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the store.
 *
 * <pre>{@code
 * kvstore.path=/var/lib/example/kvstore.db
 * kvstore.max-value-size=1MB
 * kvstore.purge-interval=5m
 * kvstore.near-cache.enabled=true
 * }</pre>
 *
 * @param enabled Whether to configure a store and its purge.
 * @param url PostgreSQL database, such as 'jdbc:postgresql://host/database', instead of a file. Needs store-postgresql.
 * @param username User of the PostgreSQL database.
 * @param password Password of that user.
 * @param path Database file, created with its directory if missing, or ':memory:' for a store that is lost when the
 *     application ends.
 * @param purgeInterval Time between two purges of expired entries; 0 turns the purge off.
 * @param durability Durability of a write that has returned: with 'full' it survives a power cut, with 'normal' the end
 *     of the process.
 * @param busyTimeout Time that an operation, or the start, waits for a lock of another process.
 * @param readers Number of connections for concurrent reads, 1 to 64. 8 by default. SQLite only.
 * @param maxKeySize Maximum length of a group or key, in UTF-8 bytes, at most 1MB.
 * @param maxValueSize Maximum length of a value, in UTF-8 bytes, at most 512MB.
 * @param readOnly Whether to refuse writes, migrations and purges.
 * @param nearCache Near cache in memory.
 * @param changes Changes that subscriptions have not handled yet.
 * @param json Values that are stored as JSON.
 * @param postgresql Settings for PostgreSQL.
 * @param template Text templates.
 * @since 0.1
 */
@ConfigurationProperties("kvstore")
public record KvStoreProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("data/kvstore.db") String path,
        @DefaultValue("60s") Duration purgeInterval,
        @DefaultValue("full") Durability durability,
        @DefaultValue("5s") Duration busyTimeout,
        @Nullable Integer readers,
        @DefaultValue("64KB") DataSize maxKeySize,
        @DefaultValue("16MB") DataSize maxValueSize,
        @DefaultValue("false") boolean readOnly,
        @DefaultValue NearCache nearCache,
        @DefaultValue Changes changes,
        @DefaultValue Json json,
        @DefaultValue Postgresql postgresql,
        @DefaultValue Template template) {

    /** Omits the values: a password may be among them, also in the URL. */
    @Override
    public String toString() {
        return "KvStoreProperties[]";
    }

    /**
     * Configuration properties for PostgreSQL.
     *
     * @param schema Schema with the tables of the store, created if missing.
     * @param poolSize Number of connections of the store, 1 to 1000.
     * @param migrate Whether the start creates and migrates the schema.
     * @param migrationUrl URL for the migration, if it must not use the one of the store.
     */
    public record Postgresql(
            @DefaultValue("kvstore") String schema,
            @DefaultValue("10") int poolSize,
            @DefaultValue("true") boolean migrate,
            @Nullable String migrationUrl) {

        /** Omits the values: the URL may contain a password. */
        @Override
        public String toString() {
            return "Postgresql[]";
        }
    }

    /**
     * Configuration properties of the near cache.
     *
     * @param enabled Whether to keep entries that were read in memory; no other process can then open the file. Needs
     *     Caffeine. SQLite only.
     * @param maxSize Memory that the near cache may use.
     */
    public record NearCache(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("64MB") DataSize maxSize) {}

    /**
     * Configuration properties of the changes that subscriptions have not handled yet.
     *
     * @param retention Time that changes are kept for a durable subscription.
     * @param maxSize Approximate size of the changes that are kept; the oldest are removed first.
     */
    public record Changes(
            @DefaultValue("7d") Duration retention,
            @DefaultValue("64MB") DataSize maxSize) {}

    /**
     * Configuration properties of values that are stored as JSON.
     *
     * @param mapper Mapper of Jackson: the store's own, whose format never changes, or the JsonMapper bean of the
     *     application.
     */
    public record Json(@DefaultValue("own") Mapper mapper) {

        /** Whose mapper writes and reads JSON. */
        public enum Mapper {
            /** The store's own, so that no setting of the application makes stored values unreadable. */
            OWN,
            /** The {@code JsonMapper} bean of the application. */
            HOST
        }
    }

    /**
     * Configuration properties of text templates.
     *
     * @param prefix Resource location of named templates, ending in a slash.
     * @param suffix Suffix of the resource name of a named template.
     * @param strict Whether a key that is missing from the group is an error instead of empty text.
     * @param maxLength Maximum length of a template, in UTF-8 bytes.
     * @param maxOutput Maximum length of the output, in UTF-8 bytes.
     * @param timeout Time that one rendering may take.
     */
    public record Template(
            @DefaultValue("classpath:/kvstore/templates/") String prefix,
            @DefaultValue(".txt") String suffix,
            @DefaultValue("false") boolean strict,
            @DefaultValue("256KB") DataSize maxLength,
            @DefaultValue("4MB") DataSize maxOutput,
            @DefaultValue("5s") Duration timeout) {}
}
