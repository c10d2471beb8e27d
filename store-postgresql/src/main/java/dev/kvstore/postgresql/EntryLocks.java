package dev.kvstore.postgresql;

import dev.kvstore.engine.Change.AllOrNothing.Check;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks of entries, also of absent ones, until the end of the transaction. An absent entry gets a row that has expired
 * and has the version 0: nobody reads it, others wait for it, and it is removed before the commit.
 */
final class EntryLocks {

    // ON CONFLICT locks the rows that are there, even if it updates none.
    private static final String LOCK = "INSERT INTO kv AS e (grp, full_grp, key, full_key, value, expires_at, version)"
            + " SELECT g, fg, k, fk, '', -9223372036854775808, 0"
            + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS r(g, fg, k, fk)"
            + " ON CONFLICT (grp, key) DO UPDATE SET version = e.version WHERE false";
    private static final String REMOVE = "DELETE FROM kv e USING unnest(?::text[], ?::text[]) AS r(g, k)"
            + " WHERE e.grp = r.g AND e.key = r.k AND e.version = 0";
    private static final String UNMET = "SELECT count(*)"
            + " FROM unnest(?::text[], ?::text[], ?::bigint[]) AS r(g, k, version)"
            + " LEFT JOIN kv e ON e.grp = r.g AND e.key = r.k AND " + Moment.LIVE
            + " WHERE r.version <> coalesce(e.version, 0)";

    private EntryLocks() {}

    /** Locks entries, which are sorted; returns the number of rows for absent ones. */
    static int lock(JdbcOperations jdbc, List<EntryKey> entries) {
        return jdbc.update(
                LOCK,
                statement -> Parameters.of(statement)
                        .texts(entries, entry -> entry.group().name())
                        .texts(entries, entry -> entry.group().full())
                        .texts(entries, entry -> entry.key().name())
                        .texts(entries, entry -> entry.key().full()));
    }

    /** Removes the rows of those locked entries that are absent still. */
    static void removeRowsOfAbsent(JdbcOperations jdbc, List<EntryKey> entries) {
        jdbc.update(
                REMOVE,
                statement -> Parameters.of(statement)
                        .texts(entries, entry -> entry.group().name())
                        .texts(entries, entry -> entry.key().name()));
    }

    /** Whether locked entries have the versions that they must have. */
    static boolean areMet(JdbcOperations jdbc, List<Check> checks, Moment now) {
        if (checks.isEmpty()) {
            return true;
        }
        List<EntryKey> entries = new ArrayList<>(checks.size());
        checks.forEach(check -> entries.add(EntryKey.of(check.group(), check.key())));
        return jdbc.query(
                UNMET,
                statement -> Parameters.of(statement)
                        .texts(entries, entry -> entry.group().name())
                        .texts(entries, entry -> entry.key().name())
                        .numbers(checks, Check::version)
                        .number(now.millis()),
                rows -> rows.next() && rows.getLong(1) == 0);
    }
}
