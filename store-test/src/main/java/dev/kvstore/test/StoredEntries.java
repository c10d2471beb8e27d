package dev.kvstore.test;

import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;

/**
 * Lists the entries of a store as a suppressed exception of a failed test. It is never thrown, so it has no stack
 * trace.
 */
final class StoredEntries extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MOST = 100;

    private StoredEntries(String message) {
        super(message, null, false, false);
    }

    static StoredEntries of(SqliteKvStore store, boolean showValues) {
        try {
            String entries = store.groups("")
                    .flatMap(group -> lines(group, store.getAll(group), showValues))
                    .limit(MOST)
                    .collect(Collectors.joining());
            return new StoredEntries(
                    entries.isEmpty()
                            ? "The store was empty"
                            : "The store contained (first " + MOST + " entries):" + entries);
        } catch (DataAccessException e) {
            return new StoredEntries("The entries of the store could not be read: " + e.getMessage());
        }
    }

    private static Stream<String> lines(String group, Map<String, String> entries, boolean showValues) {
        return entries.entrySet().stream()
                .map(entry -> "%n  %s/%s: %s"
                        .formatted(
                                group,
                                entry.getKey(),
                                showValues ? "'" + entry.getValue() + "'" : length(entry.getValue())));
    }

    private static String length(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length + " bytes";
    }
}
