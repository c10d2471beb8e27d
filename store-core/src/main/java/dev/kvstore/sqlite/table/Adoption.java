package dev.kvstore.sqlite.table;

import dev.kvstore.engine.Names;
import dev.kvstore.sqlite.file.OpenFailures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The objects in a file before its table or view is rebuilt: any object that the rebuild would silently drop, fail on
 * or break is refused by its name. Objects that do not concern {@code kv} are left alone.
 *
 * @param objects all tables, views, indexes and triggers that somebody created
 */
record Adoption(List<SchemaObject> objects) {

    /**
     * An object of SQLite's schema.
     *
     * @param table the table or view that it belongs to, in lower case
     */
    record SchemaObject(String type, String name, String table, String sql) {

        private String description() {
            return type + " '" + Names.printable(name) + "'";
        }

        private boolean is(String otherType, String otherName) {
            return type.equals(otherType) && name.equalsIgnoreCase(otherName);
        }
    }

    private static final String OBJECTS = """
            SELECT type, name, lower(tbl_name), sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name\
            """;

    /** The definition of the table in all versions before the rebuild, and in go-store. */
    private static final Pattern KV = Pattern.compile("create table kv \\( grp text not null , key text not null ,"
            + " value text not null( , expires_at integer)? , primary key \\( grp , key \\)"
            + "( , expires_at integer)? \\)");

    private static final Pattern KV_EXPIRES_AT =
            Pattern.compile("create index kv_expires_at on kv \\( expires_at \\) where expires_at is not null");

    /** The names that the rebuild and Flyway create. */
    private static final Set<String> OUR_NAMES = Set.of(
            "kv_clustered",
            "kv_large",
            "kv_meta",
            "kv_entry",
            "kv_entry_set",
            "kv_deleted",
            "kv_replaced",
            "kv_expires_at",
            Schema.HISTORY_TABLE,
            Schema.HISTORY_TABLE + "_s_idx");

    /** The names that the log of changes needs, some of them only later. */
    private static final Set<String> NAMES_OF_CHANGES = Set.of(
            "kv_change",
            "kv_change_mark",
            "kv_subscriber",
            "kv_change_inserted",
            "kv_change_updated",
            "kv_change_deleted");

    static Adoption read(JdbcOperations jdbc) {
        return new Adoption(jdbc.query(
                OBJECTS,
                (row, number) ->
                        new SchemaObject(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
    }

    /** Refuses a file with objects in the way. */
    void require(Path file, boolean hasHistory) {
        List<String> ours = descriptions(object -> !isOurs(object, hasHistory)
                && (OUR_NAMES.contains(object.name().toLowerCase(Locale.ROOT)) || isNamedAsTheTable(object)));
        if (!ours.isEmpty()) {
            throw OpenFailures.namesInUse(file, ours);
        }
        requireForChanges(file);
        if (objects.stream().anyMatch(object -> object.is("table", "kv") && !isDefined(object, KV))) {
            throw OpenFailures.otherDefinition(file);
        }
        List<String> onTable = descriptions(object -> !isOurs(object, hasHistory) && concernsTheTable(object));
        if (!onTable.isEmpty()) {
            throw OpenFailures.dependents(file, onTable);
        }
    }

    /** Refuses a file that has versions, with objects in the way of the log of changes. */
    void requireForChanges(Path file) {
        List<String> ours =
                descriptions(object -> NAMES_OF_CHANGES.contains(object.name().toLowerCase(Locale.ROOT)));
        if (!ours.isEmpty()) {
            throw OpenFailures.namesInUse(file, ours);
        }
    }

    /** Refuses a file whose table has been rebuilt, with objects in the way of the versions. */
    void requireForVersions(Path file) {
        List<String> ours = descriptions(object -> object.name().equalsIgnoreCase("kv_meta"));
        if (!ours.isEmpty()) {
            throw OpenFailures.namesInUse(file, ours);
        }
        requireForChanges(file);
        List<String> onView = descriptions(object -> object.table().equals("kv_entry")
                && !object.is("trigger", "kv_entry_set")
                && !object.is("view", "kv_entry"));
        if (!onView.isEmpty()) {
            throw OpenFailures.dependents(file, onView);
        }
    }

    private List<String> descriptions(Predicate<SchemaObject> chosen) {
        return objects.stream().filter(chosen).map(SchemaObject::description).toList();
    }

    private static boolean isOurs(SchemaObject object, boolean hasHistory) {
        return object.is("table", "kv")
                || (object.is("index", "kv_expires_at") && isDefined(object, KV_EXPIRES_AT))
                || (hasHistory && object.table().equals(Schema.HISTORY_TABLE));
    }

    /** A trigger may have the name of a table; other objects may not. */
    private static boolean isNamedAsTheTable(SchemaObject object) {
        return !object.type().equals("trigger") && object.name().equalsIgnoreCase("kv");
    }

    private static boolean concernsTheTable(SchemaObject object) {
        return switch (object.type()) {
            case "index" -> object.table().equals("kv");
            case "trigger" ->
                object.table().equals("kv") || SqlTokens.of(object.sql()).mentionTable("kv");
            case "view" -> SqlTokens.of(object.sql()).mentionTable("kv");
            default -> false;
        };
    }

    private static boolean isDefined(SchemaObject object, Pattern definition) {
        return definition.matcher(SqlTokens.of(object.sql()).toString()).matches();
    }
}
