package dev.kvstore.sqlite.table;

import dev.kvstore.sqlite.connection.Transactions;
import dev.kvstore.sqlite.file.OpenFailures;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The schema of a database before it is opened as a store.
 *
 * @param encoding the encoding of text in the database
 * @param applicationId the mark of an application that claimed the file; 0 for none
 * @param tables the names of all tables
 * @param columns the columns of {@code kv}, with their position in the primary key; empty without such a table
 * @param entriesColumns the columns of {@code entries}, likewise
 * @param history the applied migrations, oldest first; null without a history table of Flyway's
 * @param adoption all objects, when a migration is still to run on them; null otherwise
 */
public record Schema(
        String encoding,
        int applicationId,
        Set<String> tables,
        List<String> columns,
        List<String> entriesColumns,
        @Nullable List<Migration> history,
        @Nullable Adoption adoption) {

    /**
     * An applied migration.
     *
     * @param checksum of its file; null for a baseline, which stands for all migrations up to its version
     */
    public record Migration(int version, @Nullable Integer checksum) {}

    /** The migrations of this version of the library. */
    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, -398832707),
            new Migration(2, -496374523),
            new Migration(3, 620561779),
            new Migration(ClusteredTable.VERSION, ClusteredTable.CHECKSUM),
            new Migration(5, -679208194),
            new Migration(6, 215067819));

    static final String HISTORY_TABLE = "kvstore_schema_history";

    private static final String ENCODING = "PRAGMA encoding";
    private static final String APPLICATION_ID = "PRAGMA application_id";
    private static final String TABLES = "SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view')"
            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    private static final String COLUMNS =
            "SELECT name || iif(pk > 0, ' in primary key at ' || pk, '') FROM pragma_table_xinfo(?) ORDER BY cid";
    private static final String HISTORY =
            "SELECT version, checksum FROM kvstore_schema_history WHERE success ORDER BY installed_rank";

    private static final List<String> HISTORY_COLUMNS =
            List.of("installed_rank in primary key at 1", "version", "checksum", "success");
    private static final List<String> BEFORE_EXPIRY =
            List.of("grp in primary key at 1", "key in primary key at 2", "value");
    private static final List<String> WITH_EXPIRY =
            List.of("grp in primary key at 1", "key in primary key at 2", "value", "expires_at");
    private static final List<String> CLUSTERED =
            List.of("grp in primary key at 1", "key in primary key at 2", "value", "expires_at", "value_id");
    private static final List<String> WITH_VERSION =
            List.of("grp in primary key at 1", "key in primary key at 2", "value", "expires_at", "value_id", "version");
    private static final List<String> LATER_GO_STORE =
            List.of("group_name in primary key at 1", "entry_key in primary key at 2", "entry_value", "expires_at");

    /** Reads all in one transaction, or a concurrent migration would be seen halfway. */
    public static Schema read(JdbcOperations jdbc) {
        return Transactions.read(jdbc, () -> readInTransaction(jdbc));
    }

    private static Schema readInTransaction(JdbcOperations jdbc) {
        Set<String> tables = Set.copyOf(texts(jdbc, TABLES));
        Integer applicationId = jdbc.queryForObject(APPLICATION_ID, Integer.class);
        List<Migration> history = tables.contains(HISTORY_TABLE) && isHistory(jdbc) ? history(jdbc) : null;
        return new Schema(
                texts(jdbc, ENCODING).get(0),
                applicationId == null ? 0 : applicationId,
                tables,
                texts(jdbc, COLUMNS, "kv"),
                texts(jdbc, COLUMNS, "entries"),
                history,
                version(history) < MIGRATIONS.size() ? Adoption.read(jdbc) : null);
    }

    private static List<String> texts(JdbcOperations jdbc, String sql, Object... arguments) {
        return jdbc.query(sql, (row, number) -> row.getString(1), arguments);
    }

    private static boolean isHistory(JdbcOperations jdbc) {
        return texts(jdbc, COLUMNS, HISTORY_TABLE).containsAll(HISTORY_COLUMNS);
    }

    private static List<Migration> history(JdbcOperations jdbc) {
        return jdbc.query(HISTORY, (row, number) -> new Migration(row.getInt(1), (Integer) row.getObject(2)));
    }

    /** Refuses a file that is not a store, or that has an unknown version. */
    public void requireOpenable(Path file) {
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
        if (!encoding.equals("UTF-8")) {
            throw OpenFailures.encoding(file, encoding);
        }
        if (adoption != null && version() < ClusteredTable.VERSION) {
            adoption.require(file, history != null);
        } else if (adoption != null && version() == ClusteredTable.VERSION) {
            adoption.requireForVersions(file);
        } else if (adoption != null) {
            adoption.requireForChanges(file);
        }
    }

    private boolean hasKnownColumns() {
        if (history == null) {
            return columns.isEmpty() || columns.equals(BEFORE_EXPIRY) || columns.equals(WITH_EXPIRY);
        }
        return switch (version()) {
            case 0 -> columns.isEmpty();
            case 1 -> columns.equals(BEFORE_EXPIRY);
            case 2, 3 -> columns.equals(WITH_EXPIRY);
            case ClusteredTable.VERSION -> columns.equals(CLUSTERED);
            default -> columns.equals(WITH_VERSION);
        };
    }

    /** The newest applied migration; 0 when there is none. */
    private int version() {
        return version(history);
    }

    private static int version(@Nullable List<Migration> history) {
        if (history == null || history.isEmpty()) {
            return 0;
        }
        return history.get(history.size() - 1).version();
    }

    /** Whether exactly the migrations of this version were applied; any other history is for Flyway to judge. */
    public boolean isCurrent() {
        if (history == null || history.isEmpty()) {
            return false;
        }
        Migration oldest = history.get(0);
        if (oldest.checksum() != null) {
            return history.equals(MIGRATIONS);
        }
        List<Migration> since = history.subList(1, history.size());
        return since.equals(MIGRATIONS.subList(oldest.version(), MIGRATIONS.size()));
    }

    /** Whether the table was created by an earlier version of the library, or by go-store. */
    public boolean isOlder() {
        return !columns.isEmpty() && !isCurrent();
    }

    /** The version of a database without history; null when it is empty and needs no baseline. */
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
