package dev.kvstore.sqlite;

import dev.kvstore.jdbc.Engine;
import dev.kvstore.jdbc.StoredText;
import dev.kvstore.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes from group to group along the primary key: each step skips the entries of a group, however many there are. */
record GroupNames(Engine engine, InstantSource clock) {

    Stream<String> startingWith(String prefix) {
        Utf8.check("prefix", prefix);
        long now = clock.millis();
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        // Names that share a prefix stand together, and first of all the prefix itself.
        return Stream.iterate(
                        next(SqliteSql.GROUP_FROM, prefix, now, start),
                        Optional::isPresent,
                        group -> group.flatMap(name -> next(SqliteSql.GROUP_AFTER, name, now, start)))
                .map(Optional::orElseThrow);
    }

    /** Returns the name that a statement finds, when it has the prefix. */
    private Optional<String> next(String sql, String group, long now, byte[] prefix) {
        return engine.read(jdbc -> jdbc.query(
                sql,
                statement -> {
                    statement.setString(1, group);
                    statement.setLong(2, now);
                },
                rows -> rows.next() ? nameIn(rows.getBytes(1), prefix) : Optional.empty()));
    }

    private static Optional<String> nameIn(byte[] name, byte[] prefix) {
        boolean hasPrefix =
                name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
        return hasPrefix ? Optional.of(StoredText.group(name)) : Optional.empty();
    }
}
