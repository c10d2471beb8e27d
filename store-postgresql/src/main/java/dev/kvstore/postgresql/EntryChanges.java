package dev.kvstore.postgresql;

import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.EntryState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Changes of one entry, each by one statement with its condition in it. An update takes the new version under the lock
 * of the row, so that the versions of an entry grow in the order of its writes.
 */
final class EntryChanges {

    static final String INSERT =
            "INSERT INTO kv AS e (grp, full_grp, key, full_key, value, bytes, expires_at, version) ";
    static final String OR_UPDATE = " ON CONFLICT (grp, key) DO UPDATE SET value = excluded.value,"
            + " bytes = excluded.bytes, version = nextval('kv_version'), expires_at = ";

    private static final String ROW = INSERT + "VALUES (?, ?, ?, ?, ?, ?, " + Moment.END + ", nextval('kv_version'))";
    private static final String EXPIRED = "e.expires_at <= " + Moment.NOW;
    private static final String VERSION = " RETURNING e.version";
    private static final String OF_LIVE_ENTRY = " WHERE e.grp = ? AND e.key = ? AND " + Moment.LIVE;

    private static final String SET = ROW + OR_UPDATE + "excluded.expires_at" + VERSION;
    private static final String SET_KEEPING_EXPIRY =
            ROW + OR_UPDATE + "CASE WHEN " + EXPIRED + " THEN NULL ELSE e.expires_at END" + VERSION;
    private static final String SET_IF_ABSENT = ROW + OR_UPDATE + "excluded.expires_at WHERE " + EXPIRED + VERSION;

    private static final String UPDATE = "UPDATE kv e SET value = ?, bytes = ?, version = nextval('kv_version')";
    private static final String UPDATE_EXPIRY = UPDATE + ", expires_at = " + Moment.END;
    private static final String AND_VERSION = " AND e.version = ?";
    private static final String SET_IF_PRESENT = UPDATE_EXPIRY + OF_LIVE_ENTRY + VERSION;
    private static final String SET_IF_PRESENT_KEEPING_EXPIRY = UPDATE + OF_LIVE_ENTRY + VERSION;
    private static final String SET_IF_VERSION = UPDATE_EXPIRY + OF_LIVE_ENTRY + AND_VERSION + VERSION;
    private static final String SET_IF_VERSION_KEEPING_EXPIRY = UPDATE + OF_LIVE_ENTRY + AND_VERSION + VERSION;

    private static final String EXPIRE = "UPDATE kv e SET expires_at = n.expires_at, version = CASE"
            + " WHEN e.expires_at IS NOT DISTINCT FROM n.expires_at THEN e.version ELSE nextval('kv_version') END"
            + " FROM (SELECT " + Moment.END + " AS expires_at) n"
            + " WHERE e.grp = ? AND e.key = ? AND e.version = ?" + VERSION;

    // Not a cast to bigint: its error would contain the value, or the sum would be out of range.
    private static final String IS_SUM_IN_BOUNDS = "octet_length(e.value) <= 20"
            + " AND e.value ~ '^(0|-?[1-9][0-9]{0,18})$' THEN"
            + " e.value::numeric BETWEEN -9223372036854775808 AND 9223372036854775807"
            + " AND e.value::numeric + ?::bigint BETWEEN ?::bigint AND ?::bigint ELSE false END";
    private static final String SUM = " RETURNING e.value::bigint";
    private static final String INCREMENT = INSERT
            + "VALUES (?, ?, ?, ?, ?::bigint::text, NULL, " + Moment.END + ", nextval('kv_version'))"
            + " ON CONFLICT (grp, key) DO UPDATE SET bytes = NULL, version = nextval('kv_version'),"
            + " value = CASE WHEN " + EXPIRED
            + " THEN excluded.value ELSE (e.value::numeric + excluded.value::numeric)::text END,"
            + " expires_at = CASE WHEN " + EXPIRED + " THEN excluded.expires_at ELSE e.expires_at END"
            + " WHERE CASE WHEN " + EXPIRED + " THEN true WHEN " + IS_SUM_IN_BOUNDS + SUM;
    private static final String INCREMENT_LIVE = "UPDATE kv e SET value = (e.value::numeric + ?::bigint)::text,"
            + " version = nextval('kv_version')" + OF_LIVE_ENTRY + " AND CASE WHEN " + IS_SUM_IN_BOUNDS + SUM;

