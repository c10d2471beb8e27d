package dev.kvstore.sqlite.table;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Rebuilds {@code kv} so that the entries of a group are adjacent, in the order of their keys, and large values out of
 * row. All in one transaction: an interrupted migration leaves the file as it was. In Java to log its progress, and to
 * report foreign bytes that are not text: once, where all entries are read anyway, since checking at each start would
 * take as long as reading the file, and the store itself writes no such entries.
 */
final class ClusteredTable implements JavaMigration {

    static final int VERSION = 4;

    /** Chosen by us, as of a file; a change of the statements below would need another one. */
    static final int CHECKSUM = 1;

    private static final Log log = LogFactory.getLog(ClusteredTable.class);

    private static final int BATCH = 100_000;

    /** 64 MB as negative kilobytes; the upper pages of both trees stay in it. */
    private static final String LARGE_CACHE = "PRAGMA cache_size = -65536";

    private static final String[] NEW_TABLES = {"""
        CREATE TABLE kv_clustered (
            grp        TEXT NOT NULL,
            key        TEXT NOT NULL,
            value      TEXT,
            expires_at INTEGER,
            value_id   INTEGER,
            PRIMARY KEY (grp, key),
            CHECK ((value IS NULL) <> (value_id IS NULL))
        ) WITHOUT ROWID
        """, """
        CREATE TABLE kv_large (
            id    INTEGER PRIMARY KEY,
            value TEXT NOT NULL
        )
        """};

    private static final String[] NEW_NAMES = {
        "DROP TABLE kv",
        // Otherwise a view of the user's that refers to a missing table would make this fail.
        "PRAGMA legacy_alter_table = ON",
        "ALTER TABLE kv_clustered RENAME TO kv",
        "PRAGMA legacy_alter_table = OFF",
        "CREATE INDEX kv_expires_at ON kv (expires_at) WHERE expires_at IS NOT NULL",
        // Removing or replacing the entry of a large value removes the large value too.
        """
        CREATE TRIGGER kv_deleted AFTER DELETE ON kv WHEN old.value_id IS NOT NULL
        BEGIN
            DELETE FROM kv_large WHERE id = old.value_id;
        END
        """,
        """
        CREATE TRIGGER kv_replaced AFTER UPDATE OF value_id ON kv
        WHEN old.value_id IS NOT NULL AND new.value_id IS NOT old.value_id
        BEGIN
            DELETE FROM kv_large WHERE id = old.value_id;
        END
        """,
        // All entries with their values; an insert sets an entry with a large value.
        """
        CREATE VIEW kv_entry AS
        SELECT grp, key, coalesce(value, (SELECT kv_large.value FROM kv_large WHERE id = value_id)) AS value, expires_at
        FROM kv
        """,
        """
        CREATE TRIGGER kv_entry_set INSTEAD OF INSERT ON kv_entry
        BEGIN
            INSERT INTO kv_large (id, value)
            VALUES ((SELECT value_id FROM kv WHERE grp = new.grp AND key = new.key), new.value)
            ON CONFLICT (id) DO UPDATE SET value = excluded.value;
            INSERT INTO kv (grp, key, value, expires_at, value_id)
            VALUES (new.grp, new.key, NULL, new.expires_at, last_insert_rowid())
            ON CONFLICT (grp, key) DO UPDATE
            SET value = NULL, expires_at = excluded.expires_at, value_id = coalesce(value_id, excluded.value_id);
        END
        """
    };

    private static final String COUNT = "SELECT count(*) FROM kv";
    private static final String COPY_LARGE =
            "INSERT INTO kv_large (id, value) SELECT rowid, value FROM kv WHERE octet_length(value) > ?";
    private static final String COPY = """
            INSERT INTO kv_clustered (grp, key, value, expires_at, value_id)
            SELECT grp, key, iif(octet_length(value) > ?1, NULL, value), expires_at,
                iif(octet_length(value) > ?1, rowid, NULL)
            FROM kv
            """;
    private static final String COPY_FIRST = COPY + "ORDER BY grp, key LIMIT ?2";
    // Another program may have written names of the type BLOB, which sort behind all texts.
    private static final String COPY_NEXT = COPY + """
            WHERE (grp, key) > (iif(?3, CAST(?4 AS TEXT), ?4), iif(?5, CAST(?6 AS TEXT), ?6))
            ORDER BY grp, key LIMIT ?2
            """;
    private static final String LAST_COPIED = """
            SELECT typeof(grp) = 'text', grp, typeof(key) = 'text', key FROM kv_clustered
            ORDER BY grp DESC, key DESC LIMIT 1
            """;

    private final String database;

    ClusteredTable(String database) {
        this.database = database;
    }

    @Override
    public void migrate(Context context) {
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(context.getConnection(), true));
        jdbc.execute(LARGE_CACHE);
        for (String statement : NEW_TABLES) {
            jdbc.execute(statement);
        }
        copy(jdbc);
        reportUnreadable(jdbc);
        for (String statement : NEW_NAMES) {
            jdbc.execute(statement);
        }
    }

    private void copy(JdbcTemplate jdbc) {
        Long count = jdbc.queryForObject(COUNT, Long.class);
        long total = count == null ? 0 : count;
        if (total > BATCH) {
            log.info("Rebuilding the table of the store '%s', once: %d entries".formatted(database, total));
        }
        jdbc.update(COPY_LARGE, EntryChanges.LARGEST_INLINE);
        long copied = jdbc.update(COPY_FIRST, EntryChanges.LARGEST_INLINE, BATCH);
        while (copied < total) {
            log.info("Rebuilding the table of the store '%s': %d of %d entries".formatted(database, copied, total));
            int next = jdbc.update(COPY_NEXT, last(jdbc));
            if (next == 0) {
                throw new IllegalStateException(
                        "%d of the %d entries of '%s' were copied, and no other follows them in order"
                                .formatted(copied, total, database));
            }
            copied += next;
        }
    }

    // The names as bytes, since names that are not UTF-8 have no text.
    private static PreparedStatementSetter last(JdbcTemplate jdbc) {
        return jdbc.query(LAST_COPIED, rows -> {
            rows.next();
            boolean groupIsText = rows.getBoolean(1);
            byte[] group = rows.getBytes(2);
            boolean keyIsText = rows.getBoolean(3);
            byte[] key = rows.getBytes(4);
            return statement -> {
                statement.setInt(1, EntryChanges.LARGEST_INLINE);
                statement.setInt(2, BATCH);
                statement.setBoolean(3, groupIsText);
                statement.setBytes(4, group);
                statement.setBoolean(5, keyIsText);
                statement.setBytes(6, key);
            };
        });
    }

    private void reportUnreadable(JdbcTemplate jdbc) {
        long unreadable = new UnreadableEntries(jdbc).count();
        if (unreadable > 0) {
            log.warn(("Store '%s' has %d entries that another program wrote and whose group, key or value is not valid"
                            + " UTF-8. They are kept unchanged; reading one of them is an error that names it")
                    .formatted(database, unreadable));
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Integer.toString(VERSION));
    }

    @Override
    public String getDescription() {
        return "cluster entries";
    }

    @Override
    public Integer getChecksum() {
        return CHECKSUM;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
