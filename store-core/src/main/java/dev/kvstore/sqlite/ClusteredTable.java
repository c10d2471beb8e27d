package dev.kvstore.sqlite;

import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Rebuilds {@code kv} so that the entries of a group lie together, in the order of their keys, and large values apart from
 * them. All in one transaction: when it is interrupted the file is as before. In Java for the sake of its progress.
 */
final class ClusteredTable implements JavaMigration {

    static final int VERSION = 4;

    /** Of our own choice, as of a file; other statements below would need another one. */
    static final int CHECKSUM = 1;

    private static final Log log = LogFactory.getLog(ClusteredTable.class);

    private static final int BATCH = 100_000;

    /** 64 MB, in which the upper pages of both tables stay, as negative kilobytes. */
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
        "ALTER TABLE kv_clustered RENAME TO kv",
        "CREATE INDEX kv_expires_at ON kv (expires_at) WHERE expires_at IS NOT NULL",
        // Whatever removes the entry of a large value, or gives it another value, removes the large value too.
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
        // All entries with their values; to insert into it sets an entry of a large value.
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
            SELECT grp, key, iif(octet_length(value) > ?, NULL, value), expires_at,
                iif(octet_length(value) > ?, rowid, NULL)
            FROM kv
            """;
    private static final String COPY_FIRST = COPY + "ORDER BY grp, key LIMIT ?";
    private static final String COPY_NEXT = COPY + "WHERE (grp, key) > (?, ?) ORDER BY grp, key LIMIT ?";
    private static final String LAST_COPIED = "SELECT grp, key FROM kv_clustered ORDER BY grp DESC, key DESC LIMIT 1";

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
        for (String statement : NEW_NAMES) {
            jdbc.execute(statement);
        }
    }

    private void copy(JdbcTemplate jdbc) {
        int inline = SqliteSql.LARGEST_INLINE;
        Long count = jdbc.queryForObject(COUNT, Long.class);
        long total = count == null ? 0 : count;
        if (total > BATCH) {
            log.info("Rebuilding the table of the store '%s', once: %d entries".formatted(database, total));
        }
        jdbc.update(COPY_LARGE, inline);
        long copied = jdbc.update(COPY_FIRST, inline, inline, BATCH);
        while (copied < total) {
            log.info("Rebuilding the table of the store '%s': %d of %d entries".formatted(database, copied, total));
            Map<String, @Nullable Object> last = jdbc.queryForMap(LAST_COPIED);
            copied += jdbc.update(COPY_NEXT, inline, inline, last.get("grp"), last.get("key"), BATCH);
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
