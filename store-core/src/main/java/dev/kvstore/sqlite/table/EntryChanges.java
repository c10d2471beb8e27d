package dev.kvstore.sqlite.table;

import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.ExpiryTime;
import dev.kvstore.engine.StoredEntry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Statements that write entries. Each is one statement with the condition in it, but for conditions on values out of
 * row: the view that writes those takes no conditions, so their state is read first.
 */
final class EntryChanges {

    /**
     * The longest value, in bytes, that lies in its row of {@code kv}; a longer one lies out of row, in
     * {@code kv_large}. Measured with 300,000 entries: in the row wins up to 400 bytes, out of row from 800 on, since
     * long rows make the tree of keys deep.
     */
    static final int LARGEST_INLINE = 512;

    private static final String INSERT =
            "INSERT INTO kv (grp, key, value, expires_at, version) VALUES (?1, ?2, ?3, ?4, ";
    private static final String OR_UPDATE = " ON CONFLICT (grp, key) DO UPDATE SET value = excluded.value,"
            + " expires_at = excluded.expires_at, version = excluded.version";
    // An assignment to value_id costs in memory 5 % more, and only a value out of row needs it.
    private static final String IN_ROW = " WHERE kv.value_id IS NULL";
    private static final String AND_IN_ROW = ", value_id = NULL";
    static final String OR_UPDATE_IN_ROW = OR_UPDATE + AND_IN_ROW;

    private static final String SET = INSERT + "?5)" + OR_UPDATE + IN_ROW;
    private static final String SET_GUARDED = INSERT + Versions.GUARDED + ")" + OR_UPDATE + IN_ROW;
    private static final String SET_IN_ROW = INSERT + "?5)" + OR_UPDATE_IN_ROW;
    private static final String SET_IN_ROW_GUARDED = INSERT + Versions.GUARDED + ")" + OR_UPDATE_IN_ROW;
    private static final String IF_ABSENT = " WHERE kv.expires_at <= ?6";
    private static final String SET_IF_ABSENT = SET_IN_ROW + IF_ABSENT;
    private static final String SET_IF_ABSENT_GUARDED = SET_IN_ROW_GUARDED + IF_ABSENT;
    private static final String OR_UPDATE_KEEPING_EXPIRY = " " + """
            ON CONFLICT (grp, key) DO UPDATE SET value = excluded.value, value_id = NULL, \
            version = excluded.version, expires_at = iif(kv.expires_at <= ?6, NULL, kv.expires_at)\
            """;
    private static final String SET_KEEPING_EXPIRY = INSERT + "?5)" + OR_UPDATE_KEEPING_EXPIRY;
    private static final String SET_KEEPING_EXPIRY_GUARDED = INSERT + Versions.GUARDED + ")" + OR_UPDATE_KEEPING_EXPIRY;
    private static final String UPDATE_TO = "UPDATE kv SET value = ?3, value_id = NULL, version = ";
    private static final String IF_PRESENT = """
            , expires_at = iif(?8, expires_at, ?4) \
            WHERE grp = ?1 AND key = ?2 AND (expires_at IS NULL OR expires_at > ?6) AND (?7 = 0 OR ?7 = \
            iif(version = 0, (SELECT kv_large.version FROM kv_large WHERE kv_large.id = value_id), version))\
            """;
    private static final String UPDATE = UPDATE_TO + "?5" + IF_PRESENT;
    private static final String UPDATE_GUARDED = UPDATE_TO + Versions.GUARDED + IF_PRESENT;
    private static final String SET_OUT_OF_ROW =
            "INSERT INTO kv_entry (grp, key, value, expires_at, version) VALUES (?1, ?2, ?3, ?4, ?5)";
    private static final String SET_OUT_OF_ROW_GUARDED =
            "INSERT INTO kv_entry (grp, key, value, expires_at, version) VALUES (?1, ?2, ?3, ?4, " + Versions.GUARDED
                    + ")";
    private static final String EXPIRE = """
            UPDATE kv SET expires_at = ?3, version = ?4 WHERE grp = ?1 AND key = ?2 AND ?5 = \
            iif(version = 0, (SELECT kv_large.version FROM kv_large WHERE kv_large.id = value_id), version)\
            """;
    private static final String INSERT_NUMBER =
            "INSERT INTO kv (grp, key, value, expires_at, version) VALUES (?1, ?2, CAST(?3 AS TEXT), ?4, ";
    // A sum beyond 64 bits is a REAL to SQLite.
    private static final String OR_ADD = " " + """
            ON CONFLICT (grp, key) DO UPDATE SET value_id = NULL, version = excluded.version, \
            value = iif(kv.expires_at <= ?6, excluded.value, CAST(CAST(kv.value AS INTEGER) + ?3 AS TEXT)), \
            expires_at = iif(kv.expires_at <= ?6, excluded.expires_at, kv.expires_at) \
            WHERE kv.expires_at <= ?6 OR (kv.value = CAST(CAST(kv.value AS INTEGER) AS TEXT) \
            AND typeof(CAST(kv.value AS INTEGER) + ?3) = 'integer' \
            AND CAST(kv.value AS INTEGER) + ?3 BETWEEN ?7 AND ?8) \
            RETURNING CAST(value AS INTEGER)\
            """;
    private static final String INCREMENT = INSERT_NUMBER + "?5)" + OR_ADD;
    private static final String INCREMENT_GUARDED = INSERT_NUMBER + Versions.GUARDED + ")" + OR_ADD;

