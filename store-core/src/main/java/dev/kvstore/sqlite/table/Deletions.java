package dev.kvstore.sqlite.table;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Runs statements that delete. If deletions are logged, it first writes down the version and the time that the trigger
 * is to log: SQL knows neither.
 *
 * @param now by the store's clock
 */
record Deletions(JdbcOperations jdbc, Versions versions, long now) {

    private static final String BEGIN = """
            UPDATE kv_meta SET deletion_version = ?, deletion_time = ?\
            """;
    private static final String END = """
            UPDATE kv_meta SET deletion_version = NULL, deletion_time = NULL\
            """;

    /**
     * Runs a statement.
     *
     * @param deletesAny whether it will delete a row; else nothing is written, so that nothing is synced
     */
    <T extends @Nullable Object> T run(BooleanSupplier deletesAny, Supplier<T> statement) {
        if (!versions.areDeletionsLogged(jdbc) || !deletesAny.getAsBoolean()) {
            return statement.get();
        }
        long version = versions.next();
        jdbc.update(BEGIN, values -> {
            values.setLong(1, version);
            values.setLong(2, now);
        });
        T result = statement.get();
        jdbc.update(END);
        return result;
    }
}
