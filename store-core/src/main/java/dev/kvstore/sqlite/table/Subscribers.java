package dev.kvstore.sqlite.table;

import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.FeedPosition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/** Statements on {@code kv_subscriber}. Times are the system's. */
final class Subscribers {

    // The clock may also have been set back.
    private static final String IS_UNSEEN = "abs(" + SystemTime.MILLIS + " - seen_at) >= ?1";

    private static final String FIND = "SELECT feed, position FROM kv_subscriber WHERE name = ?";
    private static final String ENTER = """
            INSERT INTO kv_subscriber (name, durable, feed, position, owner, seen_at) \
            VALUES (?1, ?2, ?3, ?4, ?5,\
            """ + SystemTime.MILLIS
            + ") ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, seen_at = excluded.seen_at";
    private static final String ADVANCE = "UPDATE kv_subscriber SET feed = ?3, position = ?4, seen_at = "
            + SystemTime.MILLIS + " WHERE name = ?1 AND owner = ?2";
    private static final String REMOVE_PASSING =
            "DELETE FROM kv_subscriber WHERE name = ? AND owner = ? AND NOT durable";
    private static final String RELEASE = "UPDATE kv_subscriber SET owner = NULL WHERE name = ? AND owner = ?";
    private static final String REMOVE_DURABLE = "DELETE FROM kv_subscriber WHERE name = ? AND durable";
    private static final String REMOVE_UNSEEN = "DELETE FROM kv_subscriber WHERE NOT durable AND " + IS_UNSEEN;
    private static final String IS_OWNED_BY_ANOTHER = "SELECT EXISTS (SELECT 1 FROM kv_subscriber"
            + " WHERE name = ?2 AND owner <> ?3 AND NOT (" + IS_UNSEEN + "))";
    private static final String ARE_ANY = "SELECT EXISTS (SELECT 1 FROM kv_subscriber)";
    private static final String NAMES = "SELECT name FROM kv_subscriber WHERE durable ORDER BY name";

    private Subscribers() {}

    static Optional<FeedPosition> enter(JdbcOperations jdbc, FeedChange.Subscribe subscribe, FeedPosition last) {
        if (isOwnedByAnother(jdbc, subscribe.name(), subscribe.owner(), subscribe.validity())) {
            return Optional.empty();
        }
        FeedPosition from =
                subscribe.from() == null || subscribe.from().feed() != last.feed() ? last : subscribe.from();
        FeedPosition position = find(jdbc, subscribe.name()).orElse(from);
        jdbc.update(ENTER, statement -> {
            statement.setString(1, subscribe.name());
            statement.setBoolean(2, subscribe.isDurable());
            statement.setLong(3, position.feed());
            statement.setLong(4, position.position());
            statement.setLong(5, subscribe.owner());
        });
        return Optional.of(position);
    }

    private static Optional<FeedPosition> find(JdbcOperations jdbc, String name) {
        return jdbc.query(
                FIND,
                statement -> statement.setString(1, name),
                rows -> rows.next()
                        ? Optional.of(new FeedPosition(rows.getLong(1), rows.getLong(2)))
                        : Optional.empty());
    }

    static boolean isOwnedByAnother(JdbcOperations jdbc, String name, long owner, Duration validity) {
        return jdbc.query(
                IS_OWNED_BY_ANOTHER,
                statement -> {
                    statement.setLong(1, validity.toMillis());
                    statement.setString(2, name);
                    statement.setLong(3, owner);
                },
                rows -> rows.next() && rows.getBoolean(1));
    }

    static boolean advance(JdbcOperations jdbc, FeedChange.Advance advance) {
        int updated = jdbc.update(ADVANCE, statement -> {
            statement.setString(1, advance.name());
            statement.setLong(2, advance.owner());
            statement.setLong(3, advance.position().feed());
            statement.setLong(4, advance.position().position());
        });
        return updated > 0;
    }

    /** Ends an ownership; returns false if it was not the owner's. */
    static boolean leave(JdbcOperations jdbc, FeedChange.Unsubscribe unsubscribe) {
        Object[] arguments = {unsubscribe.name(), unsubscribe.owner()};
        return jdbc.update(REMOVE_PASSING, arguments) + jdbc.update(RELEASE, arguments) > 0;
    }

    static boolean remove(JdbcOperations jdbc, String name) {
        return jdbc.update(REMOVE_DURABLE, name) > 0;
    }

    static void removeUnseen(JdbcOperations jdbc, Duration validity) {
        jdbc.update(REMOVE_UNSEEN, statement -> statement.setLong(1, validity.toMillis()));
    }

    static boolean areNone(JdbcOperations jdbc) {
        return !Boolean.TRUE.equals(jdbc.queryForObject(ARE_ANY, Boolean.class));
    }

    static List<String> names(JdbcOperations jdbc) {
        return jdbc.query(NAMES, (row, number) -> row.getString(1));
    }
}
