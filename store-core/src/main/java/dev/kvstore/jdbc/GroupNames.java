package dev.kvstore.jdbc;

import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.Utf8;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists groups along the primary key: each step skips all entries of a group, however many it has. */
record GroupNames(Engine engine) {

    Stream<String> startingWith(String prefix) {
        Utf8.check("prefix", prefix);
        OwnGroups.refuse(prefix);
        // Names that share a prefix are adjacent, and the prefix itself comes first.
        return Stream.iterate(
                        next(prefix, prefix, true),
                        Optional::isPresent,
                        group -> group.flatMap(name -> next(prefix, name, false)))
                .map(Optional::orElseThrow);
    }

    private Optional<String> next(String prefix, String from, boolean inclusive) {
        Optional<String> found = engine.read(new Query.NextGroup(prefix, from, inclusive));
        return found.filter(OwnGroups::contain).isPresent()
                ? engine.read(new Query.NextGroup(prefix, OwnGroups.END, true))
                : found;
    }
}
