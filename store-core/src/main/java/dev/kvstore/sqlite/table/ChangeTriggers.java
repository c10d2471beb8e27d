package dev.kvstore.sqlite.table;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * The triggers that log changes of entries. They exist only while somebody subscribes: also a trigger that does nothing
 * would make each write slower. A statement that another process has prepared before fires them too.
 */
final class ChangeTriggers {

    static final int SET = 1;
    static final int DELETED = 2;
    static final int EXPIRED = 3;

    // Groups of the store itself begin with U+0000.
    private static final String NEW_IS_NOT_OWN = "new.grp >= char(1) OR new.grp = ''";
    private static final String OLD_IS_NOT_OWN = "old.grp >= char(1) OR old.grp = ''";

    private static final String LOG_SET = """
            BEGIN
                INSERT INTO kv_change (kind, grp, key, version)
                VALUES (1, new.grp, new.key,
                    iif(new.version = 0, (SELECT version FROM kv_large WHERE id = new.value_id), new.version));
            END\
            """;

    private static final String[] CREATE = {
        "CREATE TRIGGER IF NOT EXISTS kv_change_inserted AFTER INSERT ON kv WHEN " + NEW_IS_NOT_OWN + "\n" + LOG_SET,
        "CREATE TRIGGER IF NOT EXISTS kv_change_updated AFTER UPDATE OF value, value_id, expires_at ON kv WHEN "
                + NEW_IS_NOT_OWN + "\n" + LOG_SET,
        // A store that knows of the log has set the version and its time before. Others, such as a shell, get the next
        // number of all, and the time of the system.
        "CREATE TRIGGER IF NOT EXISTS kv_change_deleted AFTER DELETE ON kv WHEN " + OLD_IS_NOT_OWN + """

            BEGIN
                UPDATE kv_meta SET low = max(high, unixepoch() << 16) + 1, high = max(high, unixepoch() << 16) + 1
                WHERE deletion_version IS NULL;
                INSERT INTO kv_change (kind, grp, key, version)
                SELECT iif(old.expires_at <= coalesce(deletion_time,\
            """ + " "
                + SystemTime.MILLIS + "), 3, 2), old.grp, old.key, coalesce(deletion_version, high - 1)" + """

                FROM kv_meta;
            END\
            """
    };

    private static final String[] DROP = {
        "DROP TRIGGER IF EXISTS kv_change_inserted",
        "DROP TRIGGER IF EXISTS kv_change_updated",
        "DROP TRIGGER IF EXISTS kv_change_deleted"
    };

    private ChangeTriggers() {}

    static void create(JdbcOperations jdbc) {
        for (String statement : CREATE) {
            jdbc.execute(statement);
        }
    }

    static void drop(JdbcOperations jdbc) {
        for (String statement : DROP) {
            jdbc.execute(statement);
        }
    }
}
