package dev.kvstore.sqlite;

import dev.kvstore.jdbc.Engine;
import dev.kvstore.text.Utf8;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes from group to group along the primary key: each step skips the entries of a group, however many there are. */
record GroupNames(Engine engine, InstantSource clock) {

    Stream<String> startingWith(String prefix) {
        Utf8.check("prefix", prefix);
        long now = clock.millis();
        // Names that share a prefix stand together, and first of all the prefix itself.
        return Stream.iterate(
                        next(SqliteSql.GROUP_FROM, prefix, now),
                        group -> group.filter(name -> name.startsWith(prefix)).isPresent(),
                        group -> group.flatMap(name -> next(SqliteSql.GROUP_AFTER, name, now)))
                .map(Optional::orElseThrow);
    }

    private Optional<String> next(String sql, String group, long now) {
        return engine.read(jdbc -> jdbc.query(
                sql,
                statement -> {
                    statement.setString(1, group);
                    statement.setLong(2, now);
                },
                rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty()));
    }
}
