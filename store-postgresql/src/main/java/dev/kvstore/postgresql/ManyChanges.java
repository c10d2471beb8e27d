package dev.kvstore.postgresql;

import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Changes that are made all or not at all. Parts of them, puts or deletes of different entries, are one statement each.
 * If there is another part, or a check, all entries are locked first, in their order: what was checked stays true until
 * the commit, and no two such transactions wait for each other.
 */
final class ManyChanges {

    private final PostgresDialect dialect;
    private final Change.AllOrNothing all;
    private final List<Part> parts;

    /** Changes that follow one another. */
    private record Part(Kind kind, List<Change.OfEntry<?>> changes, Set<EntryName> names) {

        enum Kind {
            PUTS,
            DELETES,
            OTHER
        }

        static Part of(Kind kind) {
            return new Part(kind, new ArrayList<>(), new HashSet<>());
        }

        /** Adds a change, unless it is of another kind or of an entry that has one. */
        boolean add(Change.OfEntry<?> change) {
            if (kind == Kind.OTHER ? !changes.isEmpty() : !names.add(new EntryName(change.group(), change.key()))) {
                return false;
            }
            changes.add(change);
            return true;
        }
    }

    private record EntryName(String group, String key) {}

    ManyChanges(PostgresDialect dialect, Change.AllOrNothing all) {
        this.dialect = dialect;
        this.all = all;
        this.parts = parts(all.changes());
    }

    private static List<Part> parts(List<? extends Change.OfEntry<?>> changes) {
        List<Part> parts = new ArrayList<>();
        for (Change.OfEntry<?> change : changes) {
            Part.Kind kind = kind(change);
            Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last == null || last.kind() != kind || !last.add(change)) {
                Part next = Part.of(kind);
                next.add(change);
                parts.add(next);
            }
        }
        return parts;
    }

    private static Part.Kind kind(Change.OfEntry<?> change) {
        if (change instanceof Change.Put put && PutRows.fits(put)) {
            return Part.Kind.PUTS;
        }
        return change instanceof Change.Delete delete && delete.condition().kind() == Condition.Kind.ANY
                ? Part.Kind.DELETES
                : Part.Kind.OTHER;
    }

    boolean isOneStatement() {
        return all.checks().isEmpty()
                && parts.size() == 1
                && (parts.get(0).kind() != Part.Kind.OTHER
                        || dialect.isOneStatement(parts.get(0).changes().get(0)));
    }

    Optional<List<Object>> run(JdbcOperations jdbc) {
        if (isOneStatement()) {
            return Optional.of(runParts(jdbc));
        }
        List<EntryKey> entries = entries();
        int rowsOfAbsent = EntryLocks.lock(jdbc, entries);
        Optional<List<Object>> results =
                EntryLocks.areMet(jdbc, all.checks(), dialect.now()) ? Optional.of(runParts(jdbc)) : Optional.empty();
        if (rowsOfAbsent > 0) {
            EntryLocks.removeRowsOfAbsent(jdbc, entries);
        }
        return results;
    }

    private List<EntryKey> entries() {
        TreeSet<EntryKey> entries = new TreeSet<>();
        all.checks().forEach(check -> entries.add(EntryKey.of(check.group(), check.key())));
        all.changes().forEach(change -> entries.add(EntryKey.of(change.group(), change.key())));
        return List.copyOf(entries);
    }

    private List<Object> runParts(JdbcOperations jdbc) {
        List<Object> results = new ArrayList<>(all.changes().size());
        for (Part part : parts) {
            switch (part.kind()) {
                case PUTS -> put(jdbc, part, results);
                case DELETES -> delete(jdbc, part, results);
                case OTHER -> part.changes().forEach(change -> results.add(change.run(dialect, jdbc)));
            }
        }
        return results;
    }

    private void put(JdbcOperations jdbc, Part part, List<Object> results) {
        List<PutRows.Row> rows = part.changes().stream()
                .map(change -> PutRows.Row.of((Change.Put) change, dialect.now()))
                .toList();
        Map<EntryKey.Row, Long> versions = PutRows.put(jdbc, rows);
        rows.forEach(row -> results.add(
                OptionalLong.of(Objects.requireNonNull(versions.get(row.entry().row())))));
    }

    private void delete(JdbcOperations jdbc, Part part, List<Object> results) {
        List<EntryKey> entries = part.changes().stream()
                .map(change -> EntryKey.of(change.group(), change.key()))
                .toList();
        Map<EntryKey.Row, Boolean> deleted = EntryDeletes.deleteEach(jdbc, entries, dialect.now());
        entries.forEach(entry -> results.add(deleted.getOrDefault(entry.row(), false)));
    }
}