    private EntryChanges() {}

    /** Whether a change is carried out by one statement, which fails if the versions are no longer the store's. */
    static boolean isOneStatement(Change.Put put) {
        return put.condition().kind() == Condition.Kind.ANY
                ? put.size() <= LARGEST_INLINE || !(put.expiry() instanceof Expiry.Keep)
                : put.size() <= LARGEST_INLINE;
    }

    static boolean isOneStatement(Change.Increment increment) {
        return increment.delta() >= increment.least() && increment.delta() <= increment.greatest();
    }

    static OptionalLong put(JdbcOperations jdbc, Change.Put put, Versions versions, Instant now) {
        if (put.condition().kind() == Condition.Kind.ANY && !(put.expiry() instanceof Expiry.Keep)) {
            return OptionalLong.of(set(jdbc, put, versions, ExpiryTime.ofNew(put.expiry(), now)));
        }
        return put.size() > LARGEST_INLINE ? putOutOfRow(jdbc, put, versions, now) : putInRow(jdbc, put, versions, now);
    }

    private static long set(JdbcOperations jdbc, Change.Put put, Versions versions, @Nullable Long expiresAt) {
        long version = versions.next();
        boolean verified = versions.areVerified();
        if (put.size() > LARGEST_INLINE) {
            jdbc.update(
                    verified ? SET_OUT_OF_ROW : SET_OUT_OF_ROW_GUARDED,
                    statement -> bind(statement, put, expiresAt, version));
            return version;
        }
        int written = jdbc.update(verified ? SET : SET_GUARDED, statement -> bind(statement, put, expiresAt, version));
        if (written == 0) {
            jdbc.update(
                    verified ? SET_IN_ROW : SET_IN_ROW_GUARDED, statement -> bind(statement, put, expiresAt, version));
        }
        return version;
    }

