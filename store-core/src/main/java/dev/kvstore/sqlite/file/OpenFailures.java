package dev.kvstore.sqlite.file;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.engine.SettingNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The errors when a store cannot be opened: the problem, and what to do. */
public final class OpenFailures {

    private OpenFailures() {}

    static KvOpenException missing(Path file) {
        return failure(
                Reason.MISSING,
                file,
                "the file does not exist, and a read-only store does not create it",
                "Name an existing file, or open it once for writing.",
                null);
    }

    static KvOpenException isNoFile(Path file) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                Files.isDirectory(file) ? "the path is a directory" : "the path is not a regular file",
                "Name a file: its directory is created when it is missing.",
                null);
    }

    static KvOpenException directory(Path file, Exception cause) {
        return failure(
                Reason.DIRECTORY,
                file,
                "user '" + user() + "' cannot create a file there (" + cause + ")",
                "Create the directory and make it writable for this user, or choose another path.",
                cause);
    }

    public static KvOpenException notWritable(Path file, @Nullable Throwable cause) {
        return failure(
                Reason.NOT_WRITABLE,
                file,
                "user '" + user() + "' may not write the file or its directory",
                "The file must be writable, and the directory must be writable too: SQLite keeps its WAL beside the"
                        + " file, even to read.",
                cause);
    }

    public static KvOpenException notAStore(Path file, String problem, @Nullable Throwable cause) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                problem,
                "Nothing was changed. Choose another path, or move the file away.",
                cause);
    }

    public static KvOpenException laterGoStore(Path file) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                "it was written by a later go-store, which keeps its data in a table 'entries'",
                "Nothing was changed. Copy the entries into a new file first, as docs/migrating-from-go-store.md"
                        + " shows.",
                null);
    }

    public static KvOpenException newer(Path file, int found, int known) {
        return failure(
                Reason.NEWER,
                file,
                "it was written by a newer version of this library (schema " + found + ", this version knows " + known
                        + ")",
                "Nothing was changed. Use the version of the library that wrote it, or a later one; or choose another"
                        + " path.",
                null);
    }

    static KvOpenException walWithoutDatabase(Path file, Path wal) {
        return failure(
                Reason.DAMAGED,
                file,
                "the file is missing or empty, but its WAL '" + wal + "' is not, and may hold entries",
                "Nothing was changed. Put back the database file that belongs to the WAL, or restore a backup; or move"
                        + " the WAL away to start a new store.",
                null);
    }

    public static KvOpenException outdated(Path file) {
        return failure(
                Reason.OUTDATED,
                file,
                "it needs a migration, and a read-only store does not migrate",
                "Open it once for writing.",
                null);
    }

    public static KvOpenException locked(Path file, SettingNames names, Throwable cause) {
        return failure(
                Reason.LOCKED,
                file,
                "another process holds a lock on the file for longer than the busy timeout",
                "End that process, or wait longer (" + names.of("busyTimeout")
                        + "). A store with a near cache shares its" + " file with no other process.",
                cause);
    }

    public static KvOpenException olderVersionRuns(Path file, SettingNames names, Throwable cause) {
        return failure(
                Reason.LOCKED,
                file,
                "it needs a migration, and an older version of this library, or another program, has it open for longer"
                        + " than the busy timeout",
                "Nothing was changed. Stop the older version first, and every other program that has the file open;"
                        + " or wait longer for their end (" + names.of("busyTimeout") + ").",
                cause);
    }

    static KvOpenException notExclusive(Path file) {
        return failure(
                Reason.LOCKED,
                file,
                "another store of this process has the file open, and one of the two has a near cache, which needs"
                        + " its file exclusively",
                "Use one store for both, or none with a near cache. A store that was dropped without being closed"
                        + " counts as well.",
                null);
    }

    public static KvOpenException cannotBeExclusive(Path file) {
        return failure(
                Reason.OTHER,
                file,
                "a near cache needs a lock that SQLite does not have on this operating system",
                "Turn the near cache off.",
                null);
    }

    public static KvOpenException nativeLibrary(String database, Throwable cause) {
        return new KvOpenException(
                Reason.NATIVE_LIBRARY,
                database,
                "the native library of SQLite could not be loaded (" + cause + ")",
                "It is unpacked into the temporary directory '" + NativeLibrary.temporaryDirectory()
                        + "', which must be writable and"
                        + " not mounted noexec: name another one by -Dorg.sqlite.tmpdir=/a/directory.",
                cause);
    }

    public static KvOpenException sqliteTooOld(String database, String found, String required) {
        return new KvOpenException(
                Reason.DATABASE_TOO_OLD,
                database,
                "SQLite " + found + " was found, which can damage a file that several connections use (fixed in "
                        + required + ")",
                "Use a newer org.xerial:sqlite-jdbc. With Spring Boot's parent POM:"
                        + " <sqlite-jdbc.version>3.54.1.0</sqlite-jdbc.version> in <properties>. With an imported BOM:"
                        + " org.xerial:sqlite-jdbc:3.54.1.0 in <dependencyManagement>, ahead of the import. With"
                        + " Gradle: ext['sqlite-jdbc.version'] = '3.54.1.0'.",
                null);
    }

    public static KvOpenException damaged(Path file, String problem, Throwable cause) {
        return failure(
                Reason.DAMAGED,
                file,
                "the database is damaged (" + problem + ")",
                "Nothing was changed. Keep the file with its -wal, and restore a backup, or recover the readable"
                        + " entries with sqlite3's .recover.",
                cause);
    }

    public static KvOpenException diskFull(Path file, Throwable cause) {
        return failure(
                Reason.DISK_FULL,
                file,
                "the disk is full",
                "Make room: SQLite needs some for its WAL beside the file, and a migration needs as much again as"
                        + " the file.",
                cause);
    }

    public static KvOpenException diskError(Path file, String problem, Throwable cause) {
        return failure(
                Reason.OTHER,
                file,
                "the disk reported an error (" + problem + ")",
                "Check the disk and the system's log.",
                cause);
    }

    public static KvOpenException encoding(Path file, String encoding) {
        return notAStore(file, "it keeps text as " + encoding + ", and a store keeps it as UTF-8", null);
    }

    public static KvOpenException otherDefinition(Path file) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                "its table 'kv' has the columns of a store, but other types or constraints, which would be lost",
                "Nothing was changed. Copy the entries into a table that is defined as: CREATE TABLE kv (grp TEXT NOT"
                        + " NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (grp, key)).",
                null);
    }

    public static KvOpenException namesInUse(Path file, List<String> objects) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                "it has a " + String.join(", ", objects) + ", whose name a store needs for its own",
                "Nothing was changed. Rename or drop it, or choose another path.",
                null);
    }

    public static KvOpenException dependents(Path file, List<String> objects) {
        return failure(
                Reason.NOT_A_STORE,
                file,
                "its table 'kv' or view 'kv_entry' is rebuilt for a store, and " + String.join(", ", objects)
                        + " would be lost with the old one, or would not find the large values any more",
                "Nothing was changed. Drop them, and create them again afterwards if they work on a store's table"
                        + " (kv_entry shows all values); or leave the file to the program that uses it.",
                null);
    }

    /** A failure that no other method describes. */
    public static KvOpenException other(String database, Throwable failure) {
        return new KvOpenException(
                Reason.OTHER, database, String.valueOf(failure), MissingLibrary.action(failure), failure);
    }

    private static KvOpenException failure(
            Reason reason, Path file, String problem, String action, @Nullable Throwable cause) {
        return new KvOpenException(reason, file.toString(), problem, action, cause);
    }

    private static String user() {
        return System.getProperty("user.name", "?");
    }
}
