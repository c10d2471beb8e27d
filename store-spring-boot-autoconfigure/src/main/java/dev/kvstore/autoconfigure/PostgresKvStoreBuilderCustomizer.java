package dev.kvstore.autoconfigure;

import dev.kvstore.postgresql.PostgresKvStore;

/**
 * Customizes the builder of the auto-configured store in PostgreSQL, after the properties have been applied. Beans of
 * this type are called in their order:
 *
 * <pre>{@code
 * @Bean
 * PostgresKvStoreBuilderCustomizer smallValues() {
 *     return builder -> builder.maxValueSize(DataSize.ofKilobytes(64));
 * }
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PostgresKvStoreBuilderCustomizer {

    /** Customizes the builder, which has not opened anything yet. */
    void customize(PostgresKvStore.Builder builder);
}
