package dev.kvstore.postgresql;

import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;

/** Puts of many entries by one statement. */
final class PutRows {

    private static final String SET_EACH = EntryChanges.INSERT
            + "SELECT g, fg, k, fk, v, b, coalesce(a, (" + Moment.MICROS + " + t + 999) / 1000), nextval('kv_version')"
            + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bigint[],"
            + " ?::bigint[])"
            + " AS r(g, fg, k, fk, v, b, a, t)"
            + EntryChanges.OR_UPDATE + "excluded.expires_at RETURNING e.grp, e.key, e.version";

    private PutRows() {}

    /** A put without a condition, with its stored name and expiry. */
    record Row(EntryKey entry, Change.Put put, Moment.End end) {

        static Row of(Change.Put put, Moment now) {
            StoredValue.requireStorable(put);
            return new Row(EntryKey.of(put.group(), put.key()), put, now.end(put.expiry()));
        }
    }

    /** Whether a put can be one of many. */
    static boolean fits(Change.Put put) {
        return put.condition().kind() == Condition.Kind.ANY && !(put.expiry() instanceof Expiry.Keep);
    }

    /** Puts rows of different entries, and returns their versions. */
    static Map<EntryKey.Row, Long> put(JdbcOperations jdbc, List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(Row::entry));
        return jdbc.query(
                SET_EACH,
                statement -> Parameters.of(statement)
                        .texts(sorted, row -> row.entry().group().name())
                        .texts(sorted, row -> row.entry().group().full())
                        .texts(sorted, row -> row.entry().key().name())
                        .texts(sorted, row -> row.entry().key().full())
                        .texts(sorted, row -> StoredValue.text(row.put().value()))
                        .bytes(sorted, row -> StoredValue.bytes(row.put().value()))
                        .numbers(sorted, row -> row.end().at())
                        .numbers(sorted, row -> row.end().ttl()),
                result -> {
                    Map<EntryKey.Row, Long> versions = new HashMap<>(2 * sorted.size());
                    while (result.next()) {
                        versions.put(new EntryKey.Row(result.getString(1), result.getString(2)), result.getLong(3));
                    }
                    return versions;
                });
    }
}
