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
 * @param enabled Whether to configure a store and its purge.
 * @param path File of the store, created with its directory when missing, or ':memory:' for a store that ends with the
 *     application.
 * @param purgeInterval Time between two removals of the rows of expired entries, 0 to leave them.
 * @param durability What a write survives once it has returned: with 'full' also the loss of power, with 'normal' the end
 *     of the process.
 * @param busyTimeout Time that an operation, or the opening, waits for a lock of another process.
 * @param readers Number of connections that read side by side, 1 to 64. 8 by default.
 * @param maxKeySize Longest group and longest key that may be set, in UTF-8 bytes, at most 1MB.
 * @param maxValueSize Longest value that may be set, in UTF-8 bytes, at most 512MB.
 * @param readOnly Whether to refuse writes, migration and purge included.
 * @param nearCache Near cache: entries kept in memory.
 * @param template Text templates.
 */
@ConfigurationProperties("kvstore")
public record KvStoreProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("data/kvstore.db") String path,
        @DefaultValue("60s") Duration purgeInterval,
        @DefaultValue("full") Durability durability,
        @DefaultValue("5s") Duration busyTimeout,
        @Nullable Integer readers,
        @DefaultValue("64KB") DataSize maxKeySize,
        @DefaultValue("16MB") DataSize maxValueSize,
        @DefaultValue("false") boolean readOnly,
        @DefaultValue NearCache nearCache,
        @DefaultValue Template template) {

    /**
     * Configuration properties of the near cache.
     *
     * @param enabled Whether to keep entries that were read in memory; the store then shares its file with no other
     *     process. Needs Caffeine. SQLite only.
     * @param maxSize Memory that the entries may take.
     */
    public record NearCache(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("64MB") DataSize maxSize) {}

    /**
     * Configuration properties of text templates.
     *
     * @param prefix Resource location, ending in a slash, below which named templates are found.
     * @param suffix End of the resource name of a named template.
     * @param strict Whether to fail when a template asks for a key that is missing from the group.
     * @param maxLength Longest template, in UTF-8 bytes.
     * @param maxOutput Longest output, in UTF-8 bytes.
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