    private EntryChanges() {}

    static OptionalLong put(JdbcOperations jdbc, Change.Put put, Moment now) {
        StoredValue.requireStorable(put);
        EntryKey entry = EntryKey.of(put.group(), put.key());
        boolean keep = put.expiry() instanceof Expiry.Keep;
        return switch (put.condition().kind()) {
            case ANY -> keep ? setKeepingExpiry(jdbc, put, entry, now) : set(jdbc, put, entry, now);
            case ABSENT -> setIfAbsent(jdbc, put, entry, now);
            case PRESENT, VERSION -> update(jdbc, put, entry, now);
        };
    }

    private static OptionalLong set(JdbcOperations jdbc, Change.Put put, EntryKey entry, Moment now) {
        return jdbc.query(
                SET,
                statement ->
                        Parameters.of(statement).names(entry).value(put.value()).end(now.end(put.expiry())),
                EntryChanges::number);
    }

    private static OptionalLong setKeepingExpiry(JdbcOperations jdbc, Change.Put put, EntryKey entry, Moment now) {
        return jdbc.query(
                SET_KEEPING_EXPIRY,
                statement -> Parameters.of(statement)
                        .names(entry)
                        .value(put.value())
                        .end(Moment.End.NEVER)
                        .number(now.millis()),
                EntryChanges::number);
    }

    private static OptionalLong setIfAbsent(JdbcOperations jdbc, Change.Put put, EntryKey entry, Moment now) {
        return jdbc.query(
                SET_IF_ABSENT,
                statement -> Parameters.of(statement)
                        .names(entry)
                        .value(put.value())
                        .end(now.end(put.expiry()))
                        .number(now.millis()),
                EntryChanges::number);
    }

    private static OptionalLong update(JdbcOperations jdbc, Change.Put put, EntryKey entry, Moment now) {
        boolean keep = put.expiry() instanceof Expiry.Keep;
        boolean ofVersion = put.condition().version() != 0;
        return jdbc.query(
                ofVersion
                        ? (keep ? SET_IF_VERSION_KEEPING_EXPIRY : SET_IF_VERSION)
                        : (keep ? SET_IF_PRESENT_KEEPING_EXPIRY : SET_IF_PRESENT),
                statement -> {
                    Parameters parameters = Parameters.of(statement).value(put.value());
                    if (!keep) {
                        parameters.end(now.end(put.expiry()));
                    }
                    parameters.row(entry).number(now.millis());
                    if (ofVersion) {
                        parameters.number(put.condition().version());
                    }
                },
                EntryChanges::number);
    }

    static boolean expire(JdbcOperations jdbc, EntryKey entry, Expiry expiry, EntryState state, Moment now) {
        return jdbc.query(
                        EXPIRE,
                        statement -> Parameters.of(statement)
                                .end(now.end(expiry))
                                .row(entry)
                                .number(state.version()),
                        EntryChanges::number)
                .isPresent();
    }

    static OptionalLong increment(JdbcOperations jdbc, Change.Increment increment, Moment now) {
        EntryKey entry = EntryKey.of(increment.group(), increment.key());
        long delta = increment.delta();
        if (delta < increment.least() || delta > increment.greatest()) {
            return incrementLive(jdbc, increment, entry, now);
        }
        return jdbc.query(
                INCREMENT,
                statement -> Parameters.of(statement)
                        .names(entry)
                        .number(delta)
                        .end(now.end(increment.ofNewEntry()))
                        .number(now.millis())
                        .number(now.millis())
                        .number(now.millis())
                        .number(delta)
                        .number(increment.least())
                        .number(increment.greatest()),
                EntryChanges::number);
    }

    /** For a number that is out of bounds itself, so that no entry can begin with it. */
    private static OptionalLong incrementLive(
            JdbcOperations jdbc, Change.Increment increment, EntryKey entry, Moment now) {
        return jdbc.query(
                INCREMENT_LIVE,
                statement -> Parameters.of(statement)
                        .number(increment.delta())
                        .row(entry)
                        .number(now.millis())
                        .number(increment.delta())
                        .number(increment.least())
                        .number(increment.greatest()),
                EntryChanges::number);
    }

    private static OptionalLong number(ResultSet rows) throws SQLException {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
}
