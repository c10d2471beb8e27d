package dev.kvstore.postgresql;

import dev.kvstore.engine.Query;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds groups in the order of their names. The index does not order those long names that begin alike, so the first of
 * them is searched among all.
 */
final class GroupQueries {

    private static final String WHOLE_GROUP = "coalesce(e.full_grp, e.grp)";
    private static final String FROM =
            "SELECT e.grp FROM kv e WHERE e.grp >= ? AND " + Moment.LIVE + " ORDER BY e.grp LIMIT 1";
    private static final String FIRST_OF_LONG = "SELECT min(" + WHOLE_GROUP
            + ") FROM kv e WHERE e.grp >= ? AND e.grp < ? AND " + WHOLE_GROUP + " >= ? AND " + Moment.LIVE;

    private GroupQueries() {}

    static Optional<String> next(JdbcOperations jdbc, Query.NextGroup query, Moment now) {
        // The smallest text after another is that text with a NUL character.
        String least = EscapedText.of(query.inclusive() ? query.from() : query.from() + '\0');
        Optional<String> found = StoredName.isLong(least)
                ? firstOfLong(jdbc, least, least, now).or(() -> first(jdbc, endOfStart(least), now))
                : first(jdbc, least, now);
        return found.map(EscapedText::read).filter(name -> name.startsWith(query.prefix()));
    }

    private static String endOfStart(String name) {
        return KeyBounds.endOfStart(StoredName.start(name, StoredName.SURE));
    }

    private static Optional<String> first(JdbcOperations jdbc, String least, Moment now) {
        Optional<String> found = jdbc.query(
                FROM,
                statement -> Parameters.of(statement).text(least).number(now.millis()),
                rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty());
        return found.flatMap(name -> StoredName.isLong(name) ? firstOfLong(jdbc, name, least, now) : found);
    }

    /** The first group, from a name on, of those that begin like another one. */
    private static Optional<String> firstOfLong(JdbcOperations jdbc, String like, String least, Moment now) {
        return jdbc.query(
                FIRST_OF_LONG,
                statement -> Parameters.of(statement)
                        .text(StoredName.start(like, StoredName.SURE))
                        .text(endOfStart(like))
                        .text(least)
                        .number(now.millis()),
                rows -> rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty());
    }
}