    private static OptionalLong putInRow(JdbcOperations jdbc, Change.Put put, Versions versions, Instant now) {
        Condition condition = put.condition();
        long version = versions.next();
        boolean verified = versions.areVerified();
        int written = switch (condition.kind()) {
            case ANY ->
                jdbc.update(
                        verified ? SET_KEEPING_EXPIRY : SET_KEEPING_EXPIRY_GUARDED,
                        statement -> bind(statement, put, null, version, now));
            case ABSENT ->
                jdbc.update(
                        verified ? SET_IF_ABSENT : SET_IF_ABSENT_GUARDED,
                        statement -> bind(statement, put, ExpiryTime.ofNew(put.expiry(), now), version, now));
            case PRESENT, VERSION ->
                jdbc.update(verified ? UPDATE : UPDATE_GUARDED, statement -> {
                    bind(statement, put, ExpiryTime.ofNew(put.expiry(), now), version, now);
                    statement.setLong(7, condition.version());
                    statement.setBoolean(8, put.expiry() instanceof Expiry.Keep);
                });
        };
        return written == 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }

    private static OptionalLong putOutOfRow(JdbcOperations jdbc, Change.Put put, Versions versions, Instant now) {
        Optional<EntryState> state = EntryQueries.state(jdbc, put.group(), put.key(), now.toEpochMilli());
        if (!put.condition().isMetBy(state.map(EntryState::version).orElse(0L))) {
            return OptionalLong.empty();
        }
        Long expiresAt = put.expiry() instanceof Expiry.Keep
                ? state.map(EntryState::expiresAt)
                        .filter(end -> end != StoredEntry.NEVER)
                        .orElse(null)
                : ExpiryTime.ofNew(put.expiry(), now);
        return OptionalLong.of(set(jdbc, put, versions, expiresAt));
    }

    static boolean expire(
            JdbcOperations jdbc,
            String group,
            String key,
            @Nullable Long expiresAt,
            EntryState state,
            Versions versions) {
        if ((expiresAt == null ? StoredEntry.NEVER : expiresAt) == state.expiresAt()) {
            return true;
        }
        long version = versions.next();
        int written = jdbc.update(EXPIRE, statement -> {
            EntryQueries.bindName(statement, group, key);
            bindExpiry(statement, 3, expiresAt);
            statement.setLong(4, version);
            statement.setLong(5, state.version());
        });
        return written > 0;
    }

    static OptionalLong increment(JdbcOperations jdbc, Change.Increment increment, Versions versions, Instant now) {
        if (!isOneStatement(increment)
                && EntryQueries.state(jdbc, increment.group(), increment.key(), now.toEpochMilli())
                        .isEmpty()) {
            return OptionalLong.empty();
        }
        long version = versions.next();
        return jdbc.query(
                versions.areVerified() ? INCREMENT : INCREMENT_GUARDED,
                statement -> {
                    EntryQueries.bindName(statement, increment.group(), increment.key());
                    statement.setLong(3, increment.delta());
                    bindExpiry(statement, 4, ExpiryTime.ofNew(increment.ofNewEntry(), now));
                    statement.setLong(5, version);
                    statement.setLong(6, now.toEpochMilli());
                    statement.setLong(7, increment.least());
                    statement.setLong(8, increment.greatest());
                },
                rows -> {
                    OptionalLong sum = OptionalLong.empty();
                    // The statement is only committed after the call that finds no more rows.
                    while (rows.next()) {
                        sum = OptionalLong.of(rows.getLong(1));
                    }
                    return sum;
                });
    }

    private static void bind(
            PreparedStatement statement, Change.Put put, @Nullable Long expiresAt, long version, Instant now)
            throws SQLException {
        bind(statement, put, expiresAt, version);
        statement.setLong(6, now.toEpochMilli());
    }

    private static void bind(PreparedStatement statement, Change.Put put, @Nullable Long expiresAt, long version)
            throws SQLException {
        EntryQueries.bindName(statement, put.group(), put.key());
        StoredValue.bind(statement, 3, put.value());
        bindExpiry(statement, 4, expiresAt);
        statement.setLong(5, version);
    }

    static void bindExpiry(PreparedStatement statement, int parameter, @Nullable Long expiresAt) throws SQLException {
        if (expiresAt == null) {
            statement.setNull(parameter, Types.BIGINT);
        } else {
            statement.setLong(parameter, expiresAt);
        }
    }
}
