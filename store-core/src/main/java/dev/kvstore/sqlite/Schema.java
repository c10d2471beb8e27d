package dev.kvstore.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What a database holds before it is opened as a store.
 *
 * @param applicationId the mark of an application that made the file its own; 0 for none
 * @param tables the names of all tables
 * @param columns the columns of {@code kv}, with their place in the primary key; empty when there is no such table
 * @param entriesColumns the columns of {@code entries}, likewise
 * @param history the migrations that were applied, oldest first, each as {@link #MIGRATIONS} has them, or {@code BASELINE n}
 *     for all up to n; null when there is no history table
 */
record Schema(
        int applicationId,
        Set<String> tables,
        List<String> columns,
        List<String> entriesColumns,
        @Nullable List<String> history) {

    /** The migrations of this version of the library, as their history tells of them: number and checksum. */
    static final List<String> MIGRATIONS = List.of("1 -398832707", "2 -496374523", "3 620561779");

    static final String HISTORY_TABLE = "kvstore_schema_history";

    private static final String APPLICATION_ID = "PRAGMA application_id";
    private static final String TABLES =
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    private static final String COLUMNS =
            "SELECT name || iif(pk > 0, ' in primary key at ' || pk, '') FROM pragma_table_info(?) ORDER BY cid";
    private static final String HISTORY = """
            SELECT CASE type WHEN 'BASELINE' THEN type || ' ' || version ELSE version || ' ' || checksum END
            FROM kvstore_schema_history WHERE success ORDER BY installed_rank\
            """;
    private static final String BASELINE = "BASELINE ";

    private static final List<String> BEFORE_EXPIRY =
            List.of("grp in primary key at 1", "key in primary key at 2", "value");
    private static final List<String> WITH_EXPIRY =
            List.of("grp in primary key at 1", "key in primary key at 2", "value", "expires_at");
    private static final List<String> LATER_GO_STORE =
            List.of("group_name in primary key at 1", "entry_key in primary key at 2", "entry_value", "expires_at");

    static Schema read(JdbcOperations jdbc) {
        Set<String> tables = jdbc.queryForList(TABLES, String.class).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Integer applicationId = jdbc.queryForObject(APPLICATION_ID, Integer.class);
        List<String> history = tables.contains(HISTORY_TABLE) ? jdbc.queryForList(HISTORY, String.class) : null;
        return new Schema(
                applicationId == null ? 0 : applicationId,
                tables,
                jdbc.queryForList(COLUMNS, String.class, "kv"),
                jdbc.queryForList(COLUMNS, String.class, "entries"),
                history);
    }

    /** Refuses a file that is not a store, or one of a version that this code does not know. */
    void requireOpenable(Path file) {
        if (columns.isEmpty() && entriesColumns.equals(LATER_GO_STORE)) {
            throw OpenFailures.laterGoStore(file);
        }
        if (applicationId != 0) {
            throw OpenFailures.notAStore(
                    file, "the file belongs to another application (application_id " + applicationId + ")", null);
        }
        if (version() > MIGRATIONS.size()) {
            throw OpenFailures.newer(file, version(), MIGRATIONS.size());
        }
        if (!hasKnownColumns()) {
            throw OpenFailures.notAStore(file, "its table 'kv' is missing or has other columns than a store's", null);
        }
    }

    private boolean hasKnownColumns() {
        if (history == null) {
            return columns.isEmpty() || columns.equals(BEFORE_EXPIRY) || columns.equals(WITH_EXPIRY);
        }
        return switch (version()) {
            case 0 -> columns.isEmpty();
            case 1 -> columns.equals(BEFORE_EXPIRY);
            default -> columns.equals(WITH_EXPIRY);
        };
    }

    /** The newest migration that was applied; 0 when there is none. */
    private int version() {
        if (history == null || history.isEmpty()) {
            return 0;
        }
        String newest = history.get(history.size() - 1);
        return Integer.parseInt(
                newest.startsWith(BASELINE) ? newest.substring(BASELINE.length()) : newest.split(" ")[0]);
    }

    /** Whether exactly the migrations of this version were applied; anything else is for Flyway to judge. */
    boolean isCurrent() {
        if (history == null || history.isEmpty()) {
            return false;
        }
        String oldest = history.get(0);
        if (!oldest.startsWith(BASELINE)) {
            return history.equals(MIGRATIONS);
        }
        int baseline = Integer.parseInt(oldest.substring(BASELINE.length()));
        return history.subList(1, history.size()).equals(MIGRATIONS.subList(baseline, MIGRATIONS.size()));
    }

    /** The version that a database without history already has; null when it is empty and needs no baseline. */
    @Nullable
    String baseline() {
        if (history != null || tables.isEmpty()) {
            return null;
        }
        if (columns.isEmpty()) {
            return "0";
        }
        return columns.equals(WITH_EXPIRY) ? "2" : "1";
    }
}
