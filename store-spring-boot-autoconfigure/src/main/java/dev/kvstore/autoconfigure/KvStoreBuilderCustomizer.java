package dev.kvstore.autoconfigure;

import dev.kvstore.sqlite.SqliteKvStore;

/**
 * Customizes the builder of the auto-configured store, after the properties have been applied. Beans of this type are
 * called in their order:
 *
 * <pre>{@code
 * @Bean
 * KvStoreBuilderCustomizer smallValues() {
 *     return builder -> builder.maxValueSize(DataSize.ofKilobytes(64));
 * }
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface KvStoreBuilderCustomizer {

    /** Customizes the builder, which has not opened anything yet. */
    void customize(SqliteKvStore.Builder builder);
}
